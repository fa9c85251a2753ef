"""A question for one of several alternatives – wholesale, not retail; the second prize, not the first – needs it.

Alternatives are the groups of ``data/alternatives.txt``, and numbers that tell things of one kind apart: 第二年, 二等奖,
三年期. Where a sentence names another one nearer to a candidate than the one asked about, the candidate is that one's.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from qa.reading.view import PassageView, passage_view
from qa.text.normalise import normalise
from qa.text.numbers import parse_number
from qa.types import FIGURE_KINDS, LONG_KINDS, AnswerKind, Candidate, Query

_NUMBER = "[一二两三四五六七八九十]+|\\d{1,3}"
_LABEL = re.compile(
    rf"(?<![\d.一二三四五六七八九十])(?:(?P<rank>第)(?P<ranked>(?:{_NUMBER})(?:[、和至](?:{_NUMBER}))*)(?P<what>[次条][\u4e00-\u9fff]|[^\W\da-z期届批轮次条一二三四五六七八九十百])(?:[至到]第(?P<through>{_NUMBER})(?P=what))?"
    rf"|(?P<plain>(?:{_NUMBER})(?:[、和至](?:{_NUMBER}))*)(?P<unit>年期|等奖|季度|周年|年级|级|档|孩|年|个月|小时|岁))"
)
_YEAR = re.compile(
    r"(?<![\d比较同])(?P<first>(?:19|20)\d\d)(?:年?[-—~至到](?P<last>(?:19|20)\d\d))?年|(?<![比较同])(?P<told>去年|上年|今年|本年|明年|前年)"
)
_TOLD = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1}
_NUMBERED, _RELATIVE = _YEARS = ("year", "year told from when it was written")
_DURATIONS = frozenset({"年", "个月", "小时"})
"""一年 is as good as 每年, and 18年 may be a year."""
_FIGURES = FIGURE_KINDS | {AnswerKind.PERIOD}
_JOINED = re.compile(r"[、和与及或/]?")
_RIGHT_BEHIND = 2
"""Characters between a date and what happened then: 3月31日结束."""
_PARTS = re.compile(r"[、,。;:!?()\n\d]|[及和与]")
_ELSEWHERE = 1000
"""Added to the distance of what a mark or another figure parts from a candidate."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One or, joined by 、, several alternatives of a group, named in [start, end) of a text in normal form."""

    start: int
    end: int
    group: str
    members: frozenset[int]


@cache
def _groups() -> dict[str, dict[str, frozenset[int]]]:
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
    return {group: re.compile("|".join(sorted(forms, key=len, reverse=True))) for group, forms in _groups().items()}


def mentions(text: str) -> Iterator[Mention]:
    """Yield the alternatives that a text in normal form names, group by group, and its telling numbers."""
    for group, pattern in _patterns().items():
        yield from _of_group(text, group, pattern)
    for hit in _LABEL.finditer(text):
        numbers = _numbers((hit["ranked"] or hit["plain"]) + (f"至{hit['through']}" if hit["through"] else ""))
        unit = hit["unit"] or hit["rank"] + hit["what"]
        if not (unit in _DURATIONS and any(number < 2 or 10 <= number < 100 for number in numbers)):
            yield Mention(hit.start(), hit.end(), unit, numbers)
    for hit in _YEAR.finditer(text):
        if hit["told"]:
            yield Mention(hit.start(), hit.end(), _RELATIVE, frozenset({_TOLD[hit["told"]]}))
        else:
            first, last = int(hit["first"]), int(hit["last"] or hit["first"])
            yield Mention(hit.start(), hit.end(), _NUMBERED, frozenset(range(first, last + 1)))


def _of_group(text: str, group: str, pattern: re.Pattern[str]) -> Iterator[Mention]:
    """Yield the mentions of a group; those side by side (元旦、春节) are one."""
    last: Mention | None = None
    for hit in pattern.finditer(text):
        members = _groups()[group][hit.group()]
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
        found.update(range(first, last + 1))
    return frozenset(found)


@lru_cache(maxsize=2048)
def _named(text: str) -> dict[str, list[Mention]]:
    """Return the mentions of a text by their group."""
    named: dict[str, list[Mention]] = {}
    for mention in mentions(text):
        named.setdefault(mention.group, []).append(mention)
    return named


def alternative_test(query: Query) -> Callable[[Candidate], bool] | None:
    """Return the test for candidates of a question that asks for one of several alternatives, None for any other."""
    if query.many or query.kinds[0] in LONG_KINDS:
        return None
    named = _named(normalise(query.text).text)
    asked = {group: found[0].members for group, found in named.items() if len({one.members for one in found}) == 1}
    asked = {group: members for group, members in asked.items() if len(members) == 1}
    if not asked:
        return None

    def test(candidate: Candidate) -> bool:
        if candidate.kind in LONG_KINDS or candidate.features.get("aligned") == 1.0:
            return True
        view = passage_view(candidate.hit.passage.text, candidate.hit.passage.context)
        return all(_may_be(view, candidate, group, members) for group, members in asked.items())

    return test


def _may_be(view: PassageView, candidate: Candidate, group: str, asked: frozenset[int]) -> bool:
    """Tell whether what a sentence names of a group beside a candidate is the one asked about, or nothing.

    Beside a figure is what stands nearest; beside a date, what follows it at once. Of names, of which what is told
    mostly stands behind, another one's before, any mention in the sentence may tell.
    """
    sentence = view.normal.normal_span(candidate.sentence.start, candidate.sentence.end)
    at = view.normal.normal_span(candidate.start, candidate.end)
    low, high = at.start - sentence.start, at.end - sentence.start
    text = view.plain[sentence.start : sentence.end]
    found = _named(text).get(group, ())
    if group in _YEARS:
        return _is_then(found, high, asked)
    if group not in _groups():
        found = [one for one in found if one.end <= low or high <= one.start]  # 15年 is an answer, and tells of none
    if candidate.kind in _FIGURES:
        found = sorted(found, key=lambda one: _distance(text, one, low, high))[:1]
    elif candidate.kind is AnswerKind.DATE:
        found = [one for one in found if 0 <= one.start - high <= _RIGHT_BEHIND] or found
    return not found or any(one.members & asked for one in found)


def _is_then(found: Sequence[Mention], end: int, asked: frozenset[int]) -> bool:
    """Tell whether the last year named before a candidate, or at it, is the one asked about; yes where that is absent."""
    if not any(one.members & asked for one in found):
        return True
    before = [one for one in found if one.start < end]
    return not before or bool(before[-1].members & asked)


def _distance(text: str, mention: Mention, low: int, high: int) -> int:
    """Count the characters between a mention and [low, high); many more where a mark or a figure parts them."""
    gap = text[mention.end : low] if mention.end <= low else text[high : mention.start]
    return len(gap) + (_ELSEWHERE if _PARTS.search(gap) else 0)
