"""One of several alternatives is asked about, on sentences made for it."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answering.fitting.alternatives import alternative_test
from qa.answering.fitting.mentions import Mention, mentions
from qa.retrieval.query import analyse
from qa.text.normalise import normalise
from qa.types import AnswerKind
from tests.answering.makers import candidate, document, passage

COUNT, AMOUNT, PERSON, DATE = AnswerKind.COUNT, AnswerKind.AMOUNT, AnswerKind.PERSON, AnswerKind.DATE


def fits(question: str, text: str, answer: str, kind: AnswerKind) -> bool:
    test = alternative_test(analyse(question))
    return test is None or test(candidate(passage(document(text)), answer, 0.9, kind))


@pytest.mark.parametrize(
    ("question", "text", "answer", "kind"),
    [
        ("零售了多少辆", "本月零售3000辆", "3000辆", COUNT),
        ("零售了多少辆", "批发5000辆，零售3000辆", "3000辆", COUNT),
        ("零售了多少辆", "本月共售出3000辆", "3000辆", COUNT),
        ("发给元旦的慰问金是多少", "元旦、春节慰问金8万元", "8万元", AMOUNT),
        ("二等奖奖金多少", "一、二、三等奖奖金各1万元", "1万元", AMOUNT),
        ("二等奖奖金多少", "一至三等奖奖金各1万元", "1万元", AMOUNT),
        ("三年期利率多少", "三年期利率为2.5%", "2.5%", AnswerKind.PERCENT),
        ("第六次修改是哪天", "2014年3月9日第三次会议第六次修改", "2014年3月9日", DATE),
        ("无固定期限的有多少人", "签无固定期限合同的有12人", "12人", COUNT),
        ("批发和零售一共多少辆", "批发5000辆", "5000辆", COUNT),
        ("2016年筹集了多少", "2015年筹集5万元，2016年筹集8万元", "8万元", AMOUNT),
        ("2016年筹集了多少", "2016年筹集8万元，比2015年多3万元", "8万元", AMOUNT),
        ("2016年增长多少", "2016年筹集8万元，比2015年多3万元", "3万元", AMOUNT),
        ("2016年筹集了多少", "2015年至2017年筹集8万元，2018年5万元", "8万元", AMOUNT),
        ("2016年筹集了多少", "据2015年统计，筹集8万元", "8万元", AMOUNT),
        ("2016年的奖金哪天发", "2016年的奖金2017年1月2日发放", "2017年1月2日", DATE),
        ("征兵哪天截止", "5月6日开始，6月8日截止", "6月8日", DATE),
        ("港澳台居民有多少人次", "内地居民2亿人次、港澳台居民1亿人次", "1亿人次", COUNT),
        ("内地居民有多少人次", "内地居民2亿人次、港澳台居民1亿人次", "2亿人次", COUNT),
        ("失业保险多少人参加", "养老、失业保险参保人数为700人", "700人", COUNT),
        ("工作满一年补多少", "满三年补200元", "200元", AMOUNT),
        ("屋里干活补多少", "露天班组由每人9元提到15元，室内由6元提到8元", "8元", AMOUNT),
        ("厂房成交价多少", "厂房底价60万元，被一家公司以75万元买下", "75万元", AMOUNT),
        ("要多少代表赞成", "应有三分之二以上代表出席，经半数以上同意", "半数以上", AnswerKind.PERCENT),
        ("18年补了多少", "干满三年补200元", "200元", AMOUNT),
        ("第12次擂台赛新签多少份", "第12次“擂台赛”新签30份", "30份", COUNT),
        ("三星小院奖多少", "三星小院奖800元，五星小院奖2000元", "800元", AMOUNT),
        ("解除合同多少天内备案", "解除或者终止合同的，9日内备案", "9日", AnswerKind.PERIOD),
        ("去年修了多少座", "去年修了7座，今年修了9座", "7座", COUNT),
        ("去年修了多少座", "2019年修了7座", "7座", COUNT),
        ("2021年培训多少人", "2021年培训30人，今年培训40人", "30人", COUNT),
        ("2021年培训多少人", "今年的2021年总结会上说，培训30人", "30人", COUNT),
        ("上半年发展多少会员", "发展会员300人，完成全年任务的61%", "300人", COUNT),
    ],
)
def test_what_names_the_one_asked_about_or_none_fits(question: str, text: str, answer: str, kind: AnswerKind) -> None:
    assert fits(question, text, answer, kind)


@pytest.mark.parametrize(
    ("question", "text", "answer", "kind"),
    [
        ("零售了多少辆", "本月批发5000辆", "5000辆", COUNT),
        ("上半年发展多少会员", "全年发展会员800人", "800人", COUNT),
        ("零售了多少辆", "零售下降，批发升到5000辆", "5000辆", COUNT),
        ("零售了多少辆", "零售和外销之前批发5000辆", "5000辆", COUNT),
        ("给多少名快递员送了水", "给43名环卫工人送了水", "43名", COUNT),
        ("现在已建成多少座驿站", "年底前力争再建12座驿站", "12座", COUNT),
        ("二等奖奖金多少", "一等奖奖金1万元", "1万元", AMOUNT),
        ("第二年租金多少", "第一年租金1万元", "1万元", AMOUNT),
        ("两年期利率多少", "三年期利率为2.5%", "2.5%", AnswerKind.PERCENT),
        ("2016年筹集了多少", "2015年筹集5万元，2016年筹集8万元", "5万元", AMOUNT),
        ("2015年筹集了多少", "2015年筹集5万元，2016年筹集8万元", "8万元", AMOUNT),
        ("去年筹集了多少", "去年筹集5万元，今年筹集8万元", "8万元", AMOUNT),
        ("征兵哪天截止", "5月6日开始，6月8日截止", "5月6日", DATE),
        ("港澳台居民有多少人次", "内地居民2亿人次、港澳台居民1亿人次", "2亿人次", COUNT),
        ("欠了多少利息", "尚欠本金4万元及利息", "4万元", AMOUNT),
        ("谁主持会议", "王芳出席会议", "王芳", PERSON),
        ("固定期限的有多少人", "签无固定期限合同的有12人", "12人", COUNT),
        ("屋里干活补多少", "露天班组由每人9元提到15元，室内由6元提到8元", "15元", AMOUNT),
        ("厂房成交价多少", "厂房底价60万元，被一家公司以75万元买下", "60万元", AMOUNT),
        ("要多少代表赞成", "应有三分之二以上代表出席，经半数以上同意", "三分之二以上", AnswerKind.PERCENT),
        ("第11次擂台赛新签多少份", "第12次“擂台赛”新签30份", "30份", COUNT),
        ("三星小院奖多少", "五星小院奖2000元", "2000元", AMOUNT),
        ("终止合同多少天内备案", "解除合同的，9日内备案", "9日", AnswerKind.PERIOD),
        ("诉讼案件胜诉率多少", "诉讼案件8件，仲裁案件胜诉率90%", "90%", AnswerKind.PERCENT),
        ("结婚慰问多少元", "生日慰问200元", "200元", AMOUNT),
        ("利润多少", "产值达5亿元", "5亿元", AMOUNT),
        ("去年修了多少座", "今年修了9座", "9座", COUNT),
        ("2021年培训多少人", "今年培训40人，2021年培训30人", "40人", COUNT),
    ],
)
def test_what_is_said_of_another_one_does_not_fit(question: str, text: str, answer: str, kind: AnswerKind) -> None:
    assert not fits(question, text, answer, kind)


def test_one_in_the_same_clause_is_nearer_than_one_right_behind_it() -> None:
    assert fits("环比涨了多少", "环比略降至百分之一点五的低位再升1.1%，同比增4.6%", "1.1%", AnswerKind.PERCENT)
    assert not fits("同比涨了多少", "环比略降至百分之一点五的低位再升1.1%，同比增4.6%", "1.1%", AnswerKind.PERCENT)


@pytest.mark.parametrize("question", ["零售有哪些渠道", "为什么零售下降了", "多少辆"])
def test_questions_for_lists_reasons_or_no_alternative_have_no_test(question: str) -> None:
    assert alternative_test(analyse(question)) is None


def test_a_number_that_is_the_answer_is_no_label() -> None:
    assert fits("满三年的要等多久", "满三年的要等5个月", "5个月", AnswerKind.PERIOD)
    assert fits("2个月的假怎么算，有几个月", "假期为3个月", "3个月", AnswerKind.PERIOD)


def grouped(text: str) -> Sequence[tuple[str, frozenset[int]]]:
    return [(text[one.start : one.end], one.members) for one in mentions(text)]


def test_a_row_of_trades_is_one_mention() -> None:
    assert [text for text, _ in grouped("在环卫工、快递员和外卖骑手中发展会员")] == ["环卫工、快递员和外卖骑手"]


def test_mentions_side_by_side_are_one() -> None:
    (text, members), *rest = grouped("中秋、国庆")
    assert (text, len(members), rest) == ("中秋、国庆", 2, [])
    assert len(grouped("中秋慰问，国庆慰问")) == 2


WORDS = st.lists(
    st.sampled_from(
        ["零售", "批发", "元旦", "春节", "、", "和", "，", "第", "二", "三十", "至", "年", "等奖", "2018", "共"]
    ),
    max_size=12,
).map("".join)


@given(WORDS)
def test_mentions_of_a_group_lie_in_the_text_one_behind_the_other(text: str) -> None:
    found: dict[str, list[Mention]] = {}
    for one in mentions(normalise(text).text):
        found.setdefault(one.group, []).append(one)
        assert 0 <= one.start < one.end <= len(text)
        assert one.members
    assert all(one.end <= other.start for group in found.values() for one, other in pairwise(group))
