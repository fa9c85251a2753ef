"""Follow-ups over the real segmenter and table of places; no index is needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.dialogue.followup import Resolved, resolve
from qa.retrieval.known import Known

KNOWN = Known(places=("长治市", "晋城市", "商洛市"))
SICK = "长治市总工会第九期大病补助发了多少钱？"
STUDENTS = "晋城市2014年金秋助学筹集了多少资金？"
CHECKUP = "长治的免费体检从什么时候开始"
AID = "晋城市总工会发放了多少临时救助金"
MEMBERS = "商洛市2018年发展会员多少"


@pytest.mark.parametrize(
    ("before", "typed", "full"),
    [
        (SICK, "那商洛呢？", "商洛市总工会第九期大病补助发了多少钱？"),
        (SICK, "商洛", "商洛市总工会第九期大病补助发了多少钱？"),
        (SICK, "晋城市总的呢", "晋城市总工会第九期大病补助发了多少钱？"),
        (SICK, "那省总呢", "省总工会第九期大病补助发了多少钱？"),
        (SICK, "那县工会呢", "长治市县工会第九期大病补助发了多少钱？"),
        (STUDENTS, "那商洛呢？", "商洛2014年金秋助学筹集了多少资金？"),
        ("谁负责长治的金秋助学", "那商洛呢", "谁负责商洛的金秋助学？"),
        ("金秋助学资金有多少？", "晋城的呢", "晋城金秋助学资金有多少？"),
        (STUDENTS, "和长治比呢", "晋城市和长治2014年金秋助学筹集了多少资金？"),
        (STUDENTS, "其他地方呢", "各地2014年金秋助学筹集了多少资金？"),
        ("西宁 三金 多少", "那长治呢", "长治 三金 多少？"),
    ],
)
def test_another_place_or_body_takes_over_all_else(before: str, typed: str, full: str) -> None:
    assert resolve(typed, [before], KNOWN) == Resolved(full, True)


@pytest.mark.parametrize(
    ("before", "typed", "full"),
    [
        (STUDENTS, "2017年的呢？", "晋城市2017年金秋助学筹集了多少资金？"),
        (STUDENTS, "前一年呢", "晋城市2013年金秋助学筹集了多少资金？"),
        (STUDENTS, "8月份呢", "晋城市2014年8月份金秋助学筹集了多少资金？"),
        (SICK, "2017年的呢？", "长治市总工会2017年第九期大病补助发了多少钱？"),
        (SICK, "第十期呢", "长治市总工会第十期大病补助发了多少钱？"),
        (SICK, "那晋城呢，2014年的", "晋城市总工会2014年第九期大病补助发了多少钱？"),
        ("哪些单位参加了2017年职工运动会", "那2016年呢", "哪些单位参加了2016年职工运动会？"),
        ("金秋助学资金有多少？", "晋城2014年呢", "晋城2014年金秋助学资金有多少？"),
    ],
)
def test_another_time_or_ordinal_takes_the_place_of_the_old_one(before: str, typed: str, full: str) -> None:
    assert resolve(typed, [before], KNOWN) == Resolved(full, True)


@pytest.mark.parametrize(
    ("before", "typed", "full"),
    [
        (SICK, "有多少人？", "长治市总工会第九期大病补助有多少人？"),
        (SICK, "人数呢", "长治市总工会第九期大病补助的人数是多少？"),
        (SICK, "那第八期发给了多少人", "长治市总工会第八期大病补助发给了多少人？"),
        (SICK, "主席是谁", "长治市总工会主席是谁？"),
        (STUDENTS, "资助了多少学生？", "晋城市2014年金秋助学资助了多少学生？"),
        (STUDENTS, "那发放呢？", "晋城市2014年金秋助学发放了多少资金？"),
        (STUDENTS, "什么时候？", "晋城市2014年金秋助学什么时候筹集？"),
        (STUDENTS, "怎么申请？", "晋城市2014年金秋助学怎么申请？"),
        ("长治市筹集了多少金秋助学资金", "有多少人", "长治市金秋助学有多少人？"),
        (CHECKUP, "在哪里？", "长治的免费体检在哪里？"),
        (CHECKUP, "为什么", "长治的免费体检为什么？"),
        ("长治市慰问了多少困难职工", "是谁？", "长治市困难职工是谁？"),
        ("太原市总工会主席是谁", "副主席呢", "太原市总工会副主席是谁？"),
    ],
)
def test_a_question_word_without_a_topic_asks_about_the_last_one(before: str, typed: str, full: str) -> None:
    assert resolve(typed, [before], KNOWN) == Resolved(full, True)


@pytest.mark.parametrize(
    ("before", "typed", "full"),
    [
        (SICK, "那医疗互助呢", "长治市总工会第九期医疗互助发了多少钱？"),
        (STUDENTS, "那医疗互助有多少人参加", "晋城市2014年医疗互助有多少人参加？"),
        (STUDENTS, "那长治的医疗互助呢", "长治2014年医疗互助筹集了多少资金？"),
        ("谁负责长治的金秋助学", "那医疗互助呢", "谁负责长治的医疗互助？"),
        ("五比一创是什么", "六个一呢", "六个一是什么？"),
    ],
)
def test_another_thing_keeps_place_time_and_what_is_asked(before: str, typed: str, full: str) -> None:
    assert resolve(typed, [before], KNOWN) == Resolved(full, True)


@pytest.mark.parametrize(
    ("before", "typed", "full"),
    [
        ("太原市总工会主席是谁", "他是哪里人？", "太原市总工会主席是哪里人？"),
        (STUDENTS, "该市有多少困难职工", "晋城市有多少困难职工？"),
        (STUDENTS, "这笔钱怎么用的", "晋城市2014年金秋助学的钱怎么用的？"),
        (SICK, "其中农民工有多少", "长治市总工会第九期大病补助其中农民工有多少？"),
    ],
)
def test_a_pronoun_stands_for_what_was_spoken_of(before: str, typed: str, full: str) -> None:
    assert resolve(typed, [before], KNOWN) == Resolved(full, True)


@pytest.mark.parametrize(
    "typed",
    [
        "海南州的职工书屋有多少个？",
        "职工运动会是哪天开的",
        "金秋助学发了多少钱",
        "那张照片上站在左边的矿工是谁",
        "北京市总的主席叫啥名",
        "王新亭开小卖店，矿工会给他筹了多少无息贷款",
        "浙江那边专项合同和综合合同对不上的时候听谁的",
        "西藏总工会这次一共选了几位副主席",
        "五比一创是什么",
        "谢谢",
        "你好",
    ],
)
@pytest.mark.parametrize("before", [SICK, STUDENTS, CHECKUP, "太原市总工会主席是谁"])
def test_a_topic_of_its_own_inherits_nothing(before: str, typed: str) -> None:
    assert resolve(typed, [before], KNOWN) == Resolved(typed)


@pytest.mark.parametrize(
    ("before", "typed", "full"),
    [
        (AID, "全省呢", "全省发放了多少临时救助金？"),
        (AID, "那全市呢", "晋城市全市发放了多少临时救助金？"),
        (AID, "各区县呢", "晋城市各区县发放了多少临时救助金？"),
        (AID, "市直呢", "晋城市市直发放了多少临时救助金？"),
        (AID, "那基层工会呢", "晋城市基层工会发放了多少临时救助金？"),
        (STUDENTS, "2017年各县呢", "晋城市各县2017年金秋助学筹集了多少资金？"),
        ("海南省海口市金秋助学筹集了多少资金", "各区呢", "海南省海口市各区金秋助学筹集了多少资金？"),
        ("全省有多少会员", "商洛呢", "商洛有多少会员？"),
        ("去年全省有多少会员", "商洛呢", "去年商洛有多少会员？"),
        ("全国劳动模范有多少名", "商洛呢", "商洛全国劳动模范有多少名？"),
        ("全省职工歌咏比赛晋城得了几个奖", "商洛呢", "全省职工歌咏比赛商洛得了几个奖？"),
    ],
)
def test_an_area_named_by_its_level_is_a_place(before: str, typed: str, full: str) -> None:
    assert resolve(typed, [before], KNOWN) == Resolved(full, True)


def test_an_area_in_an_area_is_replaced_by_the_next() -> None:
    assert resolve("市直呢", [AID, "各县呢"], KNOWN).question == "晋城市市直发放了多少临时救助金？"
    assert resolve("全省呢", [AID, "各县呢"], KNOWN).question == "全省发放了多少临时救助金？"
    assert resolve("那医疗互助呢", [AID, "各县呢"], KNOWN).question == "晋城市各县发放了多少医疗互助金？"


@pytest.mark.parametrize("typed", ["全省有多少企业工会", "青海全省企业工会一共有多少个"])
def test_what_an_area_has_is_a_question_of_its_own(typed: str) -> None:
    assert resolve(typed, [AID], KNOWN) == Resolved(typed)


@pytest.mark.parametrize(
    ("before", "typed", "full"),
    [
        (AID, "比去年多多少", "晋城市总工会临时救助金比去年多多少？"),
        (MEMBERS, "比2017年多吗", "商洛市2018年发展会员比2017年多吗？"),
        (MEMBERS, "比晋城多多少", "商洛市2018年发展会员比晋城多多少？"),
        (AID, "和去年相比增加了多少", "晋城市总工会临时救助金和去年相比增加了多少？"),
        (AID, "同比增长多少", "晋城市总工会临时救助金同比增长多少？"),
        (AID, "增速呢", "晋城市总工会临时救助金的增速是多少？"),
        (AID, "占全省的多少", "晋城市总工会临时救助金占全省的多少？"),
        (AID, "占比多少", "晋城市总工会临时救助金占比多少？"),
    ],
)
def test_a_difference_or_share_is_said_of_what_was_spoken_of(before: str, typed: str, full: str) -> None:
    assert resolve(typed, [before], KNOWN) == Resolved(full, True)


def test_what_was_compared_is_dropped_by_the_next_turn() -> None:
    chain = resolve("比晋城多多少", [MEMBERS, "比2017年多多少"], KNOWN)
    assert chain.question == "商洛市2018年发展会员比晋城多多少？"
    assert resolve("人数呢", [MEMBERS, "同比增长多少"], KNOWN).question == "商洛市2018年发展会员的人数是多少？"


@pytest.mark.parametrize(
    ("before", "typed", "full"),
    [
        (AID, "生活救助金呢", "晋城市总工会发放了多少生活救助金？"),
        (AID, "慰问款呢", "晋城市总工会发放了多少慰问款？"),
        (MEMBERS, "女职工呢", "商洛市2018年发展女职工多少？"),
        (MEMBERS, "女会员呢", "商洛市2018年发展女会员多少？"),
        ("商洛市有多少名会员", "农民工呢", "商洛市有多少名农民工？"),
        ("商洛市会员人数是多少", "女职工呢", "商洛市女职工人数是多少？"),
        (MEMBERS, "多少个工会", "商洛市2018年多少个工会？"),
        (MEMBERS, "多少名", "商洛市2018年发展会员多少名？"),
    ],
)
def test_another_thing_takes_the_whole_place_of_the_old_one(before: str, typed: str, full: str) -> None:
    assert resolve(typed, [before], KNOWN) == Resolved(full, True)


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ("上半年呢", "2018年上半年"),
        ("下半年呢", "2018年下半年"),
        ("上一年呢", "2017年"),
        ("十三五期间呢", "十三五期间"),
        ("“十三五”时期呢", "“十三五”时期"),
        ("近三年呢", "近三年"),
    ],
)
def test_a_part_of_the_year_keeps_it_and_a_plan_does_not(typed: str, when: str) -> None:
    assert resolve(typed, [MEMBERS], KNOWN) == Resolved(f"商洛市{when}发展会员多少？", True)


def test_the_end_of_a_year_becomes_that_of_another() -> None:
    assert resolve("2019年呢", ["商洛市2018年底有多少会员"], KNOWN).question == "商洛市2019年底有多少会员？"


@pytest.mark.parametrize(
    ("before", "typed", "full"),
    [
        (STUDENTS, "What about Changzhi?", "长治2014年金秋助学筹集了多少资金？"),
        (STUDENTS, "and how about 2017", "晋城市2017年金秋助学筹集了多少资金？"),
        (STUDENTS, "And in 2017?", "晋城市2017年金秋助学筹集了多少资金？"),
    ],
)
def test_english_follow_ups_are_completed_in_chinese(before: str, typed: str, full: str) -> None:
    assert resolve(typed, [before], KNOWN) == Resolved(full, True)


def test_a_follow_up_to_an_english_question_is_chinese() -> None:
    before = "How many members did Jincheng recruit?"
    assert resolve(before, [], KNOWN) == Resolved(before)
    assert resolve("What about Shangluo?", [before], KNOWN) == Resolved("商洛 发展 多少名 会员？", True)


def test_the_last_turn_with_a_topic_counts() -> None:
    assert (
        resolve("那商洛呢", [STUDENTS, "谢谢", "   "], KNOWN).question
        == resolve("那商洛呢", [STUDENTS], KNOWN).question
    )
    assert resolve("有多少人", [STUDENTS, CHECKUP], KNOWN).question == "长治的免费体检有多少人？"


def test_turns_may_be_follow_ups_themselves() -> None:
    chain = resolve("有多少人", [STUDENTS, "那商洛呢", "2017年的呢"], KNOWN)
    assert chain == Resolved("商洛2017年金秋助学有多少人？", True)


@pytest.mark.parametrize("typed", ["那商洛呢？", "有多少人？", "为什么"])
def test_without_a_turn_before_nothing_is_taken_over(typed: str) -> None:
    assert resolve(typed, []) == Resolved(typed)
    assert resolve(typed, ["", "谢谢"]) == Resolved(typed)


@given(
    st.text(
        alphabet="那商洛长治市总工会2017年有多少人是谁为什么呢？金秋助学发放的他这笔钱第九期、,，和 x😀", max_size=14
    ),
    st.sampled_from([SICK, STUDENTS, CHECKUP, "多少", "和", "?"]),
)
def test_any_text_is_resolved_or_left_as_it_is(typed: str, before: str) -> None:
    resolved = resolve(typed, [before], KNOWN)
    assert resolved.inherited or resolved.question == typed
    assert not resolved.inherited or resolved.question.endswith("？")
    assert resolve(typed, [before], KNOWN) == resolved


@given(st.sampled_from([SICK, STUDENTS, CHECKUP]), st.sampled_from(["那商洛呢", "2017年的呢", "那医疗互助呢"]))
def test_a_resolved_question_stands_on_its_own(before: str, typed: str) -> None:
    full = resolve(typed, [before], KNOWN).question
    assert resolve(full, [before], KNOWN) == Resolved(full)
