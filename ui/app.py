"""The Gradio page, mounted on the API's own app."""

import logging
from importlib import resources

import anyio
from fastapi import FastAPI

from qa.api.holder import Answering, EngineHolder
from qa.errors import YoujuError
from qa.types import Response
from ui.gradio_import import gr
from ui.messages import message
from ui.presenter import present, present_index, present_problem, present_welcome

logger = logging.getLogger(__name__)
FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "sans-serif")
MAX_QUESTION = 2000
_HEAD = '<script>document.documentElement.lang = "zh-CN";</script>'


def mount(app: FastAPI) -> FastAPI:
    """Mount the page at "/" of an app made by ``qa.api.app.create_app``; not to be called from a running event loop."""
    anyio.run(_mount, app)  # outside of a loop gradio opens one for every lock that it makes, and closes none
    return app


async def _mount(app: FastAPI) -> None:
    gr.mount_gradio_app(
        app,
        build(app.state.holder),
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        theme=theme(),
        css=resources.files("ui").joinpath("style.css").read_text(encoding="utf-8"),
        head=_HEAD,
        favicon_path=str(resources.files("ui").joinpath("static", "favicon.png")),
    )


def theme() -> gr.themes.Base:
    """Make a calm theme of the system's own fonts, so that none is fetched."""
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="stone",
        radius_size="md",
        font=FONTS,
        font_mono=("ui-monospace", "Consolas", "monospace"),
    )


def build(holder: EngineHolder) -> gr.Blocks:
    """Lay out the page and wire it to an engine holder."""

    async def answer(question: str) -> str:
        return await show_answer(holder, question)

    page = gr.Blocks(title=message("title"), analytics_enabled=False)
    with page:
        brand = gr.HTML(show_index(holder), elem_id="brand")
        with gr.Row(elem_id="ask"):
            question = gr.Textbox(
                elem_id="question",
                placeholder=message("placeholder"),
                show_label=False,
                label=message("send"),
                container=False,
                autofocus=True,
                lines=1,
                max_lines=4,
                max_length=MAX_QUESTION,
                scale=1,
            )
            send = gr.Button(message("send"), elem_id="send", variant="primary", scale=0, min_width=88)
        result = gr.HTML(present_welcome(), elem_id="result")
        gr.on(
            [question.submit, send.click],
            answer,
            question,
            result,
            show_progress="minimal",
            concurrency_limit=None,
            api_visibility="private",
        )
        page.load(lambda: show_index(holder), None, brand, show_progress="hidden", api_visibility="private")
    return page


def show_index(holder: EngineHolder) -> str:
    """Show what can be asked about at this moment."""
    try:
        return present_index(holder.engine().info())
    except YoujuError:
        return present_index(None)


async def show_answer(holder: EngineHolder, question: str) -> str:
    """Ask, and show the answer, the refusal or the problem."""

    def work(engine: Answering) -> Response:
        return engine.ask(question)

    try:
        return present(await holder.run(work))
    except YoujuError as error:
        return present_problem(question, str(error))
    except Exception as error:
        logger.error("cannot answer", exc_info=error)
        return present_problem(question, message("unexpected"))
