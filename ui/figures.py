"""The figures page (数据台账): every figure of the corpus as a table to search, sort, draw and download."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

import anyio.to_thread
from fastapi import APIRouter, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from qa.errors import YoujuError
from qa.ledger.citing import cite_figures
from qa.ledger.exporting import MEDIA_TYPES, export
from qa.ledger.types import FigurePage
from qa.library.library import Library
from qa.schema import citation_json
from qa.store.store import Store
from ui.desk import HEAD, QUIET, bridge, last_page, panel, present_problem, present_top, words_of_request
from ui.figures_presenter import PAGE_ROWS, Choices, Entry, Look, present_filters, present_table
from ui.gradio_import import gr
from ui.looks import looks
from ui.messages import Messages

T = TypeVar("T")
MAX_ROWS = 20_000
"""Of a file; more than anybody reads."""
logger = logging.getLogger(__name__)


async def mount(app: FastAPI) -> FastAPI:
    """Mount the page at "/figures", before whatever is mounted at "/"."""
    app.include_router(_router(app))
    gr.mount_gradio_app(app, build(app), path="/figures", **looks(HEAD))
    return app


def build(app: FastAPI) -> gr.Blocks:
    """Lay out the page and wire it to an app's index."""
    page = gr.Blocks(title="有据 · 数据台账", analytics_enabled=False)
    with page:
        top = panel("top")
        with gr.Column(elem_id="main", elem_classes=["desk"]):
            filters = panel("figures-filters")
            table = panel("figures")
        wishes = bridge()

    async def load(request: gr.Request) -> tuple[str, str, str]:
        words, look = words_of_request(request), Look.read(dict(request.query_params))
        form = await _shown(app, words, lambda store: present_filters(look, choices_of(store), words))
        return present_top("figures", words), form, await _table(app, look, words)

    async def wish(event: gr.EventData, request: gr.Request) -> str:
        return await _table(app, Look.read(_detail(event)), words_of_request(request))

    with page:
        page.load(load, None, [top, filters, table], **QUIET)
        wishes.desk(wish, None, table, **QUIET)
    return page


def _detail(event: gr.EventData) -> Mapping[str, object]:
    found = getattr(event, "_data", None)
    return found if isinstance(found, Mapping) else {}


async def _table(app: FastAPI, look: Look, words: Messages) -> str:
    def work(store: Store) -> str:
        shown, page = look, _page(store, look)
        if not page.rows and look.page > 1:  # an old address may lead past the end
            shown = replace(look, page=last_page(page.total, PAGE_ROWS))
            page = _page(store, shown)
        citations = map(citation_json, cite_figures(store, page.rows))
        entries = [Entry(*pair) for pair in zip(page.rows, citations, strict=True)]
        return present_table(shown, entries, page.total, words)

    return await _shown(app, words, work)


def _page(store: Store, look: Look) -> FigurePage:
    return store.figures(look.filter(), order=look.sort, limit=PAGE_ROWS, offset=(look.page - 1) * PAGE_ROWS)


async def _shown(app: FastAPI, words: Messages, work: Callable[[Store], str]) -> str:
    """Do some work with the index in a thread; show the problem where it fails."""
    try:
        return await anyio.to_thread.run_sync(_with_store, app, work)
    except YoujuError as error:
        return present_problem(str(error), words)
    except Exception as error:
        logger.error("cannot show the figures", exc_info=error)
        return present_problem(words.text("unexpected"), words)


def _with_store(app: FastAPI, work: Callable[[Store], T]) -> T:
    library = app.state.library
    assert isinstance(library, Library)
    store = library.store()
    with store.snapshot():
        return work(store)


def choices_of(store: Store) -> Choices:
    """List what the ledger can be filtered by."""
    return Choices(
        bodies=store.figure_values("body"),
        places=store.figure_values("place"),
        years=sorted(store.figure_values("year"), reverse=True),
        units=store.figure_values("unit"),
        documents=[(document.id, document.file) for document in store.documents()],
    )


def _router(app: FastAPI) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/figures")
    def enter(request: Request) -> Response:
        """Lead to the page: what is mounted at "/" would take this address for its own."""
        return RedirectResponse(f"/figures/?{request.url.query}".rstrip("?"))

    @router.get("/figures/download.{kind}")
    async def download(kind: str, request: Request) -> Response:
        """Give the rows that the page shows, on all its pages, as a file for a spreadsheet."""
        if kind not in ("csv", "xlsx"):
            raise HTTPException(404)
        look = Look.read(request.query_params)

        def work(store: Store) -> bytes:
            rows = store.figures(look.filter(), order=look.sort, limit=MAX_ROWS).rows
            return export("csv" if kind == "csv" else "xlsx", rows, cite_figures(store, rows))

        content = await anyio.to_thread.run_sync(_with_store, app, work)
        headers = {"Content-Disposition": f'attachment; filename="figures.{kind}"'}
        return Response(content, media_type=MEDIA_TYPES[kind], headers=headers)

    return router
