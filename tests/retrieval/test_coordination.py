"""Questions that put several subjects side by side, and those that only seem to."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.retrieval.coordination import MOST_PARTS, subjects_apart


@pytest.mark.parametrize(
    ("question", "apart"),
    [
        (
            "西安、延安和榆林各有多少户困难职工",
            ("西安有多少户困难职工", "延安有多少户困难职工", "榆林有多少户困难职工"),
        ),
        ("西安 延安 会员人数 对比一下", ("西安 会员人数", "延安 会员人数")),
        ("会员人数：西安、延安各多少", ("会员人数：西安多少", "会员人数：延安多少")),
        ("西安市、延安市两个市总工会分别投了多少钱", ("西安市市总工会投了多少钱", "延安市市总工会投了多少钱")),
        ("焊接和车工两个比赛各有多少选手", ("焊接比赛有多少选手", "车工比赛有多少选手")),
    ],
)
def test_side_by_side(question: str, apart: tuple[str, ...]) -> None:
    assert subjects_apart(question) == apart


@pytest.mark.parametrize(
    "question",
    [
        "金秋助学资金有多少",
        "西安 困难职工 多少户",
        "西安市和延安市一共有多少困难职工",
        "各级工会筹集了多少钱",
        "西安的各项补助有哪些",
        "给北京、天津两地，从上海、重庆两地各调了多少人",
    ],
)
def test_one_question(question: str) -> None:
    assert subjects_apart(question) == ()


@example("0和、00各")
@given(st.text(alphabet="西安、延榆林和 各分别：多少户0两个，？", max_size=30))
def test_any_text_gives_none_or_a_few_non_empty_questions(text: str) -> None:
    apart = subjects_apart(text)
    assert len(apart) == 0 or 2 <= len(apart) <= MOST_PARTS
    assert all(apart)
