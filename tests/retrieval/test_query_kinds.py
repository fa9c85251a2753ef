"""What kind of answer a question asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.retrieval.kinds import GENERIC, load_clues, parse_clues, read_kinds
from qa.types import AnswerKind as Kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("金秋助学发放了多少资金", Kind.AMOUNT),
        ("救灾花了多少", Kind.AMOUNT),
        ("每人补助多少钱", Kind.AMOUNT),
        ("金秋助学每人多少", Kind.AMOUNT),
        ("每名困难学生资助多少", Kind.AMOUNT),
        ("困难补助 标准", Kind.AMOUNT),
        ("工资拖欠了几万元", Kind.AMOUNT),
        ("资助了多少困难学生", Kind.COUNT),
        ("有几家企业参加", Kind.COUNT),
        ("培训了多少名职工", Kind.COUNT),
        ("文化广场占地多大", Kind.COUNT),
        ("职工小家的六有标准", Kind.LIST),
        ("三本台账都叫什么", Kind.LIST),
        ("新职工入职培训一步一步怎么走", Kind.LIST),
        ("工资被拖欠怎么办，律师教的几招", Kind.LIST),
        ("夜班工人最想要的三样", Kind.LIST),
        ("夜班食堂没人去，毛病出在哪儿", Kind.EXPLAIN),
        ("职工晚会 节目名称", Kind.WORK),
        ("展馆全长多少", Kind.COUNT),
        ("凭哪一部小说得了奖", Kind.WORK),
        ("参赛人数", Kind.COUNT),
        ("截至年底 贷款笔数", Kind.COUNT),
        ("公布规定的是第几号令", Kind.COUNT),
        ("建会率达到多少", Kind.PERCENT),
        ("外聘代表最多占本方代表的多少", Kind.PERCENT),
        ("就业的占百分之多少", Kind.PERCENT),
        ("同比增长多少", Kind.PERCENT),
        ("大会什么时候召开", Kind.DATE),
        ("条例哪天开始施行", Kind.DATE),
        ("调研是几号", Kind.DATE),
        ("从哪年起实行考核", Kind.DATE),
        ("排查活动搞多久", Kind.PERIOD),
        ("产假多少天", Kind.PERIOD),
        ("产假多长", Kind.PERIOD),
        ("工资记录要保存多长", Kind.PERIOD),
        ("步道一期多长", Kind.COUNT),
        ("党组书记是谁", Kind.PERSON),
        ("讲课的专家叫什么", Kind.PERSON),
        ("项目负责人叫什么名字", Kind.PERSON),
        ("助学的活动叫什么名", Kind.WORK),
        ("大会的主题是什么", Kind.WORK),
        ("论坛打的什么口号", Kind.WORK),
        ("新推出的小程序叫啥", Kind.WORK),
        ("这次比赛的名称是什么", Kind.WORK),
        ("新办法比原来的强在哪", Kind.EXPLAIN),
        ("照片左一是哪位", Kind.PERSON),
        ("期刊 主编", Kind.PERSON),
        ("张三是什么职务", Kind.ROLE),
        ("李四是哪儿的领导", Kind.ROLE),
        ("大会在哪儿举行", Kind.PLACE),
        ("她老家是哪里", Kind.PLACE),
        ("在哪个镇成立的", Kind.PLACE),
        ("是跟哪家单位联合搞的", Kind.ORGANISATION),
        ("归哪个部门管", Kind.ORGANISATION),
        ("这个活动由谁主办", Kind.ORGANISATION),
        ("联系电话是多少", Kind.PHONE),
        ("投稿邮箱", Kind.EMAIL),
        ("单位地址", Kind.ADDRESS),
        ("合唱比赛唱的是什么歌", Kind.WORK),
        ("送给孩子的是哪本书", Kind.WORK),
        ("主要有哪些症状", Kind.LIST),
        ("具体指哪五个", Kind.LIST),
        ("三联动三查源是什么", Kind.LIST),
        ("获奖者名单", Kind.LIST),
        ("1256工作思路", Kind.LIST),
        ("一站一品是什么", Kind.LIST),
        ("志愿者为啥一年比一年多", Kind.EXPLAIN),
        ("为什么要改革", Kind.EXPLAIN),
        ("厕所的事是咋解决的", Kind.EXPLAIN),
        ("这个机制是干什么的", Kind.EXPLAIN),
        ("会员信息能不能给别人", Kind.EXPLAIN),
        ("集体合同 定义", Kind.EXPLAIN),
        ("两份合同不一致时听谁的", Kind.EXPLAIN),
        ("哪个矿工的家里着了火", Kind.PERSON),
        ("哪个女工家门口贴了对联", Kind.PERSON),
        ("捐款最多的老乡是哪个，在外打工的", Kind.PERSON),
        ("张丽华 小额贷款 期限", Kind.PERIOD),
        ("提出调解的几种情形", Kind.LIST),
        ("哪家工会慰问花钱最多", Kind.AMOUNT),
        ("发放补助最多的是哪个市", Kind.AMOUNT),
        ("哪个县的书屋更多", Kind.COUNT),
        ("哪个州发展会员最多", Kind.COUNT),
        ("会员最多的是哪个省", Kind.COUNT),
        ("有什么主题活动", Kind.EXPLAIN),
    ],
)
def test_the_wording_tells_the_kind(question: str, kind: Kind) -> None:
    assert read_kinds(question).kinds[0] is kind


@pytest.mark.parametrize(
    "question", ["哪家工会慰问花钱最多", "哪个县的书屋更多", "太原比大同多多少", "发放最多的是哪个市"]
)
def test_a_comparison_wants_the_figures_of_all(question: str) -> None:
    assert read_kinds(question).many


@pytest.mark.parametrize("question", ["谁考上了大学", "客流比上年同期多了多少", "参保人数比2021年多几个点"])
def test_what_only_looks_like_a_comparison_does_not(question: str) -> None:
    assert not read_kinds(question).many


@pytest.mark.parametrize("question", ["哪场比赛的奖杯最好看", "他围绕哪颗价值连城的宝石发言", "奖品是金的还是银的"])
def test_an_open_question_that_holds_a_word_of_money_asks_for_no_figure(question: str) -> None:
    assert read_kinds(question).kinds[0] is Kind.EXPLAIN


def test_without_a_clue_the_sentence_or_its_figure_is_meant() -> None:
    reading = read_kinds("晋城 会员普惠")
    assert reading.kinds == GENERIC
    assert not reading.many
    assert not reading.weights


def test_an_open_figure_is_amount_or_count() -> None:
    assert set(read_kinds("到底有多少").kinds[:2]) == {Kind.AMOUNT, Kind.COUNT}


def test_weights_add_up_and_order_the_kinds() -> None:
    clues = parse_clues("noun = 甲 乙\namount 3 : {noun}\ncount 2 amount 1 : 丙$\nmany 5 : 丁\n# 注\n")
    assert read_kinds("乙丙", clues).weights == {"amount": 4.0, "count": 2.0}
    assert read_kinds("丙", clues).kinds == (Kind.COUNT, Kind.AMOUNT)
    assert read_kinds("甲丁", clues).many


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("amount 3 : {nothing}", "unknown class 'nothing'"),
        ("smell 3 : 香", "smell"),
        ("amount 3 : (", "line 1"),
        ("just words", "neither"),
    ],
)
def test_a_bad_clue_file_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_clues(text)


def test_every_kind_can_be_asked_for() -> None:
    named = {name for clue in load_clues() for name in clue.weights}
    assert {kind.value for kind in Kind} - {Kind.SPAN.value} <= named  # what no kind tells of is read, not asked for


@given(st.text(max_size=40))
def test_there_is_always_a_kind_and_none_twice(text: str) -> None:
    kinds = read_kinds(text).kinds
    assert kinds
    assert len(set(kinds)) == len(kinds)
