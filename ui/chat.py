"""What the chat does: asks in stages, keeps every turn in the journal, opens conversations again."""

import asyncio
import json
import logging
import secrets
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, cast

import anyio.to_thread
from pydantic import ValidationError

from qa.api.holder import Answering, EngineHolder
from qa.api.models import FiltersModel
from qa.errors import NotFoundError, UsageError, YoujuError
from qa.journal import Journal
from qa.journal.types import Turn
from qa.schema import ResponseJson, response_json
from qa.types import Filters, Stage
from ui.messages import Messages
from ui.presenter import TurnView, present_pending, present_problem, present_thread, present_turn

LIMIT = 30
"""Answers that are shown at most; a notice tells of the others."""
FILTERS = "filters"
"""Where a kept response holds the filters that its question was asked with."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """A question and how it is to be asked.

    Attributes:
        conversation: that it goes on with; "" begins one.
        replaces: the turn that it takes the place of, with all later ones; "" for none.
    """

    question: str
    owner: str
    conversation: str = ""
    filters: Mapping[str, Sequence[str | int]] = field(default_factory=dict)
    replaces: str = ""


def read_wish(question: str, owner: str, conversation: str, extra: str) -> Wish:
    """Make a wish of what the page sent.

    Args:
        extra: "" or JSON: {"filters": {…}, "replaces": "…"}.

    Raises:
        UsageError: it makes no sense; no page of ours sends such a thing.
    """
    try:
        given = json.loads(extra) if extra else {}
        filters = FiltersModel.model_validate(given.get("filters", {})).model_dump(exclude_defaults=True)
        return Wish(question, owner, conversation, filters, str(given.get("replaces", "")))
    except (ValueError, AttributeError, ValidationError) as error:
        raise UsageError("提问的附加条件读不懂，请刷新页面再试。") from error


class Chat:
    """Asks the engine for the page and keeps what was said."""

    def __init__(self, holder: EngineHolder, journal: Journal) -> None:
        self._holder = holder
        self._journal = journal

    async def ask(self, wish: Wish, words: Messages) -> AsyncIterator[str]:
        """Show the question, how far it is, and in the end the answer, the refusal or the problem."""
        stages: list[str] = []
        yield present_pending(wish.question, [words.text("stage_asked")], words)
        try:
            async with aclosing(self._steps(wish)) as steps:  # closed at once where this is, not at the loop's leisure
                async for step in steps:
                    if isinstance(step, Stage):
                        stages.append(words.text(f"stage_{step.name}", text=step.text))
                        yield present_pending(wish.question, stages, words)
                    else:
                        yield present_turn(step[0], step[1], words)
        except YoujuError as error:
            yield _problem(wish, str(error), words)
        except Exception as error:
            logger.error("cannot answer", exc_info=error)
            yield _problem(wish, words.text("unexpected"), words)

    async def _steps(self, wish: Wish) -> AsyncGenerator[Stage | tuple[TurnView, str], None]:
        """Give the stages as they come, then the turn and the conversation that it stands in."""
        stages: asyncio.Queue[Stage | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()
        given_up = threading.Event()

        def tell(stage: Stage) -> None:
            loop.call_soon_threadsafe(stages.put_nowait, stage)

        asking = asyncio.create_task(self._holder.run(lambda engine: self._answer(engine, wish, tell, given_up)))
        asking.add_done_callback(lambda _: stages.put_nowait(None))
        try:
            while (stage := await stages.get()) is not None:
                yield stage
            yield await asking
        finally:
            given_up.set()  # what was stopped is not kept
            asking.add_done_callback(_forget)

    def _answer(
        self,
        engine: Answering,
        wish: Wish,
        tell: Callable[[Stage], None],
        given_up: threading.Event,
    ) -> tuple[TurnView, str]:
        """Ask with what was said before, and keep what is said now; runs in a thread of its own."""
        earlier = self._earlier(wish)
        response = engine.ask(
            wish.question,
            filters=_filters(wish.filters),
            limit=LIMIT,
            explain=True,
            previous=[turn.resolved_question for turn in earlier],
            on_stage=tell,
        )
        shown = response_json(response, explain=True)
        if given_up.is_set() or not wish.owner:
            return TurnView("", wish.question, shown, wish.filters), ""
        conversation = wish.conversation or self._journal.new_conversation(wish.owner)
        if wish.replaces:
            self._journal.cut(wish.owner, conversation, wish.replaces)
        kept = {**shown, FILTERS: dict(wish.filters)}
        turn_id = self._journal.add_turn(wish.owner, conversation, wish.question, kept)
        return TurnView(turn_id, wish.question, shown, wish.filters), conversation

    def _earlier(self, wish: Wish) -> list[Turn]:
        if not (wish.owner and wish.conversation):
            return []
        turns = self._journal.turns(wish.owner, wish.conversation)
        ids = [turn.id for turn in turns]
        return turns[: ids.index(wish.replaces)] if wish.replaces in ids else turns

    async def open(self, owner: str, conversation: str, words: Messages) -> str:
        """Show a conversation; "" where there is none of that id for this owner."""
        if not (owner and conversation):
            return ""
        try:
            turns = await anyio.to_thread.run_sync(self._journal.turns, owner, conversation)
        except NotFoundError:
            return ""
        return present_thread([view(turn) for turn in turns], conversation, secrets.token_hex(4), words)


def view(turn: Turn) -> TurnView:
    """Make a kept turn ready to be shown."""
    response = cast(ResponseJson, turn.response)
    return TurnView(turn.id, turn.question, response, turn.response.get(FILTERS, {}), turn.vote)


def _problem(wish: Wish, text: str, words: Messages) -> str:
    return present_problem(wish.question, text, words, filters=wish.filters, replaces=wish.replaces)


def _filters(filters: Mapping[str, Sequence[str | int]]) -> Filters:
    return FiltersModel.model_validate(filters).filters()


def _forget(task: "asyncio.Task[Any]") -> None:
    """Look at what a task that nobody waits for ended with, so that nobody is told it was not looked at."""
    if not task.cancelled():
        task.exception()
