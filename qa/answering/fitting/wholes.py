"""A figure of the whole is not the figure of a part: 38人 is not how many women, 全市 is not one of its counties."""

import re

from qa.answering.fitting.measures import MEASURED, Test
from qa.reading.view import placed
from qa.text.places import PlaceMention, find_places
from qa.types import Candidate, Query

_WOMEN_ASKED = re.compile(
    r"(?:几|多少)[名位个]?[^，,\s]{0,3}女|女[^，,\s的]{0,5}的?\s?(?:有|是|占|共)?(?:几|多少)[名位个人]?(?:$|[?？。，,\s])"
)
"""多少女工, 女工有几名; not 女工食堂有几名厨师."""
_WOMEN = re.compile("女|妇|母|妈|妻|嫂|姐|婆|娘|孕|产[假妇前后检]|姑|妹|她|巾帼|生育|哺乳|三八")
_ANY_WHOLE = re.compile("全[国省市州]")
_WHOLE = re.compile(r"(?:^|[,:;】\n])全(?P<whole>[国省市州])(?![首第唯最率先优各]|五一|范围|平均)")
"""Whose a clause is: not 获评全国先进, and not 全省首家."""
_WIDER = {"county": "国省市州", "city": "国省", "province": "国"}
"""By the level of a place: the wholes that are wider."""


def whole_tests(query: Query) -> tuple[Test, ...]:
    """Return a test for candidates for each part of a whole that a question asks about."""
    return _women(query), _scope(query)


def _women(query: Query) -> Test:
    """How many women: a figure beside which, and in whose title, none are named is that of all."""
    if not _WOMEN_ASKED.search(query.text):
        return None

    def test(candidate: Candidate) -> bool:
        if candidate.kind not in MEASURED:
            return True
        view, sentence, _ = placed(candidate)
        return any(_WOMEN.search(text) for text in (view.plain[sentence.start : sentence.end], view.context))

    return test


def _scope(query: Query) -> Test:
    """What all of a wider place did is not what the place asked about did: 全市 is no county.

    The last whole before a figure counts, unless a place is named behind it: 全市新建90家,其中临江县12家.
    """
    places = list(find_places(query.text))
    if not places or _ANY_WHOLE.search(query.text):
        return None
    wider = _wider(places[-1])
    names = {places[-1].name, query.text[places[-1].start : places[-1].end]}

    def test(candidate: Candidate) -> bool:
        if candidate.kind not in MEASURED:
            return True
        before = _before(candidate)
        wholes = list(_WHOLE.finditer(before))
        if not wholes or wholes[-1]["whole"] not in wider:
            return True
        behind = before[wholes[-1].end() :]
        return any(name in behind for name in names) or any(find_places(behind))

    return test


def _wider(place: PlaceMention) -> str:
    """Return what all of a wider place is called with; a city may be one of the lowest level."""
    wider = _WIDER.get(place.level, "")
    return wider.replace("市", "") if place.name.endswith("市") else wider


def _before(candidate: Candidate) -> str:
    """Return a candidate's sentence in normal form up to the candidate."""
    view, sentence, at = placed(candidate)
    return view.plain[sentence.start : at.start]
