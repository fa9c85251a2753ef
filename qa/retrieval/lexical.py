"""Passages by the question's words: BM25, with synonyms at a lower weight."""

from collections.abc import Sequence
from typing import Protocol

from embeddings.protocols import Ids
from qa.types import Query

SYNONYM_WEIGHT = 0.5
"""What a synonym's BM25 counts against that of a word of the question itself."""


class WordIndex(Protocol):
    """What lexical search needs of the store."""

    def match_words(self, query_words: Sequence[str], k: int, allowed: Ids | None) -> list[tuple[int, float]]:
        """Find the k passages that match any word best: (vector id, BM25), higher is better."""
        ...


class LexicalSearch:
    """Finds passages by words; scores are sums of BM25, above 0."""

    def __init__(self, index: WordIndex, *, synonym_weight: float = SYNONYM_WEIGHT) -> None:
        self._index = index
        self._synonym_weight = synonym_weight

    def search(self, query: Query, k: int, allowed: Ids | None) -> dict[int, float]:
        """Score the k passages that match best by words and the k that match best by synonyms."""
        words, synonyms = search_terms(query)
        found = dict(self._index.match_words(words, k, allowed)) if words else {}
        for number, score in self._index.match_words(synonyms, k, allowed) if synonyms else ():
            found[number] = found.get(number, 0.0) + self._synonym_weight * score
        return found


def query_words(query: Query) -> list[str]:
    """Give the words and figures to match, each once."""
    return list(dict.fromkeys([*query.words, *query.numbers]))


def search_terms(query: Query) -> tuple[list[str], list[str]]:
    """Give the words to match, and the synonyms that are not among them, each once."""
    words = query_words(query)
    synonyms = dict.fromkeys(synonym for word in words for synonym in query.synonyms.get(word, ()))
    return words, [synonym for synonym in synonyms if synonym not in words]
