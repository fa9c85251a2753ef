"""Which numbers become rows, with which values and units."""

import pytest

from qa.ledger.picking import Picked, pick
from qa.reading.view import PassageView
from qa.types import AnswerKind


def picked(text: str) -> list[tuple[str, float, str]]:
    view = PassageView(text)
    return [(view.plain[row.start : row.end], row.value.number, row.value.unit) for row in pick(view)]


def only(text: str) -> Picked:
    (row,) = pick(PassageView(text))
    return row


@pytest.mark.parametrize(
    ("text", "said", "number", "unit"),
    [
        ("筹集资金 396.6 万元。", "396.6万元", 3966000.0, "元"),
        ("发放助学金三千元。", "三千元", 3000.0, "元"),
        ("入会率达到98.87%。", "98.87%", 98.87, "%"),
        ("百分之六十的企业建会。", "百分之六十", 60.0, "%"),
        ("发展会员1.02万人。", "1.02万人", 10200.0, "人"),
        ("资助学生25738人次。", "25738人次", 25738.0, "人次"),
        ("发放慰问品价值2.1亿元。", "2.1亿元", 210000000.0, "元"),
        ("投入176万用于送清凉活动。", "176万", 1760000.0, "元"),
        ("全国有6500万产业工人。", "6500万", 65000000.0, "人"),
        ("20多万职工参加竞赛。", "20多万", 200000.0, "人"),
        ("向116农民工发放路费。", "116", 116.0, "人"),
        ("举办两期培训班。", "两期", 2.0, "期"),
        ("发放救助金1亿2000万元。", "1亿2000万元", 120000000.0, "元"),
        ("慰问职工2万3千余人。", "2万3千余人", 23000.0, "人"),
        ("投入1亿2000万用于送清凉活动。", "1亿2000万", 120000000.0, "元"),
        ("每餐补贴3元5角。", "3元5角", 3.5, "元"),
        ("占地２０００平方米。", "2000平方米", 2000.0, "平方米"),
    ],
)
def test_a_figure_in_its_base_unit(text: str, said: str, number: float, unit: str) -> None:
    ((found, value, base),) = picked(text)
    assert (found, base) == (said, unit)
    assert value == pytest.approx(number)


@pytest.mark.parametrize(
    "text",
    [
        "学习“7·26”重要讲话精神。",
        "贯彻十八届五中全会精神。",
        "全总十六届五次执委会议召开。",
        "建立“四个一”工作机制。",
        "落实“三项机制”。",
        "从三个方面抓好落实。",
        "联系一名劳动模范。",
        "万家企业送温暖。",
        "推动长江三角洲协作。",
        "零首付买车。",
        "获得前十名的选手。",
        "2017年第9-10期",
        "1.加强组织领导。\n2.强化宣传。",
        "青总发[2017]37号",
        "严格执行八项规定。",
        "电话：0351-1234567。",
        "六七成职工入会。",
        "每组三五人。",
        "3 张强 晨光公司\n4 李娜 东山公司",
        "受助职工名单\n12 张建军 男 东山公司",
    ],
)
def test_names_ordinals_and_ways_of_speaking_are_no_figures(text: str) -> None:
    assert picked(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("每人补助3000至5000元。", 3000.0, 5000.0, "元"),
        ("每人补助3至5万元。", 30000.0, 50000.0, "元"),
        ("奖励1万2000元至3万元。", 12000.0, 30000.0, "元"),
        ("奖励1亿2000万元至2亿3000万元。", 120000000.0, 230000000.0, "元"),
        ("代表为三至十人。", 3.0, 10.0, "人"),
        ("处一万元以上五万元以下的罚款。", 10000.0, 50000.0, "元"),
        ("处1000元以上5000元以下罚款。", 1000.0, 5000.0, "元"),
    ],
)
def test_a_range_has_both_its_ends(text: str, low: float, high: float, unit: str) -> None:
    row = only(text)
    assert (row.value.number, row.upper, row.value.unit) == (low, high, unit)


@pytest.mark.parametrize(
    ("text", "approximate"),
    [
        ("参加400余人", True),
        ("约30平方米", True),
        ("50%以上", True),
        ("近80万元", True),
        ("50人", False),
        ("6%", False),
    ],
)
def test_softened_figures_are_approximate(text: str, approximate: bool) -> None:
    assert only(text).approximate is approximate


def test_a_quantity_at_the_head_of_a_line_stays() -> None:
    assert picked("捐赠物资\n20 张桌子 3000元") == [("20张", 20.0, "张"), ("3000元", 3000.0, "元")]


def test_side_by_side_figures_are_two_rows() -> None:
    assert [said for said, _, _ in picked("帮助712户2090人脱贫")] == ["712户", "2090人"]


def test_durations_are_no_rows() -> None:
    assert not picked("历时3个月，每天24小时值班。")
    assert {AnswerKind.AMOUNT} == {row.kind for row in pick(PassageView("3年来投入20万元。"))}
