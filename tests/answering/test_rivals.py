"""Figures of one sentence told apart by what the question says, on sentences made for it."""

import pytest

from qa.answering.fitting.fit import kept
from qa.retrieval.query import analyse
from qa.types import AnswerKind
from tests.answering.makers import candidate, document, passage

A, C, P = AnswerKind.AMOUNT, AnswerKind.COUNT, AnswerKind.PERCENT


def left(question: str, text: str, figures: list[str], kind: AnswerKind) -> list[str]:
    """Return which figures of a text may answer a question."""
    place = passage(document(text))
    return [one.text for one in kept(analyse(question), [candidate(place, each, 0.9, kind) for each in figures])]


@pytest.mark.parametrize(
    ("question", "text", "kind", "right", "wrong"),
    [
        ("签订率提高到百分之几", "合同签订率从72%提高到88%。", P, "88%", "72%"),
        ("签订率原来是百分之几", "合同签订率从72%提高到88%。", P, "72%", "88%"),
        ("餐补每天提到多少钱", "餐补由每天12元提高到每天18元。", A, "18元", "12元"),
        ("小组要推选几个安全观察员", "小组为五至九人，并推选两名安全观察员。", C, "两名", "五至九人"),
        ("住院补助最多能给多少钱", "安排资金90万元，住院补助封顶4万元。", A, "4万元", "90万元"),
        ("书法班学员有几个", "书法班学员二十六个，女的有十一个。", C, "二十六个", "十一个"),
        ("县总工会出了多少钱", "市总工会出资30万元、县总工会出资20万元。", A, "20万元", "30万元"),
        ("市总工会出了多少钱", "市总工会出资30万元、镇财政出资20万元，街道工会另出5万元。", A, "30万元", "5万元"),
        ("改版后一册多少钱", "以前一册卖32元，现在18元。", A, "18元", "32元"),
        ("以前一册卖多少钱", "以前一册卖32元，现在18元。", A, "32元", "18元"),
        ("衡阳市开了几家书屋", "除衡阳市开3家外，其余各地开了14家。", C, "3家", "14家"),
        ("衡阳市放了多少笔贷款", "全省放款90笔、300万元。分市看，株洲市30笔，衡阳市20笔。", C, "20笔", "90笔"),
        ("衡阳市每户慰问金多少钱", "株洲市每户慰问金800元，衡阳市每户600元。", A, "600元", "800元"),
    ],
)
def test_of_two_figures_of_a_sentence_the_one_asked_for_stays(
    question: str, text: str, kind: AnswerKind, right: str, wrong: str
) -> None:
    assert left(question, text, [wrong, right], kind) == [right]


@pytest.mark.parametrize(
    ("question", "text", "kind", "figures"),
    [
        ("签订率是多少", "合同签订率从72%提高到88%。", P, ["72%", "88%"]),
        ("安全观察员有几个", "小组为五至九人，并推选两名安全观察员。", C, ["五至九人", "两名"]),
        ("推选几个安全观察员", "安全观察员有三人，另有两名安全观察员候补。", C, ["三人", "两名"]),
        ("一册卖多少钱", "以前一册卖32元，现在18元。", A, ["32元", "18元"]),
        ("书法班女学员有几个", "书法班学员二十六个，女的有十一个。", C, ["二十六个", "十一个"]),
        ("多少护理员参加", "女护理员三十人参加，男护理员五人参加。", C, ["三十人", "五人"]),
        ("县总工会出了多少钱", "市总工会拨给县总工会30万元，共用去20万元。", A, ["30万元", "20万元"]),
        ("衡阳市发了多少钱", "株洲市、衡阳市各发800元，共1600元。", A, ["800元", "1600元"]),
    ],
)
def test_where_nothing_tells_them_apart_all_stay(
    question: str, text: str, kind: AnswerKind, figures: list[str]
) -> None:
    assert left(question, text, figures, kind) == figures
