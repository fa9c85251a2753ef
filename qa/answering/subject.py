"""Of whom, where and when a candidate speaks: read in its sentence first, then in its passage, then off its article."""

import re
from collections.abc import Callable

from qa.text.organisations import expand_abbreviation, find_organisations
from qa.text.places import contains_place, find_places
from qa.types import Article, Candidate, Query, Subject

_NAMED = 0.75
"""Features "place" and "year" from which on they are named in sentence, passage or context, and not one around it."""

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")


def _nearest_before(text: str, at: int, find: Callable[[str], list[tuple[int, str]]]) -> str:
    """Return the value of the last mention that begins before ``at``, or nothing."""
    mentions = find(text)
    before = [value for start, value in mentions if start < at]
    return before[-1] if before else ""


def _places(text: str) -> list[tuple[int, str]]:
    return [(mention.start, mention.name) for mention in find_places(text)]


def _organisations(text: str) -> list[tuple[int, str]]:
    return [(mention.start, mention.name) for mention in find_organisations(text)]


def _years(text: str) -> list[tuple[int, str]]:
    return [(match.start(), match[1]) for match in _YEAR.finditer(text)]


def _local(candidate: Candidate, find: Callable[[str], list[tuple[int, str]]]) -> str:
    text = candidate.hit.passage.text
    sentence = text[candidate.sentence.start : candidate.sentence.end]
    return _nearest_before(sentence, candidate.start - candidate.sentence.start, find)


def speaks_of(query: Query, candidate: Candidate, article: Article) -> bool:
    """Whether a candidate can be about a place and a year that the question names; yes where it names none.

    Words in the sentence or the passage count as the reader found them, then what is known of the article. A place
    inside the one asked about will do, one around it will not; an article of no known year may be of any.
    """
    features = candidate.features
    if query.places and features.get("place", 1.0) < _NAMED:
        certain = [fact.value for fact in article.places if len(fact.value) > 2]  # 城区 lies in many a city
        if not any(contains_place(asked, place) for asked in query.places for place in certain):
            return False
    if query.years and features.get("year", 1.0) < _NAMED and article.years:
        return any(fact.value == str(year) for fact in article.years for year in query.years)
    return True


def subject_of(candidate: Candidate, article: Article, what: str = "") -> Subject:
    """Settle the subject of a candidate.

    Args:
        what: the measured thing, as the caller knows it.
    """
    place = _local(candidate, _places) or (article.places[0].value if article.places else "")
    organisation = _local(candidate, _organisations)
    organisation = expand_abbreviation(organisation, place) if organisation else ""
    if not organisation and article.organisation is not None:
        organisation = article.organisation.value
    year = _local(candidate, _years) or (article.years[0].value if article.years else "")
    return Subject(place=place, organisation=organisation, year=int(year) if year.isdigit() else None, what=what)
