"""Who holds a post is asked, on sentences made for it."""

import pytest

from qa.answering.fitting.posts import post_test
from qa.retrieval.query import analyse
from qa.types import AnswerKind
from tests.answering.makers import candidate, document, passage


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("工作站的站长是谁", "工作站站长王芳介绍了情况。", True),
        ("工作站的站长是谁", "工作站副站长王芳介绍了情况。", False),
        ("协会会长叫什么", "协会副主席王芳介绍了情况。", False),
        ("党委书记是哪位", "公司党委书记王芳介绍了情况。", True),
        ("书记是哪位", "公司党委书记王芳介绍了情况。", True),
        ("副主席是谁", "公司工会主席王芳介绍了情况。", False),
        ("公司的工会主席", "公司党委委员、工会主席、办公室主任王芳介绍了情况。", True),
        ("工会主席是谁", "工会副主席王芳到会。王芳现任工会主席。", True),
        ("工会主席是谁", "办公室副主任王芳当选新一届工会主席。", True),
        ("工会新任一把手是谁", "公司总经理王芳到会。", False),
        ("站长是谁", "介绍情况的是王芳，大家听得很认真。", True),
    ],
)
def test_only_who_holds_the_post_or_none_that_is_told_of_fits(question: str, text: str, fits: bool) -> None:
    test = post_test(analyse(question))
    assert test is not None
    assert test(candidate(passage(document(text)), "王芳", 0.9, AnswerKind.PERSON)) is fits


@pytest.mark.parametrize(
    ("question", "name", "fits"),
    [
        ("山西省总工会主席是谁", "王芳", True),
        ("山西省总工会主席现在由哪位担任", "张强", False),
        ("陕西省总工会主席是谁", "张强", True),
        ("四川省总工会主席是谁", "张强", False),
        ("山西省总工会主席是谁", "李敏", True),
    ],
)
def test_who_holds_a_post_elsewhere_is_not_asked_for(question: str, name: str, fits: bool) -> None:
    text = "山西省总工会主席王芳、陕西省总工会主席张强出席。主席李敏到会讲话。"
    test = post_test(analyse(question))
    assert test is not None
    assert test(candidate(passage(document(text)), name, 0.9, AnswerKind.PERSON)) is fits


@pytest.mark.parametrize("question", ["谁主持了会议", "站长说了什么", "站长给谁发了奖", "有几个站长"])
def test_other_questions_have_no_test(question: str) -> None:
    assert post_test(analyse(question)) is None


def test_what_is_no_person_passes() -> None:
    test = post_test(analyse("站长是谁"))
    assert test is not None
    assert test(candidate(passage(document("副站长那天在北京")), "北京", 0.9, AnswerKind.PLACE))
