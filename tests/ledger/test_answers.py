"""An answer's subject is the ledger's: one truth."""

from dataclasses import replace

from qa.answering.subject import row_of, subject_of
from qa.engine import Engine
from qa.ledger.types import Figure
from qa.store.keys import vector_id
from qa.types import Candidate, Hit, Passage, Span


def candidate(passage: Passage, row: Figure) -> Candidate:
    """Make the candidate of a passage that covers a row."""
    start = passage.text.index(row.sentence) + row.mark.start
    return Candidate(Hit(passage, 1.0), start, start + len(row.text), row.kind, Span(start, start + len(row.text)))


def all_rows(engine: Engine) -> list[tuple[Candidate, Figure]]:
    store = engine.store
    rows = store.figures(order="source", limit=10_000).rows
    passages = store.passages(vector_id(row.passage_id) for row in rows)
    return [(candidate(passages[vector_id(row.passage_id)], row), row) for row in rows]


def test_a_candidate_that_is_a_row_has_the_row_s_subject(seeds_engine: Engine) -> None:
    store = seeds_engine.store
    for found, row in all_rows(seeds_engine):
        rows = store.figures_of([row.passage_id])
        same = row_of(found, rows)
        assert same is not None
        subject = subject_of(found, store.article(row.article_id), row=row_of(found, rows))
        assert (subject.place, subject.organisation, subject.year) == (same.place, same.body, same.year)


def test_without_its_row_the_same_resolver_speaks(seeds_engine: Engine) -> None:
    store = seeds_engine.store
    pairs = all_rows(seeds_engine)
    alike = {"place": 0, "organisation": 0, "year": 0}
    for found, row in pairs:
        subject = subject_of(found, store.article(row.article_id))
        alike["place"] += subject.place == row.place
        alike["organisation"] += subject.organisation == row.body
        alike["year"] += subject.year == row.year
    assert min(alike.values()) >= 0.85 * len(pairs), alike


def test_a_candidate_of_another_passage_is_no_row(seeds_engine: Engine) -> None:
    found, row = all_rows(seeds_engine)[0]
    assert row_of(found, [replace(row, passage_id="elsewhere")]) is None
    assert row_of(found, []) is None
