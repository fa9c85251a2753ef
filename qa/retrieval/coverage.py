"""How much of what was asked a passage says: the share of the question's words in it, rare words counting more."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from qa.retrieval.lexical import query_words
from qa.text.words import parts_of
from qa.types import IndexInfo, Query

IN_CONTEXT = 0.8
"""What a word counts that only the context names: title, heading, organisation."""
AS_SYNONYM = 0.6
"""What a synonym counts against the word itself."""
IN_PARTS = 0.6
"""What a long word counts of which only the parts are there, times their share: 防暑降温用品 in 防暑降温物品."""


class WordCounts(Protocol):
    """What coverage needs of the store."""

    def info(self) -> IndexInfo:
        """Tell how many passages there are."""
        ...

    def passage_counts(self, query_words: Iterable[str]) -> dict[str, int]:
        """Count for each word the passages that it stands in."""
        ...


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question, what else counts for it, its weight (more than 0), and the words that it is made of."""

    word: str
    synonyms: tuple[str, ...]
    weight: float
    parts: tuple[str, ...] = ()


def weighted_terms(query: Query, counts: WordCounts) -> list[Term]:
    """Weigh the question's words by BM25's inverse document frequency (Robertson and Zaragoza 2009, equation 3.15)."""
    words = query_words(query)
    total, found = counts.info().passages, counts.passage_counts(words)
    return [
        Term(
            word.lower(),
            tuple(other.lower() for other in query.synonyms.get(word, ())),
            _idf(total, found[word]),
            parts_of(word.lower()),
        )
        for word in words
    ]


def _idf(total: int, count: int) -> float:
    return math.log(1 + (max(total - count, 0) + 0.5) / (count + 0.5))


def coverage(terms: Sequence[Term], text: str, context: str) -> float:
    """Tell the share of the terms that a passage holds, 0..1.

    Words are looked for as they stand, not as segmentation would cut them, so that an unknown name is found too.

    Args:
        terms: of the question.
        text: normalised text of the passage.
        context: normalised context of the passage.
    """
    total = sum(term.weight for term in terms)
    return sum(term.weight * _found(term, text, context) for term in terms) / total if total else 0.0


def _found(term: Term, text: str, context: str) -> float:
    if term.word in text:
        return 1.0
    if term.word in context:
        return IN_CONTEXT
    if any(synonym in text for synonym in term.synonyms):
        return AS_SYNONYM
    if any(synonym in context for synonym in term.synonyms):
        return AS_SYNONYM * IN_CONTEXT
    return IN_PARTS * sum(part in text for part in term.parts) / len(term.parts) if term.parts else 0.0
