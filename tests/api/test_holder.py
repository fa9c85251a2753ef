"""Loading and preparing in the background, with a fake engine whose steps the tests release one by one."""

import logging
import threading
import time
from collections.abc import Callable

import anyio
import pytest

from qa.api.holder import Answering, EngineHolder, Loaded, NotReadyError, Pace
from qa.errors import StoreMissingError
from qa.types import BlockKind, Passage, Span
from tests.api.fakes import FakeEngine

PASSAGES = [Passage(f"p{number}", "d", "a", BlockKind.PARAGRAPH, (Span(0, 1),), "文", "") for number in range(3)]
SOON = 10.0
"""Seconds within which what must happen has happened, on a busy machine too."""


def started(prepare: Callable[[Pace], None]) -> EngineHolder:
    """Start a holder and wait for its engine, not for its preparation."""
    holder = EngineHolder(lambda: Loaded(FakeEngine(), prepare), 2)
    holder.start()
    assert holder.wait() == ""
    return holder


def test_the_engine_is_there_before_it_is_prepared() -> None:
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()
    seen: list[Passage] = []

    def prepare(pace: Pace) -> None:
        begun.set()
        assert go_on.wait(SOON)
        seen.extend(pace(PASSAGES))
        done.set()

    holder = started(prepare)
    assert begun.wait(SOON) and isinstance(holder.engine(), FakeEngine) and not done.is_set()
    go_on.set()
    assert done.wait(SOON) and seen == PASSAGES


def test_preparing_waits_while_a_question_is_answered() -> None:
    first, asking, done = threading.Event(), threading.Event(), threading.Event()
    seen: list[Passage] = []

    def prepare(pace: Pace) -> None:
        for passage in pace(PASSAGES):
            seen.append(passage)
            first.set()
            assert asking.wait(SOON)
        done.set()

    def work(_: Answering) -> int:
        asking.set()
        time.sleep(0.3)
        return len(seen)

    holder = started(prepare)
    assert first.wait(SOON)
    assert anyio.run(holder.run, work) == 1
    assert done.wait(SOON) and seen == PASSAGES


def test_a_failure_to_prepare_is_logged_and_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    def prepare(_: Pace) -> None:
        raise StoreMissingError("没有索引。")

    with caplog.at_level(logging.WARNING, "qa.api.holder"):
        holder = started(prepare)
        for thread in threading.enumerate():
            if thread.name == "prepare-engine":
                thread.join(SOON)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert anyio.run(holder.run, lambda engine: engine.info().documents) == 1


def test_a_failure_to_load_is_told_to_who_asks() -> None:
    def load() -> Loaded:
        raise StoreMissingError("没有索引。")

    holder = EngineHolder(load, 2)
    holder.start()
    assert holder.wait() == "没有索引。"
    with pytest.raises(NotReadyError, match="没有索引。"):
        holder.engine()
