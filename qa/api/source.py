"""/source/{id}: a document as it is, with line numbers and the cited place marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import Response

from qa.api.answers import Holder
from qa.api.holder import Answering
from qa.errors import NotFoundError
from qa.types import Document, Span

router = APIRouter(include_in_schema=False)

PAGE_LINES = 2000
"""Lines of a document that one page shows; longer ones are shown around the place."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one line's characters, marked or not; ``first`` is the first marked run of the page."""

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


class BadPlaceError(ValueError):
    """A place that is not in the document; the message is for the reader."""


def parse_spans(start: int | None, end: int | None, spans: str, length: int) -> tuple[Span, ...]:
    """Read a place off an address.

    Args:
        start: of one range of code points, or None.
        end: of the same range, or None.
        spans: "12-15,20-24", used instead of start and end where it is given.
        length: of the document.

    Raises:
        BadPlaceError: no range, or one that reaches beyond the document.
    """
    try:
        if spans:
            pairs = [part.split("-") for part in spans.split(",")]
            found = tuple(Span(int(low), int(high)) for low, high in pairs)
        elif start is not None or end is not None:
            low = start if start is not None else 0
            found = (Span(low, end if end is not None else low),)
        else:
            found = ()
    except ValueError as error:
        raise BadPlaceError("地址里的位置不对，请从答案的出处重新打开。") from error
    if any(span.end > length for span in found):
        raise BadPlaceError("地址里的位置超出了文档，文档可能已经更新，请重新提问。")
    return tuple(sorted(found))


def lay_out(text: str, spans: Sequence[Span], line: int | None = None) -> View:
    """Cut a text into numbered lines with marked pieces.

    Args:
        text: the whole document.
        spans: what to mark, in ascending order; they may overlap.
        line: the line, from 1, that must be shown; without it, that of the first span.
    """
    starts = _line_starts(text)
    if line is None:
        line = _line_at(starts, spans[0].start) if spans else 1
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


def _line_starts(text: str) -> list[int]:
    starts = [0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    if len(starts) > 1 and starts[-1] == len(text):
        starts.pop()
    return starts


def _line_at(starts: Sequence[int], offset: int) -> int:
    return sum(1 for start in starts if start <= offset)


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


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("qa.api"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def render(name: str, **values: object) -> str:
    """Render one of the API's pages; every value is escaped."""
    return _environment().get_template(name).render(**values)


def _html(content: str, status: int = 200) -> Response:
    body = content.encode("utf-8", "replace")
    return Response(body, status, {"Content-Security-Policy": _POLICY}, media_type="text/html; charset=utf-8")


@router.get("/source/{document_id}")
async def source(
    document_id: str,
    holder: Holder,
    start: Annotated[int | None, Query(ge=0)] = None,
    end: Annotated[int | None, Query(ge=0)] = None,
    spans: Annotated[str, Query(max_length=2000)] = "",
    line: Annotated[int | None, Query(ge=1)] = None,
) -> Response:
    """Show a document around a place."""

    def find(engine: Answering) -> Document | None:
        try:
            return engine.store.document(document_id)
        except NotFoundError:
            return None

    document = await holder.run(find)
    if document is None:
        return _html(render("missing.html", message="没有这份文档，它可能已经更新或移除，请重新提问。"), 404)
    try:
        places = parse_spans(start, end, spans, len(document.text))
    except BadPlaceError as error:
        return _html(render("missing.html", message=str(error)), 422)
    view = lay_out(document.text, places, line)
    place = {"start": start, "end": end, "spans": spans or None}
    query = "&".join(f"{name}={value}" for name, value in place.items() if value is not None)
    return _html(render("source.html", document=document, view=view, query=query, marked=bool(places)))
