"""Of several figures of one sentence, those that are told of another than what the question asks for are no answer.

从80%升到90% holds what was and what is; 市总工会出资3万元、县总工会出资2万元 names for each figure whose it is;
五至九人,并确定一名组长 says which figure counts 组长. A figure is left out only where another one of its sentence is
the one asked for.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from qa.answering.fitting.measures import MEASURED
from qa.answering.terms import plain
from qa.reading.found import Found
from qa.reading.subject import place_relation
from qa.reading.view import PassageView, placed
from qa.types import AnswerKind, Candidate, Query

_NEW_ASKED = re.compile(
    "(?:[提升增涨降减]|提高|上升|增加|增长|上涨|下降|降低|减少|上调|下调|调整|延长|缩短|扩大)[到至为]"
    "|(?:现在|如今|目前|眼下|[\u4e00-\u9fff]后(?![来勤备续天方代期]))[^,。?]{0,12}(?:多少|几)"
)
_OLD_ASKED = re.compile(
    "(?:原来|原先|从前|以前|此前|过去|之前|调整前|提高前)[^,。?]{0,12}(?:多少|几)|[从由][^,。?到至]{0,4}(?:多少|几)"
)
_FROM = re.compile(r"[从由][^,。;]{0,6}$")
_UP_TO = re.compile(r"[^,。;\d]{0,8}[至到为]了?$")
_ONCE = re.compile("以前|之前|此前|原来|原先|从前|过去")
_NOW = re.compile("现在|如今|目前|眼下|(?<![之以最今])后(?![来勤备续天方代期])")
_COUNTED = re.compile(r"(?:几|多少)(?:[名位个家座项件种支条所台只间处])?(?P<noun>[\u4e00-\u9fff]{3,8})[?。呢啊]*$")
_WORD_GOES_ON = re.compile("[\u4e00-\u9fff]")
_CEILING_ASKED = re.compile(
    "封顶|(?:最多|最高|顶多|至多)(?:能|可|可以|只能)?(?:给|补|罚|发|报|领|拿|奖|贷|借|赔|付|多少|几)"
)
_CEILING = re.compile(r"(?:封顶|最高|最多|上限|限额|顶格|至多)[^\d,。;、]{0,6}$")
_CEILING_WITHIN = re.compile("不(?:得)?超过|最多|最高|至多")
_SEX = re.compile("[女男妇]|性别")
_OF_ONE_SEX = re.compile("(?<![子妇])[女男][\u4e00-\u9fff]{0,6}$")
_LEVELS = re.compile(
    r"(?P<level>[省市州县区]|基层|乡镇|街道|企业|单位)(?:\([^()]{1,8}\))?"
    r"(?:总工会|总(?=[^\u4e00-\u9fff]|出|拨|投|配|补|安|承|再|另)|工会|财政|政府|本级)"
)
_LEVEL_ASKED = re.compile(r"(?P<level>[省市州县区]|基层|乡镇|街道)(?:总工会|总(?!共|数|额|计|量|体|的|工程)|财政|本级)")
_REST = re.compile("其余|其他|另外")
_PIECE = re.compile("[,。;:!?、()]")


@dataclass(frozen=True, slots=True)
class _Row:
    """The figures of a sentence in normal form, and which of them a candidate is.

    Attributes:
        view: of the passage.
        start: where the sentence begins.
        figures: in their order, none inside another.
        own: the candidate, as one of them.
    """

    view: PassageView
    start: int
    figures: Sequence[Found]
    own: Found

    @property
    def others(self) -> list[Found]:
        """The other figures of the candidate's kind."""
        return [one for one in self.figures if one is not self.own and one.kind is self.own.kind]

    def lead(self, figure: Found) -> str:
        """Return what stands between the figure of its kind before and this one."""
        ends = [one.end for one in self.figures if one.end <= figure.start and one.kind is figure.kind]
        return self.view.plain[max([self.start, *ends]) : figure.start]

    def behind(self, figure: Found) -> str:
        """Return what stands behind a figure, as much as matters."""
        return self.view.plain[figure.end : figure.end + 24]


_Rule: TypeAlias = Callable[[_Row], bool]
"""Tells whether the candidate of a row is another's."""


def rival_test(query: Query) -> Callable[[Candidate], bool] | None:
    """Return the test for candidates of a question that tells figures of one sentence apart, None for any other."""
    found = (_end(query), _counted(query), _ceiling(query), _sex(query), _level(query), _place(query))
    rules = [rule for rule in found if rule is not None]
    if query.many or not rules:
        return None

    def test(candidate: Candidate) -> bool:
        row = _row(candidate) if candidate.kind in MEASURED else None
        return row is None or not any(rule(row) for rule in rules)

    return test


