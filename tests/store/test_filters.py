"""Filters by file, article, place and year."""

import sqlite3
from pathlib import Path

import pytest

from qa.ledger.reading import read_figures
from qa.store import Store, vector_id
from qa.store.connections import FILE_NAME
from qa.types import Article, BlockKind, Document, Fact, Filters, Ingested, Passage, Span
from tests.ledger.makers import taken_apart
from tests.store.parts import HashEncoder, document, put

TITLE, BODY = "title", "body"


def an_article(
    held: Document, ordinal: int, lines: list[str], places: list[Fact], years: list[Fact]
) -> tuple[Article, list[Passage]]:
    article = Article(f"{held.id}:{ordinal}", held.id, "题", None, tuple(places), tuple(years), (Span(0, 1),))
    passages = [
        Passage(f"{held.id}-{ordinal}{number:04}", held.id, article.id, BlockKind.PARAGRAPH, (Span(0, 1),), line, "")
        for number, line in enumerate(lines)
    ]
    return article, passages


@pytest.fixture
def named(store: Store) -> dict[str, int]:
    """Two files of two articles; gives each passage's number by its text."""
    plan = {
        "报/一.txt": [
            (["晋城甲", "晋城乙，与西宁市交流"], [Fact("晋城市", TITLE)], [Fact("2014", TITLE), Fact("2009", BODY)]),
            (["太原"], [Fact("太原市", TITLE), Fact("晋城市", BODY)], [Fact("2017", BODY)]),
        ],
        "刊[2].txt": [
            (["全省", "2014年的西宁市"], [Fact("青海省", TITLE)], [Fact("2013", "file")]),
            (["无名", "去年"], [], []),
        ],
    }
    numbers: dict[str, int] = {}
    for file, articles in plan.items():
        held = document(file, file)
        made = [an_article(held, ordinal, *each) for ordinal, each in enumerate(articles)]
        passages = [passage for _, found in made for passage in found]
        put(store, Ingested(held, (), tuple(article for article, _ in made), tuple(passages)))
        numbers |= {passage.text: vector_id(passage.id) for passage in passages}
    return numbers


def texts(store: Store, named: dict[str, int], filters: Filters) -> set[str]:
    found = store.allowed(filters)
    assert found is not None and found.tolist() == sorted(set(found.tolist()))
    return {text for text, number in named.items() if number in found.tolist()}


ONE = {"晋城甲", "晋城乙，与西宁市交流", "太原"}
TWO = {"全省", "2014年的西宁市", "无名", "去年"}


def test_no_filter_is_no_limit(store: Store, named: dict[str, int]) -> None:
    assert named and store.allowed(Filters()) is None


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (("报/一.txt",), ONE),
        (("一.txt",), ONE),
        (("报/*",), ONE),
        (("*.txt",), ONE | TWO),
        (("刊[2].txt",), TWO),
        (("刊*", "一.txt"), ONE | TWO),
        (("一",), set()),
        (("",), set()),
        (("\ud800",), set()),
    ],
)
def test_files(store: Store, named: dict[str, int], files: tuple[str, ...], expected: set[str]) -> None:
    assert texts(store, named, Filters(files=files)) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("晋城市",), {"晋城甲", "晋城乙，与西宁市交流"}),  # not the article that only mentions it
        (("晋城",), {"晋城甲", "晋城乙，与西宁市交流"}),
        (("山西省",), ONE),
        (("山西",), ONE),
        (("西宁市",), {"晋城乙，与西宁市交流", "2014年的西宁市"}),  # named by the passage itself
        (("西宁",), {"晋城乙，与西宁市交流", "2014年的西宁市"}),
        (("青海省",), {"全省", "2014年的西宁市"}),
        (("太原市", "青海省"), {"太原", "全省", "2014年的西宁市"}),
        (("长治市",), set()),
        (("\ud800",), set()),
        (("",), set()),
    ],
)
def test_places(store: Store, named: dict[str, int], places: tuple[str, ...], expected: set[str]) -> None:
    assert texts(store, named, Filters(places=places)) == expected


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((2014,), {"晋城甲", "晋城乙，与西宁市交流", "2014年的西宁市"}),
        ((2017,), {"太原"}),
        ((2009,), set()),
        ((2013, 2017), {"太原", "全省", "2014年的西宁市"}),
        ((1900,), set()),
    ],
)
def test_years(store: Store, named: dict[str, int], years: tuple[int, ...], expected: set[str]) -> None:
    assert texts(store, named, Filters(years=years)) == expected


