"""The page that shows where words stand."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from qa.api.app import create_app
from qa.api.finding import MAX_HITS, find
from qa.api.layout import PAGE_LINES, lay_out
from qa.api.source import BadPlaceError, catalogue, parse_spans
from qa.api.verbatim import file_state
from qa.config import Settings
from qa.types import Document, Span, spans_text
from tests.api.fakes import AMOUNT, DOCUMENT, PASSAGE, TEXT, FakeEngine


class Page(HTMLParser):
    """Takes the lines and marks out of a source page, as a browser would show them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.marks: list[str] = []
        self.tags: list[str] = []
        self._in_line = self._in_mark = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "span":
            self.lines.append("")
            self._in_line = True
        elif tag == "mark":
            self.marks.append("")
            self._in_mark = True

    def handle_endtag(self, tag: str) -> None:
        self._in_line = self._in_line and tag != "span"
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        if self._in_line:
            self.lines[-1] += data
        if self._in_mark:
            self.marks[-1] += data


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(), FakeEngine())) as client:
        yield client


def test_the_address_of_a_citation_shows_its_quote_marked(client: TestClient) -> None:
    response = client.get(AMOUNT.citation.url)
    assert response.status_code == 200
    page = Page(response.text)
    assert page.marks == ["396.6万元"]
    assert page.lines == TEXT.replace("\r", "").split("\n")[:-1]
    assert 'id="mark"' in response.text and 'id="L3"' in response.text


def test_a_joined_quote_is_marked_without_what_lies_between(client: TestClient) -> None:
    spans = ",".join(f"{span.start}-{span.end}" for span in PASSAGE.citation.spans)
    response = client.get(f"/source/{DOCUMENT.id}?spans={spans}")
    assert "".join(Page(response.text).marks) == PASSAGE.citation.quote
    assert response.text.count('id="mark"') == 1


def test_a_document_cannot_run_anything(client: TestClient) -> None:
    response = client.get(f"/source/{DOCUMENT.id}")
    page = Page(response.text)
    assert re.findall(r"<script[^>]*>(?:[^<]*)", response.text) == [
        '<script src="/source/assets/theme.js">',
        '<script type="module" src="/source/assets/alone.js">',
    ]
    assert "unsafe-inline" not in response.headers["content-security-policy"] and "b" not in page.tags
    assert any("<script>alert(1)</script>" in line for line in page.lines)
    assert page.marks == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/source/ffffffffffffffff", 404),
        (f"/source/{DOCUMENT.id}?start=5&end=4", 422),
        (f"/source/{DOCUMENT.id}?start=0&end=999999", 422),
        (f"/source/{DOCUMENT.id}?spans=1-2,x", 422),
        (f"/source/{DOCUMENT.id}?start=-1&end=2", 422),
    ],
)
def test_a_bad_address_is_explained(client: TestClient, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert "。" in response.text


texts = st.text(st.sampled_from("据<&\"'>\r\n\t 𠮷a\u2028"), max_size=60)


@given(texts, st.data())
def test_lines_hold_the_text_and_marks_hold_the_spans(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = [Span(low, high) for low, high in zip(edges[::2], edges[1::2], strict=False)]
    view = lay_out(text, spans)
    shown = ["".join(piece.text for piece in line.pieces) for line in view.lines]
    ends = "\n".join(shown).split("\n")
    assert [line.rstrip("\r") for line in text.removesuffix("\n").split("\n")] == ends
    marked = "".join(piece.text for line in view.lines for piece in line.pieces if piece.marked)
    assert marked.replace("\r", "") == spans_text(text, spans).replace("\n", "").replace("\r", "")
    assert sum(piece.first for line in view.lines for piece in line.pieces) == (1 if marked else 0)


@given(st.integers(0, 3 * PAGE_LINES), st.integers(0, 3 * PAGE_LINES))
def test_a_long_document_is_shown_around_the_place(total: int, place: int) -> None:
    text = "x\n" * (total + 1)
    place = min(place, total)
    view = lay_out(text, [Span(2 * place, 2 * place + 1)])
    numbers = [line.number for line in view.lines]
    assert len(numbers) == min(PAGE_LINES, total + 1)
    assert place + 1 in numbers
    assert view.total == total + 1
    assert bool(view.earlier) == (numbers[0] > 1) and bool(view.later) == (numbers[-1] < view.total)
    assert any(piece.marked for line in view.lines for piece in line.pieces)


def test_places_are_read_off_addresses() -> None:
    assert parse_spans(None, None, "", 10) == ()
    assert parse_spans(2, 5, "", 10) == (Span(2, 5),)
    assert parse_spans(2, 5, "7-9,0-1", 10) == (Span(0, 1), Span(7, 9))
    for start, end, spans in [(5, 2, ""), (0, 11, ""), (None, None, "1"), (None, None, "1-2-3"), (None, None, "-1-2")]:
        with pytest.raises(BadPlaceError):
            parse_spans(start, end, spans, 10)


def test_the_same_view_as_data(client: TestClient) -> None:
    address = AMOUNT.citation.url
    view = client.get(address.replace("?", "/view?")).json()
    assert (view["file"], view["total"], view["marked"], view["state"]) == (DOCUMENT.file, 7, True, "missing")
    marked = [(number, text) for number, pieces in view["lines"] for text, marked in pieces if marked]
    assert marked == [(3, "396.6万元")]
    lines = ["".join(text for text, _ in pieces) for _, pieces in view["lines"]]
    assert lines == TEXT.replace("\r", "").split("\n")[:-1]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("ffffffffffffffff/view", 404),
        (f"{DOCUMENT.id}/view?start=0&end=999999", 422),
        ("ffffffffffffffff/find?text=x", 404),
        (f"{DOCUMENT.id}/find?text={'x' * 101}", 422),
        ("assets/none.js", 404),
        ("assets/..%2Fsource.py", 404),
    ],
)
def test_data_that_is_not_there_is_a_problem(client: TestClient, address: str, status: int) -> None:
    response = client.get(f"/source/{address}")
    assert response.status_code == status and response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "name", ["evidence.js", "evidence.css", "alone.js", "theme.js", "source-zh.json", "source-en.json"]
)
def test_the_page_s_parts_are_served_here(client: TestClient, name: str) -> None:
    assert client.get(f"/source/assets/{name}").status_code == 200


