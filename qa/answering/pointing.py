"""Narrow sentences that explain something down to what in them the neural reader takes for the answer."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.reading.view import passage_view
from qa.types import LONG_KINDS, AnswerKind, Candidate, Query, Span

_LOOSE = " \t\r\n\u3000，,。；;：:、"
_WHY_OR_HOW = re.compile(
    "为什么|为啥|为何|怎|咋|如何|原因|凭什么|凭啥|能不能|可不可以|行不行|是不是|(?:吗|嘛|(?<![什怎多那])么)[?？]?$|吗[?？]|听谁的|意思|定义|含义"
)
"""What is answered by clauses; 给了什么称号 is answered by words."""
_PAIRS = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》", "「": "」"}


def pointed(query: Query, candidate: Candidate, ranked: Sequence[Candidate]) -> Candidate:
    """Narrow an explanation down to the likeliest words in it, where the reader is sure of any.

    Why and how are answered by the whole clauses around these. The sentences stay around the answer, to be shown and
    judged with it.

    Args:
        query: what is asked.
        candidate: of any kind; all but explanations are left as they are.
        ranked: all candidates, the reader's own spans among them.
    """
    if candidate.kind is not AnswerKind.EXPLAIN:
        return candidate
    inside = (
        other
        for other in ranked
        if other.kind not in LONG_KINDS
        and other.features.get("span", -1.0) > 0.0
        and other.hit.passage.id == candidate.hit.passage.id
        and candidate.start <= other.start
        and other.end <= candidate.end
    )
    best = max(inside, key=lambda other: other.features["span"], default=None)
    if best is None:
        return candidate
    sentences = Span(candidate.start, candidate.end)
    told = whole_clauses(best, sentences) if _WHY_OR_HOW.search(query.text) else Span(best.start, best.end)
    return replace(candidate, start=told.start, end=told.end, sentence=sentences)


def whole_clauses(candidate: Candidate, sentences: Span) -> Span:
    """Return the clauses that a candidate stands in, as far as they lie in the sentences around it.

    Marks at their ends, and a bracket or quotation mark without its partner, are left out; the candidate itself never.
    """
    passage = candidate.hit.passage
    view = passage_view(passage.text, passage.context)
    normal = view.normal.normal_span(candidate.start, candidate.end)
    clauses = view.raw_span(view.clause_at(normal.start).start, view.clause_at(max(normal.end - 1, normal.start)).end)
    low = min(max(clauses.start, sentences.start), candidate.start)
    high = max(min(clauses.end, sentences.end), candidate.end)
    text = passage.text
    while low < candidate.start and (text[low] in _LOOSE or _is_unpaired(text, low, high, low)):
        low += 1
    while high > candidate.end and (text[high - 1] in _LOOSE or _is_unpaired(text, low, high, high - 1)):
        high -= 1
    return Span(low, high)


def _is_unpaired(text: str, low: int, high: int, at: int) -> bool:
    """Tell whether a bracket or quotation mark in a range has no partner there."""
    mark = text[at]
    if mark in _PAIRS:
        return _PAIRS[mark] not in text[at + 1 : high]
    return any(mark == closer and opener not in text[low:at] for opener, closer in _PAIRS.items())
