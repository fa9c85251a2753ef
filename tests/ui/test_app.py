"""The page mounted on the API's app: served at "/", beside the API, asking no other host for anything."""

import json
import os
import re
import socket
import time
from collections.abc import Iterator, Sequence

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qa.journal import Journal
from qa.retrieval.cleaning import MAX_QUESTION
from qa.schema import response_json
from tests.api.fakes import AMOUNT, COUNT, DOCUMENT, response
from ui.messages import messages
from ui.visitors import LANGUAGE, OWNER, owner_of, preferred


@pytest.fixture
def visitor(client: TestClient) -> TestClient:
    client.get("/")
    return client


@pytest.fixture
def journal(app: FastAPI) -> Journal:
    kept: Journal = app.state.journal
    return kept


def mine(client: TestClient) -> str:
    return str(client.cookies[OWNER])


def test_the_page_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert not re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(?:https?:)?//', page.text)
    assert "fonts.googleapis" not in page.text
    assert "connect-src" not in page.headers["content-security-policy"]  # default-src 'self' covers it
    assert "http" not in page.headers["content-security-policy"]


def test_the_api_lies_beside_the_page(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.post("/api/v1/ask", json={"question": "助学金"}).json()["answered"]
    missing = client.get("/api/v1/nothing")
    assert missing.status_code == 404 and missing.headers["content-type"] == "application/problem+json"


def test_gradio_sends_nothing() -> None:
    assert os.environ["GRADIO_ANALYTICS_ENABLED"] == "False"


def test_everybody_gets_a_cookie_of_their_own_that_no_script_reads(client: TestClient) -> None:
    first = client.get("/")
    cookie = next(value for value in first.headers.get_list("set-cookie") if value.startswith(OWNER))
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and first.headers["cache-control"] == "no-store"
    token = mine(client)
    assert owner_of({OWNER: token}) == token
    again = client.get("/")
    assert not [value for value in again.headers.get_list("set-cookie") if value.startswith(OWNER)]
    client.cookies.clear()
    client.get("/")
    assert mine(client) != token


@pytest.mark.parametrize("token", ["", "short", "x" * 200, "a" * 31 + "\n", "你" * 40])
def test_a_made_up_cookie_is_nobody(token: str) -> None:
    assert owner_of({OWNER: token}) == ""


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9", "en"),
        ("en;q=0.5,zh;q=0.8", "zh"),
        ("fr,en;q=0.3", "en"),
        ("fr", "zh"),
        ("en;q=0", "zh"),
        ("en;q=x,;;,", "zh"),
    ],
)
def test_the_browser_s_language(header: str, language: str) -> None:
    assert preferred(header) == language


def test_english_by_the_browser_and_by_the_switch(client: TestClient) -> None:
    english = client.get("/", headers={"accept-language": "en-GB"})
    assert (
        english.url.path == "/en/"
        and 'lang = \\"en\\"' in english.text
        and messages("en").text("title") in english.text
    )
    assert client.cookies[LANGUAGE] == "en"
    chinese = client.get("/?lang=zh", headers={"accept-language": "en-GB"})
    assert chinese.url.path == "/" and 'lang = \\"zh-CN\\"' in chinese.text
    assert client.get("/", headers={"accept-language": "en-GB"}).url.path == "/"  # the choice stays
    assert client.get("/?lang=en").url.path == "/en/"
    assert client.get("/?lang=xx").status_code == 200


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/?q=助学金&lang=en", "q=%E5%8A%A9%E5%AD%A6%E9%87%91"),
        ("/en?q=a%26b&lang=zh&x=", "q=a%26b&x="),
        ("/?lang=en", ""),
    ],
)
def test_a_question_in_the_address_goes_along_to_another_language(client: TestClient, address: str, query: str) -> None:
    page = client.get(address)
    assert (page.url.path, page.url.query.decode()) == ("/en/", query)


