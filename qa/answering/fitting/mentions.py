"""Alternatives that a text names: 批发 or 零售, a number that tells things of a kind apart (第二年, 二等奖), a year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from qa.text.numbers import parse_number

_DIGIT = "一二两三四五六七八九十"
_NUMBER = rf"(?:[{_DIGIT}]+|\d{{1,3}})"
_ROW = rf"{_NUMBER}(?:[、和至]{_NUMBER})*"
_QUOTES = "“‘\"'《「『"
_KIND = rf"[次条][{_QUOTES}]?[\u4e00-\u9fff]|[^\W\da-z期届批轮次条百{_DIGIT}]"
"""What an ordinal counts; of 次 and 条 there are many in a text (第三次会议第六次修正), so what follows counts, too."""
_NO_QUOTES = str.maketrans("", "", _QUOTES)
_UNIT = "年期|等奖|季度|周年|年级|级|档|孩|年|个月|小时|岁|星(?!期)"
_LABEL = re.compile(
    rf"(?<![\d.{_DIGIT}])(?:"
    rf"(?P<rank>第)(?P<ranked>{_ROW})(?P<what>{_KIND})(?:[至到]第(?P<through>{_NUMBER})(?P=what))?"
    rf"|(?P<plain>{_ROW})(?P<unit>{_UNIT}))"
)
_YEAR = re.compile(
    r"(?<![\d比较同])(?P<first>(?:19|20)\d\d)(?:年?[-—~至到](?P<last>(?:19|20)\d\d))?年"
    r"|(?<![比较同])(?P<told>去年|上年|今年|本年|明年|前年)"
)
_TOLD = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
YEARS = NUMBERED, RELATIVE = "year", "year told from when it was written"
"""The groups of years: 2016年, and 去年."""
_DURATIONS = frozenset({"年", "个月", "小时"})
"""一年 is as good as 每年, and 18年 may be a year."""
_NO_PERIOD = r"(?<!全年(?=目标|任务|计划|指标))"
"""全年任务 is what figures of any part of the year are measured by."""
_JOINED = re.compile(r"(?:人员|工人|司机|骑手|[员工生])?(?:[、和与及或/]|或者|以及)?")


@dataclass(frozen=True, slots=True)
class Mention:
    """One or, joined by 、, several alternatives of a group, named in [start, end) of a text in normal form.

    Attributes:
        group: a line of data/alternatives.txt, what a number counts (第年, 等奖), or one of ``YEARS``.
        members: their places in the line, or the numbers; at least one.
    """

    start: int
    end: int
    group: str
    members: frozenset[int]


@cache
def groups() -> dict[str, dict[str, frozenset[int]]]:
    """Return for each group of the data file, named by its line, which of its members every form stands for."""
    lines = files("qa.answering").joinpath("data", "alternatives.txt").read_text("utf-8").splitlines()
    groups = {}
    for line in lines:
        if not line.startswith("#"):
            members = [member.split("|") for member in line.split()]
            forms = {form for member in members for form in member}
            groups[line] = {form: frozenset(at for at, one in enumerate(members) if form in one) for form in forms}
    return groups


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return what finds the forms of each group, the longest first: 无固定期限 is no 固定期限."""
    return {
        group: re.compile(f"(?:{'|'.join(sorted(forms, key=len, reverse=True))}){_NO_PERIOD}")
        for group, forms in groups().items()
    }


def mentions(text: str) -> Iterator[Mention]:
    """Yield the alternatives that a text in normal form names, group by group, and its telling numbers."""
    for group, pattern in _patterns().items():
        yield from _of_group(text, group, pattern)
    for hit in _LABEL.finditer(text):
        numbers = _numbers((hit["ranked"] or hit["plain"]) + (f"至{hit['through']}" if hit["through"] else ""))
        unit = hit["unit"] or hit["rank"] + hit["what"].translate(_NO_QUOTES)
        if not (unit in _DURATIONS and any(number < 2 or 10 <= number < 100 for number in numbers)):
            yield Mention(hit.start(), hit.end(), unit, numbers)
    for hit in _YEAR.finditer(text):
        if hit["told"]:
            yield Mention(hit.start(), hit.end(), RELATIVE, frozenset({_TOLD[hit["told"]]}))
        else:
            first, last = int(hit["first"]), int(hit["last"] or hit["first"])
            yield Mention(hit.start(), hit.end(), NUMBERED, frozenset(range(min(first, last), max(first, last) + 1)))


def _of_group(text: str, group: str, pattern: re.Pattern[str]) -> Iterator[Mention]:
    """Yield the mentions of a group; those side by side (元旦、春节) are one."""
    last: Mention | None = None
    for hit in pattern.finditer(text):
        members = groups()[group][hit.group()]
        if last is not None and _JOINED.fullmatch(text, last.end, hit.start()):
            last = Mention(last.start, hit.end(), group, last.members | members)
            continue
        if last is not None:
            yield last
        last = Mention(hit.start(), hit.end(), group, members)
    if last is not None:
        yield last


def _numbers(text: str) -> frozenset[int]:
    """Read 一、二 as {1, 2} and 一至三 as {1, 2, 3}."""
    found: set[int] = set()
    for part in re.split("[、和]", text):
        low, _, high = part.partition("至")
        first, last = int(parse_number(low) or 0), int(parse_number(high or low) or 0)
        found.update(range(min(first, last), max(first, last) + 1))
    return frozenset(found)
