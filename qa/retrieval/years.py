"""The years that a question names: one, a span of them, all since one, those of a five-year plan."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa.retrieval.known import Known
from qa.text.numbers import parse_number
from qa.text.plans import last_year

_NUMERALS = "一二三四五六七八九十百千万亿"
_HAN = "〇○零一二三四五六七八九"
_HAN_DIGITS = str.maketrans(_HAN, "000123456789")
HAN_YEAR = rf"(?:一九|二[〇○零])[{_HAN}]{{2}}(?=年)"
"""二〇一四年, with any of the signs that print has for the zero."""
PART_OF_YEAR = (
    r"(?<=年)(?:度(?![过假])|初(?![中级步次审一二三赛选])|底(?![层薪])|末(?![位端尾])|间(?![接隔歇])"
    r"|内(?![部容蒙地控训设科外]))"
)
"""年末, 年间; not 2014年 before 内容."""
SINCE = (
    r"(?:以来|[以之]后|[至到](?:今[天日]?(?!年)|现在|目前)"
    r"|起(?![草诉步义点码征薪始源飞航誓到]|重[机吊设]|施行|实施|执行|生效|正式|试行))"
)
"""From a year on; what 起施行 stands behind is the one year in which a rule came into force."""
UNTIL = r"(?:[以之]前)"
ABOUT = r"(?:前后|左右)"
LASTING = r"来|间|以上|左右|如一日|[党教军驾工团警会]龄"
"""Behind 30年 it says how long, not when."""
_TO = r"\s*(?:[-—–~]{1,2}|[至到])\s*"
_TAIL = rf"(?:{PART_OF_YEAR}|期间)?(?:(?P<since>{SINCE})|(?P<until>{UNTIL})|(?P<about>{ABOUT}))?"
_YEAR = re.compile(
    rf"(?P<first>(?<!\d)(?:19|20)\d{{2}}|(?<![{_HAN}]){HAN_YEAR})"
    rf"(?:(?:\s*年度?)?起?{_TO}(?P<last>(?:19|20)\d{{2}}|\d{{2}}(?=年)|{HAN_YEAR}))?"
    rf"(?:\s*年(?!龄))?(?!\d|\s*[元块万亿人名户家个册份%.]){_TAIL}"
)
_SHORT_YEAR = re.compile(
    r"(?<![\d.第满近了签够达每超过约干住逾仅整处判])(?<![就已都龄限史]是)(?<!\d年[-—–~至到])"
    r"(?<!工作|缴费|缴纳|连续|工龄|从业|任职|服务|坚持|坚守|扎根|历时|为期|持续|合同|期限)"
    rf"(?P<first>\d{{2}})(?:年{_TO}(?P<last>\d{{2}}))?年(?!{_TO}\d{{2}}年)"
    rf"(?=[^的龄级以来]|$)(?!代|级|内|以|之|后|{LASTING}|的?(?:时间|历史)){_TAIL}"
)
"""16年 for 2016年; not 满10年, 缴费15年."""
_PLAN = re.compile(
    rf"(?<![第{_NUMERALS}])(?P<open>[“\"‘'「])?(?P<plan>十[一二三四五]五)(?(open)[”\"’'」])(?![{_NUMERALS}元])"
    rf"(?![”\"’'」]?(?:规划|计划|纲要|目标|建议|蓝图|是|指|的?(?:含义|意思)))(?:期间|时期|期?末)?(?P<since>{SINCE})?"
)
"""A five-year plan as a time, “十三五”期间; not where the plan itself is spoken of."""
_CENTURY = 50
"""A two-digit year up to this one lies in this century, a higher one in the last."""
_MAX_RANGE = 30
_PLAN_YEARS = 5


@dataclass(frozen=True, slots=True)
class Time:
    """The years, ascending or as typed, that [start, end) of a question names; none where it sets no limit.

    ``plan`` is the five-year plan that they are of, where the documents hold its name.
    """

    start: int
    end: int
    years: tuple[int, ...]
    plan: str = ""


def find_times(text: str, known: Known) -> Iterator[Time]:
    """Yield the times of a cleaned question that are told in years; ``known`` ends those that are open to one side."""
    for pattern in (_YEAR, _SHORT_YEAR):
        for match in pattern.finditer(text):
            yield Time(match.start(), match.end(), _years(match, known))
    for match in _PLAN.finditer(text):
        named = bool(known.count(match["plan"]))
        yield Time(match.start(), match.end(), _of_plan(match, known, named), match["plan"] if named else "")


def without_quoted_plans(text: str) -> str:
    """Put spaces for the quotation marks around a plan that is a time: there it is no name to look for."""
    return _PLAN.sub(lambda match: re.sub(r"[“”\"‘’'「」]", " ", match[0]), text)


def _years(match: re.Match[str], known: Known) -> tuple[int, ...]:
    first, last = _number(match["first"]), _number(match["last"] or match["first"])
    if match["since"]:
        return _since(first, known)
    if match["until"]:
        return _until(first, known)
    if match["about"]:
        return first - 1, first, first + 1
    return tuple(range(first, last + 1)) if first <= last <= first + _MAX_RANGE else (first, last)


def _number(typed: str) -> int:
    number = int(typed.translate(_HAN_DIGITS))
    return number if number > 99 else number + (2000 if number <= _CENTURY else 1900)


def _since(first: int, known: Known) -> tuple[int, ...]:
    """Return the years up to the newest that the documents tell of; without documents there is no limit."""
    newest = max(_told(range(first, first + _MAX_RANGE + 1), known), default=first)
    return tuple(range(first, newest + 1)) if known.words else ()


def _until(last: int, known: Known) -> tuple[int, ...]:
    """Return the years from the oldest that the documents tell of; the last is among them, for texts say 以前, too."""
    oldest = min(_told(range(last - _MAX_RANGE, last), known), default=last)
    return tuple(range(oldest, last + 1)) if known.words else ()


def _told(years: Iterable[int], known: Known) -> list[int]:
    return [year for year in years if known.count(str(year))]


def _of_plan(match: re.Match[str], known: Known, named: bool) -> tuple[int, ...]:
    """Return the five years of a plan, and where documents hold its name, the year after, when they sum it up."""
    last = last_year(int(parse_number(match["plan"][:2]) or 0))
    first = last - _PLAN_YEARS + 1
    if match["since"]:
        return _since(first, known)
    return tuple(range(first, last + named + 1))
