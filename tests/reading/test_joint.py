"""Rules and scorer together, with scores that can be worked out by hand."""

from collections.abc import Sequence

import numpy as np
import pytest

from qa.reading.joint import JointReader, squash, worth_reading
from qa.reading.reader import TypedReader
from qa.reading.span_scores import PassageScores
from qa.types import AnswerKind, Hit, Query
from tests.reading.makers import hit, query

TEXT = "去年共筹集助学金396万元，发放377万元，大家都说好。"


class OneSpan:
    """Gives one span of the first passage a score of 6 against no answer, and every other one -20 or less."""

    def __init__(self, words: str) -> None:
        self._words = words

    def scores(self, query: Query, hits: Sequence[Hit]) -> list[PassageScores]:
        text = hits[0].passage.text
        start = text.index(self._words)
        starts, ends = np.full(len(text), -20, np.float32), np.full(len(text), -20, np.float32)
        starts[start], ends[start + len(self._words) - 1] = 4, 4
        offsets = tuple((at, at + 1) for at in range(len(text)))
        return [PassageScores(len(text), offsets, starts, ends, 2.0, 1.0)]


ASKED = query("发放助学金多少钱", "发放", "助学金", kinds=(AnswerKind.AMOUNT,))


def test_log_odds_are_brought_into_bounds() -> None:
    assert [squash(value) for value in (-50.0, -5.0, 0.0, 10.0, 11.0)] == [-1.0, -0.5, 0.0, 1.0, 1.0]


def test_a_typed_candidate_gets_the_score_of_its_range_and_no_double() -> None:
    found = JointReader(TypedReader(), OneSpan("377万元")).read(ASKED, [hit(TEXT)])
    right = [candidate for candidate in found if candidate.text == "377万元"]
    assert len(right) == 1
    assert right[0].features["span"] == right[0].features["alike"] == right[0].features["holds"] == 0.6
    assert right[0].features["span_gap"] == right[0].features["holds_gap"] == 0.0
    assert right[0].features["relevance"] == pytest.approx(0.1)
    other = next(candidate for candidate in found if candidate.text == "396万元")
    assert (other.features["span"], other.features["alike"]) == (-1.0, -1.0)
    assert other.features["span_gap"] == -1.6


def own(asked: Query, text: str, words: str) -> list[tuple[str, AnswerKind]]:
    """The candidates that are the scorer's and no rule's, where it gives one span."""
    found = JointReader(TypedReader(), OneSpan(words)).read(asked, [hit(text)])
    return [(candidate.text, candidate.kind) for candidate in found if candidate.features.get("own")]


def test_a_span_that_no_rule_finds_becomes_a_candidate_of_the_kind_asked_for() -> None:
    text = "助学金发放得不少，有数十万之多。"
    assert own(ASKED, text, "数十万之多") == [("数十万之多", AnswerKind.AMOUNT)]
    found = JointReader(TypedReader(), OneSpan("数十万之多")).read(ASKED, [hit(text)])
    assert [one.features["span"] for one in found if one.text == "数十万之多"] == [0.6]


def test_only_what_has_an_at_sign_is_an_email_address() -> None:
    asked = query("投稿邮箱是什么", "投稿", kinds=(AnswerKind.EMAIL,))
    text = "投稿E-mail：gh 甲@a.cn 邮编：810000"
    assert own(asked, text, "810000") == own(asked, text, "E-mail") == []
    assert own(asked, text, "gh 甲@a.cn") == [("gh 甲@a.cn", AnswerKind.EMAIL)]


def test_words_without_a_number_are_no_figure() -> None:
    assert own(ASKED, TEXT, "大家都说好") == []
    why = query("发放助学金多少钱，好不好", "发放", "助学金", kinds=(AnswerKind.AMOUNT, AnswerKind.EXPLAIN))
    assert own(why, TEXT, "大家都说好") == [("大家都说好", AnswerKind.SPAN)]
    hotline = query("打哪个热线", "热线", kinds=(AnswerKind.PHONE, AnswerKind.ORGANISATION))
    assert own(hotline, "请打服务热线咨询。", "服务热线") == [("服务热线", AnswerKind.ORGANISATION)]


