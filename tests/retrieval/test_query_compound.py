import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import QuestionError
from qa.retrieval.compound import asked_apart
from qa.retrieval.query import analyse


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("排查从几月开始，搞多久", [("date", "月"), ("period", "年")]),
        ("新建基层工会几家 新会员多少人", [("count", "家"), ("count", "人")]),
        ("资助了多少户，发了多少钱", [("count", "户"), ("amount", "")]),
        ("资助了多少户多少钱", [("count", "户"), ("amount", "")]),
        ("主席叫什么，热线电话是多少", [("person", ""), ("phone", "")]),
    ],
)
def test_each_thing_that_is_asked_for_is_a_question(question: str, parts: list[tuple[str, str]]) -> None:
    query = analyse(question)
    apart = asked_apart(query)
    assert [(part.kinds[0].value, part.units[0] if part.units else "") for part in apart] == parts
    assert {part.words for part in apart} == {query.words}


@pytest.mark.parametrize(
    "question",
    [
        "金秋助学发了多少钱",
        "换届定在几月几号",
        "招聘年龄从几岁到几岁",
        "有哪几个功能区",
        "为什么要建，有什么意义",
        "国家规定是多少，另外是多少",
        "金秋助学",
    ],
)
def test_a_question_for_one_thing_stays_whole(question: str) -> None:
    assert asked_apart(analyse(question)) == ()


@given(st.text(alphabet="多少几谁哪什么户人钱、，和 筹集金秋助学", min_size=1, max_size=16))
def test_parts_differ_in_what_they_ask_for(question: str) -> None:
    try:
        parts = asked_apart(analyse(question))
    except QuestionError:
        return
    assert len(parts) != 1
    assert len({(part.kinds[0], part.units) for part in parts}) == len(parts)
