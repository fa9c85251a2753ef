"""Whether what is said near a candidate is said of the place, year, body or number asked about."""

import re
from functools import lru_cache

from qa.reading.found import UNKNOWN, Found
from qa.reading.view import PassageView
from qa.text.places import contains_place, same_place
from qa.types import AnswerKind, Query, Span

_YEAR = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d{2}(?=年)|(?:19[5-9]\d|200[1-9]|20[1-3]\d)(?=[,、。;)—~-]|[./]\d{1,2}[./]|$))"
)
"""A year, with 年 or bare before punctuation (展望2019,); 2000 alone is more often a number."""


@lru_cache(maxsize=20_000)
def place_relation(asked: str, named: str) -> float:
    """1 for the same place or one inside the place asked about, .7 for one around it, 0 for another."""
    if same_place(asked, named) or contains_place(asked, named):
        return 1.0
    return 0.7 if contains_place(named, asked) else 0.0


def place_match(query: Query, view: PassageView, sentence: Span, found: Found) -> tuple[float, float]:
    """Tell how well the places named agree with those asked about: (match, conflict).

    The match is 1 in the sentence, .9 in the passage, .8 in the context; the conflict is 1 where the sentence names
    only others.
    """
    if not query.places:
        return UNKNOWN, 0.0
    match, others = 0.0, False
    for mention in view.places:
        if found.kind is not AnswerKind.LIST and mention.start < found.end and mention.end > found.start:
            continue
        relation = max(place_relation(asked, mention.name) for asked in query.places)
        inside = sentence.start <= mention.start < sentence.end
        match = max(match, relation * (1.0 if inside else 0.9))
        others = others or (inside and relation == 0.0)
    near = match
    if any(place in view.context for place in query.places):
        match = max(match, 0.8)
    return match, float(others and near < 0.95)


def year_match(query: Query, view: PassageView, sentence: Span) -> tuple[float, float]:
    """Tell how well the years named agree with those asked about: (match, conflict), like ``place_match``."""
    if not query.years:
        return UNKNOWN, 0.0
    here = {int(hit["year"]) for hit in _YEAR.finditer(view.plain, sentence.start, sentence.end)}
    if here & set(query.years):
        return 1.0, 0.0
    around = {int(hit["year"]) for hit in _YEAR.finditer(view.plain)} | {
        int(hit["year"]) for hit in _YEAR.finditer(view.context)
    }
    return (0.8 if around & set(query.years) else 0.0), float(bool(here))


def all_named(wanted: tuple[str, ...], view: PassageView, sentence: Span) -> float:
    """Share of names or numbers asked about that are there: 1 in the sentence, .8 in the passage or context."""
    wanted = tuple(one for one in wanted if "哪" not in one)
    if not wanted:
        return UNKNOWN
    inside = view.plain[sentence.start : sentence.end]
    values = [1.0 if one in inside else 0.8 if one in view.plain or one in view.context else 0.0 for one in wanted]
    return sum(values) / len(values)
