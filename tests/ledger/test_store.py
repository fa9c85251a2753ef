"""The ledger in SQLite: in and out, limits, orders, removal, old indexes."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.errors import NotFoundError, UsageError
from qa.ledger.citing import cite_figure
from qa.ledger.reading import read_figures
from qa.ledger.types import Figure, FigureFilter
from qa.store import Store
from qa.store.connections import FILE_NAME
from qa.store.figures import ORDERS
from qa.text.normalise import normalise
from tests.ledger.makers import taken_apart
from tests.store.parts import HashEncoder

FIRST = """# 晋城市总工会2014年金秋助学

全市各级工会共筹集金秋助学金396.6万元，资助困难学生909人，其中市总向232名学生发放助学金106万元。

去年，阳城县总工会发放慰问金约20万元，每人500元；建会率达到98.5%。
"""
SECOND = """# 长治市总工会2016年工作总结

市总工会补助大病职工2334人，发放补助金940万元。
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "index", create=True) as store:
        store.use_encoder(HashEncoder())
        for file, text in (("晋城.txt", FIRST), ("长治.txt", SECOND)):
            fill(store, file, text)
        yield store


def fill(store: Store, file: str, text: str) -> None:
    ingested = taken_apart(text, file)
    vectors = HashEncoder().encode_passages([passage.text for passage in ingested.passages])
    store.put(ingested, vectors, figures=read_figures(ingested))


def said(store: Store, limits: FigureFilter, order: str = "source") -> list[str]:
    return [row.text for row in store.figures(limits, order=order).rows]


def test_rows_come_back_as_they_were(store: Store) -> None:
    expected = {row.id: row for text, file in ((FIRST, "晋城.txt"), (SECOND, "长治.txt")) for row in rows(text, file)}
    page = store.figures(limit=1000)
    assert page.total == len(page.rows) == len(expected)
    assert {row.id: row for row in page.rows} == expected
    row = page.rows[0]
    assert store.figure(row.id) == row


def rows(text: str, file: str) -> tuple[Figure, ...]:
    return read_figures(taken_apart(text, file))


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (FigureFilter(what="金秋助学金", unit="元"), ["396.6万元", "106万元"]),
        (FigureFilter(what="助学金"), ["396.6万元", "909人", "232名", "106万元"]),
        (FigureFilter(what="大病补助"), ["2334人", "940万元"]),
        (FigureFilter(what="困难学生 助学"), ["396.6万元", "909人", "232名", "106万元"]),
        (FigureFilter(what="没有的事"), []),
        (FigureFilter(body="市总"), ["232名", "106万元", "2334人", "940万元"]),
        (FigureFilter(body="晋城市总"), ["232名", "106万元"]),
        (FigureFilter(body="阳城县总工会"), ["约20万元", "500元", "98.5%"]),
        (FigureFilter(place="山西", unit="元"), ["396.6万元", "106万元", "约20万元", "500元", "940万元"]),
        (FigureFilter(place="长治"), ["2334人", "940万元"]),
        (FigureFilter(place="阳城", unit="%"), ["98.5%"]),
        (FigureFilter(year=2013), ["约20万元", "500元", "98.5%"]),
        (FigureFilter(year=2016, unit="万元"), ["940万元"]),
        (FigureFilter(unit="人"), ["909人", "232名", "2334人"]),
        (FigureFilter(text="建会率"), ["98.5%"]),
        (FigureFilter(text="工作总结"), ["2334人", "940万元"]),
        (FigureFilter(what="金秋助学", place="长治"), []),
        (FigureFilter(document_id="没有"), []),
    ],
)
def test_limits(store: Store, limits: FigureFilter, expected: list[str]) -> None:
    assert sorted(said(store, limits)) == sorted(expected)


@pytest.mark.parametrize("text", ["%", "_", "'", '"; DROP TABLE figures', "\x00", "\ud800", "🎉", " ", "　"])
def test_odd_words_find_nothing_and_break_nothing(store: Store, text: str) -> None:
    total = store.figures().total
    for limits in (FigureFilter(what=text), FigureFilter(body=text), FigureFilter(place=text), FigureFilter(text=text)):
        expected = 0 if normalise(text).text else total  # what leaves no character asks for nothing
        assert store.figures(limits).total == expected or text == "%"
    assert store.figures().total == total


