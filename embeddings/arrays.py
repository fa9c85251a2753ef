"""What every vector store checks, and the one way in which scores are computed and ordered."""

from collections.abc import Container

import numpy as np
from numpy.typing import NDArray

from embeddings.protocols import Ids, Vectors

_ROWS = 4096
"""Rows taken to float64 at once, to bound the memory."""


def check_rows(ids: Ids, vectors: Vectors, dim: int, held: Container[int]) -> None:
    """Check rows before they are added.

    Raises:
        ValueError: as VectorStore.add has it.
    """
    check_vectors(vectors, dim)
    if ids.dtype != np.int64 or ids.shape != (len(vectors),):
        raise ValueError(f"ids must be int64 of shape ({len(vectors)},), got {ids.dtype} {ids.shape}")
    if (ids < 0).any():
        raise ValueError("ids must not be negative")
    if len(np.unique(ids)) != len(ids):
        raise ValueError("ids must not repeat")
    if again := [number for number in ids.tolist() if number in held]:
        raise ValueError(f"ids held already: {again[:3]}")


def check_vectors(vectors: Vectors, dim: int) -> None:
    """Check type, shape (n, dim) and that all values are finite.

    Raises:
        ValueError: one of them is wrong.
    """
    if vectors.dtype != np.float32 or vectors.ndim != 2 or vectors.shape[1] != dim:
        raise ValueError(f"vectors must be float32 of shape (n, {dim}), got {vectors.dtype} {vectors.shape}")
    if not np.isfinite(vectors).all():
        raise ValueError("vectors must be finite")


def dot(rows: Vectors, query: NDArray[np.float32]) -> NDArray[np.float32]:
    """Dot products of rows (n, dim) with a query (dim,), summed in float64.

    Each row's result depends on that row alone, so that equal rows score equally wherever they lie; BLAS does not
    promise that.
    """
    wide = query.astype(np.float64)
    parts = [(rows[at : at + _ROWS].astype(np.float64) * wide).sum(axis=1) for at in range(0, len(rows), _ROWS)]
    return np.concatenate([np.empty(0), *parts]).astype(np.float32)


def best(scores: NDArray[np.float32], ids: Ids, k: int) -> tuple[NDArray[np.float32], Ids]:
    """Order by score, ties by smaller id, cut at k, filled up with -inf and -1: float32 (k,), int64 (k,)."""
    order = np.lexsort((ids, -scores))[:k]
    top = np.full(k, -np.inf, np.float32)
    found = np.full(k, -1, np.int64)
    top[: len(order)] = scores[order]
    found[: len(order)] = ids[order]
    return top, found
