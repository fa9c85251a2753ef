"""When: 去年, 今年以来, 截至, from month to month, comparisons, anniversaries."""

import pytest

from qa.ledger.types import Figure
from tests.ledger.makers import city, ledger, one


@pytest.mark.parametrize(
    ("text", "period", "year"),
    [
        ("筹集资金50万元。", "2016年", 2016),
        ("去年筹集资金50万元。", "2015年", 2015),
        ("前年筹集资金50万元。", "2014年", 2014),
        ("今年以来筹集资金50万元。", "2016年以来", 2016),
        ("2014年以来筹集资金50万元。", "2014年以来", 2014),
        ("截至2016年6月，筹集资金50万元。", "截至2016年6月", 2016),
        ("截至去年底，筹集资金50万元。", "截至2015年底", 2015),
        ("目前筹集资金50万元。", "截至2016年", 2016),
        ("2015年10月20日至2016年1月31日，筹集资金50万元。", "2015年10月20日–2016年1月31日", 2016),
        ("8月8日至9日，筹集资金50万元。", "2016年8月8日–9日", 2016),
        ("7月至8月初，筹集资金50万元。", "2016年7月–8月初", 2016),
        ("上半年筹集资金50万元。", "2016年上半年", 2016),
        ("每年筹集资金50万元。", "2016年（每年）", 2016),
        ("5年来筹集资金50万元。", "近5年", 2016),
        ("二〇一五年筹集资金50万元。", "2015年", 2015),
        ("2015年开展试点，当年筹集资金50万元。", "2015年", 2015),
        ("二０一五年三月五日，筹集资金50万元。", "2015年3月5日", 2015),
        ("2015年1-6月，筹集资金50万元。", "2015年1月–6月", 2015),
        ("去年8至9月，筹集资金50万元。", "2015年8月–9月", 2015),
        ("2015年一季度，筹集资金50万元。", "2015年一季度", 2015),
        ("今年前三季度，筹集资金50万元。", "2016年前三季度", 2016),
        ("到“十三五”末，筹集资金50万元。", "“十三五”末", 2020),
        ("根据晋工发〔2013〕15号文件，筹集资金50万元。", "2016年", 2016),
    ],
)
def test_what_a_sentence_says(text: str, period: str, year: int) -> None:
    row = one(city(text), "50万元")
    assert (row.period, row.year) == (period, year)


@pytest.mark.parametrize("era", ["“十二五”期间", "上世纪90年代初", "八十年代"])
def test_a_plan_or_decade_is_of_no_single_year(era: str) -> None:
    rows = city(f"{era}，市总工会筹集资金50万元，每年表彰先进30名。")
    assert [(row.period, row.year) for row in rows] == [(era, None), ("每年", None)]


def report(heading: str, text: str, title: str = "在2016年全市工会工作会议上的报告") -> list[Figure]:
    return ledger(f"{title}\n\n（2016年1月20日）\n\n{heading}\n\n{text}\n")


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("一、2015年工作回顾", 2015),
        ("一、去年的主要成绩", 2015),
        ("一、2015年", 2015),
        ("二、2016年工作安排", 2016),
        ("一、学习贯彻2014年全省工会工作会议精神", 2016),
        ("三、到2020年的工作目标", 2016),
        ("一、2015年工作回顾和2016年工作安排", None),
        ("一、存在的问题及2016年工作打算", None),
        ("一、过去一年的工作回顾", None),
    ],
)
def test_a_heading_tells_the_year_of_its_figures(heading: str, year: int | None) -> None:
    assert one(report(heading, "全市签订工资集体协议3200份。"), "3200份").year == year


def test_a_month_is_of_the_year_of_its_heading_and_a_sentence_of_its_own() -> None:
    rows = report("一、2015年工作回顾", "8月，签订协议3200份。今年，签订合同20份。")
    assert [row.period for row in rows] == ["2015年8月", "2016年"]


def test_a_year_to_compare_with_is_not_the_year() -> None:
    rows = city("发放资金50万元，比2014年增长20%；与2015年相比，发展会员300人。")
    assert {row.period for row in rows} == {"2016年"}


def test_a_year_in_a_title_is_not_the_year() -> None:
    assert one(city("按照《2013年工作要点》，发放资金50万元。"), "50万元").period == "2016年"


def test_a_time_holds_in_its_paragraph_and_no_further() -> None:
    rows = city("2014年，市总工会开展试点。发放资金50万元。\n\n走访企业30家。")
    assert (one(rows, "50万元").period, one(rows, "30家").period) == ("2014年", "2016年")


def test_what_is_yet_to_come_does_not_hold_for_the_next_sentence() -> None:
    rows = city("力争到2020年实现全覆盖。发放资金50万元。")
    assert one(rows, "50万元").year == 2016


def test_an_anniversary_tells_the_year() -> None:
    text = "# 晋城市总工会工作综述\n\n热烈祝贺中华全国总工会成立90周年。\n\n去年，市总工会筹集资金50万元。\n"
    assert one(ledger(text), "50万元").period == "2014年"


def test_a_day_without_any_year_stays_a_day() -> None:
    rows = ledger("# 晋城市总工会慰问职工\n\n7月28日，晋城市总工会发放慰问金4万元。\n")
    assert (rows[0].period, rows[0].year) == ("7月28日", None)
