"""Exact search in NumPy: what the tests hold other stores against, and enough for small collections."""

from pathlib import Path
from typing import Self

import numpy as np

from embeddings.arrays import best, check_rows, check_vectors, dot
from embeddings.files import read_checked, write_checked
from embeddings.protocols import Ids, Vectors

_KIND = b"YJEXACT1"


class ExactStore:
    """Vectors in one array; not safe for changes while another thread searches."""

    def __init__(self, dim: int) -> None:
        if dim < 1:
            raise ValueError(f"dim must be at least 1, got {dim}")
        self._ids: Ids = np.empty(0, np.int64)
        self._vectors: Vectors = np.empty((0, dim), np.float32)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._vectors.shape[1])

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add rows under new ids; ValueError, and nothing added, where they cannot be."""
        check_rows(ids, vectors, self.dim, set(self._ids.tolist()))
        self._ids = np.concatenate([self._ids, ids])
        self._vectors = np.concatenate([self._vectors, vectors])

    def remove(self, ids: Ids) -> int:
        """Remove rows by id, unknown ids ignored; return how many were removed."""
        kept = ~np.isin(self._ids, ids)
        self._ids, self._vectors = self._ids[kept], self._vectors[kept]
        return int((~kept).sum())

    def search(self, queries: Vectors, k: int, allowed: Ids | None = None) -> tuple[Vectors, Ids]:
        """Find the k nearest rows of each query: scores float32 (n, k), ids int64 (n, k), see VectorStore."""
        check_vectors(queries, self.dim)
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        chosen = np.ones(len(self), bool) if allowed is None else np.isin(self._ids, allowed)
        ids, vectors = self._ids[chosen], self._vectors[chosen]
        scores = np.empty((len(queries), k), np.float32)
        found = np.empty((len(queries), k), np.int64)
        for row, query in enumerate(queries):
            scores[row], found[row] = best(dot(vectors, query), ids, k)
        return scores, found

    def save(self, path: Path) -> None:
        """Write to path, wholly or not at all: dim, ids, vectors, little endian."""
        head = np.asarray([self.dim, len(self)], "<i8").tobytes()
        write_checked(path, _KIND, head + self._ids.astype("<i8").tobytes() + self._vectors.astype("<f4").tobytes())

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what save wrote; ValueError where the file is damaged or of another kind."""
        payload = read_checked(path, _KIND)
        dim, count = np.frombuffer(payload, "<i8", 2).tolist()
        store = cls(dim)
        ids = np.frombuffer(payload, "<i8", count, 16).astype(np.int64)
        store.add(
            ids, np.frombuffer(payload, "<f4", count * dim, 16 + 8 * count).reshape(count, dim).astype(np.float32)
        )
        return store
