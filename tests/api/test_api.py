"""The HTTP face over a fake engine: statuses, schema, problems, headers."""

import threading
from collections.abc import Iterator
from typing import Any, NoReturn

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from qa.api.app import create_app
from qa.api.holder import EngineHolder
from qa.api.limits import MAX_BODY
from qa.config import Settings
from qa.errors import StoreMissingError
from qa.schema import ResponseJson, SearchJson
from qa.types import Filters
from tests.api.fakes import DOCUMENT, FakeEngine

JSON = {"content-type": "application/json"}


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def client(engine: FakeEngine) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), engine), raise_server_exceptions=False) as client:
        yield client


def problem_of(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["title"] and body["detail"].endswith("。")
    return body


def test_an_answer_follows_the_schema(client: TestClient) -> None:
    response = client.post("/api/v1/ask", json={"question": "助学金多少？"})
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    body = TypeAdapter(ResponseJson).validate_json(response.content, strict=True, extra="forbid")
    assert body["answered"] is True and body["refusal"] is None
    assert body["answers"][0]["value"] == {"number": 3966000, "unit": "元"}
    assert "query" not in body and "features" not in body["answers"][0] and "parts" not in body["passages"][0]


def test_a_refusal_is_an_ordinary_response(client: TestClient) -> None:
    body = client.post("/api/v1/ask", json={"question": "食堂几点开门"}).json()
    assert body["answered"] is False and body["answers"] == []
    assert body["refusal"]["reason"] == "no_match"
    assert body["passages"]


def test_explain_adds_query_features_and_parts(client: TestClient) -> None:
    body = client.post("/api/v1/ask", json={"question": "助学金多少？", "explain": True}).json()
    assert body["query"]["kinds"] == ["amount"]
    assert body["answers"][0]["features"] == {"coverage": 0.6667}
    assert body["passages"][0]["parts"] == {"dense": 0.9, "lexical": 0.5}


def test_filters_and_limit_reach_the_engine(client: TestClient, engine: FakeEngine) -> None:
    filters = {"files": ["a.txt"], "places": ["青山县"], "years": [2014, 2015], "articles": ["x:0"]}
    body = client.post("/api/v1/ask", json={"question": "助学金", "filters": filters, "limit": 1}).json()
    assert engine.asked == [("助学金", Filters(("a.txt",), ("青山县",), (2014, 2015), ("x:0",)), 1)]
    assert len(body["answers"]) == 1


def test_the_turns_before_reach_the_engine_and_a_follow_up_says_so(client: TestClient, engine: FakeEngine) -> None:
    body = client.post("/api/v1/ask", json={"question": "那商洛呢", "previous": ["助学金多少？"]}).json()
    assert engine.previous == ("助学金多少？",)
    assert body["follow_up"] is True
    assert client.post("/api/v1/ask", json={"question": "助学金多少？"}).json()["follow_up"] is False


def test_explain_tells_why_in_the_schema(client: TestClient) -> None:
    response = client.post("/api/v1/ask", json={"question": "助学金多少？", "explain": True, "limit": 1})
    body = TypeAdapter(ResponseJson).validate_json(response.content, strict=True, extra="forbid")
    assert body["explanation"] == {"threshold": 0.2, "best": 0.9346}
    assert body["answers"][0]["explanation"] == {
        "words": [{"word": "助学", "form": "助学金", "where": "sentence"}],
        "subject_from": {"organisation": "signature"},
        "passage": {"coverage": 1.0},
    }


def test_search_gives_passages(client: TestClient) -> None:
    response = client.post("/api/v1/search", json={"question": "助学金", "explain": True})
    body = TypeAdapter(SearchJson).validate_json(response.content, strict=True, extra="forbid")
    assert body["passages"][0]["parts"] == {"dense": 0.9, "lexical": 0.5}
    assert body["index"]["generation"] == 7


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({}, "question", "缺少这一项"),
        ({"question": 5}, "question", "应为文字"),
        ({"question": "a", "limit": 0}, "limit", "不能小于 1"),
        ({"question": "a", "limit": 51}, "limit", "不能大于 50"),
        ({"question": "a", "limit": "many"}, "limit", "应为整数"),
        ({"question": "a", "filters": {"years": [99]}}, "filters.years.0", "不能小于 1000"),
        ({"question": "a", "filters": {"file": []}}, "filters.file", "没有这一项"),
        ({"question": "a", "nonsense": 1}, "nonsense", "没有这一项"),
        ({"question": "a", "previous": ["b"] * 21}, "previous", "不能超过 20 个"),
        ({"question": "a", "previous": ["b" * 1001]}, "previous.0", "不能超过 1000 个字符"),
        ([], "", "应为对象"),
    ],
)
def test_a_bad_request_is_told_field_by_field(client: TestClient, body: object, field: str, words: str) -> None:
    problem = problem_of(client.post("/api/v1/ask", json=body), 422)
    assert problem["errors"] == [{"field": field, "message": words}]


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe", b'{"question": "a", "limit": NaN}', b""])
def test_what_is_no_json_is_refused(client: TestClient, raw: bytes) -> None:
    response = client.post("/api/v1/ask", content=raw, headers=JSON)
    problem_of(response, response.status_code)
    assert response.status_code in (400, 422)


