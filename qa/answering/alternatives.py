"""What a question tells apart – wholesale from retail, one year from another – an answer must not mix up.

Where a sentence names another alternative than the one asked about nearer to a candidate, the candidate is that one's.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from qa.answering.measures import MEASURED
from qa.answering.mentions import YEARS, Mention, groups, mentions
from qa.answering.terms import plain
from qa.reading.view import PassageView, passage_view
from qa.types import LONG_KINDS, AnswerKind, Candidate, Query

_RIGHT_BEHIND = 2
"""Characters between a date and what happened then: 3月31日结束."""
_PARTS = re.compile(r"[、,。;:!?()\n\d]|[及和与]")
_ELSEWHERE = 1000
"""Added to the distance of what a mark or another figure parts from a candidate."""


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
    named = _named(plain(query.text))
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
    if group in YEARS:  # what was for 2016 may have been done in 2017: a date has a year of its own
        return candidate.kind is AnswerKind.DATE or _is_then(found, high, asked)
    if group not in groups():
        found = [one for one in found if one.end <= low or high <= one.start]  # 15年 is an answer, and tells of none
    if candidate.kind in MEASURED:
        found = sorted(found, key=lambda one: _distance(text, one, low, high))[:1]
    elif candidate.kind is AnswerKind.DATE:
        found = [one for one in found if 0 <= one.start - high <= _RIGHT_BEHIND] or found
    return not found or any(one.members & asked for one in found)


def _is_then(found: Sequence[Mention], end: int, asked: frozenset[int]) -> bool:
    """Tell whether the last year named before a candidate, or at it, is the one asked about, if that is there."""
    if not any(one.members & asked for one in found):
        return True
    before = [one for one in found if one.start < end]
    return not before or bool(before[-1].members & asked)


def _distance(text: str, mention: Mention, low: int, high: int) -> int:
    """Count the characters between a mention and [low, high); many more where a mark or a figure parts them."""
    gap = text[mention.end : low] if mention.end <= low else text[high : mention.start]
    return len(gap) + (_ELSEWHERE if _PARTS.search(gap) else 0)
