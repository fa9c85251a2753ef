"""Narrow sentences that explain something down to the clauses in them that the neural reader takes for the answer."""

from collections.abc import Sequence
from dataclasses import replace

from qa.reading.view import passage_view
from qa.types import LONG_KINDS, AnswerKind, Candidate, Span

_LOOSE = " \t\r\n\u3000，,。；;：:、"
_PAIRS = {"“": "”", "‘": "’", "（": "）", "(": ")", "《": "》", "「": "」"}


def pointed(candidate: Candidate, ranked: Sequence[Candidate]) -> Candidate:
    """Narrow an explanation down to the clauses around the likeliest words in it, where the reader is sure of any.

    The sentences stay around the answer, to be shown and judged with it.

    Args:
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
    clauses = whole_clauses(best, sentences)
    return replace(candidate, start=clauses.start, end=clauses.end, sentence=sentences)


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
