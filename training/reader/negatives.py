"""The passages most like a question, for hard negatives: BM25 over character bigrams."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

K1 = 1.2
B = 0.75
"""The usual constants of BM25 (Robertson and Zaragoza 2009, section 3.5)."""


def bigrams(text: str) -> list[str]:
    """List the pairs of neighbouring characters, white space left out."""
    plain = "".join(text.split())
    return [plain[at : at + 2] for at in range(len(plain) - 1)]


class Similar:
    """An index of passages in memory."""

    def __init__(self, passages: Sequence[str]) -> None:
        counts = [Counter(bigrams(passage)) for passage in passages]
        lengths = np.array([max(sum(count.values()), 1) for count in counts], dtype=np.float32)
        norms = K1 * (1 - B + B * lengths / max(float(lengths.mean()), 1.0)) if len(counts) else lengths
        postings: dict[str, list[tuple[int, float]]] = {}
        for index, count in enumerate(counts):
            for bigram, times in count.items():
                postings.setdefault(bigram, []).append((index, times * (K1 + 1) / (times + float(norms[index]))))
        self._size = len(counts)
        self._postings = {bigram: _weighted(rows, self._size) for bigram, rows in postings.items()}

    def nearest(self, question: str, k: int) -> list[int]:
        """List at most k passages that share a bigram with the question, best first, ties by order."""
        scores: NDArray[np.float32] = np.zeros(self._size, dtype=np.float32)
        for bigram in set(bigrams(question)):
            if bigram in self._postings:
                rows, weights = self._postings[bigram]
                scores[rows] += weights
        order = np.argsort(-scores, kind="stable")[:k]
        return [int(index) for index in order if scores[index] > 0]


def _weighted(rows: list[tuple[int, float]], size: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    rarity = np.log(1 + (size - len(rows) + 0.5) / (len(rows) + 0.5))
    return (
        np.array([index for index, _ in rows], dtype=np.int64),
        np.array([weight * rarity for _, weight in rows], dtype=np.float32),
    )
