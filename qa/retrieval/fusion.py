"""Dense and lexical search put together on z-scores, with the metadata match as a soft factor."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from embeddings.protocols import Encoder, Ids, VectorStore
from qa.retrieval.coverage import WordCounts, coverage, weighted_terms
from qa.retrieval.dense import DenseSearch
from qa.retrieval.lexical import LexicalSearch, WordIndex
from qa.retrieval.metadata import metadata_match
from qa.types import Article, Filters, Hit, Passage, Query

MOST_CACHED = 20_000
"""Passages kept in memory between questions."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the parts count in the fused score; all but metadata are taken as z-scores over the candidates.

    See docs/decisions/0002-hybrid-retrieval.md for how they were found.
    """

    dense: float = 0.5
    coverage: float = 0.4
    lexical: float = 0.1
    metadata: float = 0.5


class PassageStore(WordIndex, WordCounts, Protocol):
    """What retrieval needs of the store."""

    @property
    def generation(self) -> int:
        """Another number after every change."""
        ...

    def allowed(self, limits: Filters) -> Ids | None:
        """Find the vector ids within the filters; None where nothing is limited."""
        ...

    def passages(self, vector_ids: Iterable[int]) -> dict[int, Passage]:
        """Give passages by vector id, unknown ones left out."""
        ...

    def articles(self, document_id: str | None = None) -> Sequence[Article]:
        """List all articles."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """A passage in memory, with what is matched in it, normalised."""

    passage: Passage
    text: str
    context: str


class HybridRetriever:
    """Finds passages by meaning and by words; the Retriever of protocols.py."""

    def __init__(
        self,
        store: PassageStore,
        vectors: VectorStore,
        encoder: Encoder,
        *,
        weights: Weights = Weights(),
        candidates: int = 100,
    ) -> None:
        self._store = store
        self._dense = DenseSearch(vectors, encoder)
        self._lexical = LexicalSearch(store)
        self._weights = weights
        self._candidates = candidates
        self._generation = -1
        self._held: dict[int, Held] = {}
        self._articles: dict[str, Article] = {}

    def retrieve(self, query: Query, k: int) -> list[Hit]:
        """Return at most k hits, best first, ties by passage id.

        The parts are "dense", a cosine (-1..1), "coverage" (0..1), "lexical", a BM25 sum (0 or more), and "metadata"
        (-1..1). The score fuses them and compares within one question only.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        allowed = self._store.allowed(query.filters)
        count = max(k, self._candidates)
        lexical = self._lexical.search(query, count, allowed)
        dense = self._dense.search(query.text, count, allowed, lexical.keys())
        held, articles = self._look_up(dense.keys())
        terms = weighted_terms(query, self._store)
        parts = [
            {
                "dense": dense[number],
                "coverage": coverage(terms, one.text, one.context),
                "lexical": lexical.get(number, 0.0),
                "metadata": metadata_match(query, one.passage, articles.get(one.passage.article_id)),
            }
            for number, one in held.items()
        ]
        return fused([one.passage for one in held.values()], parts, self._weights)[:k]

    def _look_up(self, numbers: Iterable[int]) -> tuple[dict[int, Held], Mapping[str, Article]]:
        """Give the passages, from memory where they were read before and the store has not changed since."""
        generation = self._store.generation
        if generation != self._generation or len(self._held) > MOST_CACHED:
            self._held = {}
            self._articles = {article.id: article for article in self._store.articles()}
            self._generation = generation
        wanted = sorted(numbers)
        held = self._held
        missing = self._store.passages([number for number in wanted if number not in held])
        held |= {number: _normalised(passage) for number, passage in missing.items()}
        return {number: held[number] for number in wanted if number in held}, self._articles


def _normalised(passage: Passage) -> Held:
    from qa.text.normalise import normalise  # loads OpenCC

    return Held(passage, normalise(passage.text).text, normalise(passage.context).text)


def fused(passages: Sequence[Passage], parts: Sequence[Mapping[str, float]], weights: Weights) -> list[Hit]:
    """Put the parts of each passage together into one score: all hits, best first, ties by passage id."""
    scores = weights.metadata * np.asarray([part["metadata"] for part in parts], np.float64)
    for name, weight in (("dense", weights.dense), ("coverage", weights.coverage), ("lexical", weights.lexical)):
        scores += weight * z_scores([part[name] for part in parts])
    hits = [Hit(*triple) for triple in zip(passages, scores.tolist(), parts, strict=True)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))


def z_scores(values: Sequence[float]) -> np.ndarray:
    """Scale values to mean 0 and standard deviation 1; all zeros where they do not differ. float64 (n,)."""
    array = np.asarray(values, np.float64)
    if not len(array):
        return array
    spread = float(array.std())
    dust = 1e-8 * max(1.0, float(np.abs(array).max()))  # what rounding leaves of the spread of equal values
    return (array - array.mean()) / spread if spread > dust else np.zeros(len(array))