def test_the_page_speaks_both_languages(client: TestClient) -> None:
    chinese, english = catalogue("zh"), catalogue("en")
    assert chinese.keys() == english.keys()
    client.cookies.set("youju_language", "en")
    shown = client.get(f"/source/{DOCUMENT.id}").text
    client.cookies.clear()
    assert 'lang="en"' in shown and english["ask"] in shown and chinese["ask"] not in shown


def test_words_are_found_across_spaces_and_line_ends(client: TestClient) -> None:
    found = client.get(f"/source/{DOCUMENT.id}/find", params={"text": "396.6 万元，图片"}).json()
    assert found == {"places": [[[3, 13, 21], [4, 0, 2]]], "more": False}
    assert find("Abc\nabC", "ABC") == [[(1, 0, 3)], [(2, 0, 3)]]
    assert find("a.c abc", "a.c") == [[(1, 0, 3)]]
    assert find("文" * (MAX_HITS + 9), "文")[-1] == [(1, MAX_HITS - 1, MAX_HITS)]
    assert find("文", " \n") == []


@given(texts, st.text(st.sampled_from("据<&a𠮷 \n."), min_size=1, max_size=4))
def test_what_is_found_is_what_was_looked_for(text: str, words: str) -> None:
    lines = text.split("\n")
    wanted = "".join(words.split())
    places = find(text, words)
    for place in places:
        shown = "".join(lines[number - 1][low:high] for number, low, high in place)
        assert re.sub(r"\s", "", shown) == wanted
    if wanted and wanted in re.sub(r"\s", "", text):
        assert places


def written(path: Path, content: bytes, encoding: str = "utf-8") -> Document:
    path.write_bytes(content)
    return replace(
        DOCUMENT,
        source=str(path),
        text=content.decode(encoding),
        encoding=encoding,
        sha256=hashlib.sha256(content).hexdigest(),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_quotation_is_compared_with_the_file_as_it_is_now(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "通报.txt"
    document = written(path, "甲发放8万元。\n乙发放9万元。\n".encode(encoding), encoding)
    quote = [Span(3, 6), Span(11, 14)]
    assert spans_text(document.text, quote) == "8万元9万元"
    assert file_state(document, quote) == "same" == file_state(document, [])
    path.write_bytes("新的一行\n甲发放8万元。\n乙发放9万元。\n".encode(encoding))
    assert file_state(document, quote) == "kept"
    assert file_state(document, []) == "changed"
    path.write_bytes("甲发放8万元。\n乙发放7万元。\n".encode(encoding))
    assert file_state(document, quote) == "changed"
    path.write_bytes(b"\xff\xfe\x00")
    assert file_state(document, quote) == "changed"
    path.unlink()
    assert file_state(document, quote) == "missing"
    assert file_state(replace(document, source="a\0b"), quote) == "missing"