def test_articles(store: Store, named: dict[str, int]) -> None:
    last = store.articles()[-1].id
    found = texts(store, named, Filters(articles=(last, "none", "\ud800")))
    assert found and found == {passage.text for passage in store.all_passages() if passage.article_id == last}


def test_all_filters_must_hold(store: Store, named: dict[str, int]) -> None:
    assert texts(store, named, Filters(files=("一.txt",), years=(2014,), places=("西宁",))) == {"晋城乙，与西宁市交流"}
    assert texts(store, named, Filters(files=("刊*",), places=("晋城",))) == set()


def test_filters_limit_the_word_search(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        put(store, Ingested(*_words("a.txt")))
        put(store, Ingested(*_words("b.txt")))
        allowed = store.allowed(Filters(files=("b.txt",)))
        found = store.match_words(["助学"], 10, allowed)
        assert [store.passages([number])[number].document_id for number, _ in found] == [document("b.txt", "b.txt").id]


def _words(file: str) -> tuple[Document, tuple[()], tuple[Article], tuple[Passage, ...]]:
    held = document(file, file)
    article, passages = an_article(held, 0, ["金秋助学"], [], [])
    return held, (), (article,), tuple(passages)


def test_mentions_may_hold_white_space(store: Store) -> None:
    held = document("题", "空.txt")
    article, passages = an_article(held, 0, ["2016 年", "西宁\n市", "2016　年度", "2016 个年头", "市西宁"], [], [])
    put(store, Ingested(held, (), (article,), tuple(passages)))
    numbers = {passage.text: vector_id(passage.id) for passage in passages}
    assert texts(store, numbers, Filters(years=(2016,))) == {"2016 年", "2016　年度"}
    for place in ("西宁市", "西 宁 市"):
        assert texts(store, numbers, Filters(places=(place,))) == {"西宁\n市"}
    long = "".join(map(chr, range(0x4E00, 0x5600)))
    assert texts(store, numbers, Filters(places=(long, " ", "\u3000"))) == set()


YEARLY = """# 青海省总工会2017年工作总结

2016 年，全省参加技能竞赛的职工 27 万多人，评出先进班组 310 个。

去年，海西州总工会帮扶困难职工1520人；今年，州总发放慰问金36.5万元，格尔木市总工会发放12万元。

2013至2014年，全国工会会员增加1000万人。

目前，全省共有基层工会4200个。
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """The folder of an index with a ledger."""
    with Store.open(tmp_path / "ledger", create=True) as store:
        store.use_encoder(HashEncoder())
        ingested = taken_apart(YEARLY)
        vectors = HashEncoder().encode_passages([passage.text for passage in ingested.passages])
        store.put(ingested, vectors, figures=read_figures(ingested))
        return store.folder


def test_every_row_of_the_ledger_lies_within_its_own_year_and_place(ledger: Path) -> None:
    with Store.open(ledger) as store:
        rows = store.figures(limit=1000).rows
        assert {row.year for row in rows} >= {2016, 2017} and len({row.place for row in rows}) >= 4
        for row in rows:
            for limits in (Filters(years=(row.year,)) if row.year else Filters(), Filters(places=(row.place,))):
                found = store.allowed(limits)
                assert found is None or vector_id(row.passage_id) in found.tolist(), (row.text, limits)


def test_a_larger_place_allows_figures_of_the_places_in_it(store: Store, ledger: Path) -> None:
    with Store.open(ledger) as filled:
        row = next(row for row in filled.figures(limit=1000).rows if row.place == "格尔木市")
        for place in ("格尔木", "海西州", "青海"):
            found = filled.allowed(Filters(places=(place,)))
            assert found is not None and vector_id(row.passage_id) in found.tolist()
        for limits in (Filters(places=("西宁市",)), Filters(places=("",)), Filters(years=(1999,))):
            nothing = filled.allowed(limits)
            assert nothing is not None and nothing.tolist() == []


def test_an_index_made_before_gets_the_indexes_of_the_ledger(ledger: Path) -> None:
    database = sqlite3.connect(ledger / FILE_NAME)
    for name in ("figures_by_year", "figures_by_place"):
        database.execute(f"DROP INDEX {name}")
    database.close()
    with Store.open(ledger) as store:
        store.check()
    database = sqlite3.connect(ledger / FILE_NAME)
    for column in ("year", "place"):
        (row,) = database.execute(f"EXPLAIN QUERY PLAN SELECT passage_id FROM figures WHERE {column} = ''").fetchall()
        assert f"figures_by_{column}" in row[3]
    database.close()
