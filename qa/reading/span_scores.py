"""What a span reader says of one passage, and the spans that follow from it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qa.reading.decoding import ScoredSpan, Scores, apart, best_spans
from qa.types import LONG_KINDS, Hit, Query, Span

LONGEST = 80
"""Tokens of the longest answer: 99% of CMRC 2018's have at most 91 characters, some 65 tokens."""

INSIDE = 2.0
"""Taken off a score where a span begins or ends inside a token, as 1 answer in 150 of the training data does."""

NOWHERE = -1e4
"""Score of characters that no token covers; finite, so that sums stay ordered."""

_EDGES = " \t\r\n\u3000，,。;；、:："
_DEEP = 40
"""Spans looked at for each that does not overlap a better one."""


@dataclass(frozen=True, slots=True)
class PassageScores:
    """Scores of one passage; scores of several passages of one question compare.

    Attributes:
        size: characters of the passage.
        offsets: range of characters that each token stands for, in order.
        starts, ends: float32, one per token: how well the answer begins or ends with it.
        null: how well "no answer here" does.
        relevance: log-odds that the passage holds the answer.
    """

    size: int
    offsets: tuple[tuple[int, int], ...]
    starts: Scores
    ends: Scores
    null: float
    relevance: float
    _token: NDArray[np.int64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not len(self.offsets) == len(self.starts) == len(self.ends):
            raise ValueError("one start and one end score for each token")
        token = np.full(self.size, -1, dtype=np.int64)
        for index, (low, high) in enumerate(self.offsets):
            token[low:high] = index
        object.__setattr__(self, "_token", token)

    def span(self, start: int, end: int) -> float:
        """Score characters [start, end), 0 <= start < end <= size: log-odds against no answer, so higher is better.

        Raises:
            ValueError: the range is empty or reaches beyond the passage.
        """
        if not 0 <= start < end <= self.size:
            raise ValueError(f"[{start}, {end}) is no part of a passage of {self.size} characters")
        return self._edge(self.starts, start, 0, start) + self._edge(self.ends, end - 1, 1, end) - self.null

    def _edge(self, scores: Scores, character: int, side: int, edge: int) -> float:
        token = int(self._token[character])
        if token < 0:
            return NOWHERE
        return float(scores[token]) - (0.0 if self.offsets[token][side] == edge else INSIDE)

    def top(self, text: str, k: int, *, long: bool = True) -> list[ScoredSpan]:
        """Find the k best spans that do not overlap, as first and last character, loose marks cut off.

        Args:
            long: whether a span may go on behind a full stop.
        """
        mask = np.array([high > low for low, high in self.offsets], dtype=np.bool_)
        deep = best_spans(self.starts, self.ends, self.null, mask, LONGEST, _DEEP * k)
        spans = [_trimmed(text, self.offsets[at.first][0], self.offsets[at.last][1] - 1, at.score) for at in deep]
        fit = (span for span in spans if span and (long or "。" not in text[span.first : span.last]))
        return apart(list(fit), k)


class SpanScorer(Protocol):
    """Anything that scores spans: the shipped reader, or a question-answering model by name."""

    def scores(self, query: Query, hits: Sequence[Hit]) -> list[PassageScores]:
        """Score the passages of the first hits, as many as it reads, in their order."""
        ...


def may_be_long(query: Query) -> bool:
    """Tell whether an answer may be of several sentences: no figure, date or name is."""
    return query.many or query.kinds[0] in LONG_KINDS


def sentence_around(sentences: Sequence[Span], start: int, end: int) -> Span:
    """Give the sentence, or the run of them, that holds [start, end); the range itself where none does."""
    held = [span for span in sentences if span.start < end and span.end > start]
    return Span(min([start, *(span.start for span in held)]), max([end, *(span.end for span in held)]))


def _trimmed(text: str, first: int, last: int, score: float) -> ScoredSpan | None:
    while first <= last and text[first] in _EDGES:
        first += 1
    while last > first and text[last] in _EDGES:
        last -= 1
    return ScoredSpan(first, last, score) if first <= last else None
