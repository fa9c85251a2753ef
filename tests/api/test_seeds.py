"""The HTTP face over the real engine and the seeds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from qa.api.app import create_app
from qa.config import Settings
from qa.engine import Engine
from qa.schema import ResponseJson
from tests.api.test_source import Page

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def client(seeds_settings: Settings, seeds_engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(seeds_settings, seeds_engine)) as client:
        yield client


@pytest.mark.parametrize("question", ["金秋助学资金有多少？", "困难职工帮扶", "有哪些单位获得表彰？", "工会主席是谁？"])
def test_every_answer_can_be_looked_up(client: TestClient, question: str) -> None:
    response = client.post("/api/v1/ask", json={"question": question, "explain": True})
    body = TypeAdapter(ResponseJson).validate_json(response.content, strict=True, extra="forbid")
    assert body["answers"] or body["passages"]
    citations = [answer["citation"] for answer in body["answers"]] + [found["citation"] for found in body["passages"]]
    for citation in citations:
        raw = (SEEDS / citation["file"]).read_bytes().decode("utf-8-sig")
        assert "".join(raw[start:end] for start, end in citation["spans"]) == citation["quote"]
        assert citation["line_start"] == raw.count("\n", 0, citation["spans"][0][0]) + 1
        assert citation["line_end"] == raw.count("\n", 0, citation["spans"][-1][1] - 1) + 1
    for citation in citations[:3]:
        spans = ",".join(f"{start}-{end}" for start, end in citation["spans"])
        page = Page(client.get(f"{citation['url']}&spans={spans}").text)
        assert "".join(page.marks) == citation["quote"].replace("\n", "").replace("\r", "")


def test_filters_keep_to_their_file(client: TestClient) -> None:
    file = sorted(path.name for path in SEEDS.glob("*.txt"))[-1]
    request = {"question": "资金多少？", "filters": {"files": [file]}}
    body = client.post("/api/v1/ask", json=request).json()
    cited = {item["citation"]["file"] for item in body["answers"] + body["passages"]}
    assert cited == {file}


def test_a_question_in_another_script_or_of_odd_signs(client: TestClient) -> None:
    for question in ("😀", "？？？", "a" * 10_000, "\u0000助学", "助學金發放多少？", "how much money?"):
        response = client.post("/api/v1/ask", json={"question": question})
        assert response.status_code in (200, 422), question
        body = response.json()
        assert body.get("refusal") or body.get("answers") or body["detail"]
