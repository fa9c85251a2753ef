import pytest

from qa.reading.patterns.dates import find_dates
from qa.text.normalise import normalise
from qa.types import AnswerKind


@pytest.mark.parametrize(
    ("text", "expected", "year"),
    [
        ("于2019年11月3日召开", "2019年11月3日", 2019),
        ("2019 年 11 月 3 日", "2019年11月3日", 2019),
        ("自一九八六年十月一日起施行", "一九八六年十月一日", 1986),
        ("力争2021年底前完成", "2021年底前", 2021),
        ("今年6月启动", "今年6月", None),
        ("11月8日晚举行", "11月8日晚", None),
        ("3月5日下午", "3月5日下午", None),
        ("5 月 6 日、7 日举行", "5月6日、7日", None),
        ("从7月份开始", "7月份", None),
        ("出版于2016.11.20", "2016.11.20", 2016),
        ("始建于1958年", "1958年", 1958),
    ],
)
def test_finds_a_date_whole(text: str, expected: str, year: int | None) -> None:
    plain = normalise(text).text
    found = [one for one in find_dates(plain) if one.kind is AnswerKind.DATE]
    assert [plain[one.start : one.end] for one in found] == [expected]
    assert (found[0].value.number if found[0].value else None) == year


@pytest.mark.parametrize(
    "text",
    ["2015年3月1日~2016年2月29日", "6月2日至9日", "2月—4月", "2018—2020年", "2018年至2020年"],
)
def test_finds_a_stretch_of_time(text: str) -> None:
    plain = normalise(text).text
    assert plain in [plain[one.start : one.end] for one in find_dates(plain) if one.kind is AnswerKind.PERIOD]


@pytest.mark.parametrize("text", ["第5版", "增长1761.6万元", "16号线开通", "9号楼", "工作日", "近几日"])
def test_leaves_other_numbers_alone(text: str) -> None:
    assert find_dates(normalise(text).text) == []