def _row(candidate: Candidate) -> _Row | None:
    """Return the figures around a candidate; None where it is no figure as the patterns find it, or the only one."""
    view, sentence, at = placed(candidate)
    inside = [one for one in view.figures if sentence.start <= one.start < sentence.end and "pair" not in one.marks]
    alike = (one for one in inside if one.kind is candidate.kind and one.start < at.end and at.start < one.end)
    own = next(alike, None)
    return _Row(view, sentence.start, inside, own) if own is not None and len(inside) > 1 else None


def _end(query: Query) -> _Rule | None:
    """What something was raised to is not what it was raised from."""
    new, old = bool(_NEW_ASKED.search(query.text)), bool(_OLD_ASKED.search(query.text))
    if new == old:
        return None

    def rule(row: _Row) -> bool:
        ends = ((row.own, other) if new else (other, row.own) for other in row.others)
        return any(_raised(row, low, high) or _changed(row, low, high) for low, high in ends)

    return rule


def _changed(row: _Row, once: Found, now: Found) -> bool:
    """Tell whether a sentence sets what was against what is: 以前3元,现在5元."""
    was, is_ = row.lead(once), row.lead(now)
    return (
        once.end <= now.start
        and once.unit == now.unit
        and _ONCE.search(was) is not None
        and _ONCE.search(is_) is None
        and _NOW.search(is_) is not None
    )


def _raised(row: _Row, low: Found, high: Found) -> bool:
    """Tell whether a sentence says that something went from one figure to another."""
    between = row.view.plain[low.end : high.start]
    return (
        low.end <= high.start
        and _FROM.search(row.lead(low)) is not None
        and _UP_TO.fullmatch(re.sub("每[\u4e00-\u9fff]{1,2}$", "", between)) is not None
    )


def _counted(query: Query) -> _Rule | None:
    """A figure with the very noun that is counted comes before those of other nouns: 几名副组长."""
    asked = _COUNTED.search(plain(query.text))
    if asked is None:
        return None
    noun = asked["noun"]

    def counts(row: _Row, figure: Found) -> bool:
        behind = row.behind(figure)
        return behind.startswith(noun) and _WORD_GOES_ON.match(behind, len(noun)) is None

    return lambda row: (
        not counts(row, row.own)
        and noun not in _PIECE.split(row.lead(row.own))[-1]
        and any(counts(row, other) for other in row.others)
    )


def _ceiling(query: Query) -> _Rule | None:
    """The most that may be given is said to be the most."""
    if not _CEILING_ASKED.search(query.text):
        return None

    def most(row: _Row, figure: Found) -> bool:
        said = row.view.plain[figure.start : figure.end]
        return _CEILING.search(row.lead(figure)) is not None or _CEILING_WITHIN.match(said) is not None

    return lambda row: not most(row, row.own) and any(most(row, other) for other in row.others)


def _sex(query: Query) -> _Rule | None:
    """How many of them are women is not how many they are."""
    if _SEX.search(query.text):
        return None
    return lambda row: (
        row.own.kind is AnswerKind.COUNT
        and _OF_ONE_SEX.search(row.lead(row.own)) is not None
        and any(one.end <= row.own.start and not _SEX.search(row.lead(one)) for one in row.others)
    )


def _level(query: Query) -> _Rule | None:
    """What the city's trade union gave is not what the county's did."""
    asked = {hit["level"] for hit in _LEVEL_ASKED.finditer(plain(query.text))}
    if len(asked) != 1:
        return None

    def levels(row: _Row, figure: Found) -> set[str]:
        return {hit["level"] for hit in _LEVELS.finditer(row.lead(figure))}

    return lambda row: _is_anothers(row, lambda figure: levels(row, figure), lambda level: level in asked)


def _place(query: Query) -> _Rule | None:
    """What is said of one place is not said of another."""
    if not query.places:
        return None

    def places(row: _Row, figure: Found) -> set[str]:
        low = figure.start - len(row.lead(figure))
        named = {one.name for one in row.view.places if low <= one.start and one.end <= figure.start}
        return named | set(_REST.findall(row.lead(figure)))

    def is_asked(name: str) -> bool:
        return any(place_relation(asked, name) > 0.0 for asked in query.places)

    return lambda row: (
        _is_anothers(row, lambda figure: places(row, figure), is_asked) or _is_labelled(row, query.places)
    )


def _is_labelled(row: _Row, asked: Sequence[str]) -> bool:
    """Tell whether a place stands right before another figure of one unit: 甲县30笔,乙县20笔."""
    view, own = row.view, row.own
    if any(place in view.context or place in view.plain[row.start : own.start] for place in asked):
        return False
    return any(
        one.kind is own.kind and one.unit == own.unit and view.plain.endswith(tuple(asked), 0, one.start)
        for one in view.figures
    )


def _is_anothers(row: _Row, names: Callable[[Found], set[str]], is_asked: Callable[[str], bool]) -> bool:
    """Tell whether names before a figure are all others than those asked for, which stand before another figure."""
    own = names(row.own)
    if not own or any(is_asked(name) for name in own):
        return False
    return any(any(is_asked(name) for name in names(other)) for other in row.others)
