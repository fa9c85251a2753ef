"""What the question names by more than words, on sentences made for it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answering.fitting.fit import asks_for_next, kept, signed
from qa.answering.fitting.ordinals import ordinals
from qa.retrieval.query import analyse, han_number, other_figures
from qa.types import AnswerKind, Candidate, Span, Value
from tests.answering.makers import candidate, document, passage

AMOUNT, COUNT, DATE, PERSON = AnswerKind.AMOUNT, AnswerKind.COUNT, AnswerKind.DATE, AnswerKind.PERSON


def figure(text: str, answer: str, kind: AnswerKind = AMOUNT, unit: str = "元") -> Candidate:
    return replace(candidate(passage(document(text)), answer, 0.9, kind), value=Value(1, unit))


def marked(one: Candidate, **features: float) -> Candidate:
    return replace(one, features=features)


@pytest.mark.parametrize(
    ("question", "fits", "does_not"),
    [
        (
            "文化广场占地多少平方米",
            figure("占地5万平方米", "5万平方米", COUNT, "平方米"),
            figure("来了8990人", "8990人", COUNT, "人"),
        ),
        ("文化广场占地多少平方米", figure("占地3亩", "3亩", COUNT, "亩"), figure("长3公里", "3公里", COUNT, "公里")),
        (
            "爱心驿站一共花了多少钱",
            figure("爱心驿站投入33万元", "33万元"),
            figure("爱心驿站建成30个", "30个", COUNT, "个"),
        ),
        ("每个学生发多少助学金", figure("每人3000元助学金", "3000元"), figure("共发放助学金11万元", "11万元")),
        ("激励资金有几个亿", figure("资金3亿元", "3亿元"), figure("培养5000名", "5000名", COUNT, "名")),
        ("平均一家营业收入多少钱", figure("户均收入20万元", "20万元"), figure("各类机构收入315亿元", "315亿元")),
        ("每个项目补助多少钱", figure("给予各项目5万元", "5万元"), figure("各项补助共5万元", "5万元")),
        ("每人多少助学金", figure("每人3000元助学金", "3000元"), figure("共发放助学金11万元", "11万元")),
        ("10月15日到会多少人", figure("到会15人", "15人", COUNT, "人"), figure("户均到会15人", "15人", COUNT, "人")),
        ("每个学生发多少助学金", figure("按每生2000元发放", "2000元"), figure("资助24名学生", "24名", COUNT, "名")),
        (
            "机构的实验室一共多大面积",
            figure("实验室35万平方米", "35万平方米", COUNT, "平方米"),
            figure("户均实验室面积720平方米", "720平方米", COUNT, "平方米"),
        ),
        (
            "哪家单位评上了示范点",
            figure("区图书馆被省总工会授予示范点", "区图书馆", AnswerKind.ORGANISATION),
            figure("区图书馆被省总工会授予示范点", "省总工会", AnswerKind.ORGANISATION),
        ),
        (
            "工作室以谁命名",
            figure("总工会命名了王芳工作室", "王芳", PERSON),
            figure("王芳命名了工作室", "王芳", PERSON),
        ),
        ("今后还要办几所", figure("将办5所学校", "5所", COUNT, "所"), figure("去年办了5所学校", "5所", COUNT, "所")),
        (
            "第三届工匠大会哪天开幕",
            figure("第三届大会7月8日开幕", "7月8日", DATE),
            figure("第二届大会7月9日开幕", "7月9日", DATE),
        ),
        ("第九期补助发了多少钱", figure("第 9 期补助940万元", "940万元"), figure("第六期补助125万元", "125万元")),
        ("头一批物资值多少钱", figure("首批物资值7万元", "7万元"), figure("第二批物资值8万元", "8万元")),
        (
            "头一批发了多少吨煤",
            figure("首批5吨煤从港口发往各村，码头年吞吐2000吨", "5吨", COUNT, "吨"),
            figure("首批5吨煤从港口发往各村，码头年吞吐2000吨", "2000吨", COUNT, "吨"),
        ),
        (
            "全线有几座隧道",
            figure("全线有隧道3座", "3座", COUNT, "座"),
            figure("全线长80公里", "80公里", COUNT, "公里"),
        ),
        (
            "百米决赛跑了多久",
            figure("百米决赛5月8日举行，他跑了11秒", "11秒", AnswerKind.PERIOD, "秒"),
            figure("百米决赛5月8日举行，他跑了11秒", "5月8日", DATE),
        ),
        (
            "出口所占的比重",
            figure("出口占六成，户均增收9元", "六成", AnswerKind.PERCENT, "%"),
            figure("出口占六成，总额9元", "9元"),
        ),
        (
            "一张餐券抵多少饭",
            figure("发餐券500张，每张可买米饭3斤", "3斤", COUNT, "斤"),
            figure("发餐券500张，每张可买米饭3斤", "500张", COUNT, "张"),
        ),
        (
            "下一次代表大会哪天开",
            figure("下一次大会定于8月2日召开", "8月2日", DATE),
            figure("大会8月3日召开", "8月3日", DATE),
        ),
        (
            "比上年多了多少人",
            marked(figure("参保3万人，增加5000人", "5000人", COUNT, "人"), change=1.0),
            marked(figure("参保3万人，增加5000人", "3万人", COUNT, "人"), change=0.0),
        ),
        (
            "乙区资助了多少人",
            marked(figure("甲、乙区分别资助30人、20人", "20人", COUNT, "人"), aligned=1.0),
            marked(figure("甲、乙区分别资助30人、20人", "30人", COUNT, "人"), aligned=0.0),
        ),
        ("李明之前是谁当主席", figure("王芳任主席", "王芳", PERSON), figure("李明接任主席", "李明", PERSON)),
        ("明年发放多少助学金", figure("明年发放助学金5万元", "5万元"), figure("今年还将发放助学金6万元", "6万元")),
    ],
)
def test_another_measure_share_ordinal_or_time_does_not_fit(
    question: str, fits: Candidate, does_not: Candidate
) -> None:
    assert kept(analyse(question), [does_not, fits]) == [fits]


def test_one_of_those_whom_a_question_lets_choose_between_may_be_the_answer() -> None:
    both = [figure("李明和王芳，当选的是李明", name, PERSON) for name in ("李明", "王芳")]
    assert kept(analyse("当选主席的是谁，李明还是王芳"), both) == both
    assert kept(analyse("当选主席的是谁"), both) == both


def test_a_figure_that_the_question_names_is_not_the_answer() -> None:
    def acres(number: float, text: str) -> Candidate:
        return replace(figure(f"全县有{text}水稻", text, COUNT, "亩"), value=Value(number, "亩"))

    whole, part = acres(600_000, "60多万亩"), acres(200_000, "20万亩")
    assert kept(analyse("60万亩水稻里机收的有多少亩"), [whole, part]) == [part]
    assert kept(analyse("是不是60万亩"), [whole, part]) == [whole, part]
    assert kept(analyse("水稻有多少亩"), [whole, part]) == [whole, part]


def test_how_high_a_rate_is_asks_for_no_length() -> None:
    rate = figure("结案率99%", "99%", AnswerKind.PERCENT, "%")
    assert kept(analyse("结案率要做到多高"), [rate]) == [rate]


def test_what_grew_may_be_told_of_in_words_that_the_rules_know_nothing_of() -> None:
    own = figure("人数又添五千", "五千", COUNT)
    assert kept(analyse("人数增加了多少"), [own]) == [own]


@pytest.mark.parametrize(
    ("question", "size", "fits"),
    [
        ("办的十件实事是哪十件", 3, False),
        ("办的十件实事是哪十件", 5, False),
        ("办的十件实事是哪十件", 6, True),
        ("办的十件实事是哪十件", 10, True),
        ("办了哪些实事", 3, True),
    ],
)
def test_a_list_of_far_fewer_items_than_asked_for_is_another_one(question: str, size: int, fits: bool) -> None:
    item = marked(figure("办好十件实事，抓好三项创新", "创新", AnswerKind.LIST), group_size=float(size))
    assert kept(analyse(question), [item]) == ([item] if fits else [])


def test_the_days_of_one_date_are_one_answer() -> None:
    text = "比武于8月3日、4日举行"
    items = [marked(figure(text, day, AnswerKind.LIST), group_size=2.0) for day in ("8月3日", "4日")]
    whole = figure(text, "8月3日、4日", DATE)
    assert kept(analyse("比武是哪两天"), [*items, whole]) == [whole]
    assert kept(analyse("比武是哪两天"), items) == items


def test_the_readers_own_words_fit_where_they_hold_a_unit_of_the_measure() -> None:
    own = [replace(figure(text, text, COUNT), value=None) for text in ("89.8公分", "八十九个")]
    assert kept(analyse("最长的有多长"), own) == own[:1]


def test_a_passage_about_another_programme_does_not_answer() -> None:
    told = figure("助学活动发放资金30万元", "30万元")
    other = figure("送温暖活动发放资金66万元", "66万元")
    assert kept(analyse("金秋助学发放了多少资金"), [other, told]) == [told]
    assert kept(analyse("送温暖发放了多少资金"), [other, told]) == [other]
    assert kept(analyse("发放了多少资金"), [other, told]) == [other, told]


@pytest.mark.parametrize(
    ("sentence", "fits"),
    [
        ("第七期筹集3万元,第六期补助40人", False),
        ("第六期筹集3万元,第七期补助40人", True),
        ("第六期和第七期共补助40人", True),
        ("第七期补助比第六期多,达40人", True),
        ("第七期筹集3万元,补助40人", True),
    ],
)
def test_of_two_ordinals_in_a_sentence_the_nearer_one_counts(sentence: str, fits: bool) -> None:
    one = figure(sentence, "40人", COUNT, "人")
    assert (kept(analyse("第七期补助了多少人"), [one]) == [one]) is fits


@pytest.mark.parametrize("question", ["每年发放多少助学金", "每个县发放多少助学金", "每家企业发放多少助学金"])
def test_what_each_year_or_body_did_is_no_share(question: str) -> None:
    one = figure("共发放助学金11万元", "11万元")
    assert kept(analyse(question), [one]) == [one]


def test_a_theme_is_no_list() -> None:
    text = "以“弘扬精神、造就人才”为主题。"
    whole, item = (
        replace(candidate(passage(document(text)), words, 0.9, kind), features={"group_size": 2.0})
        for words, kind in (("弘扬精神、造就人才", AnswerKind.WORK), ("弘扬精神", AnswerKind.LIST))
    )
    assert kept(analyse("活动以什么为主题"), [whole, item]) == [whole]


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("哪几位评上了工匠", "四位", False),
        ("设了哪五个项目", "5个", False),
        ("有哪些措施", "十多项", False),
        ("有哪些措施", "十项措施", True),
        ("哪几天休息", "3天", True),
        ("设了几个项目", "5个", True),
        ("谁去交涉", "四人", False),
        ("哪些人家搬了", "30户", False),
    ],
)
def test_how_many_there_are_does_not_say_which(question: str, text: str, fits: bool) -> None:
    one = candidate(passage(document(f"其中{text}。")), text, 0.9, AnswerKind.SPAN)
    assert (kept(analyse(question), [one]) == [one]) is fits


@pytest.mark.parametrize("question", ["助学资助了多少人，发了多少钱", "助学发了多少钱，资助了多少人"])
def test_money_and_people_asked_at_once_are_both_kept(question: str) -> None:
    both = [figure("资助30人", "30人", COUNT, "人"), figure("发放5万元", "5万元")]
    assert kept(analyse(question), both) == both


@pytest.mark.parametrize("question", ["一共发了多少", "大会哪天开幕", "主席的情况", "困难职工有多少户"])
def test_a_question_that_names_nothing_more_keeps_all(question: str) -> None:
    candidates = [figure("共11万元", "11万元"), figure("共24名", "24名", COUNT, "名"), figure("7月8日", "7月8日", DATE)]
    assert kept(analyse(question), candidates) == candidates


@pytest.mark.parametrize(
    ("question", "ahead"),
    [
        ("下一步建几个", True),
        ("后年发放多少", True),
        ("地下步行街有多长", False),
        ("按以下步骤办理要几天", False),
        ("线下批发价多少", False),
        ("毕业后年薪多少", False),
    ],
)
def test_the_future_is_asked_for_in_whole_words(question: str, ahead: bool) -> None:
    assert asks_for_next(analyse(question)) is ahead


def test_a_batch_of_things_is_not_the_first_one() -> None:
    assert ordinals("新建了一批驿站,新一轮整治") == frozenset()
    assert ordinals("首批、头一批") == ordinals("第一批") == {(1, "批")}


def test_a_passage_without_any_ordinal_may_be_of_the_one_that_another_tells_of() -> None:
    plain, told = figure("补助940万元", "940万元"), figure("第9期补助2334人", "2334人", COUNT, "人")
    assert kept(analyse("第九期补助发了多少钱"), [plain, told]) == [plain]
    assert kept(analyse("第九期补助发了多少钱"), [plain]) == []


def test_what_a_body_held_is_named_behind_it() -> None:
    place = passage(document("与县体育局办了第三届篮球赛，与县文旅局办了首届歌咏赛"))
    sports, culture = (candidate(place, name, 0.5, AnswerKind.ORGANISATION) for name in ("县体育局", "县文旅局"))
    assert kept(analyse("首届歌咏赛由哪个局办"), [sports, culture]) == [culture]


def test_the_share_must_be_said_near_the_figure() -> None:
    far = figure("每名职工都参加了活动，经过半年多的努力工作，各项任务圆满完成。共发放11万元", "11万元")
    sentence = Span(far.hit.passage.text.index("共"), len(far.hit.passage.text))
    assert kept(analyse("每个职工发多少钱"), [replace(far, sentence=sentence)]) == []


@given(st.integers(1, 99), st.sampled_from("期届批轮"))
def test_ordinals_are_the_same_in_both_kinds_of_figures(number: int, rank: str) -> None:
    han = f"第{han_number(number)}{rank}"
    assert ordinals(han) == ordinals(f"第 {number} {rank}") == {(number, rank)}
    assert other_figures(han) == (f"第{number}{rank}",)
    assert other_figures(f"第{number}{rank}") == (han,)


def test_who_signed_is_the_author_and_nobody_else() -> None:
    place = passage(document("主席吴丽华说。□周建明"))
    told, signer = (candidate(place, name, 0.5, PERSON) for name in ("吴丽华", "周建明"))
    assert signed([told, marked(signer, signed=1.0)]) == [marked(signer, signed=1.0)]
    assert signed([told, marked(signer, signed=0.0)]) == [told, marked(signer, signed=0.0)]
