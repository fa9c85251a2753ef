"""An answer must have the form asked for: a clock time, a day, a number; times and days are not money or metres."""

import re
from functools import cache

from qa.answering.fitting.measures import MEASURED, Test
from qa.answering.terms import plain
from qa.reading.patterns.figures import find_figures
from qa.reading.resources import table
from qa.text.words import tokens
from qa.types import AnswerKind, Candidate, Query

_CLOCK_ASKED = re.compile(r"几点(?:钟|[开关上下到出起结集发闭播半才就准]|之?[前后]|[?？。，,]|$)")
_CLOCK = re.compile("[点时分:晨早晚夜午]")
_DAY_ASKED = re.compile(r"哪一?[天日](?!报)|几月几[日号]")
_DAY = re.compile("[年月日号天节周晚昨旬夜早午时期冬夏春秋旦夕至分庆]|星期")
_NUMBER_ASKED = re.compile(r"(?<![哪十百千万第])几个?(?:天|工作日|月内|小时|年内|周内)|(?<![哪第])几日[内前后公]")
_NUMBER = re.compile("[0-9零〇一二三四五六七八九十百千万两半数]")
_AT_ONCE = re.compile("[当即随立翌]|次日")
_TIMES = frozenset("次 场 趟 回 遍 场次 届 期 批次".split())
_THINGS = frozenset("家 件 份 册 本 张 篇 首 座 处 栋 幢 所 间 套 台 辆 艘 架 把 棵 株 瓶 箱 袋 盒 枚".split())
_SEVERAL = frozenset({"课时", "学时", "人次"})
"""Lessons are counted and last, both; 人次 are people and times."""
_OTHER = {
    "people": frozenset({"money", "duration", "measure", "age", "things"}),
    "times": frozenset({"money", "duration", "measure", "age", "people", "things"}),
    "things": frozenset({"money", "duration", "measure", "age", "people"}),
    "duration": frozenset({"money", "measure", "age", "people", "things", "times"}),
}
"""What is counted or lasts, and what surely is something else than that."""
_AXIS_ASKED = re.compile("多(?P<asked>[长宽高深厚])(?!时间|期)|(?P<named>[长宽高深厚])度")
_AXIS = re.compile("(?P<axis>[长宽高深厚])度?(?:约|达|为|近|有)*$")
_HOW_MANY = re.compile("多少|几|多久|多长")
_NO_SORT = re.compile("年级|年[前来代]|[第哪]几|多久[^，。？?]{0,6}一[次回趟场]")


def form_tests(query: Query) -> tuple[Test, ...]:
    """Return a test for candidates for each thing that a question says of its answer's form."""
    return _clock(query), _day(query), _number(query), _sort(query), _axis(query)


def _clock(query: Query) -> Test:
    """几点开始 asks for a time of the day; a day is none."""
    if query.kinds[0] is not AnswerKind.DATE or not _CLOCK_ASKED.search(query.text):
        return None
    return lambda candidate: candidate.kind is not AnswerKind.DATE or _CLOCK.search(plain(candidate.text)) is not None


def _day(query: Query) -> Test:
    """哪天 asks for a day: what the reader takes for one must speak of time."""
    if query.kinds[0] is not AnswerKind.DATE or not _DAY_ASKED.search(query.text):
        return None
    return lambda candidate: candidate.kind is not AnswerKind.DATE or _DAY.search(candidate.text) is not None


def _number(query: Query) -> Test:
    """几天内 asks for a number: 每年 and 限期 are none, 当天 and 立即 will do."""
    if not _NUMBER_ASKED.search(query.text):
        return None

    def test(candidate: Candidate) -> bool:
        if candidate.kind not in {AnswerKind.DATE, AnswerKind.PERIOD}:
            return True
        text = plain(candidate.text)
        return _NUMBER.search(text) is not None or _AT_ONCE.search(text) is not None

    return test


@cache
def _sorts() -> dict[str, str]:
    """Map units to what they measure or count; those that may be of several sorts are left out."""
    data = table("units")
    found = {unit: "measure" for unit in data["measures"]}
    found |= {unit: "money" for unit in (*data["money"], *data["foreign"])}
    found |= {unit: "people" for unit in data["people"]}
    found |= {"岁": "age", "周岁": "age"}
    found |= {unit: "things" for unit in _THINGS}
    found |= {unit: "times" for unit in _TIMES}
    found |= {unit: "duration" for unit in (*data["duration"], *data["duration"].values())}
    return {unit: sort for unit, sort in found.items() if unit not in _SEVERAL}


def _sort(query: Query) -> Test:
    """How many times or days is neither money nor metres; a unit that may be of several sorts passes.

    Of two things asked for at once, either may be the answer.
    """
    asked = {_sorts().get(unit, "") for unit in query.units}
    if (
        _begins_word(query)
        or not asked
        or "" in asked
        or _NO_SORT.search(query.text)
        or len(_HOW_MANY.findall(query.text)) > 1
    ):
        return None
    excluded = frozenset.intersection(*(_OTHER.get(sort, frozenset()) for sort in asked))
    if not excluded:
        return None

    def test(candidate: Candidate) -> bool:
        if candidate.kind not in MEASURED | {AnswerKind.DATE}:
            return True
        return not _units(candidate) or any(_sorts().get(unit, "") not in excluded for unit in _units(candidate))

    return test


def _begins_word(query: Query) -> bool:
    """Tell whether what looks like a unit is but the beginning of a word: 多少台湾选手, 几家长."""
    starts = {hit.end() for hit in _HOW_MANY.finditer(query.text)}
    words = [word.text for word in tokens(query.text) if word.start in starts]
    return any(len(word) > len(unit) and word.startswith(unit) for word in words for unit in query.units)


def _axis(query: Query) -> Test:
    """How wide is not how long: what is said right before a figure must not be another extent."""
    asked = {hit["asked"] or hit["named"] for hit in _AXIS_ASKED.finditer(query.text)}
    if len(asked) != 1:
        return None

    def test(candidate: Candidate) -> bool:
        before = plain(candidate.hit.passage.text[max(candidate.sentence.start, candidate.start - 6) : candidate.start])
        said = _AXIS.search(before)
        return candidate.kind not in MEASURED or said is None or said["axis"] in asked

    return test


def _units(candidate: Candidate) -> list[str]:
    """Return the units of a candidate's figures, the reader's own words read anew."""
    if candidate.value is not None:
        return [candidate.value.unit]
    return [one.value.unit for one in find_figures(plain(candidate.text)) if one.value is not None]
