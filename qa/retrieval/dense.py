"""Nearest passages by the encoder's vectors."""

from collections.abc import Collection

import numpy as np

from embeddings.protocols import Encoder, Ids, VectorStore


class DenseSearch:
    """Finds passages by meaning; scores are cosines, -1..1."""

    def __init__(self, vectors: VectorStore, encoder: Encoder) -> None:
        if vectors.dim != encoder.dim:
            raise ValueError(f"vectors of {vectors.dim} dimensions do not fit an encoder of {encoder.dim}")
        self._vectors = vectors
        self._encoder = encoder

    def search(self, text: str, k: int, allowed: Ids | None, also: Collection[int] = ()) -> dict[int, float]:
        """Score the k nearest passages, and those named in ``also``, whatever their rank.

        Args:
            text: the question.
            k: at least 1.
            allowed: vector ids to search among; None for all.
            also: vector ids that are scored in any case; ids without a vector are left out.
        """
        query = self._encoder.encode_queries([text])
        found = _pairs(*self._vectors.search(query, k, allowed))
        missing = np.asarray(sorted(set(also) - found.keys()), np.int64)
        if len(missing):
            found |= _pairs(*self._vectors.search(query, len(missing), missing))
        return found


def _pairs(scores: np.ndarray, ids: np.ndarray) -> dict[int, float]:
    return {number: score for number, score in zip(ids[0].tolist(), scores[0].tolist(), strict=True) if number >= 0}