def test_sorting_is_by_value_largest_first_and_can_be_turned_round(store: Store) -> None:
    money = FigureFilter(unit="元")
    assert said(store, money, "-value") == ["940万元", "396.6万元", "106万元", "约20万元", "500元"]
    assert said(store, money, "value") == ["500元", "约20万元", "106万元", "396.6万元", "940万元"]


@pytest.mark.parametrize("order", [sign + name for name in ORDERS for sign in ("", "-")])
def test_every_order_gives_every_row_once_page_by_page(store: Store, order: str) -> None:
    whole = store.figures(order=order, limit=1000).rows
    pages = [store.figures(order=order, limit=3, offset=at).rows for at in range(0, 12, 3)]
    assert [row for page in pages for row in page] == list(whole)
    assert len({row.id for row in whole}) == len(whole)


@pytest.mark.parametrize(
    ("order", "limit", "offset"), [("size", 1, 0), ("number; --", 1, 0), ("value", -1, 0), ("value", 1, -1)]
)
def test_what_cannot_be_asked(store: Store, order: str, limit: int, offset: int) -> None:
    with pytest.raises(UsageError, match="。"):
        store.figures(order=order, limit=limit, offset=offset)


def test_rows_of_passages_come_in_the_order_of_the_text(store: Store) -> None:
    passages = [passage.id for passage in store.all_passages()]
    found = store.figures_of([*passages, passages[0], "nowhere"])
    assert len(found) == store.figures().total
    keys = [(passages.index(row.passage_id), row.spans[0].start) for row in found]
    assert keys == sorted(keys)


def test_rows_go_with_their_document(store: Store) -> None:
    row = store.figures(FigureFilter(place="长治"), order="-value").rows[0]
    assert cite_figure(store, row).quote == "940万元"
    store.remove(row.document_id)
    assert not store.figures(FigureFilter(place="长治")).rows
    with pytest.raises(NotFoundError, match="重新查找"):
        store.figure(row.id)
    with pytest.raises(NotFoundError):
        cite_figure(store, row)


def test_a_new_version_of_a_document_replaces_its_rows(store: Store) -> None:
    fill(store, "长治.txt", SECOND.replace("940万元", "950万元"))
    assert said(store, FigureFilter(place="长治", unit="元")) == ["950万元"]


def test_a_citation_says_file_line_and_spans(store: Store) -> None:
    row = store.figures(FigureFilter(place="长治", unit="元")).rows[0]
    citation = cite_figure(store, row)
    assert (citation.file, citation.line_start, citation.title) == ("长治.txt", 3, "长治市总工会2016年工作总结")
    document = store.document(row.document_id)
    assert "".join(document.text[span.start : span.end] for span in citation.spans) == "940万元"


def test_rows_of_another_document_are_not_taken_in(store: Store) -> None:
    ingested = taken_apart(SECOND, "别的.txt")
    vectors = HashEncoder().encode_passages([passage.text for passage in ingested.passages])
    before = store.generation
    with pytest.raises(ValueError, match="does not have"):
        store.put(ingested, vectors, figures=rows(FIRST, "晋城.txt"))
    assert store.generation == before
    assert {row.document_id for row in store.figures().rows} == {one.id for one in store.documents()}


def test_an_index_of_the_version_before_is_upgraded_and_filled(store: Store) -> None:
    expected = store.figures(order="source", limit=1000)
    generation = store.generation
    folder = store.folder
    store.close()
    database = sqlite3.connect(folder / FILE_NAME)
    database.execute("DROP TABLE figures")
    database.execute("PRAGMA user_version = 1")
    database.close()
    with Store.open(folder) as old:
        assert old.figures().total == 0
        assert old.fill_ledger(read_figures)
        assert old.figures(order="source", limit=1000) == expected
        assert old.generation == generation
        assert not old.fill_ledger(read_figures)
        old.check()
