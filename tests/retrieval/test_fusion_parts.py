"""Coverage and metadata match, worked out by hand."""

import math
from collections.abc import Iterable

import pytest

from qa.retrieval.coverage import (
    AS_SYNONYM,
    IN_CONTEXT,
    IN_PARTS,
    Term,
    coverage,
    weighted_terms,
)
from qa.retrieval.metadata import ABOUT, NAMED, OTHER, UNKNOWN, WIDER, metadata_match
from qa.types import AnswerKind, Article, BlockKind, Fact, IndexInfo, Passage, Query, Span


class Counts:
    def info(self) -> IndexInfo:
        return IndexInfo(1, 1, 10, "")

    def passage_counts(self, query_words: Iterable[str]) -> dict[str, int]:
        return {word: {"工会": 9, "助学": 1}.get(word, 0) for word in query_words}


def test_rare_words_weigh_more_and_unknown_ones_most() -> None:
    query = Query("", "", ("工会", "助学", "ABC"), (AnswerKind.COUNT,), {"助学": ("圆梦",)})
    terms = weighted_terms(query, Counts())
    assert [(term.word, term.synonyms) for term in terms] == [("工会", ()), ("助学", ("圆梦",)), ("abc", ())]
    assert [term.weight for term in terms] == pytest.approx(
        [math.log(1 + 1.5 / 9.5), math.log(1 + 9.5 / 1.5), math.log(22)]
    )


TERMS = [Term("助学", ("圆梦",), 3.0), Term("资金", (), 1.0)]


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("发放助学资金", "", 1.0),
        ("发放助学金", "", 0.75),
        ("资金", "金秋助学", (3 * IN_CONTEXT + 1) / 4),
        ("圆梦资金", "", (3 * AS_SYNONYM + 1) / 4),
        ("", "圆梦行动", 3 * AS_SYNONYM * IN_CONTEXT / 4),
        ("助学圆梦", "助学", 0.75),
        ("培训", "竞赛", 0.0),
    ],
)
def test_coverage_is_the_weighted_share_of_the_terms(text: str, context: str, expected: float) -> None:
    assert coverage(TERMS, text, context) == pytest.approx(expected)


def test_a_long_word_is_there_in_part() -> None:
    whole = Term("颁奖仪式", (), 1.0, ("颁奖", "仪式"))
    assert coverage([whole], "颁奖仪式", "") == 1.0
    assert coverage([whole], "仪式上颁奖", "") == pytest.approx(IN_PARTS)
    assert coverage([whole], "开幕仪式", "") == pytest.approx(IN_PARTS / 2)


def test_no_terms_cover_nothing() -> None:
    assert coverage([], "助学", "") == 0.0


def article(places: Iterable[str] = (), organisation: str = "", years: Iterable[str] = ()) -> Article:
    return Article(
        "d:0", "d", "", Fact(organisation, "title") if organisation else None,
        tuple(Fact(place, "title") for place in places), tuple(Fact(year, "body") for year in years), (Span(0, 1),),
    )  # fmt: skip


def match(text: str, piece: Article | None, **asked: object) -> float:
    query = Query("", "", (), (AnswerKind.COUNT,), **asked)  # type: ignore[arg-type]
    return metadata_match(query, Passage("p", "d", "d:0", BlockKind.PARAGRAPH, (Span(0, 1),), text, ""), piece)


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [
        ("晋城的做法", ("长治市",), NAMED),
        ("做法", ("晋城市", "山西省"), ABOUT),
        ("做法", ("高平市",), ABOUT),
        ("做法", ("山西省",), WIDER),
        ("做法", ("长治市",), OTHER),
        ("做法", (), UNKNOWN),
    ],
)
def test_places(text: str, places: tuple[str, ...], expected: float) -> None:
    assert match(text, article(places), places=("晋城市",)) == expected


def test_organisations() -> None:
    assert match("晋城市总工会的", None, organisations=("晋城市总工会",)) == NAMED
    assert match("", article(organisation="晋城市总工会"), organisations=("总工会",)) == ABOUT
    assert match("", article(organisation="长治市总工会"), organisations=("晋城市总工会",)) == UNKNOWN


def test_years() -> None:
    assert match("2017年", article(years=("2013",)), years=(2017,)) == NAMED
    assert match("", article(years=("2013", "2017")), years=(2017,)) == ABOUT
    assert match("", article(years=("2013",)), years=(2017,)) == OTHER
    assert match("", None, years=(2017,)) == UNKNOWN


def test_several_questions_are_averaged_and_alternatives_take_the_best() -> None:
    piece = article(("晋城市",), years=("2013",))
    assert match("", piece, places=("长治市", "晋城市"), years=(2017,)) == pytest.approx((ABOUT + OTHER) / 2)


def test_nothing_asked_matches_nothing() -> None:
    assert match("晋城", article(("晋城市",))) == 0.0
