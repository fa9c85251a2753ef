"""Who is credited with a text or a picture, and which questions ask for it."""

import pytest

from qa.reading.patterns.credits import asked_credit, credit_of
from qa.reading.reader import TypedReader
from qa.text.normalise import normalise
from qa.types import AnswerKind
from tests.reading.makers import hit, query


@pytest.mark.parametrize(
    ("question", "credit"),
    [
        ("那篇综述的作者是谁", "text"),
        ("《春到车间》谁写的", "text"),
        ("这篇报道是哪位记者写的", "text"),
        ("写劳模那篇的记者叫什么", "text"),
        ("封面照片谁拍的", "picture"),
        ("插图是哪位摄影师的作品", "picture"),
        ("给班长拍照片的是谁", "picture"),
        ("总书记给谁写了回信", ""),
        ("户外工作者驿站有谁参加", ""),
        ("社区工作者是谁", ""),
        ("合作者是谁", ""),
        ("摄影比赛一等奖是谁", ""),
        ("谁照顾患病的老人", ""),
        ("《安全生产法》规定谁是负责人", ""),
        ("填写申请表的联系人是谁", ""),
        ("报道的是哪位老人", ""),
        ("采访的记者是哪家报社的", ""),
        ("会议由谁主持", ""),
        ("记者站设在哪里", ""),
    ],
)
def test_which_questions_ask_for_a_credit(question: str, credit: str) -> None:
    assert asked_credit(question) == credit


@pytest.mark.parametrize(
    ("text", "name", "credit"),
    [
        ("□周建明", "周建明", "text"),
        ("正文到此结束。\n(周建明)\n", "周建明", "text"),
        ("全厂职工都来了。(周建明)", "周建明", "text"),
        ("本报记者 周建明 通讯员 吴丽华", "吴丽华", "text"),
        ("作者:周建明、吴丽华", "吴丽华", "text"),
        ("新区8月14日电 (周建明)“我要上学了。”他说。", "周建明", "text"),
        ("他找到了党员(周建明)，又找到了别人。", "周建明", ""),
        ("周建明 摄", "周建明", "picture"),
        ("周建明 吴丽华 摄影报道", "周建明", "both"),
        ("文/图 周建明", "周建明", "both"),
        ("文/周建明 图/吴丽华", "周建明", "text"),
        ("文/周建明 图/吴丽华", "吴丽华", "picture"),
        ("周建明当选工会主席", "周建明", ""),
        ("市总工会主席周建明赴企业调研", "周建明", ""),
        ("优秀工会工作者周建明", "周建明", ""),
        ("摄影:周建明", "周建明", "picture"),
        ("周建明 吴丽华", "吴丽华", "text"),
        ("主席周建明(左二)慰问职工", "周建明", ""),
        ("记者见到了周建明,他很高兴。", "周建明", ""),
    ],
)
def test_who_is_credited(text: str, name: str, credit: str) -> None:
    plain = normalise(text).text
    start = plain.index(name)
    assert credit_of(plain, start, start + len(name)) == credit


def test_who_signed_is_told_from_who_is_told_of() -> None:
    text = "厂工会主席吴丽华说,大家都来了。\n□周建明"
    asked = query("《春到车间》谁写的", "春到车间", kinds=(AnswerKind.PERSON,))
    found = {one.text: one.features["credit"] for one in TypedReader().read(asked, [hit(text, context="春到车间")])}
    assert (found["周建明"], found["吴丽华"]) == (1.0, 0.0)
