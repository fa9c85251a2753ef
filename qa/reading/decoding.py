"""From start and end scores to spans: pure functions over arrays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """Positions first..last, both included, and start score + end score - no-answer score."""

    first: int
    last: int
    score: float

    def overlaps(self, other: "ScoredSpan") -> bool:
        """Tell whether the two share a position."""
        return self.first <= other.last and other.first <= self.last


def best_spans(
    start: Scores, end: Scores, null: float, mask: NDArray[np.bool_], max_length: int, k: int
) -> list[ScoredSpan]:
    """Find the k spans with the highest sum of start and end score, exactly.

    Args:
        start, end: finite, shape (n,).
        null: what start and end give for "no answer"; taken off every span, so that spans of several passages compare.
        mask: shape (n,); a span begins and ends where it is true.
        max_length: positions of the longest span, at least 1.
        k: at least 1.

    Returns:
        Best first, ties by first position, then by length; fewer than k where there are not as many.
    """
    if max_length < 1 or k < 1:
        raise ValueError(f"max_length and k must be at least 1, got {max_length}, {k}")
    first, last = _pairs(np.flatnonzero(mask), max_length)
    sums = start[first] + end[last]
    near = np.arange(len(sums))
    if len(sums) > k:
        near = np.flatnonzero(sums >= np.partition(sums, len(sums) - k)[len(sums) - k])
    order = near[np.lexsort((last[near], first[near], -sums[near]))][:k]
    return [ScoredSpan(int(first[at]), int(last[at]), float(sums[at]) - null) for at in order]


def _pairs(places: NDArray[np.intp], max_length: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """List every pair of places first <= last < first + max_length."""
    low, high = np.arange(len(places)), np.searchsorted(places, places + max_length)
    counts = high - low
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(places, counts), places[np.repeat(low, counts) + steps]


def apart(spans: Sequence[ScoredSpan], k: int) -> list[ScoredSpan]:
    """Keep at most k spans that do not overlap a better one; ``spans`` come best first."""
    kept: list[ScoredSpan] = []
    for span in spans:
        if len(kept) == k:
            break
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return kept
