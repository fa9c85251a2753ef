"""Dates, from a bare year to an hour of a day, and the stretches between two of them."""

import itertools
import re

from qa.reading.found import Found, free_of
from qa.text.numbers import parse_number
from qa.types import AnswerKind, Value

_YEAR = r"(?:(?<!\d)[12]\d{3}|(?<!\d)\d{2}(?=年\d{1,2}月)|[一二][一二三四五六七八九〇零○0]{3})年度?"
_SAID = (
    r"(?:今年|去年|前年|明年|后年|当年|同年|次年|翌年|上年|本年度?|今天|昨天|昨日|今日|明天|当天|当日|前天|上月|本月"
    r"|上个月|本周|下周)"
)
_HAN_DAY = "[一二]?十?[一二三四五六七八九十]|三十一?|廿[一二三四五六七八九]?"
_MONTH = r"(?:(?<![\d.])(?:1[0-2]|0?[1-9])|十[一二]?|[一二三四五六七八九])月(?:份|底|初|末|中旬|上旬|下旬)?"
_DAY = rf"(?:(?<![\d.])(?:[12]\d|3[01]|0?[1-9])(?![\d.])|{_HAN_DAY})(?:日(?!报)|号(?![线楼院文店厅]))"
_FEAST = (
    r"[“\"]?(?:元旦|春节|元宵|清明|五一|端午|中秋|重阳|国庆|十一|三八|六一|七一|八一|[两双]节)"
    r"[”\"]?(?:国际)?(?:劳动|妇女|儿童|建党|建军)?节?[”\"]?"
)
_PART = (
    r"(?:年?[底初末中](?![学小等心共国期次秋]))|上半年|下半年|前[两二三23]个?季度|第?[一二三四1-4]季度"
    rf"|(?:{_FEAST}[、和与及]?){{1,3}}(?:期间|前后|前夕|黄金周|[长小]?假期?|(?<=节))"
    r"|[春夏秋冬][季天]|[春夏秋冬](?=[,。;:、)\n]|$)|春节|国庆|元旦"
)
_HOUR = r"(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|晚|夜)?(?:\d{1,2}(?:时|点|:)(?:\d{1,2}分?)?)?"
ERA = re.compile(
    r"(?:(?:上个?|本|\d{2}|二?十[一九]?)世纪[1-9二三四五六七八九][0十]|(?<!\d)(?:(?:19|20)\d|[2-9])0|[二三四五六七八九]十)"
    r"年代(?:[初中末]期?|[前后]期)?"
    r"|(?<![月第一二三四五六七八九十百])[“\"]?(?:十?[一二三四五六七八九]|十)五[”\"]?(?:规划|计划)?(?:期[间初中末]|时期|以来|末期?|[初中]期)"
)
"""A decade, or years of a five-year plan: 上世纪90年代初, “十三五”期间, “十二五”末."""
_DATE = re.compile(
    rf"(?P<era>{ERA.pattern})|(?:(?P<year>{_YEAR})|(?P<said>{_SAID}))(?:的(?=\d))?(?:(?:{_MONTH})(?:{_DAY}(?:[、和及](?:\d{{1,2}}月)?{_DAY})*)?|{_PART})?{_HOUR}"
    rf"|(?P<month>{_MONTH})(?:{_DAY}(?:[、和及](?:\d{{1,2}}月)?{_DAY})*)?{_HOUR}"
    rf"|(?P<day>{_DAY}){_HOUR}"
    r"|(?P<dotted>(?<![\d.])(?:19|20)\d{2}[-./]\d{1,2}(?:[-./]\d{1,2})?(?![\d.]))"
)
_PART_OF_DAY = "(?:(?:次日|当日)?(?:凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|晚|夜里|夜间)(?!一点))"
_OCLOCK = (
    r"(?:(?<!\d)\d{1,2}(?::\d{2}(?!\d)|[时点](?:\d{1,2}分|[半整])?(?!多|[候间代期]))"
    r"|(?<![一二三四五六七八九十第])[一二三四五六七八九十]{1,3}[时点](?:[一二三四五六七八九十]{1,3}分|[半整])?(?![多候间代期]))"
)
_CLOCK = re.compile(
    rf"{_PART_OF_DAY}?{_OCLOCK}(?:至|到|[-~—–―]{{1,2}})(?:次日)?{_PART_OF_DAY}?{_OCLOCK}|{_PART_OF_DAY}{_OCLOCK}"
)
"""A time of day by the clock (晚上九点), or from one to another (六时至二十二时)."""
_TO = re.compile(r"(?:期?间)?(?:至|到|[-~—–―]{1,2})")
_HEAD = re.compile(rf"(?<!\d)(?:[12]\d{{3}}年?|(?:(?:[12]\d{{3}}年|{_SAID})的?)?\d{{1,2}}月?)(?:至|到|[-~—–―]{{1,2}})$")
"""The first half of a stretch, before a date."""
_WITHIN = re.compile("[以之]?内(?![容部需外涵在地])")
"""Behind a bare day: 7日内 is how long there is, and no day of a month."""
_UNTIL = re.compile(r"(?:之前|以前|前后|前夕|前(?![期来往述进列后三十几两]))")


def find_dates(text: str) -> list[Found]:
    """Find dates and times of day (DATE), and stretches from date to date (PERIOD) of a text in normal form.

    The value of a date is its year, where one is given; a stretch has none.
    """
    dates = [one for hit in _DATE.finditer(text) if (one := _of(hit, text))]
    clocks = [Found(*hit.span(), AnswerKind.DATE) for hit in _CLOCK.finditer(text)]
    return dates + _stretches(dates, text) + free_of(clocks, dates)


def _of(hit: re.Match[str], text: str) -> Found | None:
    start, end = hit.span()
    if hit["day"] and (text[start - 1 : start] in tuple("节每当即生次近多几第") or not text[start].isdigit()):
        return None
    if hit["day"] and text[start - 1 : start] in tuple("〕])】") and "号" in hit["day"]:
        return None  # the number of a document: 〔2013〕15号
    if hit["day"] and hit.group().endswith("日") and _WITHIN.match(text, end):
        return None
    if until := _UNTIL.match(text, end):
        end = until.end()
    marks = {"relative"} if hit["said"] and len(hit.group()) <= 3 else set()
    if (hit["year"] and len(hit.group()) <= 5) or hit["day"]:
        marks.add("part")
    return Found(start, end, AnswerKind.DATE, _year(hit), "", frozenset(marks))


def _year(hit: re.Match[str]) -> Value | None:
    written = hit["dotted"][:4] if hit["dotted"] else (hit["year"] or "").rstrip("年度")
    number = parse_number(written.replace("0", "〇") if written[:1] in "一二" else written) if written else None
    if number is None:
        return None
    return Value(number + 2000 if number < 50 else number + 1900 if number < 100 else number, "年")


def _stretches(dates: list[Found], text: str) -> list[Found]:
    """Join two dates around 至, 到 or a dash; also 2017—2020年, 2013年1-6月, whose first half is no date by itself."""
    found = [
        Found(one.start, other.end, AnswerKind.PERIOD, None, "", frozenset({"range"}))
        for one, other in itertools.pairwise(dates)
        if _TO.fullmatch(text, one.end, other.start)
    ]
    for date in dates:
        head = _HEAD.search(text[max(date.start - 12, 0) : date.start])
        if head and not any(one.start < date.start < one.end for one in found):
            found.append(
                Found(date.start - len(head.group()), date.end, AnswerKind.PERIOD, None, "", frozenset({"range"}))
            )
    return found
