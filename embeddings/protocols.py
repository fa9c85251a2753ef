"""What an encoder and a vector store must do; every implementation runs through the same contract tests."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""float32, shape (n, dim); rows of an encoder's output have unit length."""

Ids = NDArray[np.int64]
"""int64, shape (n,); -1 stands for "no neighbour"."""


class Encoder(Protocol):
    """Turns texts into unit vectors whose dot product is their similarity (-1..1, higher is nearer)."""

    @property
    def name(self) -> str:
        """Identify model and settings; vectors of two names must not be compared."""
        ...

    @property
    def dim(self) -> int:
        """Length of a vector, at least 1."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: float32 (len(texts), dim), unit rows; (0, dim) for no texts."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode passages: float32 (len(texts), dim), unit rows; (0, dim) for no texts."""
        ...


class VectorStore(Protocol):
    """Holds vectors by id and finds the nearest by dot product."""

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    def __len__(self) -> int:
        """Count the vectors held."""
        ...

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Add rows under new ids.

        Raises:
            ValueError: shapes or dtypes differ from (n,) and (n, dim), a value is not finite, an id is
                negative, repeated, or held already. Nothing is added then.
        """
        ...

    def remove(self, ids: Ids) -> int:
        """Remove rows by id, unknown ids ignored; return how many were removed."""
        ...

    def search(self, queries: Vectors, k: int, allowed: Ids | None = None) -> tuple[Vectors, Ids]:
        """Find the k nearest rows of each query, best first, ties by smaller id.

        Args:
            queries: float32 (n, dim).
            k: at least 1.
            allowed: only rows with these ids may be found; None allows all.

        Returns:
            scores float32 (n, k), dot products, and ids int64 (n, k); places beyond the rows hold -inf and -1.
        """
        ...

    def save(self, path: Path) -> None:
        """Write to path so that a crash leaves the old file or the new one, never half of one."""
        ...

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what save wrote.

        Raises:
            ValueError: the file is damaged or of another kind.
        """
        ...
