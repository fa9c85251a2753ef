"""An answer has the form asked for, on sentences made for it."""

import pytest

from qa.answering.fitting.fit import fits
from qa.retrieval.query import analyse
from qa.types import AnswerKind
from tests.answering.makers import candidate, document, passage

COUNT, AMOUNT, DATE, PERIOD = AnswerKind.COUNT, AnswerKind.AMOUNT, AnswerKind.DATE, AnswerKind.PERIOD


@pytest.mark.parametrize(
    ("question", "text", "answer", "kind", "right"),
    [
        ("游园会几点开始", "游园会5月3日举行", "5月3日", DATE, False),
        ("游园会几点开始", "游园会上午9时开始", "上午9时", DATE, True),
        ("游园会几点开始", "游园会9:30开始", "9:30", DATE, True),
        ("游园会几点开始", "游园会清晨开始", "清晨", DATE, True),
        ("钻机哪天停的", "钻机在80米处停下", "80米处", DATE, False),
        ("钻机哪天停的", "钻机在立冬那天停下", "立冬那天", DATE, True),
        ("几天内答复", "应当在规定期限内答复", "规定期限内", DATE, False),
        ("几天内答复", "应当每年答复", "每年", PERIOD, False),
        ("几天内答复", "应当在七日内答复", "七日内", PERIOD, True),
        ("几天内答复", "应当当天答复", "当天", DATE, True),
        ("讲解了多少场", "讲解了80小时", "80小时", COUNT, False),
        ("讲解了多少场", "讲解了80次", "80次", COUNT, True),
        ("要学几天", "满15人开班", "15人", COUNT, False),
        ("要学几天", "要学两周", "两周", PERIOD, True),
        ("每间能坐多少人", "每间补助3万元", "3万元", AMOUNT, False),
        ("专栏多久播一回", "专栏每周播三次", "每周播三次", PERIOD, True),
        ("多少人次受助", "受助80户", "80户", COUNT, True),
        ("上了多少课时", "上了80小时", "80小时", COUNT, True),
        ("多少人参加，要几天", "80人参加", "80人", COUNT, True),
        ("二等奖奖金多少", "二等奖占20%", "20%", AnswerKind.PERCENT, False),
        ("渠道总长多少", "渠道总投资3亿元", "3亿元", AMOUNT, False),
        ("渠道总长多少", "渠道占地5亩", "5亩", COUNT, False),
        ("废了多少钱", "一批废了41件", "41件", AMOUNT, False),
        ("废了多少钱", "一批废了41块", "41块", AMOUNT, True),
        ("干了多少年", "最小的22岁", "22岁", COUNT, False),
        ("覆盖多少家网点", "会员418名", "418名", COUNT, False),
        ("哪几场改期了", "5月3日的一场改期了", "5月3日", DATE, True),
        ("来了多少台湾选手", "来了45人", "45人", COUNT, True),
        ("招了多少人", "来了45对", "45对", COUNT, True),
        ("街有多宽", "街长260米", "260米", COUNT, False),
        ("街有多宽", "街长260米，宽约8米", "8米", COUNT, True),
        ("街有多长", "街全长260米", "260米", COUNT, True),
        ("街有多长", "整条街260米", "260米", COUNT, True),
        ("名额多少", "每名补助3万元", "3万元", AMOUNT, False),
    ],
)
def test_the_form_of_an_answer_is_that_asked_for(
    question: str, text: str, answer: str, kind: AnswerKind, right: bool
) -> None:
    assert fits(analyse(question))(candidate(passage(document(text)), answer, 0.9, kind)) is right