def test_a_figure_that_the_rules_cut_out_goes_on_in_no_other_clause() -> None:
    assert own(ASKED, TEXT, "396万元，发放377万元，大家") == []
    assert own(ASKED, TEXT, "助学金396万元") == []
    unknown = "助学金发放了数十万之多，大家都说好。"
    assert own(ASKED, unknown, "数十万之多，大家都说好") == [("数十万之多，大家都说好", AnswerKind.AMOUNT)]


@pytest.mark.parametrize("kind", [AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.ORGANISATION, AnswerKind.DATE])
def test_no_name_and_no_date_goes_on_in_another_clause(kind: AnswerKind) -> None:
    text = "由政府当年出资，委托第三方来办。"
    assert own(query("由谁来办", "办", kinds=(kind,)), text, "政府当年出资，委托第三方") == []
    why = query("怎么来办", "办", kinds=(kind, AnswerKind.EXPLAIN))
    assert own(why, text, "政府当年出资，委托第三方") == [("政府当年出资，委托第三方", kind)]


@pytest.mark.parametrize("kind", [AnswerKind.DATE, AnswerKind.PERIOD])
def test_words_without_a_time_do_not_tell_when(kind: AnswerKind) -> None:
    text = "早在两年前，矿山工会就介绍了把民主管理融入制度的做法，奖励12吨煤。"
    asked = query("什么时候介绍的", "介绍", kinds=(kind, AnswerKind.AMOUNT, AnswerKind.EXPLAIN))
    assert own(asked, text, "把民主管理融入制度") == []
    assert own(asked, text, "12吨煤") == []
    assert own(query("什么时候介绍的", "介绍", kinds=(kind,)), text, "两年前，矿山工会") == []


def test_what_leads_to_a_time_is_no_part_of_it() -> None:
    text = "早在两年前，矿山工会就介绍了做法。"
    asked = query("什么时候介绍的", "介绍", kinds=(AnswerKind.DATE,))
    assert own(asked, text, "早在两年前") == [("两年前", AnswerKind.DATE)]


@pytest.mark.parametrize(
    ("span", "name"),
    [
        ("由市里那边", "市里那边"),
        ("第十二条 县水务局河长办", "县水务局河长办"),
        ("经济发展研究所那边", "经济发展研究所那边"),
    ],
)
def test_what_leads_to_a_name_is_no_part_of_it(span: str, name: str) -> None:
    asked = query("由谁负责", "负责", kinds=(AnswerKind.ORGANISATION,))
    assert own(asked, f"{span}负责此事。", span) == [(name, AnswerKind.ORGANISATION)]


def test_a_span_tells_whether_place_and_year_are_those_asked_for() -> None:
    def found(place: str, year: int) -> tuple[float, float]:
        asked = query("主题是什么", "主题", kinds=(AnswerKind.EXPLAIN,), places=(place,), years=(year,))
        read = JointReader(TypedReader(), OneSpan("建功新时代")).read(asked, [hit("展望2019,西安的主题是建功新时代。")])
        one = next(one for one in read if one.features.get("own"))
        assert not {"place", "year"} & one.features.keys()
        return one.features["own_place"], one.features["own_year"]

    assert found("西安", 2019) == (1.0, 1.0)
    assert found("北京", 2018) == (0.0, 0.0)


def test_more_of_a_name_than_the_rules_find_is_a_candidate_too() -> None:
    asked = query("活动在哪里举行", "活动", "举行", kinds=(AnswerKind.PLACE,))
    assert own(asked, "活动在西安市的城墙下举行。", "西安市的城墙下") == [("西安市的城墙下", AnswerKind.PLACE)]
    assert own(asked, "活动在西安市举行。", "西安市") == []


def test_of_a_workshop_named_after_somebody_the_name_is_the_answer() -> None:
    asked = query("工作室以谁命名", "工作室", "命名", kinds=(AnswerKind.PERSON,))
    assert own(asked, "新挂牌的是巴音其其格劳模创新工作室。", "巴音其其格劳模创新工作室") == [
        ("巴音其其格", AnswerKind.PERSON)
    ]
    whole = "巴音其其格劳模创新工作室"
    winner = query("谁获得了奖牌", "获得", "奖牌", kinds=(AnswerKind.PERSON,))
    assert own(winner, f"获得奖牌的是{whole}。", whole) == [(whole, AnswerKind.PERSON)]


