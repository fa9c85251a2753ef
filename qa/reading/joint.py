"""Rules and a span reader together: typed candidates judged by the reader, and the reader's own spans beside them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.reading.decoding import ScoredSpan
from qa.reading.found import Found
from qa.reading.patterns.bodies import behind_lead
from qa.reading.patterns.persons import before_workshop
from qa.reading.reader import TypedReader
from qa.reading.second_look import Window, look_again
from qa.reading.span_scores import PassageScores, SpanScorer, may_be_long, sentence_around
from qa.reading.subject import place_match, year_match
from qa.reading.view import PassageView, passage_view
from qa.reading.widening import widened
from qa.types import FIGURE_KINDS, LONG_KINDS, AnswerKind, Candidate, Hit, Passage, Query, Span

SPANS = 3
"""The reader's own spans looked at in each passage."""

NEAR = 0.65
"""Share of the best hit's score from which on a passage is worth reading."""

LEAST = 2
"""Passages read whatever their score."""

ALIKE = 0.5
"""Share of common characters, of all that either has, from which a typed figure stands for a reader's span."""

SAME = 0.9
"""The same for a name."""

_NAMESAKE = re.compile("命名|名字")
_NUMBER = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿半几]")

_NAME_KINDS = frozenset({AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.ORGANISATION})
_FORMS = {**dict.fromkeys((*FIGURE_KINDS, AnswerKind.PHONE), _NUMBER), AnswerKind.EMAIL: re.compile("[@＠]")}
"""What must stand in answers of these kinds."""
_TIMES = frozenset({AnswerKind.DATE, AnswerKind.PERIOD})
_TIME = re.compile(
    r"[年月日号天周秒季春夏秋冬晨晚午夜节期时点刻旬早]|分钟|钟头|星期|礼拜|世纪|[之以]?[前后](?!来|者|任)|当今|目前|现在|最近|近来|[永长]久|终[身生]|至今|立即"
    r"|每[次逢]|\d[.\-/:]\d"
)
"""What must stand in what answers when something is, or how long."""
_LEAD = re.compile("早在|[远就]在")
_ONE_CLAUSE = _NAME_KINDS | _TIMES
"""No name and no time goes on in another clause."""

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
        found += _own(query, hits, own, found)
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
    return _overlap(span.first, span.last + 1, start, end)


def _overlap(start: int, end: int, low: int, high: int) -> float:
    """Return the share of characters that two ranges have in common, of those that either has."""
    return max(min(end, high) - max(start, low), 0) / (max(end, high) - min(start, low))


def _wide(hits: Sequence[Hit], passages: Mapping[str, _Read], least: float) -> Iterator[tuple[int, int, int]]:
    """Yield the scorer's spans with at least such a score, widened: (hit, start, end) of the passage's own text."""
    for at, hit in enumerate(hits):
        view = passage_view(hit.passage.text, hit.passage.context)
        for span in passages[hit.passage.id].spans:
            if span.score >= least:
                yield at, *widened(view, span.first, span.last + 1)


def _own(
    query: Query, hits: Sequence[Hit], spans: Sequence[tuple[int, int, int]], typed: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield the scorer's spans as candidates, where no typed candidate stands for them."""
    short = [other for other in typed if other.kind in query.kinds and other.kind is not AnswerKind.EXPLAIN]
    for at, start, end in spans:
        hit = hits[at]
        view = passage_view(hit.passage.text, hit.passage.context)
        rivals = (other for other in short if other.hit.passage.id == hit.passage.id)
        kind = _kind(query, view, start, end)
        if kind in _NAME_KINDS:
            start = behind_lead(hit.passage.text, start, end)
        if kind is AnswerKind.DATE and (lead := _LEAD.match(hit.passage.text, start, end)):
            start = lead.end()
        if kind is AnswerKind.PERSON and _NAMESAKE.search(query.text):
            end = start + len(before_workshop(hit.passage.text[start:end]))
        if kind is not None and not any(_stands_for(other, start, end) for other in rivals):
            unnamed = kind is AnswerKind.PERSON and not _names(view, start, end)
            features = {"own": 1.0, "unnamed": float(unnamed), **_agreement(query, view, start, end, kind)}
            yield Candidate(hit, start, end, kind, sentence_around(view.raw_sentences, start, end), features=features)


def _kind(query: Query, view: PassageView, start: int, end: int) -> AnswerKind | None:
    """Say what a range of a passage's own text would be: what is asked for, if it may be that.

    None for words where only a figure, a time or an address with @ will do, and for more than a clause where only a
    name or a time will, or where a figure will that the patterns cut out of it.
    """
    formed = [kind for kind in query.kinds if kind not in _FORMS or _FORMS[kind].search(view.raw, start, end)]
    span = view.normal.normal_span(start, end)
    of_one = _is_of_one_clause(query) or _is_told(query, view, span)
    if not formed or (of_one and not view.is_one_clause(span.start, span.end)):
        return None
    if query.kinds[0] in _TIMES and not _TIME.search(view.plain, span.start, span.end):
        return None
    return next((kind for kind in formed if kind not in LONG_KINDS), AnswerKind.SPAN)


def _is_told(query: Query, view: PassageView, span: Span) -> bool:
    """Tell whether one figure is asked for and a figure of that kind stands in a range of a text in normal form."""
    if query.kinds[0] not in FIGURE_KINDS or query.many:
        return False
    return any(one.kind in query.kinds and span.start <= one.start and one.end <= span.end for one in view.figures)


def _is_of_one_clause(query: Query) -> bool:
    """Tell whether the answer cannot go on in another clause: a name is asked for, or when or how long something is."""
    if query.kinds[0] in _TIMES:
        return LONG_KINDS.isdisjoint(query.kinds)
    return _ONE_CLAUSE.issuperset(query.kinds)


def _agreement(query: Query, view: PassageView, start: int, end: int, kind: AnswerKind) -> dict[str, float]:
    """Tell how well the place and the year named around a range of a passage's own text agree with those asked for."""
    span = view.normal.normal_span(start, end)
    sentence = view.sentences[view.sentence_at(span.start)]
    place, _ = place_match(query, view, sentence, Found(span.start, span.end, kind))
    year, _ = year_match(query, view, sentence)
    return {"own_place": place, "own_year": year}


def _names(view: PassageView, start: int, end: int) -> bool:
    """Tell whether the name of a person stands in [start, end) of a passage's own text."""
    span = view.normal.normal_span(start, end)
    return any(span.start <= one.start and one.end <= span.end for one in view.persons)


def _stands_for(other: Candidate, start: int, end: int) -> bool:
    """Tell whether a typed candidate is nearly a range or, being short itself, has it inside.

    A figure is cut out more reliably by its pattern, a name by the reader: 长安 is no 长安花园.
    """
    if other.kind not in LONG_KINDS and other.start <= start and end <= other.end:
        return True
    named = other.value is None and other.kind is not AnswerKind.LIST
    return _overlap(start, end, other.start, other.end) >= (SAME if named else ALIKE)
