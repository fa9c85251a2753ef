"""Puts the HTTP face together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import Depends, FastAPI, Request
from fastapi.routing import iter_route_contexts
from fastapi.security.http import HTTPBase
from starlette.responses import Response
from starlette.routing import Match

from qa.api import answers, documents, feedback, figures, problems, source, swagger
from qa.api.access import Access
from qa.api.holder import Answering, holder_for
from qa.api.limits import BodyLimit, SafeHeaders
from qa.config import Settings
from qa.journal import Journal
from qa.library.library import Library

TITLE = "有据"
"""Of the API; it tells Youju from any other program."""
_BASIC = HTTPBase(scheme="basic", scheme_name="password", description="管理员密码，用户名随意。", auto_error=False)
"""Tells OpenAPI, and so /docs, how an administrator signs in; it lets everybody pass, ``qa.api.access`` checks."""
_ALL_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def create_app(settings: Settings, engine: Answering | None = None) -> FastAPI:
    """Make the app; without an engine, one is loaded in the background when the app starts.

    ``app.state`` has what the pages that are mounted on it need: settings, holder, journal, library, access.
    """
    app = FastAPI(
        title=TITLE,
        summary="中文文档问答：答案都是原文，处处可查。",
        version=version("youju"),
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.holder = holder_for(settings, engine)
    app.state.journal = Journal.open(settings.data_dir)
    app.state.library = Library(settings, app.state.holder.refresh, lambda: app.state.holder.engine().store)
    app.state.access = Access(settings)
    problems.install(app)
    for router in (answers.router, documents.router, feedback.router, figures.router, source.router, swagger.router):
        closed = router in (documents.router, feedback.router)
        app.include_router(router, dependencies=[Depends(_BASIC)] if closed else None)
    for path, probe in (("/healthz", answers.healthz), ("/readyz", answers.readyz)):
        app.add_api_route(path, probe, methods=["HEAD"], include_in_schema=False)  # how load balancers ask
    for path in ("/healthz", "/readyz", "/api/{path:path}"):
        app.add_api_route(path, _unknown, methods=_ALL_METHODS, include_in_schema=False)
    app.add_middleware(BodyLimit)
    app.add_middleware(SafeHeaders)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    app.state.holder.start()
    yield
    app.state.library.close()
    app.state.journal.close()


async def _unknown(request: Request) -> Response:
    """Answer for addresses under /api that do not exist, before a page mounted at "/" does."""
    if methods := _methods(request):
        allowed = {"Allow": ", ".join(sorted(methods))}
        return problems.problem(405, "这个地址不接受这种请求方法，接口说明在 /docs。", headers=allowed)
    return problems.problem(404, "没有这个地址，接口说明在 /docs。")


def _methods(request: Request) -> set[str]:
    """Collect what the other routes accept at a request's address."""
    routes = (route for route in iter_route_contexts(request.app.routes) if route.endpoint is not _unknown)
    fitting = (route for route in routes if route.methods and route.matches(request.scope)[0] is not Match.NONE)
    return {method for route in fitting for method in route.methods or ()}
