"""How far an indexing run is, and what it did."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """A moment of a run.

    Attributes:
        file: the document at hand; empty at the end.
        documents_done, documents_total: unchanged and failed ones count as done.
        passages_done, passages_total: encoded and stored so far; the total is estimated from the sizes of the files
            that are still to be read, so it moves a little, and is exact at the end.
        seconds_left: by the speed so far; None as long as nothing tells.
    """

    file: str
    documents_done: int
    documents_total: int
    passages_done: int
    passages_total: int
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not taken in, and why, in words for the administrator."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a run did: file names as shown, in the order of the run.

    Attributes:
        failed: not taken in; where an older version was stored, it is still there.
        removed: gone from an indexed folder, so gone from the index.
        documents, passages, generation: of the whole index, afterwards.
        seconds: that the run took.
    """

    added: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    failed: tuple[Failure, ...]
    documents: int
    passages: int
    generation: int
    seconds: float


Report = Callable[[Progress], None]


def ignore(_: Progress) -> None:
    """Report to nobody."""


class Meter:
    """Counts what is done, and estimates the rest: passages from the bytes read so far, time from characters encoded.

    Encoding takes nearly all the time, and takes it about in proportion to the characters; passages differ in length.
    """

    def __init__(self, documents: int, sizes: int, report: Report, clock: Callable[[], float]) -> None:
        """Begin at nothing done of ``documents`` files, of which those to read have ``sizes`` bytes in all."""
        self._documents = documents
        self._bytes_left = sizes
        self._bytes_read = 0
        self._done = 0
        self._passages = _Count()
        self._characters = _Count()
        self._report = report
        self._clock = clock
        self._start = clock()

    def skip(self, documents: int) -> None:
        """Count documents as done that need no work."""
        self._done += documents

    def read(self, size: int, texts: Sequence[str]) -> None:
        """Count a file as read and taken apart into the texts to encode."""
        self._bytes_left = max(self._bytes_left - size, 0)
        self._bytes_read += size
        self._passages.found += len(texts)
        self._characters.found += sum(map(len, texts))

    def encoded(self, texts: Sequence[str]) -> None:
        """Count texts as encoded."""
        self._passages.done += len(texts)
        self._characters.done += sum(map(len, texts))

    def stored(self) -> None:
        """Count a document as stored, or as failed."""
        self._done += 1

    @property
    def seconds(self) -> float:
        """Time since the beginning."""
        return self._clock() - self._start

    def tell(self, file: str = "") -> None:
        """Report this moment."""
        unread = self._bytes_left / self._bytes_read if self._bytes_read else 0.0
        characters = self._characters
        rest = characters.found * (1 + unread) - characters.done
        left = self.seconds * rest / characters.done if characters.done else None
        total = round(self._passages.found * (1 + unread))
        self._report(Progress(file, self._done, self._documents, self._passages.done, total, left))


@dataclass(slots=True)
class _Count:
    found: int = 0
    done: int = 0