def test_another_content_type_is_refused(client: TestClient) -> None:
    problem_of(client.post("/api/v1/ask", content=b'{"question": "x"}'), 415)


def test_half_a_surrogate_pair_survives_the_way_and_back(client: TestClient) -> None:
    response = client.post("/api/v1/ask", content=b'{"question": "\\ud800"}', headers=JSON)
    assert response.status_code == 200 and response.json()["question"] == "\ud800"
    problem_of(client.post("/api/v1/ask", content=b'{"question": "x", "\\ud800": 1}', headers=JSON), 422)


def test_a_blank_question_is_the_senders_fault(client: TestClient) -> None:
    problem = problem_of(client.post("/api/v1/ask", json={"question": " \n"}), 422)
    assert problem["detail"] == "问题是空的，请输入要问的内容。"
    problem_of(client.post("/api/v1/search", json={"question": ""}), 422)


def test_an_unexpected_error_shows_nothing_of_itself(client: TestClient) -> None:
    problem = problem_of(client.post("/api/v1/ask", json={"question": "crash"}), 500)
    assert "boom" not in str(problem) and "Traceback" not in str(problem)


def test_unknown_addresses_and_methods(client: TestClient) -> None:
    problem_of(client.get("/api/v1/nothing"), 404)
    problem_of(client.get("/nothing"), 404)
    response = client.get("/api/v1/ask")
    problem_of(response, 405)
    assert response.headers["allow"] == "POST"
    for path, allowed in (
        ("/healthz", "GET, HEAD"),
        ("/readyz", "GET, HEAD"),
        ("/api/v1/documents/staged/0123456789abcdef", "DELETE, GET, POST"),
        ("/api/v1/documents/0123456789abcdef", "DELETE"),
    ):
        response = client.patch(path)
        problem_of(response, 405)
        assert response.headers["allow"] == allowed
    problem_of(client.get("/api/v1/documents/0123456789abcdef/pages"), 404)


def test_a_body_beyond_the_limit_is_refused(client: TestClient) -> None:
    problem_of(client.post("/api/v1/ask", json={"question": "长" * MAX_BODY}), 413)


def test_an_unannounced_body_beyond_the_limit_is_refused_too(client: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(40):
            yield b" " * (MAX_BODY // 32)

    problem_of(client.post("/api/v1/ask", content=chunks()), 413)


def test_a_body_of_the_limit_is_taken(client: TestClient) -> None:
    raw = b'{"question": "\xe5\x8a\xa9\xe5\xad\xa6"}'
    response = client.post("/api/v1/ask", content=raw + b" " * (MAX_BODY - len(raw)), headers=JSON)
    assert response.status_code == 200


def test_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    body = client.get("/readyz").json()
    assert body["status"] == "ready" and body["index"]["passages"] == 3
    assert client.head("/healthz").status_code == client.head("/readyz").status_code == 200


def test_not_ready_while_loading_and_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> NoReturn:
        raise StoreMissingError("还没有索引，请先运行 youju index。")

    app = create_app(Settings())
    app.state.holder = EngineHolder(fail, 1)
    client = TestClient(app)
    assert "正在载入" in problem_of(client.get("/readyz"), 503)["detail"]
    assert client.get("/healthz").status_code == client.head("/healthz").status_code == 200
    assert client.head("/readyz").status_code == 503
    app.state.holder.start()
    assert app.state.holder.wait() == "还没有索引，请先运行 youju index。"
    response = client.post("/api/v1/ask", json={"question": "助学金"})
    assert problem_of(response, 503)["detail"] == "还没有索引，请先运行 youju index。"
    assert response.headers["retry-after"] == "5"


def test_waiting_for_an_engine_before_it_is_loaded() -> None:
    begin = threading.Event()

    def fail() -> NoReturn:
        assert begin.wait(10)
        raise StoreMissingError("还没有索引。")

    holder = EngineHolder(fail, 1)
    outcomes: list[str] = []
    waiting = threading.Thread(target=lambda: outcomes.append(holder.wait()))
    waiting.start()
    waiting.join(0.1)
    assert outcomes == []  # loading has not even begun
    holder.start()
    begin.set()
    waiting.join(10)
    assert outcomes == ["还没有索引。"]


def test_every_response_carries_safe_headers(client: TestClient) -> None:
    for path in ("/healthz", "/docs", f"/source/{DOCUMENT.id}", "/api/v1/nothing"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src" in headers["content-security-policy"]
    policy = client.get(f"/source/{DOCUMENT.id}").headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self';" in policy  # files of this server only, nothing written in the page
    assert "unsafe" not in policy


def test_openapi_has_examples_and_describes_errors(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    operation = schema["paths"]["/api/v1/ask"]["post"]
    assert operation["requestBody"]["content"]["application/json"]["examples"]["filtered"]["value"]["limit"] == 3
    assert set(operation["responses"]) == {"200", "413", "422", "503"}
    assert "application/problem+json" in operation["responses"]["422"]["content"]
    assert "sentence_mark" in schema["components"]["schemas"]["AnswerJson"]["properties"]


def test_docs_load_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs").text
    assert "http" not in page
    for name in ("swagger-ui.css", "swagger-ui-bundle.js", "start.js"):
        assert name in page
        assert client.get(f"/docs/{name}").status_code == 200
    problem_of(client.get("/docs/other.js"), 404)
