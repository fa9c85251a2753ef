"""Rules and a span reader together: typed candidates judged by the reader, and the reader's own spans beside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.protocols import Reader
from qa.reading.decoding import ScoredSpan
from qa.reading.span_scores import PassageScores, SpanScorer, sentence_around
from qa.text.sentences import sentence_spans
from qa.types import AnswerKind, Candidate, Hit, Passage, Query

SPANS = 3
"""The reader's own spans looked at in each passage."""

ALIKE = 0.5
"""Share of common characters, of all that either has, from which a typed candidate stands for a reader's span."""

_FEW = 10.0
"""Log-odds of 10 are as good as certain: scores are divided by it and cut off at -1 and 1."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage as the reader scored it, with its best spans."""

    scores: PassageScores
    spans: Sequence[ScoredSpan]


def squash(logit: float) -> float:
    """Bring log-odds into -1..1."""
    return max(-1.0, min(1.0, logit / _FEW))


class JointReader:
    """Implements qa.protocols.Reader over a reader of rules and a scorer of spans.

    Every candidate in a passage that was scored gets the features "read" (1), "relevance", "span" (its own range),
    "alike" (the best of the scorer's spans that is nearly the same range), "holds" (the best that lies within it), and
    "span_gap", "holds_gap": how far these stay behind the best span of all passages. All lie in -1..1 (gaps -2..0).
    """

    def __init__(self, rules: Reader, scorer: SpanScorer) -> None:
        self._rules = rules
        self._scorer = scorer

    def read(self, query: Query, hits: Sequence[Hit]) -> list[Candidate]:
        """Return the rules' candidates and those of the scorer's spans that none of them stands for."""
        scores = self._scorer.scores(query, hits)
        passages = {
            hit.passage.id: _Read(score, score.top(hit.passage.text, SPANS))
            for hit, score in zip(hits, scores, strict=False)
        }
        best = max((span.score for read in passages.values() for span in read.spans), default=0.0)
        found = self._rules.read(query, hits)
        found += _own(query, hits[: len(scores)], passages, found, best - _FEW)
        return [_judged(candidate, passages.get(candidate.hit.passage.id), best) for candidate in found]

    def prepare(self, passages: Iterable[Passage]) -> None:
        """Let the rules work ahead; the scorer needs the question."""
        self._rules.prepare(passages)


def _judged(candidate: Candidate, read: _Read | None, best: float) -> Candidate:
    if read is None:
        return candidate
    start, end = candidate.start, candidate.end
    own = read.scores.span(start, end)
    alike = max((span.score for span in read.spans if _likeness(span, start, end) >= ALIKE), default=-_FEW)
    holds = max((span.score for span in read.spans if start <= span.first and span.last < end), default=-_FEW)
    judged = {
        "read": 1.0,
        "relevance": squash(read.scores.relevance),
        "span": squash(own),
        "alike": squash(alike),
        "holds": squash(holds),
        "span_gap": squash(max(own, alike)) - squash(best),
        "holds_gap": squash(holds) - squash(best),
    }
    return replace(candidate, features={**candidate.features, **judged})


def _likeness(span: ScoredSpan, start: int, end: int) -> float:
    """Return the share of characters that two ranges have in common, of those that either has."""
    common = min(span.last + 1, end) - max(span.first, start)
    return max(common, 0) / (max(span.last + 1, end) - min(span.first, start))


def _own(
    query: Query, hits: Sequence[Hit], passages: dict[str, _Read], typed: Sequence[Candidate], least: float
) -> Iterator[Candidate]:
    """Yield candidates of the scorer's own with at least such a score, where no typed candidate stands for them."""
    kind = next((kind for kind in query.kinds if kind not in (AnswerKind.LIST, AnswerKind.EXPLAIN)), None)
    if kind is None:
        return
    for hit in hits:
        rivals = [other for other in typed if other.hit.passage.id == hit.passage.id and other.kind in query.kinds]
        sentences = sentence_spans(hit.passage.text)
        for span in passages[hit.passage.id].spans:
            start, end = span.first, span.last + 1
            if span.score >= least and not any(_likeness(span, other.start, other.end) >= ALIKE for other in rivals):
                around = sentence_around(sentences, start, end)
                yield Candidate(hit, start, end, kind, around, features={"own": 1.0})
