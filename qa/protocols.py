"""The seams of the way from question to answer; bootstrap.py picks what stands behind each."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from qa.types import Candidate, Hit, Passage, Query


class Retriever(Protocol):
    """Finds the passages that may hold the answer."""

    def retrieve(self, query: Query, k: int) -> list[Hit]:
        """Return at most k hits (k >= 1), best first, within ``query.filters``."""
        ...


class Reader(Protocol):
    """Takes possible answers out of passages."""

    def read(self, query: Query, hits: Sequence[Hit]) -> list[Candidate]:
        """Return candidates of all hits, in no promised order; none where nothing fits."""
        ...

    def prepare(self, passages: Iterable[Passage]) -> None:
        """Work out beforehand what does not depend on a question; it changes the speed of read() and nothing else."""
        ...
