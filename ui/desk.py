"""What the pages beside the chat have in common: the figures page and the administrator's pages."""

import json
import math
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request

from ui.gradio_import import gr
from ui.messages import LANGUAGES, Language, Messages
from ui.visitors import HOMES, LANGUAGE, preferred

_BRIDGE = """
window.youjuDesk = (detail) => trigger("desk", detail);
document.dispatchEvent(new Event("youju-desk"));
"""
"""Lets the page's script tell the server what somebody wants: an event "desk" with whatever it is about."""

HEAD = (
    '<script src="/source/assets/theme.js"></script>'
    '<link rel="stylesheet" href="/source/assets/evidence.css">'
    '<link rel="stylesheet" href="/chat/static/chat.css">'
    '<link rel="stylesheet" href="/chat/static/desk.css">'
    '<script type="module" src="/chat/static/desk.js"></script>'
)
"""What stands in the head of these pages."""


@cache
def words_of(language: Language) -> Messages:
    """Return the catalogue of these pages in a language."""
    content = resources.files("ui").joinpath(f"desk_{language}.json").read_text(encoding="utf-8")
    texts: dict[str, str] = json.loads(content)
    return Messages(language, texts)


def words_for(cookies: Mapping[str, str], accept_language: str) -> Messages:
    """Return the catalogue in the language chosen last, else in the browser's."""
    for language in LANGUAGES:
        if cookies.get(LANGUAGE) == language:
            return words_of(language)
    return words_of(preferred(accept_language))


def words_of_request(request: "gr.Request | Request") -> Messages:
    """Return the catalogue for whoever sends a request."""
    return words_for(dict(request.cookies), request.headers.get("accept-language", ""))


def renderer(folder: str, *helpers: Callable[..., object]) -> Callable[..., str]:
    """Make what renders the templates of a folder; every value is escaped.

    Args:
        folder: below ui/templates.
        helpers: functions that the templates call by their names.
    """

    @cache
    def environment() -> Environment:
        made = Environment(
            loader=PackageLoader("ui", "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.globals.update({helper.__name__: helper for helper in helpers})
        return made

    def render(name: str, words: Messages, **values: object) -> str:
        return environment().get_template(f"{folder}/{name}").render(words=words, t=words.text, **values)

    return render


_render = renderer("desk")


def present_top(page: str, words: Messages, *, signed_in: bool = False) -> str:
    """Show the head of a page, which leads to the others.

    Args:
        page: "figures" or "admin".
        signed_in: whether to offer signing out.
    """
    other: Language = "en" if words.language == "zh" else "zh"
    return _render("top.html", words, page=page, home=HOMES[words.language], other=other, signed_in=signed_in)


def present_problem(text: str, words: Messages) -> str:
    """Show why something could not be shown or done."""
    return _render("problem.html", words, text=text)


def present_page(title: str, body: str, words: Messages) -> str:
    """Make a whole page that needs no Gradio, such as the one to sign in."""
    from markupsafe import Markup

    return _render("page.html", words, title=title, head=Markup(HEAD), body=Markup(body))


def panel(name: str) -> gr.HTML:
    """Lay out a part of a page, without Gradio's own looks of text and tables; ``name`` is its id in the page."""
    return gr.HTML("", elem_id=name, apply_default_css=False)


def bridge() -> gr.HTML:
    """Lay out what hands on the script's wishes; listen to its event ``desk``."""
    return gr.HTML("", js_on_load=_BRIDGE, elem_id="desk-bridge")


def last_page(count: int, rows: int) -> int:
    """Return the number of the last page of a list, at least 1."""
    return max(math.ceil(count / rows), 1)


QUIET: Mapping[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
"""How the events of these pages are wired: nothing flickers, nothing is offered as an API, nobody waits for another."""
