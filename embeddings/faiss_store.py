"""Exact search in FAISS (IndexFlatIP under IndexIDMap2), with ExactStore's order and scores."""

from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from embeddings.arrays import best, check_rows, check_vectors, dot
from embeddings.cores import usable_cores
from embeddings.files import read_checked, write_checked
from embeddings.protocols import Ids, Vectors

_KIND = b"YJFAISS1"
_SPARE = 16
"""Rows fetched beyond k, so that ties around the k-th place can be put in order."""
_SERIAL = 50_000_000
"""Values up to which one thread searches: handing work to others costs more, on a busy machine a hundred times more."""
_EPSILON = float(np.finfo(np.float32).eps)


class FaissStore:
    """Vectors in FAISS; searches may run side by side, changes need the store to themselves."""

    def __init__(self, dim: int) -> None:
        import faiss

        if dim < 1:
            raise ValueError(f"dim must be at least 1, got {dim}")
        self._index: Any = faiss.IndexIDMap2(faiss.IndexFlatIP(dim))
        self._held: set[int] = set()
        self._longest = 0.0
        self._threads = usable_cores()

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._index.d)

    def __len__(self) -> int:
        return len(self._held)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add rows under new ids; ValueError, and nothing added, where they cannot be."""
        check_rows(ids, vectors, self.dim, self._held)
        self._index.add_with_ids(np.ascontiguousarray(vectors), np.ascontiguousarray(ids))
        self._held.update(ids.tolist())
        self._longest = max(self._longest, _longest(vectors))

    def remove(self, ids: Ids) -> int:
        """Remove rows by id, unknown ids ignored; return how many were removed."""
        gone = self._held.intersection(ids.tolist())
        if gone:
            self._index.remove_ids(_selector(np.asarray(sorted(gone), np.int64)))
            self._held -= gone
        return len(gone)

    def search(self, queries: Vectors, k: int, allowed: Ids | None = None) -> tuple[Vectors, Ids]:
        """Find the k nearest rows of each query: scores float32 (n, k), ids int64 (n, k), see VectorStore."""
        check_vectors(queries, self.dim)
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        if allowed is not None:
            allowed = np.asarray([number for number in np.unique(allowed).tolist() if number in self._held], np.int64)
        scores = np.empty((len(queries), k), np.float32)
        found = np.empty((len(queries), k), np.int64)
        for row, query in enumerate(queries):
            ids = self._candidates(np.ascontiguousarray(query[None]), k, allowed)
            # FAISS sums in float32, differently by batch size: only float64 sums give equal rows equal scores.
            vectors = self._index.reconstruct_batch(ids) if len(ids) else np.empty((0, self.dim), np.float32)
            scores[row], found[row] = best(dot(vectors, query), ids, k)
        return scores, found

    def _candidates(self, query: Vectors, k: int, allowed: Ids | None) -> Ids:
        """Find ids that surely include the k best, ties by smaller id among them."""
        import faiss

        faiss.omp_set_num_threads(1 if len(self) * self.dim <= _SERIAL else self._threads)
        there = len(self) if allowed is None else len(allowed)
        if not there:
            return np.empty(0, np.int64)
        # The selector must live as long as the search: FAISS keeps a bare pointer.
        selector = None if allowed is None else _selector(allowed)
        params = None if selector is None else faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        # A float32 sum of n products is off by at most n · eps · |a| · |b| (Higham 2002, section 3.1);
        # two such sums are compared.
        slack = 2 * self.dim * _EPSILON * _longest(query) * self._longest
        count = min(k + _SPARE, there)
        while True:
            scores, ids = self._index.search(query, count, params=params)
            if count == there or scores[0, -1] < scores[0, k - 1] - slack:
                return np.asarray(ids[0], np.int64)
            count = min(4 * count, there)

    def save(self, path: Path) -> None:
        """Write to path, wholly or not at all."""
        import faiss

        write_checked(path, _KIND, faiss.serialize_index(self._index).tobytes())

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what save wrote; ValueError where the file is damaged or of another kind."""
        import faiss

        payload: NDArray[np.uint8] = np.frombuffer(read_checked(path, _KIND), np.uint8)
        store = cls(1)
        store._index = faiss.deserialize_index(payload)
        store._held = set(faiss.vector_to_array(store._index.id_map).tolist())
        count = len(store)
        store._longest = _longest(store._index.index.reconstruct_n(0, count)) if count else 0.0
        return store


def _longest(vectors: Vectors) -> float:
    return float(np.linalg.norm(vectors, axis=1).max(initial=0.0))


def _selector(ids: Ids) -> Any:  # noqa: ANN401 - faiss has no types
    import faiss

    return faiss.IDSelectorBatch(ids)
