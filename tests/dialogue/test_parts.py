import pytest

from qa.dialogue.anatomy import dissect
from qa.dialogue.slots import stem
from qa.dialogue.smalltalk import is_smalltalk
from qa.dialogue.stages import KIND_NAMES, found, understood
from qa.dialogue.words import dialogue_words, parse_words
from qa.retrieval.known import NOTHING_KNOWN
from qa.retrieval.query import analyse
from qa.types import AnswerKind, Hit, Stage
from tests.answering.makers import document, passage


def test_a_question_is_taken_apart() -> None:
    parts = dissect("长治市总工会2016年10月到2017年1月第九期大病补助共发放了多少钱？", NOTHING_KNOWN)
    assert [piece.text for piece in parts.where] == ["长治市总工会"]
    assert [piece.text for piece in parts.when] == ["2016年10月到2017年1月"]
    assert [piece.text for piece in parts.which] == ["第九期"]
    assert [piece.text for piece in parts.topics] == ["大病补助"]
    assert (parts.verb, parts.text[parts.head : parts.ask]) == ("发放", "共发放了")


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("长治市总工会第九期大病补助发了多少钱", "长治市总工会第九期大病补助"),
        ("太原市总工会主席是谁", "太原市总工会主席"),
        ("谁负责长治的金秋助学", "长治的金秋助学"),
        ("金秋助学", "金秋助学"),
    ],
)
def test_the_stem_is_what_is_spoken_of(question: str, about: str) -> None:
    assert stem(dissect(question, NOTHING_KNOWN)) == about


def test_numbers_with_units_are_no_years_and_no_months() -> None:
    parts = dissect("2017人参加的活动花了几月的工资", NOTHING_KNOWN)
    assert parts.when == ()


@pytest.mark.parametrize(
    "time",
    [
        "2012年起",
        "2012年至今",
        "2012年以后",
        "2012年之前",
        "2012年末",
        "2012年间",
        "2012年前后",
        "2012–2015年",
        "二○一二年",
        "“十二五”期间",
    ],
)
def test_a_time_is_taken_whole(time: str) -> None:
    assert [piece.text for piece in dissect(f"{time}发展会员多少名", NOTHING_KNOWN).when] == [time]


@pytest.mark.parametrize("lasting", ["20年党龄", "20年如一日", "20年间"])
def test_what_lasts_for_years_is_no_time(lasting: str) -> None:
    assert dissect(f"{lasting}的讲解员是谁", NOTHING_KNOWN).when == ()


def test_the_words_that_come_with_the_package_are_sound() -> None:
    words = dialogue_words()
    assert words.is_topic("金秋助学")
    assert not words.is_topic("发放")
    assert set(words.asks) <= words.nouns
    assert words.counted <= words.nouns


@pytest.mark.parametrize(
    "text", ["[verbs]\n发放\n", "[verbs]\n[nouns]\n[light]\n[counted]\n[asks]\n人数 有多少人\n", "[other]\n发放\n"]
)
def test_a_damaged_word_file_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_words(text)


@pytest.mark.parametrize(
    "question",
    [
        "高温天气如何慰问快递员",
        "恶劣天气怎么样保障户外劳动者",
        "高温天气",
        "今天几点开会",
        "写封感谢信的是哪位职工",
        "给孩子们讲个故事的劳模是谁",
    ],
)
def test_questions_that_begin_like_small_talk_are_none(question: str) -> None:
    assert not is_smalltalk(question)


@pytest.mark.parametrize(
    "text",
    [
        "今天天气怎么样",
        "北京天气如何呢",
        "天气预报",
        "现在几点了",
        "今天是几号呀",
        "帮我写份总结",
        "写首诗",
        "讲个故事吧",
    ],
)
def test_small_talk_is_told(text: str) -> None:
    assert is_smalltalk(text)


def test_a_plan_of_five_years_is_a_time_and_no_name() -> None:
    parts = dissect("商洛市十三五期间发展会员多少", NOTHING_KNOWN)
    assert ([piece.text for piece in parts.when], parts.topics) == (["十三五期间"], ())


def test_every_kind_has_a_name() -> None:
    assert set(KIND_NAMES) == set(AnswerKind)


def test_the_stages_say_what_was_understood_and_found() -> None:
    stage = understood(analyse("长治市总2017年金秋助学发放了多少资金"))
    assert stage.name == "understood"
    for part in ("长治市总工会", "2017年", "金秋助学", "问金额"):
        assert part in stage.text
    here, there = document("甲"), document("乙", "b.txt")
    hits = [Hit(passage(here), 1.0), Hit(passage(here, ordinal=1), 0.9), Hit(passage(there), 0.8)]
    assert found(hits) == Stage("found", "在 2 个文件里找到 3 段相关内容")
    assert found([]).text == "没有找到相关的段落"
