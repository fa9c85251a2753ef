"""Filters by file, article, place and year."""

from pathlib import Path

import pytest

from qa.store import Store, vector_id
from qa.types import Article, BlockKind, Document, Fact, Filters, Ingested, Passage, Span
from tests.store.parts import document, put

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
