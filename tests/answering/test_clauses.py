"""What a clause must say to answer, on sentences made for it."""

import pytest

from qa.answering.fitting.clauses import defining, penalty_test
from qa.retrieval.query import analyse
from qa.types import AnswerKind, Candidate, Query
from tests.answering.makers import candidate, document, passage, query

EXPLAIN = AnswerKind.EXPLAIN


def clause(text: str) -> Candidate:
    return candidate(passage(document(text)), text, 0.9, EXPLAIN)


def passes(asked: Query, text: str) -> bool:
    test = penalty_test(asked)
    assert test is not None
    return test(clause(text))


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("占用消防通道怎么处理", "任何人不得占用消防通道", False),
        ("占用消防通道怎么处理", "由物业公司责令移走车辆", True),
        ("占用消防通道怎么处理", "任何人不得占用消防通道,违者处以200元罚款", True),
        ("把阅览室改成仓库会落什么下场", "严禁将阅览室改作他用", False),
        ("过期的药品怎么处理", "不得继续使用,应当登记销毁", True),
        ("过期的药品怎么处理", "交回药房统一销毁", True),
        ("无证操作吊车的怎么处罚", "可以向安全部门申请复训", False),
        ("无证操作吊车的怎么处罚", "给予通报批评,并取消当年评优资格", True),
    ],
)
def test_that_a_wrong_is_forbidden_does_not_say_what_follows_upon_it(question: str, text: str, answers: bool) -> None:
    assert passes(query(question, EXPLAIN), text) is answers


@pytest.mark.parametrize("question", ["夏天高温怎么安排作息", "图书角为什么改名", "共有的工具怎么处分"])
def test_other_questions_ask_for_no_penalty(question: str) -> None:
    assert penalty_test(query(question, EXPLAIN)) is None
    assert penalty_test(query("迟到怎么处罚", AnswerKind.AMOUNT)) is None


DEFINED = clause("本办法所称流动书屋,是指以车辆为载体、定期到工地借还图书的服务。")
LONGER = clause("本办法所称流动书屋管理员,是指负责借还登记的职工。")
USED = clause("流动书屋应当每月更新图书。")


@pytest.mark.parametrize(
    ("question", "right"),
    [
        ("办法里说的流动书屋是怎么回事", DEFINED),
        ("流动书屋是什么?", DEFINED),
        ("“流动书屋”指的是什么", DEFINED),
        ("流动书屋管理员是什么意思", LONGER),
    ],
)
def test_what_a_rule_defines_is_answered_by_the_definition(question: str, right: Candidate) -> None:
    assert defining(analyse(question), [USED, LONGER, DEFINED]) == [right]


def test_where_nothing_defines_the_word_all_may_answer() -> None:
    assert defining(analyse("流动书屋是什么"), [USED, LONGER]) == [USED, LONGER]
    assert defining(analyse("流动书屋的作用是什么"), [USED, DEFINED]) == [USED, DEFINED]
    assert defining(analyse("流动书屋有多少个"), [USED, DEFINED]) == [USED, DEFINED]
