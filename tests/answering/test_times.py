"""When something is, told as the question asks, on sentences made for it."""

import pytest

from qa.answering.fitting.fit import kept
from qa.retrieval.query import analyse
from qa.types import AnswerKind, Span
from tests.answering.makers import candidate, document, passage

DATE, PERIOD = AnswerKind.DATE, AnswerKind.PERIOD


def left(question: str, text: str, *answers: str, kind: AnswerKind = DATE) -> list[str]:
    place = passage(document(text))
    found = [candidate(place, one, 0.5, kind) for one in answers]
    stop = text.find("。") + 1
    for at, one in enumerate(found):
        sentence = Span(0, stop) if one.start < stop else Span(stop, len(text))
        found[at] = type(one)(one.hit, one.start, one.end, one.kind, sentence, None, one.score, one.features)
    return [one.text for one in kept(analyse(question), found)]


@pytest.mark.parametrize(
    ("question", "text", "answers", "expected"),
    [
        ("公园几点开门", "公园4月1日起六时至二十二时开放。", ("4月1日", "六时至二十二时"), ["六时至二十二时"]),
        ("行动从哪天起", "行动日前启动。2024年春节期间从1月3日开始。", ("2024年春节期间", "1月3日"), ["1月3日"]),
        ("行动从哪天起", "行动去年5月启动。", ("去年5月",), ["去年5月"]),
        ("双方约定哪天再谈", "8月1日双方见面。他们定于周二再谈。", ("8月1日", "周二"), ["周二"]),
        ("条例是哪天通过的", "1999年6月2日通过\n2012年3月4日修正", ("1999年6月2日", "2012年3月4日"), ["1999年6月2日"]),
        ("条例最近修正是哪天通过的", "1999年6月2日通过\n2012年3月4日修正", ("2012年3月4日",), ["2012年3月4日"]),
        ("晨报哪天发的走访的消息", "晨报7月9日讯 7月8日下午，走访职工。", ("7月9日", "7月8日下午"), ["7月9日"]),
        ("哪天走访的职工", "晨报7月9日讯 7月8日下午，走访职工。", ("7月9日", "7月8日下午"), ["7月9日", "7月8日下午"]),
    ],
)
def test_what_is_told_otherwise_is_left_out(
    question: str, text: str, answers: tuple[str, ...], expected: list[str]
) -> None:
    assert left(question, text, *answers) == expected


def test_how_often_is_no_term() -> None:
    text = "双方每年至少一次报告情况，合同五日内公布。"
    assert left("多久要报告一次情况", text, "每年至少一次", "五日内", kind=PERIOD) == ["每年至少一次"]
    assert left("合同多久要公布", text, "五日内", kind=PERIOD) == ["五日内"]
