"""Asking in stages, and what is kept of it."""

import json
import threading
import time
from collections.abc import Callable
from typing import NoReturn

import anyio
import pytest
from markupsafe import escape

from qa.api.holder import EngineHolder, Loaded, LoadingStoppedError, LoadProgress, NotReadyError
from qa.errors import UsageError
from qa.journal import Journal
from qa.schema import dumps
from qa.types import Filters, Response, Stage
from tests.api.fakes import NO_FILTERS, FakeEngine
from ui.chat import Chat, Wish, read_wish
from ui.examples import find_examples
from ui.messages import messages
from ui.routes import describe

ZH = messages("zh")
ME, OTHER = "m" * 43, "o" * 43


def holder(engine: FakeEngine | None) -> EngineHolder:
    def load() -> NoReturn:
        raise AssertionError("nobody starts this one")

    return EngineHolder(load, 2, engine)


def ask(chat: Chat, wish: Wish) -> list[str]:
    async def run() -> list[str]:
        return [shown async for shown in chat.ask(wish, ZH)]

    return anyio.run(run)


def test_the_stages_come_before_the_answer(journal: Journal) -> None:
    shown = ask(Chat(holder(FakeEngine()), journal), Wish("助学金有多少？", ME))
    assert [("pending" in one, "answer-card" in one) for one in shown] == [(True, False)] * 3 + [(False, True)]
    assert ZH.text("stage_understood", text="助学金有多少？") in shown[1]
    assert (
        ZH.text("stage_found", text="1 段") in shown[2]
        and ZH.text("stage_understood", text="助学金有多少？") in shown[2]
    )


def test_refusals_and_problems_are_shown(journal: Journal) -> None:
    chat = Chat(holder(FakeEngine()), journal)
    assert "refusal-card" in ask(chat, Wish("食堂", ME))[-1]
    assert "问题是空的" in ask(chat, Wish(" ", ME))[-1]
    assert "正在载入" in ask(Chat(holder(None), journal), Wish("助学金", ME))[-1]


def test_an_unexpected_error_tells_nothing_of_itself(journal: Journal, caplog: pytest.LogCaptureFixture) -> None:
    shown = ask(Chat(holder(FakeEngine()), journal), Wish("crash", ME))[-1]
    assert ZH.text("unexpected") in shown and "boom" not in shown
    assert "boom" in caplog.text


def test_a_conversation_goes_on_with_what_was_said(journal: Journal) -> None:
    engine = FakeEngine()
    chat = Chat(holder(engine), journal)
    ask(chat, Wish("助学金有多少？", ME))
    conversation = journal.conversations(ME)[0].id
    ask(chat, Wish("助学几人？", ME, conversation, {"places": ["青山县"], "years": [2014]}))
    assert engine.previous == ("助学金有多少？",)
    assert engine.asked[-1][1] == Filters(places=("青山县",), years=(2014,))
    assert len(journal.conversations(ME)) == 1
    thread = anyio.run(chat.open, ME, conversation, ZH)
    assert thread.count('class="asked"') == 2 and "青山县</span>" in thread
    assert anyio.run(chat.open, OTHER, conversation, ZH) == ""
    assert anyio.run(chat.open, ME, "none", ZH) == ""


def test_a_question_asked_anew_takes_the_place_of_what_followed(journal: Journal) -> None:
    engine = FakeEngine()
    chat = Chat(holder(engine), journal)
    ask(chat, Wish("助学一", ME))
    conversation = journal.conversations(ME)[0].id
    ask(chat, Wish("助学二", ME, conversation))
    ask(chat, Wish("助学三", ME, conversation))
    second = journal.turns(ME, conversation)[1].id
    ask(chat, Wish("助学四", ME, conversation, replaces=second))
    assert engine.previous == ("助学一",)
    assert [turn.question for turn in journal.turns(ME, conversation)] == ["助学一", "助学四"]


def test_a_failing_question_leaves_what_it_was_to_replace(journal: Journal) -> None:
    chat = Chat(holder(FakeEngine()), journal)
    ask(chat, Wish("助学一", ME))
    conversation = journal.conversations(ME)[0].id
    first = journal.turns(ME, conversation)[0].id
    ask(chat, Wish(" ", ME, conversation, replaces=first))
    assert [turn.id for turn in journal.turns(ME, conversation)] == [first]


@pytest.mark.parametrize("question", ["问" * 1001, "crash"])
def test_a_question_that_failed_can_be_asked_once_more_as_it_was(journal: Journal, question: str) -> None:
    shown = ask(Chat(holder(FakeEngine()), journal), Wish(question, ME, "", {"places": ["青山县"]}, "t1"))[-1]
    assert 'data-act="again"' in shown and 'data-replaces="t1"' in shown
    assert f'data-filters="{escape(dumps({"places": ["青山县"]}))}"' in shown


