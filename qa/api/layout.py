"""A document cut into numbered lines with marked pieces; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.text.lines import line_at, line_starts
from qa.types import Span

PAGE_LINES = 2000
"""Lines of a document that one view shows; longer ones are shown around the place."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one line's characters, marked or not; ``first`` is the first marked run of the view."""

    text: str
    marked: bool
    first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A numbered line, without its line end."""

    number: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class View:
    """The part of a document that is shown; earlier and later are line numbers to go on from, 0 for none."""

    lines: tuple[Line, ...]
    total: int
    earlier: int
    later: int


def lay_out(text: str, spans: Sequence[Span], line: int | None = None) -> View:
    """Cut a text into numbered lines with marked pieces.

    Args:
        text: the whole document.
        spans: what to mark, in ascending order; they may overlap.
        line: the line, from 1, that must be shown; without it, that of the first span.
    """
    starts = line_starts(text)
    if line is None:
        line = line_at(starts, spans[0].start) if spans else 1
    line = min(max(line, 1), len(starts))
    first = max(min(line - PAGE_LINES // 2, len(starts) - PAGE_LINES + 1), 1)
    last = min(first + PAGE_LINES - 1, len(starts))
    lines: list[Line] = []
    unmarked = True
    for number in range(first, last + 1):
        begin = starts[number - 1]
        end = starts[number] if number < len(starts) else len(text)
        pieces = _pieces(text, begin, begin + len(text[begin:end].rstrip("\r\n")), spans, unmarked)
        unmarked = unmarked and not any(piece.marked for piece in pieces)
        lines.append(Line(number, pieces))
    earlier = max(first - PAGE_LINES // 2, 1) if first > 1 else 0
    later = min(last + PAGE_LINES // 2, len(starts)) if last < len(starts) else 0
    return View(tuple(lines), len(starts), earlier, later)


def _pieces(text: str, begin: int, end: int, spans: Sequence[Span], unmarked: bool) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    position = begin
    for span in spans:
        low, high = max(span.start, position), min(span.end, end)
        if low >= high:
            continue
        if position < low:
            pieces.append(Piece(text[position:low], False))
        pieces.append(Piece(text[low:high], True, unmarked))
        unmarked = False
        position = high
    if position < end:
        pieces.append(Piece(text[position:end], False))
    return tuple(pieces)
