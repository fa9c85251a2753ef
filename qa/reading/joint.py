"""Rules and a span reader together: typed candidates judged by the reader, and the reader's own spans beside them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.reading.decoding import ScoredSpan
from qa.reading.own import ALIKE, own_candidates, share_common
from qa.reading.reader import TypedReader
from qa.reading.second_look import Window, look_again
from qa.reading.span_scores import PassageScores, SpanScorer, may_be_long
from qa.reading.view import passage_view
from qa.reading.widening import widened
from qa.types import AnswerKind, Candidate, Hit, Passage, Query

SPANS = 3
"""The reader's own spans looked at in each passage."""

NEAR = 0.65
"""Share of the best hit's score from which on a passage is worth reading."""

LEAST = 2
"""Passages read whatever their score."""

_FEW = 10.0
"""Log-odds of 10 are as good as certain: scores are divided by it and cut off at -1 and 1."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage as the reader scored it, with its best spans, and the windows of it that it looked at again."""

    scores: PassageScores
    spans: Sequence[ScoredSpan]
    windows: Sequence[Window] = ()


def worth_reading(hits: Sequence[Hit]) -> Sequence[Hit]:
    """Leave out the hits at the end that stand far behind the best one (decision 0012).

    Args:
        hits: best first.
    """
    floor = NEAR * hits[0].score if hits else 0.0
    worth = [at for at, hit in enumerate(hits) if at < LEAST or hit.score >= floor]
    return hits[: worth[-1] + 1] if worth else hits


def squash(logit: float) -> float:
    """Bring log-odds into -1..1."""
    return max(-1.0, min(1.0, logit / _FEW))


class JointReader:
    """Implements qa.protocols.Reader over a reader of rules and a scorer of spans.

    Every candidate in a passage that was scored gets the features "read" (1), "relevance", "span" (its own range),
    "alike" (the best of the scorer's spans that is nearly the same range), "holds" (the best that lies within it), and
    "span_gap", "holds_gap": how far these stay behind the best span of all passages. All lie in -1..1 (gaps -2..0).
    Those in a window that was looked at again have "again" (1), "again_relevance" and "again_span": the same by the
    window alone. The items of a list are judged together, by the range from the first to the last. Its own spans have
    "own" (1), "own_place" and "own_year", as the rules' candidates have "place" and "year", and "unnamed" (1) where
    a person is asked for and no name stands in them.
    """

    def __init__(self, rules: TypedReader, scorer: SpanScorer) -> None:
        self._rules = rules
        self._scorer = scorer

    def read(self, query: Query, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the rules' candidates and those of the scorer's spans that none of them stands for."""
        scores = self._scorer.scores(query, worth_reading(hits))
        passages = {
            hit.passage.id: _Read(score, score.top(hit.passage.text, SPANS, long=may_be_long(query)))
            for hit, score in zip(hits, scores, strict=False)
        }
        read_scores = {id_: read.scores for id_, read in passages.items()}
        spans = {id_: read.spans for id_, read in passages.items()}
        again = look_again(self._scorer, query, hits, read_scores, spans)
        passages = {id_: replace(read, windows=again.get(id_, ())) for id_, read in passages.items()}
        best = max((span.score for read in passages.values() for span in read.spans), default=0.0)
        own = list(_wide(hits[: len(scores)], passages, best - _FEW))
        found = self._rules.read(query, hits, own)
        found += own_candidates(query, hits, own, found)
        lists = _lists(found, passages, best)
        return [
            replace(one, features={**one.features, **lists[one.features["group"]]})
            if one.kind is AnswerKind.LIST
            else replace(one, features={**one.features, **_judged(passages, one, best)})
            for one in found
        ]

    def prepare(self, passages: Iterable[Passage]) -> None:
        """Let the rules work ahead; the scorer needs the question."""
        self._rules.prepare(passages)


def _judged(passages: Mapping[str, _Read], candidate: Candidate, best: float) -> dict[str, float]:
    return _features(passages.get(candidate.hit.passage.id), candidate.start, candidate.end, best)


def _features(read: _Read | None, start: int, end: int, best: float) -> dict[str, float]:
    """Judge [start, end) of a passage; nothing where the scorer has not read it."""
    if read is None:
        return {}
    own = read.scores.span(start, end)
    alike = max((span.score for span in read.spans if _likeness(span, start, end) >= ALIKE), default=-_FEW)
    holds = max((span.score for span in read.spans if start <= span.first and span.last < end), default=-_FEW)
    window = next((one for one in read.windows if one.holds(start, end)), None)
    return (_again(window, start, end) if window is not None else {}) | {
        "read": 1.0,
        "relevance": squash(read.scores.relevance),
        "span": squash(own),
        "alike": squash(alike),
        "holds": squash(holds),
        "span_gap": squash(max(own, alike)) - squash(best),
        "holds_gap": squash(holds) - squash(best),
    }


def _again(window: Window, start: int, end: int) -> dict[str, float]:
    """Say what the scorer makes of [start, end) of a passage in the window around it."""
    return {
        "again": 1.0,
        "again_relevance": squash(window.scores.relevance),
        "again_span": squash(window.score(start, end)),
    }


def _lists(found: Sequence[Candidate], passages: Mapping[str, _Read], best: float) -> dict[float, dict[str, float]]:
    """Judge each list as one: the range from its first item to its last, in the best of the passages that it spans."""
    ranges: dict[float, dict[str, tuple[int, int]]] = {}
    for item in found:
        if item.kind is AnswerKind.LIST:
            spread = ranges.setdefault(item.features["group"], {})
            low, high = spread.get(item.hit.passage.id, (item.start, item.end))
            spread[item.hit.passage.id] = min(low, item.start), max(high, item.end)
    judged: dict[float, dict[str, float]] = {}
    for group, spread in ranges.items():
        parts = [_features(passages.get(passage), low, high, best) for passage, (low, high) in spread.items()]
        names = {name for part in parts for name in part}
        judged[group] = {name: max(part[name] for part in parts if name in part) for name in names}
    return judged


def _likeness(span: ScoredSpan, start: int, end: int) -> float:
    return share_common(span.first, span.last + 1, start, end)


def _wide(hits: Sequence[Hit], passages: Mapping[str, _Read], least: float) -> Iterator[tuple[int, int, int]]:
    """Yield the scorer's spans with at least such a score, widened: (hit, start, end) of the passage's own text."""
    for at, hit in enumerate(hits):
        view = passage_view(hit.passage.text, hit.passage.context)
        for span in passages[hit.passage.id].spans:
            if span.score >= least:
                yield at, *widened(view, span.first, span.last + 1)
