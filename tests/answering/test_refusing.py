"""Refusals over a real index of two small documents; what is near is every passage of it."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from qa.answering.lacking import Lack, find_lack, missing_words, thing_of
from qa.answering.refusing import refusal_for
from qa.answering.suggesting import BestAnswers
from qa.indexing import Indexer
from qa.ingest.files import find_files
from qa.retrieval.known import Known
from qa.retrieval.query import analyse
from qa.store import Store
from qa.types import Answer, Filters, Hit, Query, Refusal, RefusalReason
from tests.answering.makers import document, passage
from tests.store.parts import HashEncoder

TEXTS = {
    "a.txt": "平遥县总工会2014年金秋助学工作总结\n\n2014年，平遥县总工会筹集助学资金30万元，资助困难学生120名。"
    "落实“三查五看”要求。第二届职工运动会在体育馆举行。\n\n（平遥县总工会）\n",
    "b.txt": "介休市总工会2015年送温暖活动\n\n2015年，介休市总工会慰问困难职工300户，发放慰问金15万元。"
    "职工服务中心3月开工。\n\n（介休市总工会）\n",
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    with Store.open(tmp_path_factory.mktemp("index"), create=True) as store:
        Indexer(store, HashEncoder()).index(find_files([folder]))
        yield store


@pytest.fixture(scope="module")
def known(store: Store) -> Known:
    return Known.from_store(store)


@pytest.fixture
def hits(store: Store) -> list[Hit]:
    return [Hit(passage, 1.0, {"coverage": 1.0}) for passage in store.all_passages()]


def nobody(questions: Sequence[str]) -> Sequence[Answer | None]:
    return [None for _ in questions]


def remembering() -> tuple[list[str], BestAnswers]:
    """Make what answers nothing, and the list of what it was asked."""
    asked: list[str] = []

    def ask(questions: Sequence[str]) -> Sequence[Answer | None]:
        asked.extend(questions)
        return nobody(questions)

    return asked, ask


Understand = Callable[[str], Query]


@pytest.fixture
def understand(known: Known) -> Understand:
    return lambda question: analyse(question, known=known)


@pytest.fixture
def refuse(store: Store, known: Known, hits: list[Hit], understand: Understand) -> Callable[[str], Refusal]:
    return lambda question: refusal_for(understand(question), hits, store, known, nobody)


@pytest.mark.parametrize(
    ("question", "lack"),
    [
        ("大同市金秋助学筹集了多少资金", Lack("place", ("大同市",))),
        ("平遥县2019年金秋助学筹集了多少资金", Lack("year", ("2019年",), ("2014年",))),
        ("平遥县2015年金秋助学筹集了多少资金", Lack("year", ("2015年",), ("2014年",))),
        ("第三届职工运动会在哪里举行", Lack("ordinal", ("第三届",), ("第2届",))),
        ("介休市职工服务中心什么时候竣工", Lack("alternative", ("竣工",), ("开工",))),
        ("介休市职工服务中心什么时候开工", None),
        ("平遥县金秋助学的稿费是多少", Lack("words", ("稿费",))),
        ("红烧肉的做法是什么", Lack("everything", ("红烧肉",))),
        ("“三查五看”具体指哪些", Lack("term", ("三查五看",))),
        ("介休市金秋助学筹集了多少资金", Lack("place_thing", ("介休市",))),
        ("明年金秋助学发放多少", Lack("future")),
        ("平遥县金秋助学筹集了多少资金", None),
        ("2014年金秋助学资助了多少学生", None),
    ],
)
def test_the_part_that_is_lacking_is_found(
    question: str, lack: Lack | None, hits: list[Hit], store: Store, understand: Understand
) -> None:
    assert find_lack(understand(question), hits, store) == lack


@pytest.mark.parametrize(
    ("question", "reason", "words"),
    [
        ("介休市金秋助学筹集了多少资金", "no_match", "文档中没有“介休市”的金秋助学数据"),
        ("大同市金秋助学筹集了多少资金", "no_match", "文档中没有“大同市”的金秋助学数据"),
        ("平遥县2019年金秋助学筹集了多少资金", "no_match", "“平遥县”“2019年”的金秋助学数据（有的是2014年）"),
        ("“三查五看”具体指哪些", "no_match", "提到了“三查五看”，但没有说明它指什么"),
        ("第三届职工运动会在哪里举行", "no_match", "没有“第三届”的职工运动会信息（有的是第2届）"),
        ("介休市职工服务中心什么时候竣工", "no_match", "没有“介休市”“竣工”的信息（有的是开工）"),
        ("平遥县的金秋助学是谁", "low_confidence", "与“平遥县”、“金秋助学”相近的内容，但没有能确定为答案的人物"),
        ("红烧肉的做法是什么", "out_of_scope", "与这个问题无关，没有提到“红烧肉”"),
        ("今天天气怎么样", "out_of_scope", "这里只回答已收录文档里写明的事"),
        ("多少", "out_of_scope", "没看出要查什么"),
    ],
)
def test_the_message_names_the_part(question: str, reason: str, words: str, refuse: Callable[[str], Refusal]) -> None:
    refusal = refuse(question)
    assert (refusal.reason.value, words in refusal.message) == (reason, True), refusal.message
    assert refusal.suggestions == ()


def test_the_alternative_that_is_there_is_asked_for_instead(
    hits: list[Hit], store: Store, known: Known, understand: Understand
) -> None:
    asked, ask = remembering()
    refusal_for(understand("介休市职工服务中心什么时候竣工"), hits, store, known, ask)
    assert asked[0] == "介休市职工服务中心什么时候开工？"


def test_nothing_near_is_said_so(store: Store, known: Known, understand: Understand) -> None:
    refusal = refusal_for(understand("金秋助学筹集了多少资金"), [], store, known, nobody)
    assert refusal.reason is RefusalReason.NO_MATCH
    assert "没有找到" in refusal.message


def test_limits_that_leave_nothing_are_named(store: Store, known: Known) -> None:
    asked = analyse("金秋助学筹集了多少资金", Filters(files=("没有.txt",), years=(2031, 2032)), known)
    message = refusal_for(asked, [], store, known, nobody).message
    assert message.startswith("限定的范围（文件 没有.txt，年份 2031、2032）里没有可查的内容")


def test_only_questions_that_have_an_answer_are_suggested_and_few_are_tried(
    store: Store, known: Known, hits: list[Hit], understand: Understand
) -> None:
    asked, ask = remembering()
    refusal = refusal_for(understand("大同市金秋助学筹集了多少资金"), hits, store, known, ask)
    assert refusal.suggestions == ()
    assert "平遥县金秋助学筹集了多少资金？" in asked
    assert len(asked) <= 3
    assert len(set(asked)) == len(asked)


def test_a_word_that_is_cut_into_known_ones_or_has_a_synonym_is_not_missing(store: Store, known: Known) -> None:
    assert missing_words(analyse("太原市总工会稿费", known=known), store, ()) == ["太原市", "稿费"]
    assert missing_words(analyse("困难学生有多少", known=known), store, ()) == []
    near = [Hit(passage(document("编辑部的稿费标准不变")), 1.0)]
    assert missing_words(analyse("太原市总工会稿费", known=known), store, near) == ["太原市"]


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("大同市签了多少份工资集体协议", "集体协议"),
        ("长治市总工会第九期大病补助发了多少钱", "大病补助"),
        ("谁", ""),
    ],
)
def test_the_thing_is_the_noun_phrase_asked_about(question: str, thing: str) -> None:
    assert thing_of(analyse(question)).endswith(thing)
