"""Of whom, where and when a candidate speaks: read in its sentence first, then in its passage, then off its article."""

import re
from collections.abc import Callable

from qa.text.organisations import expand_abbreviation, find_organisations
from qa.text.places import find_places
from qa.types import Article, Candidate, Subject

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")


def _nearest_before(text: str, at: int, find: Callable[[str], list[tuple[int, str]]]) -> str:
    """Value of the last mention that begins before ``at``, or of the first after it, or nothing."""
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
