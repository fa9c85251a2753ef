"""Rules and the span reader together: rules name candidates, the reader says which was asked for, and adds its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from qa.reading.span_scores import PassageScores, SpanScorer, candidates
from qa.types import AnswerKind, Candidate, Hit, Passage, Query

SPANS = 2
"""Candidates of the span reader's own from each passage."""

FLOOR = -20.0
"""Least value of the features "span" and "relevance", and that of passages that were not read."""


class PreparedReader(Protocol):
    """A reader that can work things out before the first question."""

    def read(self, query: Query, hits: Sequence[Hit]) -> list[Candidate]:
        """Return candidates of all hits."""
        ...

    def prepare(self, passages: Iterable[Passage]) -> None:
        """Work out what the first questions would wait for."""
        ...


class CombinedReader:
    """Implements qa.protocols.Reader: the rules' candidates, each with the span reader's scores, and its own spans.

    Features added: "span", the score of just this range against no answer; "relevance", that of its passage; and
    "neural", 1 for a range that no rule found.
    """

    def __init__(self, rules: PreparedReader, scorer: SpanScorer) -> None:
        self._rules = rules
        self._scorer = scorer

    def read(self, query: Query, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the candidates of both, the rules' first."""
        ruled = self._rules.read(query, hits)
        scores = self._scorer.scores(query, hits)
        read = hits[: len(scores)]
        by_passage = {hit.passage.id: passage for hit, passage in zip(read, scores, strict=True)}
        scored = [with_span(candidate, by_passage) for candidate in ruled]
        if query.kinds[0] is AnswerKind.LIST:
            return scored
        own = candidates(query, read, scores, SPANS)
        return scored + [_own(candidate) for candidate in own if not _ruled(candidate, ruled)]

    def prepare(self, passages: Iterable[Passage]) -> None:
        """Pass on to the rules."""
        self._rules.prepare(passages)


def with_span(candidate: Candidate, scores: Mapping[str, PassageScores]) -> Candidate:
    """Add the features "span" and "relevance" to a candidate; FLOOR where its passage was not read."""
    passage = scores.get(candidate.hit.passage.id)
    if passage is None:
        added = {"span": FLOOR, "relevance": FLOOR}
    else:
        span = passage.span(candidate.start, candidate.end)
        added = {"span": max(span, FLOOR), "relevance": max(passage.relevance, FLOOR)}
    return replace(candidate, features={**candidate.features, **added})


def _own(candidate: Candidate) -> Candidate:
    features = {name: max(value, FLOOR) for name, value in candidate.features.items()}
    return replace(candidate, features={**features, "neural": 1.0})


def _ruled(own: Candidate, ruled: Sequence[Candidate]) -> bool:
    """Tell whether a span is a candidate already, or lies in one of the kind asked for, which holds its unit too."""
    near = [other for other in ruled if other.hit.passage.id == own.hit.passage.id]
    if any((other.start, other.end) == (own.start, own.end) for other in near):
        return True
    if own.kind is AnswerKind.EXPLAIN:  # whole sentences hold every span
        return False
    return any(other.kind is own.kind and other.start <= own.start and own.end <= other.end for other in near)
