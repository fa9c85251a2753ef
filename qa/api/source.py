"""/source/{id}: a document as it is, with line numbers and the cited place marked, as a page and as data."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import Response

from qa.api.answers import Holder, json_response
from qa.api.finding import MAX_HITS, MAX_WORDS, find
from qa.api.holder import Answering
from qa.api.layout import PAGE_LINES, View, lay_out
from qa.api.verbatim import State, file_state
from qa.errors import NotFoundError, UsageError
from qa.types import Document, Span

__all__ = ["PAGE_LINES", "BadPlaceError", "lay_out", "parse_spans", "router"]

router = APIRouter(include_in_schema=False)

LANGUAGE = "youju_language"
"""The cookie in which a visitor's language is kept."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_ASSETS = {"js": "text/javascript", "css": "text/css", "json": "application/json"}


class BadPlaceError(UsageError):
    """A place that is not in the document; the message is for the reader."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where to look in a document, as the address says it."""

    start: Annotated[int | None, Query(ge=0)] = None
    end: Annotated[int | None, Query(ge=0)] = None
    spans: Annotated[str, Query(max_length=2000)] = ""
    line: Annotated[int | None, Query(ge=1)] = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What a view of a document is made of."""

    document: Document
    spans: tuple[Span, ...]
    view: View
    state: State


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
        raise BadPlaceError(catalogue("zh")["bad_place"]) from error
    if any(span.end > length for span in found):
        raise BadPlaceError(catalogue("zh")["place_beyond"])
    return tuple(sorted(found))


@cache
def catalogue(language: Literal["zh", "en"]) -> Mapping[str, str]:
    """Return what the page says in a language."""
    content = resources.files("qa.api").joinpath("static", f"source-{language}.json").read_text(encoding="utf-8")
    texts: dict[str, str] = json.loads(content)
    return texts


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("qa.api"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)


def render(name: str, **values: object) -> str:
    """Render one of the API's pages; every value is escaped."""
    return _environment().get_template(name).render(**values)


def _html(content: str, status: int = 200) -> Response:
    body = content.encode("utf-8", "replace")
    return Response(body, status, {"Content-Security-Policy": _POLICY}, media_type="text/html; charset=utf-8")


def _document(engine: Answering, document_id: str) -> Document:
    try:
        return engine.store.document(document_id)
    except NotFoundError as error:
        raise NotFoundError(catalogue("zh")["no_document"]) from error


def _show(engine: Answering, document_id: str, place: Place) -> Shown:
    document = _document(engine, document_id)
    spans = parse_spans(place.start, place.end, place.spans, len(document.text))
    return Shown(document, spans, lay_out(document.text, spans, place.line), file_state(document, spans))


@router.get("/source/assets/{name}")
async def asset(name: str) -> Response:
    """Serve the script, the style or a catalogue of the page."""
    file = resources.files("qa.api").joinpath("static", name)
    suffix = name.rpartition(".")[2]
    if suffix not in _ASSETS or "/" in name or "\\" in name or not file.is_file():
        raise HTTPException(404)
    return Response(file.read_bytes(), media_type=_ASSETS[suffix], headers={"Cache-Control": "no-cache"})


@router.get("/source/{document_id}/view")
async def view(document_id: str, holder: Holder, place: Annotated[Place, Depends()]) -> Response:
    """Give a document's lines around a place as data, for the pane beside the chat."""
    shown = await holder.run(lambda engine: _show(engine, document_id, place))
    document, lines = shown.document, shown.view.lines
    return json_response(
        {
            "document_id": document.id,
            "file": document.file,
            "title": document.title,
            "encoding": document.encoding,
            "state": shown.state,
            "marked": bool(shown.spans),
            "total": shown.view.total,
            "earlier": shown.view.earlier,
            "later": shown.view.later,
            "lines": [[line.number, [[piece.text, piece.marked] for piece in line.pieces]] for line in lines],
        }
    )


@router.get("/source/{document_id}/find")
async def find_words(
    document_id: str, holder: Holder, text: Annotated[str, Query(max_length=MAX_WORDS)] = ""
) -> Response:
    """Find words in a whole document: a list of places, each a list of [line, from, to)."""
    places = await holder.run(lambda engine: find(_document(engine, document_id).text, text))
    return json_response({"places": places, "more": len(places) == MAX_HITS})


@router.get("/source/{document_id}")
async def source(document_id: str, request: Request, holder: Holder, place: Annotated[Place, Depends()]) -> Response:
    """Show a document around a place, on a page of its own."""
    language: Literal["zh", "en"] = "en" if request.cookies.get(LANGUAGE) == "en" else "zh"
    words = catalogue(language)
    page = {"words": words, "language": {"zh": "zh-CN", "en": "en"}[language]}
    try:
        shown = await holder.run(lambda engine: _show(engine, document_id, place))
    except NotFoundError:
        return _html(render("missing.html", message=words["no_document"], **page), 404)
    except BadPlaceError as error:
        return _html(render("missing.html", message=str(error), **page), 422)
    given = {"start": place.start, "end": place.end, "spans": place.spans or None}
    query = "&".join(f"{name}={value}" for name, value in given.items() if value is not None)
    return _html(render("source.html", shown=shown, document=shown.document, view=shown.view, query=query, **page))