def test_passages_far_behind_the_best_are_not_read_but_for_the_first_two() -> None:
    scores = [4.0, 0.1, 2.5, 2.7, 2.5, 2.65, 1.0]
    hits = [hit(TEXT, number=at, score=score) for at, score in enumerate(scores)]
    assert [one.score for one in worth_reading(hits)] == scores[:6]
    assert list(worth_reading(hits[:2])) == hits[:2]
    assert list(worth_reading([])) == []


def test_passages_that_were_not_scored_keep_what_the_rules_say() -> None:
    hits = [hit(TEXT), hit("又发放助学金50万元。", number=2)]
    found = JointReader(TypedReader(), OneSpan("377万元")).read(ASKED, hits)
    unread = [candidate for candidate in found if candidate.hit is hits[1]]
    assert unread
    assert all("read" not in candidate.features for candidate in unread)


def test_where_sentences_are_asked_for_the_span_itself_is_one_more_candidate() -> None:
    asked = query("怎么发放助学金", "发放", "助学金", kinds=(AnswerKind.EXPLAIN,))
    found = JointReader(TypedReader(), OneSpan("377万元")).read(asked, [hit(TEXT)])
    sentences = [candidate for candidate in found if candidate.kind is AnswerKind.EXPLAIN]
    assert sentences
    assert all(candidate.features["holds"] == 0.6 for candidate in sentences if "377万元" in candidate.text)
    own = [candidate for candidate in found if candidate.kind is AnswerKind.SPAN]
    assert [candidate.text for candidate in own] == ["377万元"]
    assert len(found) == len(sentences) + 1


def test_a_span_that_holds_a_list_is_parted_where_lists_may_answer() -> None:
    text = "送去的是毛巾，茶叶，还有绿豆。"
    asked = query("送去了哪些东西", "送去", kinds=(AnswerKind.LIST,), many=True)
    found = JointReader(TypedReader(), OneSpan("毛巾，茶叶，还有绿豆")).read(asked, [hit(text)])
    items = [one for one in found if one.kind is AnswerKind.LIST]
    assert [one.text for one in items] == ["毛巾", "茶叶", "绿豆"]
    assert len({one.features["group"] for one in items}) == 1
    asked = query("送去多少钱", "送去", kinds=(AnswerKind.AMOUNT,))
    found = JointReader(TypedReader(), OneSpan("毛巾，茶叶，还有绿豆")).read(asked, [hit(text)])
    assert all(one.kind is not AnswerKind.LIST for one in found)


def test_words_for_a_person_that_hold_no_name_say_so() -> None:
    asked = query("谁来慰问", "慰问", kinds=(AnswerKind.PERSON,))
    named, unnamed = (
        next(one for one in JointReader(TypedReader(), OneSpan(words)).read(asked, [hit(text)]) if one.text == words)
        for text, words in (("主席周建明一行来慰问。", "主席周建明一行"), ("党委和行政来慰问。", "党委和行政"))
    )
    assert (named.features["unnamed"], unnamed.features["unnamed"]) == (0.0, 1.0)


def test_the_items_of_a_list_are_judged_by_the_range_of_all() -> None:
    text = "活动有三项内容：送清凉、送健康、送法律，职工都来了。"
    asked = query("活动有哪些内容", "活动", "内容", kinds=(AnswerKind.LIST,))
    found = JointReader(TypedReader(), OneSpan("送清凉、送健康、送法律")).read(asked, [hit(text)])
    lists: dict[float, list[tuple[str, float]]] = {}
    for one in found:
        if one.kind is AnswerKind.LIST:
            lists.setdefault(one.features["group"], []).append((one.text, one.features["span"]))
    assert [("送清凉", 0.6), ("送健康", 0.6), ("送法律", 0.6)] in lists.values()
    assert all(len({span for _, span in items}) == 1 for items in lists.values())


def test_part_of_a_row_is_no_list_of_its_own() -> None:
    text = "主办单位是省总工会、市委、市政府，来了很多人。"
    asked = query("主办的是哪几家单位", "主办", kinds=(AnswerKind.LIST,), many=True)
    found = JointReader(TypedReader(), OneSpan("市委、市政府")).read(asked, [hit(text)])
    assert [one.text for one in found if one.kind is AnswerKind.LIST] == ["省总工会", "市委", "市政府"]