@pytest.fixture
def asked_hosts(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Notes whose address is looked up."""
    hosts: list[object] = []

    def look_up(host: object, *_: object, **__: object) -> list[object]:
        hosts.append(host)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return hosts


@pytest.mark.parametrize("prefix", ["", "/en", "/figures", "/admin"])
@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", "upload"),
        ("POST", "up%6coad?upload_id=x"),
        ("GET", "upload_progress?upload_id=x"),
        ("GET", "file=https://example.org/x"),
        ("HEAD", "file=https://example.org/x"),
        ("GET", "%66ile%3Dhttps%3A%2F%2Fexample.org%2Fx"),
        ("GET", "file/https://example.org/x"),
        ("GET", "proxy=https://example.org/x"),
        ("POST", "process_recording"),
        ("POST", "component_server"),
        ("GET", "deep_link?session_hash=x"),
    ],
)
def test_no_file_is_taken_in_or_fetched(
    app: FastAPI, client: TestClient, asked_hosts: list[object], prefix: str, method: str, address: str
) -> None:
    client.post("/admin/sign-in", data={"password": app.state.access.password()})
    files = {"files": ("x.txt", b"x")} if method == "POST" else None
    answer = client.request(method, f"{prefix}/gradio_api/{address}", files=files)
    assert answer.status_code == 404 and answer.headers["content-type"] == "application/problem+json"
    assert asked_hosts == []


def test_conversations_are_their_owner_s_alone(visitor: TestClient, journal: Journal) -> None:
    conversation = journal.new_conversation(mine(visitor))
    turn = journal.add_turn(mine(visitor), conversation, "助学金？", response_json(response("助学金", AMOUNT, COUNT)))
    listed = visitor.get("/chat/conversations").json()
    assert [one["id"] for one in listed] == [conversation] and listed[0]["title"] == "助学金？"
    addresses = [f"/chat/turns/{conversation}/{turn}/answers.{kind}" for kind in ("csv", "xlsx")]
    assert [visitor.get(address).status_code for address in addresses] == [200, 200]
    assert visitor.put(f"/chat/conversations/{conversation}", json={"title": "新名"}).status_code == 204
    assert visitor.post("/chat/feedback", json={"turn": turn, "good": False, "reason": "少了"}).status_code == 204

    visitor.cookies.clear()
    visitor.get("/")
    assert visitor.get("/chat/conversations").json() == []
    assert [visitor.get(address).status_code for address in addresses] == [404, 404]
    assert visitor.put(f"/chat/conversations/{conversation}", json={"title": "偷"}).status_code == 404
    assert visitor.delete(f"/chat/conversations/{conversation}").status_code == 404
    assert visitor.post("/chat/feedback", json={"turn": turn, "good": True}).status_code == 404


def test_without_a_cookie_there_is_nothing_to_see(client: TestClient) -> None:
    client.cookies.clear()
    answer = client.get("/chat/conversations")
    assert answer.status_code == 404 and "Cookie" in answer.json()["detail"]


def test_a_vote_is_kept_and_taken_back(visitor: TestClient, journal: Journal) -> None:
    conversation = journal.new_conversation(mine(visitor))
    turn = journal.add_turn(mine(visitor), conversation, "助学金？", response_json(response("助学金", AMOUNT)))
    visitor.post("/chat/feedback", json={"turn": turn, "good": False, "reason": "年份", "right_answer": "8万元"})
    assert journal.turns(mine(visitor), conversation)[0].vote is False
    assert (journal.feedback(limit=1)[0].reason, journal.feedback(limit=1)[0].right_answer) == ("年份", "8万元")
    visitor.post("/chat/feedback", json={"turn": turn, "good": None})
    assert journal.turns(mine(visitor), conversation)[0].vote is None
    assert visitor.post("/chat/feedback", json={"turn": turn, "good": True, "reason": "x" * 501}).status_code == 422
    assert visitor.delete(f"/chat/conversations/{conversation}").status_code == 204
    assert visitor.get("/chat/conversations").json() == []


def test_downloads_bear_the_question_s_name(visitor: TestClient, journal: Journal) -> None:
    conversation = journal.new_conversation(mine(visitor))
    turn = journal.add_turn(
        mine(visitor), conversation, "助学金？/..\n", response_json(response("助学金", AMOUNT, COUNT))
    )
    answer = visitor.get(f"/chat/turns/{conversation}/{turn}/answers.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "\n" not in answer.headers["content-disposition"] and "%2F" in answer.headers["content-disposition"]
    assert "396.6万元" in answer.text
    for bad in (f"{conversation}/none/answers.csv", f"none/{turn}/answers.csv", f"{conversation}/{turn}/answers.exe"):
        assert visitor.get(f"/chat/turns/{bad}").status_code == 404


def test_type_ahead_offers_past_questions_and_titles(visitor: TestClient, journal: Journal) -> None:
    assert visitor.get("/chat/suggest?text=").json() == []
    assert visitor.get("/chat/suggest?text=助学").json() == [{"text": DOCUMENT.title, "kind": "title"}]
    conversation = journal.new_conversation(mine(visitor))
    journal.add_turn(mine(visitor), conversation, "助学金有多少？", response_json(response("助学金", AMOUNT)))
    found = visitor.get("/chat/suggest?text=助学").json()
    assert found == [{"text": "助学金有多少？", "kind": "past"}, {"text": DOCUMENT.title, "kind": "title"}]
    visitor.cookies.clear()
    assert visitor.get("/chat/suggest?text=助学").json() == [{"text": DOCUMENT.title, "kind": "title"}]


def test_the_state_of_the_index_in_words(client: TestClient) -> None:
    assert client.get("/chat/status").json() == {
        "ready": True,
        "failed": False,
        "text": messages("zh").text("index", documents=1, passages=3),
        "share": 1.0,
    }


@pytest.mark.parametrize("name", ["chat.js", "chat.css", "theme.js", "messages-en.json", "favicon.png"])
def test_what_the_page_needs_is_served_here(client: TestClient, name: str) -> None:
    assert client.get(f"/chat/static/{name}").status_code == 200


@pytest.mark.parametrize(
    "name", ["none.js", "..%2Fapp.py", "%2E%2E%2Fapp.js", "app.py", "messages-fr.json", "..%5Capp.js"]
)
def test_nothing_else_is_served(client: TestClient, name: str) -> None:
    assert client.get(f"/chat/static/{name}").status_code == 404


def events(client: TestClient, prefix: str, data: Sequence[object]) -> Iterator[dict[str, object]]:
    """Ask the way the page does: over Gradio's queue."""
    config = client.get(f"{prefix}/config").json()
    number = next(d["id"] for d in config["dependencies"] if any(name == "submit" for _, name in d["targets"]))
    session = f"s{time.monotonic_ns()}"
    body = {"data": list(data), "fn_index": number, "session_hash": session}
    assert client.post(f"{prefix}/gradio_api/queue/join", json=body).status_code == 200
    with client.stream("GET", f"{prefix}/gradio_api/queue/data?session_hash={session}") as stream:
        for line in stream.iter_lines():
            if line.startswith("data:"):
                event: dict[str, object] = json.loads(line.removeprefix("data:"))
                yield event
                if event["msg"] in ("process_completed", "close_stream"):
                    return


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_question_goes_through_the_queue_and_into_the_journal(
    visitor: TestClient, journal: Journal, prefix: str
) -> None:
    shown = json.dumps(list(events(visitor, prefix, ["助学金有多少？", "", ""])), ensure_ascii=False)
    assert "process_completed" in shown and "answer-card" in shown and "pending" in shown
    listed = journal.conversations(mine(visitor))
    assert [one.title for one in listed] == ["助学金有多少？"]
    list(events(visitor, prefix, ["1021名的助学", listed[0].id, ""]))
    assert [turn.question for turn in journal.turns(mine(visitor), listed[0].id)] == ["助学金有多少？", "1021名的助学"]


def test_senseless_extras_are_refused_in_words(visitor: TestClient) -> None:
    for extra in ("{", "[]", '{"filters": {"years": ["x"]}}', '{"filters": 3}'):
        shown = json.dumps(list(events(visitor, "", ["助学金？", "", extra])), ensure_ascii=False)
        assert "problem-card" in shown and "刷新页面" in shown


def test_a_file_in_place_of_text_is_not_fetched(visitor: TestClient, asked_hosts: list[object]) -> None:
    file = {"path": "https://example.org/x", "meta": {"_type": "gradio.FileData"}}
    for data in ([file, "", ""], ["助学金？", file, ""], ["助学金？", "", file]):
        last = list(events(visitor, "", data))[-1]
        assert last["success"] is False
    assert asked_hosts == []


def test_the_box_takes_as_many_characters_as_a_question_may_have(client: TestClient) -> None:
    boxes = [component["props"].get("max_length") for component in client.get("/config").json()["components"]]
    assert [length for length in boxes if length] == [MAX_QUESTION]
