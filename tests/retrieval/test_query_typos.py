"""Typing mistakes, mended by the words of the corpus."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.retrieval.content import is_stop
from qa.retrieval.known import Known, blur, lookalikes, spellings
from qa.retrieval.query import analyse
from qa.retrieval.typos import Speller
from qa.text.words import is_word, tokens

KNOWN = Known(
    {"福泉": 2, "集体": 4, "协商": 6, "物资": 3, "助学金": 2, "慰问": 5, "检测": 2, "试剂盒": 1, "送清凉": 3, "量化": 1,
     "提前": 2, "欠薪": 2, "健康": 3, "司机": 2, "公交": 2, "归纳": 1, "天气": 1,
     "揭发": 1},
    places=("福泉市", "晋城市"),
)  # fmt: skip


def mends(question: str) -> dict[str, str]:
    return {mend.typed: mend.meant for mend in Speller(KNOWN, tokens, is_word, is_stop).find(question)}


@pytest.mark.parametrize(
    ("question", "typed", "meant"),
    [
        ("福权市有几个学生", "福权市", "福泉市"),
        ("多少名集休协商指导员", "集休", "集体"),
        ("捐的健康捡测试剂盒", "捡测", "检测"),
        ("晋成工会主席", "晋成", "晋城"),
        ("工会集休协商", "集休", "集体"),
        ("公交司极之家", "司极", "司机"),
        ("捐了多少慰问物质", "物质", "物资"),
    ],
)
def test_homophones_and_lookalikes(question: str, typed: str, meant: str) -> None:
    assert mends(question) == {typed: meant}


@pytest.mark.parametrize(
    "question",
    [
        "送清凉花了多少钱",
        "数据库归哪个部门管",
        "目录从哪天起执行",
        "替欠薪老板垫了多少",
        "大病补助发了多少",
        "福泉市的助学金",
        "长治市总工会的主席",
        "一年过节发的东西",
    ],
)
def test_what_is_right_stays(question: str) -> None:
    assert mends(question) == {}


def test_a_non_word_is_replaced_and_a_word_gets_a_synonym() -> None:
    assert "福泉市" in analyse("福权市有几个学生", known=KNOWN).text
    query = analyse("捐了多少慰问物质", known=KNOWN)
    assert "物质" in query.text
    assert query.synonyms["物质"][0] == "物资"


def test_without_a_corpus_nothing_is_mended() -> None:
    assert "福权" in analyse("福权市有几个学生").text


def test_spellings_cover_the_readings_of_a_character() -> None:
    assert "changzhi" in spellings("长治")
    assert spellings("晋城") == ("jincheng",)
    assert blur("zhangsheng") == "zansen"


def test_lookalikes_are_mutual() -> None:
    table = lookalikes()
    assert all(char in table[other] for char, others in table.items() for other in others)
    assert all(char not in others for char, others in table.items())


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="福权市有几个学生集休协商送清凉花了多少钱物质", max_size=14))
def test_a_mend_replaces_one_character_of_what_is_there(text: str) -> None:
    for mend in Speller(KNOWN, tokens, is_word, is_stop).find(text):
        assert text[mend.start : mend.start + len(mend.typed)] == mend.typed
        assert sum(a != b for a, b in zip(mend.typed, mend.meant, strict=True)) == 1
        assert KNOWN.count(mend.meant)
        assert not KNOWN.count(mend.typed)
