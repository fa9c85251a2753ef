"""Turns a conversation into HTML; pure, and every word of a document or a question is escaped by construction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from qa.schema import ResponseJson, confidence_level, dumps
from ui import several, wording
from ui.explaining import why
from ui.messages import Messages

MAX_CARDS = 3
"""Long answers that are shown at once; the others wait under a line to click."""


@dataclass(frozen=True, slots=True)
class TurnView:
    """A question and what was said to it.

    Attributes:
        id: of the turn in the journal; "" where it is kept nowhere.
        filters: that the question was asked with, by field of ``qa.types.Filters``.
        vote: whether its owner called it good; None where nothing was said.
    """

    id: str
    question: str
    response: ResponseJson
    filters: Mapping[str, Sequence[str | int]] = field(default_factory=dict)
    vote: bool | None = None


def present_turn(turn: TurnView, conversation: str, words: Messages) -> str:
    """Show a question with its answers, or with the refusal."""
    response = turn.response
    return _render(
        "turn.html",
        words,
        turn=turn,
        response=response,
        answers=response["answers"],
        tabular=several.tabular(response["answers"]),
        bars=several.bars(response["answers"], words),
        unit=several.common_unit(response["answers"]),
        chips=several.chips(response, turn.filters, words),
        within=several.filter_words(turn.filters, words),
        why=why(response, words),
        conversation=conversation,
        max_cards=MAX_CARDS,
    )


def present_thread(turns: Sequence[TurnView], conversation: str, stamp: str, words: Messages) -> str:
    """Show the turns of a conversation, in its order.

    Args:
        stamp: another one each time; the same HTML twice would leave in the page what its script has added to it.
    """
    shown = [Markup(present_turn(turn, conversation, words)) for turn in turns]
    return _render("thread.html", words, turns=shown, conversation=conversation, stamp=stamp)


def present_pending(question: str, stages: Sequence[str], words: Messages) -> str:
    """Show a question that is being answered, and how far that is."""
    return _render("pending.html", words, question=question, stages=stages)


def present_problem(
    question: str,
    text: str,
    words: Messages,
    *,
    filters: Mapping[str, Sequence[str | int]] | None = None,
    replaces: str = "",
) -> str:
    """Show why a question could not be asked, and let it be asked once more as it was.

    Args:
        filters: that it was asked with.
        replaces: the turn that it was to take the place of; "" for none.
    """
    return _render("problem.html", words, question=question, text=text, filters=filters or {}, replaces=replaces)


def present_welcome(examples: Sequence[str], stamp: str, words: Messages) -> str:
    """Show what is there before the first question; for ``stamp`` see present_thread()."""
    return _render("welcome.html", words, examples=examples, stamp=stamp)


def present_shell(name: str, words: Messages, **values: object) -> str:
    """Show one of the page's fixed parts: "top", "side", "panel", "context"."""
    return _render(f"{name}.html", words, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("ui", "templates/chat"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    helpers = (
        confidence_level,
        dumps,
        wording.confidence_words,
        wording.heading,
        wording.is_short,
        wording.lines,
        wording.official_form,
        wording.refusal_line,
        wording.split,
        wording.subject_line,
        wording.table_line,
        wording.who_and_where,
        wording.year,
    )
    environment.globals.update({helper.__name__: helper for helper in helpers})
    return environment


def _render(name: str, words: Messages, **values: object) -> str:
    return _environment().get_template(name).render(words=words, t=words.text, **values)
