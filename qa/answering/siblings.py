"""The other rows of the ledger that say of other bodies and years what the best answer says of its own.

Only so many passages are read for a question, and a corpus may hold a figure for every city of the country: the ledger
has them all.
"""

from collections.abc import Iterable
from dataclasses import replace

from qa.ledger.terms import is_told
from qa.store.keys import vector_id
from qa.store.store import Store
from qa.types import FIGURE_KINDS, Candidate, Figure, FigureFilter, Filters, Passage, Query, Span

MOST_ROWS = 1000
"""Rows of the ledger that are looked at; those for one thing in one unit are rarely more."""

TOLD = 0.5
"""Share of the question's words that the best answer's row must tell of, for its like to be looked for."""


def siblings(
    query: Query, best: Candidate, row: Figure, taken: Iterable[Figure | None], store: Store
) -> list[tuple[Candidate, Figure]]:
    """Find the rows like the best answer's, one for each body, place and year that has no answer yet.

    They tell of the same words of the question, and measure the same thing in the same unit under the same verb. None
    where the question names a place or a body, or is asked within filters: the others would intrude.

    Args:
        best: the best answer, which a row's candidate is made after.
        row: its row.
        taken: rows of the answers that there are.

    Returns:
        Candidates with the best one's score and their rows, in the order of the documents.
    """
    named = query.places or query.organisations or query.filters != Filters()
    if best.kind not in FIGURE_KINDS or named or not row.what:
        return []
    told = [word for word in query.words if is_told(word, row)]
    if not told or len(told) < TOLD * len(query.words):
        return []
    year = query.years[0] if len(query.years) == 1 else None
    limits = FigureFilter(what=" ".join(told), unit=row.value.unit, year=year)
    seen = {_subject(other) for other in (row, *taken) if other is not None}
    found: list[Figure] = []
    for other in store.figures(limits, order="source", limit=MOST_ROWS).rows:
        if _alike(row, other) and _subject(other) not in seen:
            seen.add(_subject(other))
            found.append(other)
    passages = store.passages(vector_id(other.passage_id) for other in found)
    return [(_candidate(best, other, passages[vector_id(other.passage_id)]), other) for other in found]


def _subject(row: Figure) -> tuple[str, str, int | None]:
    return row.body, row.place, row.year


def _alike(row: Figure, other: Figure) -> bool:
    return all(getattr(row, name) == getattr(other, name) for name in ("kind", "what", "verb", "per_head"))


def _candidate(best: Candidate, row: Figure, passage: Passage) -> Candidate:
    start = _offset(passage, row.spans[0].start)
    end = _offset(passage, row.spans[-1].end - 1) + 1
    sentence = Span(start - row.mark.start, start - row.mark.start + len(row.sentence))
    hit = replace(best.hit, passage=passage, parts={})
    return Candidate(hit, start, end, row.kind, sentence, row.value, best.score)


def _offset(passage: Passage, at: int) -> int:
    """Find the place in a passage's text of a character of the document; undoes ``qa.types.project``."""
    before = 0
    for span in passage.spans:
        if span.start <= at < span.end:
            return before + at - span.start
        before += len(span)
    raise ValueError(f"{at} is not in passage {passage.id}")
