"""The page mounted on the API's app: served at "/", beside the API, asking no other host for anything."""

import os
import re
from collections.abc import Iterator
from typing import NoReturn

import anyio
import pytest
from fastapi.testclient import TestClient

from qa.api.app import create_app
from qa.api.holder import EngineHolder
from qa.config import Settings
from tests.api.fakes import FakeEngine
from ui.app import mount, show_answer, show_index
from ui.messages import message


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(mount(create_app(Settings(), FakeEngine()))) as client:
        yield client


def holder(engine: FakeEngine | None) -> EngineHolder:
    def load() -> NoReturn:
        raise AssertionError("nobody starts this one")

    return EngineHolder(load, 1, engine)


def test_the_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert not re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(?:https?:)?//', response.text)
    assert "fonts.googleapis" not in response.text
    assert "connect-src" not in response.headers["content-security-policy"]  # default-src 'self' covers it
    assert "http" not in response.headers["content-security-policy"]


def test_the_api_lies_beside_the_page(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.post("/api/v1/ask", json={"question": "助学金"}).json()["answered"]
    response = client.get("/api/v1/nothing")
    assert response.status_code == 404 and response.headers["content-type"] == "application/problem+json"


def test_gradio_sends_nothing() -> None:
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"


def test_answers_refusals_and_problems_are_shown() -> None:
    async def shown(question: str, engine: FakeEngine | None) -> str:
        return await show_answer(holder(engine), question)

    assert "answer-card" in anyio.run(shown, "助学金", FakeEngine())
    assert "refusal-card" in anyio.run(shown, "食堂", FakeEngine())
    assert "问题是空的" in anyio.run(shown, " ", FakeEngine())
    crashed = anyio.run(shown, "crash", FakeEngine())
    assert message("unexpected") in crashed and "boom" not in crashed
    assert "正在载入" in anyio.run(shown, "助学金", None)


def test_the_head_tells_whether_questions_can_be_asked() -> None:
    assert message("index", documents=1, passages=3) in show_index(holder(FakeEngine()))
    assert message("index_loading") in show_index(holder(None))
