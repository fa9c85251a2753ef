"""Closes what Gradio offers beside its queue and no page of ours uses: taking in files, fetching them from elsewhere.

Both are open to anybody: the one fills the disk, the other asks any host in this machine's name.
"""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from qa.api.problems import problem

_CLOSED = re.compile(r"/gradio_api/(?:upload|file[=/]|proxy=|process_recording|component_server|deep_link)")
"""In the address of any mount; matched against the decoded path, as the routes are."""


class ClosedRoutes:
    """Answers 404 at the addresses that are closed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or turn it away."""
        if scope["type"] == "http" and _CLOSED.search(scope["path"]):
            await problem(404, "没有这个地址，接口说明在 /docs。")(scope, receive, send)
            return
        await self._app(scope, receive, send)
