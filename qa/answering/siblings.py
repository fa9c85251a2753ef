"""The other rows of the ledger that say of other bodies and years what the best answer says of its own.

Only so many passages are read for a question, and a corpus may hold a figure for every city of the country: the ledger
has them all.
"""

from collections.abc import Sequence

from qa.answering.subject import WithRow
from qa.ledger.terms import is_told
from qa.ledger.types import Figure, FigureFilter
from qa.store.keys import vector_id
from qa.store.store import Store
from qa.types import FIGURE_KINDS, Candidate, Hit, Passage, Query, Span, offset_in

MOST_ROWS = 1000
"""Rows of the ledger that are looked at; those for one thing in one unit are rarely more."""

TOLD = 0.5
"""Share of the question's words that the best answer's row must tell of, for its like to be looked for."""


def siblings(query: Query, kept: Sequence[WithRow], store: Store) -> list[WithRow]:
    """Find the rows like the best answer's, one for each body, place and year that has no answer yet.

    They tell of the same words of the question, measure the same thing in the same unit under the same verb, and stand
    within the question's filters. None where the question names a place or a body: the others would intrude.

    Args:
        kept: the answers there are, best first, at least one.

    Returns:
        Candidates, no likelier than the last answer there is, and their rows, in the order of the documents.
    """
    best, row = kept[0]
    named = query.places or query.organisations
    if best.kind not in FIGURE_KINDS or named or row is None or not row.what:
        return []
    told = [word for word in query.words if is_told(word, row)]
    if not told or len(told) < TOLD * len(query.words):
        return []
    year = query.years[0] if len(query.years) == 1 else None
    limits = FigureFilter(what=" ".join(told), unit=row.value.unit, year=year)
    seen = {_subject(taken) for _, taken in kept if taken is not None}
    allowed = store.allowed(query.filters)
    within = None if allowed is None else frozenset(allowed.tolist())
    found: list[Figure] = []
    for other in store.figures(limits, order="source", limit=MOST_ROWS).rows:
        there = within is None or vector_id(other.passage_id) in within
        if there and _alike(row, other) and _subject(other) not in seen:
            seen.add(_subject(other))
            found.append(other)
    passages = store.passages(vector_id(other.passage_id) for other in found)
    last, _ = kept[-1]
    return [(_candidate(other, passages[vector_id(other.passage_id)], last), other) for other in found]


def _subject(row: Figure) -> tuple[str, str, int | None]:
    return row.body, row.place, row.year


def _alike(row: Figure, other: Figure) -> bool:
    return all(getattr(row, name) == getattr(other, name) for name in ("kind", "what", "verb", "per_head"))


def _candidate(row: Figure, passage: Passage, last: Candidate) -> Candidate:
    start = offset_in(passage.spans, row.spans[0].start)
    end = offset_in(passage.spans, row.spans[-1].end - 1) + 1
    sentence = Span(start - row.mark.start, start - row.mark.start + len(row.sentence))
    return Candidate(Hit(passage, last.hit.score), start, end, row.kind, sentence, row.value, last.score)
