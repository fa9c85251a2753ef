"""The reader's own spans as candidates: which kind they may be, where they begin, what stands for them already."""

import re
from collections.abc import Iterator, Sequence

from qa.reading.found import Found
from qa.reading.patterns.bodies import behind_lead
from qa.reading.patterns.persons import before_workshop
from qa.reading.span_scores import sentence_around
from qa.reading.subject import place_match, year_match
from qa.reading.view import PassageView, passage_view
from qa.types import FIGURE_KINDS, LONG_KINDS, NAME_KINDS, AnswerKind, Candidate, Hit, Query, Span

ALIKE = 0.5
"""Share of common characters, of all that either has, from which a typed figure stands for a reader's span."""

SAME = 0.9
"""The same for a name."""

_NAMESAKE = re.compile("命名|名字")
_NUMBER = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿半几]")

_FORMS = {**dict.fromkeys((*FIGURE_KINDS, AnswerKind.PHONE), _NUMBER), AnswerKind.EMAIL: re.compile("[@＠]")}
"""What must stand in answers of these kinds."""
_TIMES = frozenset({AnswerKind.DATE, AnswerKind.PERIOD})
_TIME = re.compile(
    r"[年月日号天周秒季春夏秋冬晨晚午夜节期时点刻旬早]|分钟|钟头|星期|礼拜|世纪|[之以]?[前后](?!来|者|任)|当今|目前|现在|最近|近来|[永长]久|终[身生]|至今|立即"
    r"|每[次逢]|\d[.\-/:]\d"
)
"""What must stand in what answers when something is, or how long."""
_LEAD = re.compile("早在|[远就]在")
_ONE_CLAUSE = NAME_KINDS | _TIMES
"""No name and no time goes on in another clause."""


def own_candidates(
    query: Query, hits: Sequence[Hit], spans: Sequence[tuple[int, int, int]], typed: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield the scorer's spans as candidates, where no typed candidate stands for them."""
    short = [other for other in typed if other.kind in query.kinds and other.kind is not AnswerKind.EXPLAIN]
    for at, start, end in spans:
        hit = hits[at]
        view = passage_view(hit.passage.text, hit.passage.context)
        rivals = (other for other in short if other.hit.passage.id == hit.passage.id)
        kind = _kind(query, view, start, end)
        if kind in NAME_KINDS:
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
    return share_common(start, end, other.start, other.end) >= (SAME if named else ALIKE)


def share_common(start: int, end: int, low: int, high: int) -> float:
    """Return the share of characters that two ranges have in common, of those that either has."""
    return max(min(end, high) - max(start, low), 0) / (max(end, high) - min(start, low))
