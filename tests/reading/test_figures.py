import pytest

from qa.reading.patterns.figures import find_figures, units
from qa.text.normalise import normalise
from qa.types import AnswerKind

Row = tuple[str, AnswerKind, float | None]
A, C, P, T = AnswerKind.AMOUNT, AnswerKind.COUNT, AnswerKind.PERCENT, AnswerKind.PERIOD

TABLE: list[tuple[str, list[Row]]] = [
    ("全县共投入 58.6 万元", [("58.6万元", A, 586_000)]),
    ("筹措近３０万元", [("近30万元", A, 300_000)]),
    ("发给她伍佰元", [("伍佰元", A, 500)]),
    ("补贴150余万元", [("150余万元", A, 1_500_000)]),
    ("补贴15万余元", [("15万余元", A, 150_000)]),
    ("基金结余 2.3 万亿元", [("2.3万亿元", A, 2.3e12)]),
    ("每人2000元以上8000元以下", [("2000元以上8000元以下", A, None)]),
    ("处五千元以上五万元以下罚款", [("五千元以上五万元以下", A, None)]),
    ("标准为3000元/人至6000元/人", [("3000元/人至6000元/人", A, None)]),
    ("30岁以上百分之五十", [("30岁以上", C, 30), ("百分之五十", P, 50)]),
    ("三人以上三分之二", [("三人以上", C, 3), ("三分之二", P, 66.67)]),
    ("六个月至一年", [("六个月至一年", T, None)]),
    ("步行500米至3公里", [("500米至3公里", C, None)]),
    ("三人以上五家单位", [("三人以上", C, 3), ("五家", C, 5)]),
    ("历时3天到5公里处", [("3天", T, 3), ("5公里", C, 5)]),
    ("额度不超过 20 万元", [("不超过20万元", A, 200_000)]),
    ("慰问困难职工 640 户", [("640户", C, 640)]),
    ("参赛职工1.35万人", [("1.35万人", C, 13_500)]),
    ("占地3.2万平方米", [("3.2万平方米", C, 32_000)]),
    ("培训骨干1203人（次）", [("1203人(次)", C, 1203)]),
    ("代表一般为五至九人", [("五至九人", C, None)]),
    ("两万多名农民工", [("两万多名", C, 20_000)]),
    ("建会率达到 97.5%", [("97.5%", P, 97.5)]),
    ("经百分之七十的会员同意", [("百分之七十", P, 70)]),
    ("须有三分之二以上到会", [("三分之二以上", P, 66.67)]),
    ("提高3.1个百分点", [("3.1个百分点", P, 3.1)]),
    ("为期 4 个月", [("4个月", T, 4)]),
    ("应当在十五日内答复", [("十五日内", T, 15)]),
    ("停放时间不超过1小时", [("不超过1小时", T, 1)]),
    ("发放救助金1亿2000万元", [("1亿2000万元", A, 120_000_000)]),
    ("贷款3亿6千5百万元", [("3亿6千5百万元", A, 365_000_000)]),
    ("每户补助3万5千元", [("3万5千元", A, 35_000)]),
    ("慰问职工2万3千余人", [("2万3千余人", C, 23_000)]),
    ("参赛12万零500人次", [("12万零500人次", C, 120_500)]),
    ("奖励1万2000元至3万元", [("1万2000元至3万元", A, None)]),
    ("到会率为百分之95.5", [("百分之95.5", P, 95.5)]),
    ("提取百分之15以上", [("百分之15以上", P, 15)]),
    ("经2/3以上代表同意", [("2/3以上", P, 66.67)]),
    ("女委员约占1/4。", [("1/4", P, 25)]),
    ("每餐补3元5角", [("3元5角", A, 3.5)]),
    ("工价两块三毛五分钱", [("两块三毛五分钱", A, 2.35)]),
    ("日薪三元五角", [("三元五角", A, 3.5)]),
    ("六七成职工入会", [("六七成", P, None)]),
    ("来了三五人", [("三五人", C, None)]),
    ("每个班组奖励 2 500元", [("2 500元", A, 2500)]),
    ("会费收入1 250 300元", [("1 250 300元", A, 1_250_300)]),
    ("拨付专款3 200万元", [("3 200万元", A, 32_000_000)]),
    ("装配车间占三成六。", [("三成六", P, 36)]),
    ("三成二手设备停用", [("三成", P, 30)]),
    ("便道宽两米半", [("两米半", C, 2.5)]),
    ("工期三年半，第二天半价", [("三年半", T, 3.5)]),
    ("以2分15秒08夺冠", [("2分15秒08", T, None)]),
    ("百米跑出11秒32", [("11秒32", T, None)]),
    ("铜印八厘米见方", [("八厘米见方", C, 8)]),
    ("全程耗时3小时20分钟", [("3小时20分钟", T, None)]),
    ("任期两年零四个月", [("两年零四个月", T, None)]),
    ("培训了一个半小时", [("一个半小时", T, 1)]),
    ("经职工代表过半数通过", [("过半数", P, 50)]),
    ("须有半数以上会员到场", [("半数以上", P, 50)]),
    ("约一半学员考取证书", [("约一半", P, 50)]),
    ("影响数百万旅客", [("数百万", C, None)]),
    ("吸引数以万计的工人", [("数以万计", C, None)]),
    ("捐款数亿元", [("数亿元", A, None)]),
    ("是园区唯一一座书屋", [("唯一一座", C, 1)]),
    ("车间温度36.5℃", [("36.5°c", C, 36.5)]),
    ("室温不低于18℃", [("不低于18°c", C, 18)]),
    ("服务队伍356支，宣讲队伍三十支", [("356支", AnswerKind.COUNT, 356), ("三十支", AnswerKind.COUNT, 30)]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_finds_each_figure_with_its_unit_and_value(text: str, expected: list[Row]) -> None:
    plain = normalise(text).text
    found = [
        (plain[one.start : one.end], one.kind, one.value.number if one.value else None) for one in find_figures(plain)
    ]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "第三届技能大赛",
        "第12期",
        "一次性补助",
        "2016年度",
        "落实“三个清单”制度",
        "统一部署",
        "二元结构",
        "第十四届文博会",
        "十分重视",
        "花了3万5",
        "距今1亿8千年",
    ],
)
def test_leaves_words_and_ordinals_alone(text: str) -> None:
    assert find_figures(normalise(text).text) == []


def test_two_figures_side_by_side_are_each_and_both() -> None:
    plain = "带动306户1104人增收"
    assert [plain[one.start : one.end] for one in find_figures(plain)] == ["306户", "1104人", "306户1104人"]


def test_a_bare_sum_can_be_money_and_is_marked() -> None:
    found = find_figures("投入85万用于装修")
    assert {one.kind for one in found} == {A, C}
    assert all("bare" in one.marks for one in found)


def test_a_bare_sum_of_mixed_units_is_one_figure() -> None:
    assert {(one.kind, one.value.number) for one in find_figures("投入1亿2000万用于改造") if one.value} == {
        (A, 120_000_000),
        (C, 120_000_000),
    }


@pytest.mark.parametrize("text", ["2018/2/3的会议", "时间为2/3日", "第2/3页", "比例为5/3"])
def test_a_stroke_between_figures_is_no_share_by_itself(text: str) -> None:
    assert not [one for one in find_figures(text) if one.kind is P]


def test_every_unit_is_found_behind_a_number() -> None:
    missed = [unit for unit in units() if not any(one.unit for one in find_figures(f"共37{unit}。"))]
    assert missed == []
