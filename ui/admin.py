"""The administrator's pages: sign-in, feedback and statistics, documents, corpus health."""

import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, FastAPI, Request
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.api.access import COOKIE, SESSION_SECONDS, Access, AccessOf, address_of
from qa.api.problems import problem
from qa.errors import AccessError, YoujuError
from ui.admin_desk import Desk, Parts
from ui.admin_presenter import present_search, present_sections, present_sign_in, present_upload
from ui.desk import HEAD, QUIET, bridge, panel, present_page, present_top, words_for, words_of_request
from ui.gradio_import import gr
from ui.looks import looks

SIGN_IN = "/admin/sign-in"
PARTS = ("statistics", "feedback", "jobs", "staged", "documents", "health")
logger = logging.getLogger(__name__)


async def mount(app: FastAPI) -> FastAPI:
    """Mount the pages at "/admin", before whatever is mounted at "/"; only who is signed in gets there."""
    app.include_router(_router())
    app.add_middleware(Gate, access=app.state.access)
    gr.mount_gradio_app(app, build(app), path="/admin", **looks(HEAD))
    return app


def build(app: FastAPI) -> gr.Blocks:
    """Lay out the pages and wire them to an app's library and journal."""
    desk = Desk(app.state.library, app.state.journal)
    limit = app.state.library.limit
    page = gr.Blocks(title="有据 · 管理", analytics_enabled=False)
    with page:
        top = panel("top")
        parts: dict[str, gr.HTML] = {}
        with gr.Column(elem_id="main", elem_classes=["desk"]):
            sections = panel("sections")
            parts["problem"] = panel("desk-problem")
            with gr.Column(elem_id="section-feedback"):
                parts["statistics"] = panel("statistics")
                parts["feedback"] = panel("feedback")
            with gr.Column(elem_id="section-documents"):
                upload = panel("upload")
                parts["staged"] = panel("staged")
                parts["jobs"] = panel("jobs")
                search = panel("search")
                parts["documents"] = panel("documents-list")
            with gr.Column(elem_id="section-health"):
                parts["health"] = panel("health")
        wishes = bridge()

    def load(request: gr.Request) -> tuple[str, str, str, str]:
        words = words_of_request(request)
        shown = present_sections(words), present_upload(limit, words), present_search(words)
        return present_top("admin", words, signed_in=True), *shown

    async def fill(request: gr.Request) -> AsyncIterator[dict[gr.HTML, str]]:
        async for shown in _answers(desk, {"wish": "all"}, request):
            yield {parts[name]: html for name, html in shown.items()}

    async def wish(event: gr.EventData, request: gr.Request) -> AsyncIterator[dict[gr.HTML, str]]:
        detail = getattr(event, "_data", None)
        async for shown in _answers(desk, detail if isinstance(detail, Mapping) else {}, request):
            yield {parts[name]: html for name, html in shown.items()}

    with page:
        page.load(load, None, [top, sections, upload, search], **QUIET)
        page.load(fill, None, list(parts.values()), **QUIET)
        wishes.desk(wish, None, list(parts.values()), trigger_mode="multiple", **QUIET)
    return page


async def _answers(desk: Desk, wish: Mapping[str, Any], request: gr.Request) -> AsyncIterator[Parts]:
    """Do a wish; where that fails, show why, else that nothing is wrong any more."""
    from ui.desk import present_problem

    words = words_of_request(request)
    try:
        async for parts in desk.answer(wish, words):
            yield {"problem": "", **parts}
    except YoujuError as error:
        yield {"problem": present_problem(str(error), words)}
    except Exception as error:
        logger.error("cannot do what the administrator wishes", exc_info=error)
        yield {"problem": present_problem(words.text("unexpected"), words)}


class Gate:
    """Sends whoever is not signed in to the sign-in page, before anything of the pages is given out."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or turn it away."""
        path = scope.get("path", "")
        if scope["type"] == "http" and (path == "/admin" or path.startswith("/admin/")) and path != SIGN_IN:
            headers = Headers(scope=scope)
            if not self._access.is_signed_in(cookie_parser(headers.get("cookie", ""))):
                wants_page = scope["method"] == "GET" and "text/html" in headers.get("accept", "")
                answer = RedirectResponse(SIGN_IN, 303) if wants_page else _turned_away(headers)
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _turned_away(headers: Headers) -> Response:
    words = words_for(cookie_parser(headers.get("cookie", "")), headers.get("accept-language", ""))
    return problem(401, words.text("signed_out"))


def _router() -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/admin")
    def enter() -> Response:
        """Lead to the pages: what is mounted at "/" would take this address for its own."""
        return RedirectResponse("/admin/")

    @router.get(SIGN_IN)
    def form(request: Request, access: AccessOf) -> Response:
        """Show the form, or lead on who is signed in already."""
        if access.is_signed_in(request.cookies):
            return RedirectResponse("/admin/", 303)
        return _form(request, "", 200)

    @router.post(SIGN_IN)
    async def sign_in(request: Request, access: AccessOf) -> Response:
        """Check the password and begin a session."""
        given = parse_qs((await request.body()).decode("utf-8", "replace")).get("password", [""])[0]
        try:
            token = access.sign_in(given, address_of(request))
        except AccessError as error:
            return _form(request, str(error), 401)
        response = RedirectResponse("/admin/", 303)
        secure = request.url.scheme == "https"
        response.set_cookie(COOKIE, token, max_age=SESSION_SECONDS, httponly=True, samesite="strict", secure=secure)
        return response

    @router.post("/admin/sign-out")
    def sign_out(request: Request, access: AccessOf) -> Response:
        """End the session."""
        access.sign_out(request.cookies.get(COOKIE, ""))
        response = RedirectResponse(SIGN_IN, 303)
        response.delete_cookie(COOKIE)
        return response

    return router


def _form(request: Request, wrong: str, status: int) -> Response:
    words = words_of_request(request)
    page = present_page(words.text("title_sign_in"), present_sign_in(wrong, words), words)
    return HTMLResponse(page, status, {"Cache-Control": "no-store"})
