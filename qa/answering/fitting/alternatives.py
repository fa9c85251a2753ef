"""What a question tells apart – wholesale from retail, one year from another – an answer must not mix up.

Where a sentence names another alternative than the one asked about nearer to a candidate, the candidate is that one's.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.answering.fitting.measures import MEASURED
from qa.answering.fitting.mentions import NUMBERED, RELATIVE, YEARS, Mention, groups, mentions
from qa.answering.terms import plain
from qa.reading.view import placed
from qa.types import LONG_KINDS, AnswerKind, Candidate, Query

_RIGHT_BEHIND = 2
"""Characters between a date and what happened then: 3月31日结束."""
_PARTS = re.compile(r"[、,。;:!?()\n\d]|[及和与]")
_CLAUSE = re.compile(r"(?<!\d)[,。;]|[,。;](?!\d)")
_ELSEWHERE = 1000
"""Added to the distance of what a mark or another figure parts from a candidate; twice for the end of a clause."""


@lru_cache(maxsize=2048)
def named(text: str) -> dict[str, list[Mention]]:
    """Return what a text in normal form names, by group."""
    found: dict[str, list[Mention]] = {}
    for mention in mentions(text):
        found.setdefault(mention.group, []).append(mention)
    return found


def asked_alternatives(question: str) -> dict[str, Mention]:
    """Return by group what a question asks for, where it names one of several alternatives and not more of them."""
    found = ((group, told) for group, told in named(plain(question)).items() if len({one.members for one in told}) == 1)
    return {group: told[0] for group, told in found if len(told[0].members) == 1}


def alternative_test(query: Query) -> Callable[[Candidate], bool] | None:
    """Return the test for candidates of a question that asks for one of several alternatives, None for any other."""
    if query.many or query.kinds[0] in LONG_KINDS:
        return None
    asked = asked_alternatives(query.text)
    if not asked:
        return None

    def test(candidate: Candidate) -> bool:
        if candidate.kind in LONG_KINDS or candidate.features.get("aligned") == 1.0:
            return True
        said = _said(candidate)
        return all(_may_be(said, group, one.members) for group, one in asked.items())

    return test


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence in normal form, and the candidate in it: [low, high)."""

    text: str
    low: int
    high: int
    kind: AnswerKind


def _said(candidate: Candidate) -> _Said:
    view, sentence, at = placed(candidate)
    text = view.plain[sentence.start : sentence.end]
    return _Said(text, at.start - sentence.start, at.end - sentence.start, candidate.kind)


def _may_be(said: _Said, group: str, asked: frozenset[int]) -> bool:
    """Tell whether what a sentence names of a group beside a candidate is the one asked about, or nothing.

    Beside a figure is what stands nearest; beside a date, what follows it at once. Of names, of which what is told
    mostly stands behind, another one's before, any mention in the sentence may tell.
    """
    found = named(said.text).get(group, ())
    if group in YEARS:  # what was for 2016 may have been done in 2017: a date has a year of its own
        return said.kind is AnswerKind.DATE or (
            _is_then(found, said.high, asked) and not _is_told_of_other(said, group, asked)
        )
    if group not in groups():  # 15年 is an answer, and tells of none
        found = [one for one in found if one.end <= said.low or said.high <= one.start]
    if said.kind in MEASURED:
        found = sorted(found, key=lambda one: _distance(said, one))[:1]
    elif said.kind is AnswerKind.DATE:
        found = [one for one in found if 0 <= one.start - said.high <= _RIGHT_BEHIND] or found
    return not found or any(one.members & asked for one in found)


def _is_then(found: Sequence[Mention], end: int, asked: frozenset[int]) -> bool:
    """Tell whether the last year named before a candidate, or at it, is the one asked about, if that is there."""
    if not any(one.members & asked for one in found):
        return True
    before = [one for one in found if one.start < end]
    return not before or bool(before[-1].members & asked)


def _is_told_of_other(said: _Said, group: str, asked: frozenset[int]) -> bool:
    """Tell whether the last year named before a figure is one as told from when it was written, and not the asked one.

    去年 is not 今年; nor is it the 2021年 asked about where the sentence comes to that only behind the figure.
    """
    if said.kind not in MEASURED:
        return False
    years = named(said.text)
    told = [one for one in years.get(RELATIVE, ()) if one.end <= said.low]
    if group == RELATIVE:
        return bool(told) and not told[-1].members & asked
    then = [one.start for one in years.get(NUMBERED, ()) if one.members & asked]
    return bool(told) and bool(then) and min(then) >= said.high


def _distance(said: _Said, mention: Mention) -> int:
    """Count the characters between a mention and the candidate; many more where a mark or a figure parts them."""
    before = mention.end <= said.low
    gap = said.text[mention.end : said.low] if before else said.text[said.high : mention.start]
    return len(gap) + _ELSEWHERE * ((_PARTS.search(gap) is not None) + (_CLAUSE.search(gap) is not None))
