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
        ("二０一三年三月五日召开", "二0一三年三月五日", 2013),
        ("2013年一季度增长", "2013年一季度", 2013),
        ("2013年前三季度增长", "2013年前三季度", 2013),
        ("2013年春，举办培训", "2013年春", 2013),
        ("2013年春风行动", "2013年", 2013),
        ("1998年元旦前后慰问", "1998年元旦前后", 1998),
        ("2013年元旦、春节期间慰问", "2013年元旦、春节期间", 2013),
        ("2013年“五一”国际劳动节前夕表彰", "2013年“五一”国际劳动节前夕", 2013),
        ("荣获2013年五一劳动奖章", "2013年", 2013),
        ("于2013年中秋节慰问", "2013年中秋节", 2013),
        ("始于上世纪90年代初", "上世纪90年代初", None),
        ("1990年代建厂", "1990年代", None),
        ("“十二五”期间培训", "“十二五”期间", None),
        ("到“十三五”末实现", "“十三五”末", None),
        ("每天六时至二十二时开放", "六时至二十二时", None),
        ("上午8:30至下午5点办公", "上午8:30至下午5点", None),
        ("晚上九点关门", "晚上九点", None),
    ],
)
def test_finds_a_date_whole(text: str, expected: str, year: int | None) -> None:
    plain = normalise(text).text
    found = [one for one in find_dates(plain) if one.kind is AnswerKind.DATE]
    assert [plain[one.start : one.end] for one in found] == [expected]
    assert (found[0].value.number if found[0].value else None) == year


@pytest.mark.parametrize(
    "text",
    [
        "2015年3月1日~2016年2月29日",
        "6月2日至9日",
        "2月—4月",
        "2018—2020年",
        "2018年至2020年",
        "2013年1-6月",
        "去年8月至9月",
        "今年1至6月",
    ],
)
def test_finds_a_stretch_of_time(text: str) -> None:
    plain = normalise(text).text
    assert plain in [plain[one.start : one.end] for one in find_dates(plain) if one.kind is AnswerKind.PERIOD]


@pytest.mark.parametrize(
    "text",
    [
        "第5版",
        "增长1761.6万元",
        "16号线开通",
        "9号楼",
        "工作日",
        "近几日",
        "晋工发〔2013〕15号",
        "“十三五”规划",
        "太原市十五中学",
        "第15号",
        "收到材料之日起7日内决定",
        "10日以内答复",
        "讲了三点要求",
        "工作十六小时",
        "早一点来",
    ],
)
def test_leaves_other_numbers_alone(text: str) -> None:
    assert find_dates(normalise(text).text) == []
