"""The Gradio page, mounted on the API's own app once in each language."""

from collections.abc import AsyncIterator
from html import escape
from importlib import import_module, resources
from importlib.util import find_spec
from secrets import token_hex
from typing import Any, NoReturn

import anyio
from fastapi import FastAPI

from qa.errors import YoujuError
from qa.retrieval.cleaning import MAX_QUESTION
from ui.chat import Chat, read_wish
from ui.closed_routes import ClosedRoutes
from ui.examples import Examples
from ui.gradio_import import gr
from ui.looks import looks
from ui.messages import LANGUAGES, Language, Messages, messages
from ui.presenter import present_problem, present_shell, present_welcome
from ui.routes import router
from ui.suggesting import Suggestions
from ui.visitors import HOMES, Visitors, owner_of

_BRIDGE = """
window.youjuBridge = { ask: () => trigger("submit"), open: () => trigger("select") };
"""
"""Lets the page's script ask a question that was clicked, and open a conversation."""


def mount(app: FastAPI) -> FastAPI:
    """Mount the page at "/" of an app made by ``qa.api.app.create_app``; not to be called from a running event loop."""
    app.state.suggestions = Suggestions()
    app.state.examples = Examples(app.state.holder)
    app.include_router(router)
    app.add_middleware(Visitors)
    app.add_middleware(ClosedRoutes)
    anyio.run(_mount, app)  # outside of a loop gradio opens one for every lock that it makes, and closes none
    return app


async def _mount(app: FastAPI) -> None:
    for name in ("ui.admin", "ui.figures"):  # whoever mounts at "/" comes last
        if find_spec(name) is not None:
            await import_module(name).mount(app)
    chat, examples = Chat(app.state.holder, app.state.journal), app.state.examples
    for language in reversed(LANGUAGES):
        gr.mount_gradio_app(
            app,
            build(chat, examples, messages(language)),
            path=HOMES[language].rstrip("/") or "/",
            favicon_path=str(resources.files("ui").joinpath("static", "favicon.png")) if language == "zh" else None,
            **looks(head(language)),
        )


def head(language: Language) -> str:
    """Return what stands in the page's head: its language, styles and script, all of this machine."""
    tag = {"zh": "zh-CN", "en": "en"}[language]
    return (
        f'<script>document.documentElement.lang = "{escape(tag)}";</script>'
        '<script src="/source/assets/theme.js"></script>'
        '<script src="/chat/static/early.js"></script>'
        '<link rel="stylesheet" href="/source/assets/evidence.css">'
        '<link rel="stylesheet" href="/chat/static/chat.css">'
        '<script type="module" src="/chat/static/chat.js"></script>'
    )


def build(chat: Chat, examples: Examples, words: Messages) -> gr.Blocks:
    """Lay out the page in one language and wire it."""
    page = gr.Blocks(title=words.text("title"), analytics_enabled=False)
    with page:
        _html(_top(words), elem_id="top")
        with gr.Row(elem_id="work"):
            _html(present_shell("side", words), elem_id="side")
            with gr.Column(elem_id="talk"):
                thread = _html(present_welcome((), "", words), elem_id="thread")
                live = _html("", elem_id="live")
                with gr.Column(elem_id="composer"):
                    _html(present_shell("context", words), elem_id="context")
                    with gr.Row(elem_id="ask"):
                        question = _question_box(words)
                        send = gr.Button(words.text("send"), elem_id="send", variant="primary", scale=0, min_width=72)
                        stop = gr.Button(words.text("stop"), elem_id="stop", scale=0, min_width=72)
                    _html(present_shell("hint", words), elem_id="hint")
            _html(present_shell("panel", words), elem_id="panel")
        conversation = _textbox(visible=False)
        extra = _textbox(visible=False)
        bridge = _html("", js_on_load=_BRIDGE, elem_id="bridge")

    async def ask(question: str, conversation: str, extra: str, request: gr.Request) -> AsyncIterator[str]:
        try:
            wish = read_wish(question, owner_of(request.cookies), conversation, extra)
        except YoujuError as error:
            yield present_problem(question, str(error), words)
            return
        async for shown in chat.ask(wish, words):
            yield shown

    async def first(conversation: str, request: gr.Request) -> str:
        thread = await chat.open(owner_of(request.cookies), conversation, words)
        return thread or present_welcome(examples.now(), token_hex(4), words)

    async def another(conversation: str, request: gr.Request) -> tuple[str, str]:
        return await first(conversation, request), ""

    quiet = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
    with page:
        asking = gr.on(
            [question.submit, send.click, bridge.submit],
            ask,
            [question, conversation, extra],
            live,
            js="(question) => window.youju.sending(question)",
            **quiet,
        )
        asking.then(None, None, None, js="() => window.youju.settled()", **quiet)
        stop.click(None, cancels=[asking], js="() => window.youju.stopped()", show_progress="hidden")
        # On load the answer's place is left alone: somebody may have asked already.
        gr.on(page.load, first, conversation, thread, js=_WHICH, **quiet)
        gr.on(bridge.select, another, conversation, [thread, live], js=_WHICH, **quiet)
    return page


_WHICH = """async () => {
  while (!window.youju) await new Promise((resolve) => setTimeout(resolve, 20));
  return [window.youju.wanted()];
}"""


def _html(value: str, elem_id: str, js_on_load: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, js_on_load=js_on_load, apply_default_css=False)


def _textbox(**options: Any) -> gr.Textbox:  # noqa: ANN401
    """Make a box that takes in text alone: Gradio fetches and keeps whatever address a request gives as a file."""
    box = gr.Textbox(**options)
    box.async_move_resource_to_block_cache = _refuse_file  # type: ignore[method-assign]
    return box


async def _refuse_file(url_or_file_path: object) -> NoReturn:
    raise gr.Error("这里只收文字。", print_exception=False)


def _question_box(words: Messages) -> gr.Textbox:
    return _textbox(
        elem_id="question",
        placeholder=words.text("placeholder"),
        show_label=False,
        label=words.text("question"),
        container=False,
        autofocus=True,
        lines=1,
        max_lines=6,
        max_length=MAX_QUESTION,
        scale=1,
    )


def _top(words: Messages) -> str:
    other: Language = "en" if words.language == "zh" else "zh"
    pages = [
        ("/figures", words.text("page_figures")),
        ("/admin", words.text("page_admin")),
        ("/docs", words.text("docs")),
    ]
    return present_shell(
        "top",
        words,
        home=HOMES[words.language],
        pages=pages,
        other=f"/?lang={other}",
        other_language={"zh": "zh-CN", "en": "en"}[other],
    )