def test_nobody_goes_on_with_another_one_s_conversation(journal: Journal) -> None:
    chat = Chat(holder(FakeEngine()), journal)
    ask(chat, Wish("助学一", ME))
    conversation = journal.conversations(ME)[0].id
    assert "problem-card" in ask(chat, Wish("助学二", OTHER, conversation))[-1]
    assert len(journal.turns(ME, conversation)) == 1 and journal.conversations(OTHER) == []


def test_who_brings_no_cookie_is_answered_and_forgotten(journal: Journal) -> None:
    shown = ask(Chat(holder(FakeEngine()), journal), Wish("助学金？", ""))[-1]
    assert "answer-card" in shown and 'data-act="vote"' not in shown
    assert journal.conversations("") == []


class SlowEngine(FakeEngine):
    """Waits between the first stage and the answer until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting, self.go, self.done = threading.Event(), threading.Event(), threading.Event()

    def ask(self, question: str, *, on_stage: Callable[[Stage], None] | None = None, **rest: object) -> Response:
        if on_stage is not None:
            on_stage(Stage("understood", question))
        self.waiting.set()
        self.go.wait(10)
        try:
            return super().ask(question, explain=True)
        finally:
            self.done.set()


def test_what_was_stopped_is_not_kept(journal: Journal) -> None:
    engine = SlowEngine()
    chat = Chat(holder(engine), journal)

    async def run() -> None:
        asking = chat.ask(Wish("助学金？", ME), ZH)
        assert "pending" in await anext(asking)
        assert ZH.text("stage_understood", text="助学金？") in await anext(asking)  # it is told while the work goes on
        await asking.aclose()  # type: ignore[attr-defined]
        engine.go.set()
        await anyio.to_thread.run_sync(engine.done.wait, 10)
        await anyio.sleep(0.05)

    anyio.run(run)
    assert journal.conversations(ME) == []


def test_extras_are_read_or_refused() -> None:
    extra = json.dumps({"filters": {"years": [2014]}, "replaces": "t"})
    wish = read_wish("问", ME, "c", extra)
    assert (wish.filters, wish.replaces, wish.conversation) == ({"years": [2014]}, "t", "c")
    assert read_wish("问", ME, "", "") == Wish("问", ME)
    assert NO_FILTERS == Filters()


def test_an_engine_without_a_ledger_has_no_examples() -> None:
    assert list(find_examples(FakeEngine())) == []


def test_every_example_of_the_seeds_is_answered(seeds_engine: "object") -> None:
    from qa.engine import Engine

    assert isinstance(seeds_engine, Engine)
    start = time.perf_counter()
    found = list(find_examples(seeds_engine))
    assert 3 <= len(found) == len(set(found)) <= 6
    assert all(seeds_engine.ask(question).answered for question in found)
    assert time.perf_counter() - start < 60


def test_while_the_index_is_made_the_page_says_how_far_it_is() -> None:
    went_on = threading.Event()
    engine = FakeEngine()
    made = EngineHolder(lambda: Loaded(engine, lambda pace: None), 1)

    def first() -> None:
        made.progress = LoadProgress("正在建立索引：文档 1/4", 0.25)
        went_on.wait(10)

    made.first = first
    made.start()
    while made.progress is None:
        time.sleep(0.01)
    assert describe(made, ZH) == {"ready": False, "failed": False, "text": "正在建立索引：文档 1/4", "share": 0.25}
    with pytest.raises(NotReadyError, match="文档 1/4"):
        made.engine()
    went_on.set()
    assert made.wait() == ""
    assert describe(made, ZH)["ready"] is True


def test_an_index_that_cannot_be_made_is_told() -> None:
    def first() -> None:
        made.progress = LoadProgress("正在建立索引", None)
        raise UsageError("没有这个文件夹。")

    made = EngineHolder(lambda: Loaded(FakeEngine(), lambda pace: None), 1)
    made.first = first
    made.start()
    assert made.wait() == "没有这个文件夹。"
    assert describe(made, ZH) == {"ready": False, "failed": True, "text": "没有这个文件夹。", "share": None}


def test_who_stops_the_server_stops_the_first_index_too() -> None:
    made = EngineHolder(lambda: Loaded(FakeEngine(), lambda pace: None), 1)

    def first() -> None:
        assert made.stopping.wait(10)
        raise LoadingStoppedError("服务已停止。")

    made.first = first
    made.start()
    made.stop()
    assert made.wait() == ""
    with pytest.raises(NotReadyError):
        made.engine()
