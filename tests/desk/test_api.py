"""The administrator's API and pages over HTTP: closed to everybody else, and what goes in comes out."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr

from qa.api.app import create_app
from qa.api.limits import MAX_BODY
from qa.config import Settings
from qa.store.store import Store
from tests.api.fakes import FakeEngine
from tests.journal.makers import answered, refused
from ui import admin, figures
from ui.admin_desk import Desk
from ui.desk import words_of

PASSWORD = "a long password"
SIGNED_IN = ("admin", PASSWORD)


def make_app(folder: Path) -> FastAPI:
    app = create_app(
        Settings(data_dir=folder, documents=(folder,), admin_password=SecretStr(PASSWORD), max_file_mb=2), FakeEngine()
    )

    async def mount() -> None:
        await admin.mount(app)
        await figures.mount(app)

    anyio.run(mount)
    return app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder = tmp_path_factory.mktemp("data")
    Store.open(folder, create=True).close()
    return make_app(folder)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, follow_redirects=False) as client:
        yield client


CLOSED = [
    ("GET", "/api/v1/documents"),
    ("POST", "/api/v1/documents?name=a.txt"),
    ("GET", "/api/v1/documents/staged"),
    ("GET", "/api/v1/documents/staged/0000000000000000"),
    ("POST", "/api/v1/documents/staged/0000000000000000"),
    ("DELETE", "/api/v1/documents/staged/0000000000000000"),
    ("DELETE", "/api/v1/documents/0000000000000000"),
    ("POST", "/api/v1/index"),
    ("GET", "/api/v1/jobs"),
    ("GET", "/api/v1/feedback"),
    ("GET", "/api/v1/feedback.jsonl"),
    ("GET", "/api/v1/statistics"),
    ("GET", "/admin/config"),
    ("GET", "/admin/gradio_api/info"),
    ("POST", "/admin/gradio_api/queue/join"),
    ("POST", "/admin/gradio_api/upload"),
]


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_everything_is_closed_to_who_is_not_signed_in(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert "登录" in response.json()["detail"]


def test_the_list_above_is_complete(app: FastAPI) -> None:
    closed = {path.partition("?")[0].replace("0000000000000000", "{}") for _, path in CLOSED}
    names = {"staged_id": "{}", "document_id": "{}"}
    for path, item in app.openapi()["paths"].items():
        if any("管理" in operation.get("tags", ()) for operation in item.values()):
            assert path.format(**names) in closed, path


def test_openapi_asks_for_the_password_where_it_is_needed(app: FastAPI) -> None:
    described = app.openapi()
    ((name, scheme),) = described["components"]["securitySchemes"].items()
    assert (scheme["type"], scheme["scheme"]) == ("http", "basic")
    for path, item in described["paths"].items():
        for operation in item.values():
            wanted: object = [{name: []}] if "管理" in operation.get("tags", ()) else None
            assert operation.get("security") == wanted, path


def test_browsers_are_led_to_the_form_and_back(app: FastAPI) -> None:
    with TestClient(app, follow_redirects=False) as client:
        for path in ("/admin", "/admin/", "/admin/anything"):
            response = client.get(path, headers={"accept": "text/html"})
            assert (response.status_code, response.headers["location"]) == (303, "/admin/sign-in")
        assert "管理员登录" in client.get("/admin/sign-in").text
        assert "Sign in" in client.get("/admin/sign-in", headers={"accept-language": "en"}).text
        wrong = client.post("/admin/sign-in", data={"password": "<b>wrong"})
        assert wrong.status_code == 401 and "密码不对" in wrong.text and "<b>wrong" not in wrong.text
        right = client.post("/admin/sign-in", data={"password": PASSWORD})
        assert (right.status_code, right.headers["location"]) == (303, "/admin/")
        cookie = right.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert client.get("/admin/", headers={"accept": "text/html"}).status_code == 200
        assert client.get("/admin/sign-in").headers["location"] == "/admin/"
        assert client.get("/api/v1/jobs").json() == []
        assert client.post("/admin/sign-out").headers["location"] == "/admin/sign-in"
        assert client.get("/api/v1/jobs").status_code == 401


def upload(client: TestClient, name: str, content: bytes) -> Any:
    return client.post("/api/v1/documents", params={"name": name}, content=content, auth=SIGNED_IN)


def test_upload_preview_discard(client: TestClient) -> None:
    text = "关于发放助学金的通报\n<script>alert(1)</script>\n2019年，青山县总工会筹集助学资金36.5万元。\n"
    staged = upload(client, "../通报.txt", text.encode()).json()["staged"]
    assert staged["name"] == "通报.txt" and staged["size"] == len(text.encode())
    assert client.get("/api/v1/documents/staged", auth=SIGNED_IN).json() == [staged]
    place = f"/api/v1/documents/staged/{staged['id']}"
    preview = client.get(place, auth=SIGNED_IN).json()
    assert preview["title"] == "关于发放助学金的通报" and preview["passages"] >= 1
    assert client.delete(place, auth=SIGNED_IN).status_code == 204
    assert client.get(place, auth=SIGNED_IN).status_code == 404
    assert client.get("/api/v1/documents", auth=SIGNED_IN).json() == []


def test_a_file_that_could_not_be_taken_in_is_shown_again(app: FastAPI, client: TestClient) -> None:
    query = {"name": "坏.txt", "accept": "true"}
    asked = client.post("/api/v1/documents", params=query, content=bytes(range(256)) * 20, auth=SIGNED_IN)
    assert asked.status_code == 201
    end = time.monotonic() + 60
    while (job := client.get("/api/v1/jobs", auth=SIGNED_IN).json()[0])["state"] in ("waiting", "running"):
        assert time.monotonic() < end, job
        time.sleep(0.05)
    assert job["state"] == "failed" and "待确认" in job["message"]
    desk = Desk(app.state.library, app.state.journal)

    async def shown() -> dict[str, str]:
        parts: dict[str, str] = {}
        async for more in desk.answer({"wish": "jobs", "last": "0"}, words_of("zh")):
            parts |= more
        return parts

    staged = anyio.run(shown)["staged"]
    assert "坏.txt" in staged and "认不出这个文件的编码" in staged and "正在识别" not in staged
    for item in client.get("/api/v1/documents/staged", auth=SIGNED_IN).json():
        client.delete(f"/api/v1/documents/staged/{item['id']}", auth=SIGNED_IN)


def test_large_files_are_uploaded_too_large_ones_are_not(client: TestClient) -> None:
    response = upload(client, "大.txt", b"x" * (MAX_BODY + 100_000))
    assert response.status_code == 201
    client.delete(f"/api/v1/documents/staged/{response.json()['staged']['id']}", auth=SIGNED_IN)
    for name, content, words in (
        ("大.txt", b"x" * (2 * 2**20 + 1), "上限"),
        ("图.pdf", b"%PDF", "不支持"),
        ("空.txt", b"", "空文件"),
    ):
        response = upload(client, name, content)
        assert response.status_code == 422 and words in response.json()["detail"]
    assert client.get("/api/v1/documents/staged", auth=SIGNED_IN).json() == []


def test_a_bad_parameter_is_told_whatever_the_content_type(client: TestClient) -> None:
    headers = {"content-type": "application/octet-stream"}
    for path, field in (("/api/v1/documents", "name"), ("/api/v1/index?rebuild=x", "rebuild")):
        response = client.post(path, content=b"x", headers=headers, auth=SIGNED_IN)
        assert response.status_code == 422
        assert [error["field"] for error in response.json()["errors"]] == [field]


def test_other_bodies_stay_bounded(client: TestClient) -> None:
    body = b"x" * (MAX_BODY + 1)
    assert client.post("/api/v1/ask", content=body).status_code == 413
    assert client.post("/admin/sign-in", content=body).status_code == 413


def test_feedback_and_statistics(app: FastAPI, client: TestClient) -> None:
    journal = app.state.journal
    conversation = journal.new_conversation("owner")
    good = journal.add_turn("owner", conversation, "助学金多少？", answered())
    bad = journal.add_turn("owner", conversation, "食堂几点开门？", refused())
    journal.give_feedback("owner", good, True)
    journal.give_feedback("owner", bad, False, "=HYPERLINK(1)", "八点")
    entries = client.get("/api/v1/feedback", auth=SIGNED_IN).json()
    assert [(entry["good"], entry["right_answer"]) for entry in entries] == [(False, "八点"), (True, "")]
    assert len(client.get("/api/v1/feedback?good=true", auth=SIGNED_IN).json()) == 1
    export = client.get("/api/v1/feedback.jsonl?good=false", auth=SIGNED_IN)
    assert export.text.count("\n") == 1 and "attachment" in export.headers["content-disposition"]
    statistics = client.get("/api/v1/statistics?days=7", auth=SIGNED_IN).json()
    assert len(statistics["days"]) == 7 and statistics["days"][-1]["asked"] == 2
    assert [item["question"] for item in statistics["unanswered"]] == ["食堂几点开门？"]
    assert "owner" not in client.get("/api/v1/feedback", auth=SIGNED_IN).text


def test_unknown_ids_are_not_found(client: TestClient) -> None:
    assert client.delete("/api/v1/documents/0000000000000000", auth=SIGNED_IN).status_code == 404
    assert client.post("/api/v1/documents/staged/0000000000000000", auth=SIGNED_IN).status_code == 404


def test_the_figures_page_is_everybodys_and_loads_nothing_from_elsewhere(client: TestClient) -> None:
    import re

    for path, auth in (("/figures/", None), ("/admin/", SIGNED_IN)):
        if auth is not None:
            client.post("/admin/sign-in", data={"password": PASSWORD})
        page = client.get(path, headers={"accept": "text/html"})
        assert page.status_code == 200
        assert not re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(?:https?:)?//', page.text)
    response = client.get("/figures?what=%E5%8A%A9%E5%AD%A6&p=2")
    assert response.headers["location"] == "/figures/?what=%E5%8A%A9%E5%AD%A6&p=2"
    assert client.get("/figures").headers["location"] == "/figures/"
    assert client.get("/admin").headers["location"] == "/admin/"
    empty = client.get("/figures/download.csv")
    assert empty.status_code == 200 and empty.content.startswith("\ufeff事项".encode())
    assert client.get("/figures/download.exe").status_code == 404
