"""Of whom, where and when a candidate speaks: what the ledger says of it, or what the ledger's resolver would say."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from qa.ledger.resolving import Resolver, resolver_for
from qa.ledger.scene import scene_of
from qa.ledger.types import Figure
from qa.reading.view import placed
from qa.text.places import contains_place
from qa.types import Article, Candidate, Passage, Query, Subject, project

WithRow = tuple[Candidate, Figure | None]
"""A candidate and its row of the ledger, where it has one."""

_NAMED = 0.75
"""Features "place" and "year" from which on they are named in sentence, passage or context, and not one around it."""


def speaks_of(query: Query, candidate: Candidate, article: Article) -> bool:
    """Whether a candidate can be about a place and a year that the question names; yes where it names none.

    Words in the sentence or the passage count as the reader found them, then what is known of the article. A place
    inside the one asked about will do, one around it will not; an article of no known place or year may be of any, as a
    chapter of a province's statute is, and 去年 is the year before that of writing.
    """
    features = candidate.features
    if query.places and article.places and _agreement(features, "place") < _NAMED:
        certain = [fact.value for fact in article.places if len(fact.value) > 2]  # 城区 lies in many a city
        inside = any(contains_place(asked, place) for asked in query.places for place in certain)
        if not inside and not _said(query, candidate):
            return False
    if query.years and _agreement(features, "year") < _NAMED and article.years:
        named = any(fact.value == str(year) for fact in article.years for year in query.years)
        return named or _resolver(candidate.hit.passage, article).at(candidate.start)[1].year in query.years
    return True


def _said(query: Query, candidate: Candidate) -> bool:
    """Whether the sentence of a candidate has a place in the question's words, be it too vague a form to be sure of.

    One that begins a person's name (安康宁) is none.
    """
    view, sentence, _ = placed(candidate)
    said = [place for place in query.places if place in view.plain[sentence.start : sentence.end]]
    return bool(said) and any(
        not any(place in view.plain[one.start : one.end] for one in view.persons) for place in said
    )


def _agreement(features: Mapping[str, float], name: str) -> float:
    """Return what a candidate of the rules has by a name, or a span of the neural reader's own; 1 without either."""
    return features.get(name, features.get(f"own_{name}", 1.0))


@lru_cache(maxsize=512)
def _resolver(passage: Passage, article: Article) -> Resolver:
    """Return the ledger's resolver over a passage; many candidates stand in one."""
    return resolver_for(passage, scene_of(article))


def row_of(candidate: Candidate, rows: Sequence[Figure]) -> Figure | None:
    """Return the row of the ledger that a candidate is, or that it holds, None for none."""
    passage = candidate.hit.passage
    spans = project(passage.spans, candidate.start, candidate.end)
    for row in rows:
        if row.passage_id == passage.id and any(
            span.start <= row.spans[0].start < span.end or row.spans[0].start <= span.start < row.spans[-1].end
            for span in spans
        ):
            return row
    return None


def subject_of(candidate: Candidate, article: Article, what: str = "", row: Figure | None = None) -> Subject:
    """Settle the subject of a candidate.

    Args:
        what: the measured thing, as the caller knows it.
        row: of the ledger, where the candidate has one (see ``row_of``); it settles the subject.
    """
    if row is not None:
        return Subject(place=row.place, organisation=row.body, year=row.year, what=what or row.what)
    owner, period = _resolver(candidate.hit.passage, article).at(candidate.start)
    return Subject(place=owner.place, organisation=owner.body, year=period.year, what=what)
