"""A second look at the likeliest spans in the sentences around them: is it still the answer, is there one at all?

In a passage of several paragraphs the scorer may take what belongs to another sentence for granted; in few words it
has less to go by, and what it says then tells tempting passages from those that answer (decision 0015).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.reading.decoding import ScoredSpan
from qa.reading.span_scores import PassageScores, SpanScorer, sentence_around
from qa.reading.view import passage_view
from qa.types import Hit, Passage, Query, Span

LOOKS = 2
"""Spans looked at again: some 20 ms each."""

BEHIND = 6.0
"""Log-odds behind the best span from which on another is not worth a look."""

ROOM = 140
"""Code points that a window grows to by whole sentences; one long sentence may be more."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a passage that was scored by itself.

    Attributes:
        span: where it stands in the passage.
        scores: of its text.
    """

    span: Span
    scores: PassageScores

    def holds(self, start: int, end: int) -> bool:
        """Tell whether [start, end) of the passage lies in it."""
        return self.span.start <= start and end <= self.span.end

    def score(self, start: int, end: int) -> float:
        """Score [start, end) of the passage as an answer; it must lie in the window."""
        return self.scores.span(start - self.span.start, end - self.span.start)


def look_again(
    scorer: SpanScorer,
    query: Query,
    hits: Sequence[Hit],
    scores: Mapping[str, PassageScores],
    spans: Mapping[str, Sequence[ScoredSpan]],
) -> dict[str, list[Window]]:
    """Score the sentences around the best spans of all passages by themselves.

    Args:
        hits: of the passages.
        scores: of whole passages, by id: taken over where a window is one.
        spans: the best ones, by passage id.

    Returns:
        By passage id, the windows, that of the best span first; a span inside an earlier window gets none of its own.
    """
    by_id = {hit.passage.id: hit for hit in hits}
    order = sorted(((span, id_) for id_, found in spans.items() for span in found), key=lambda one: -one[0].score)
    order = [one for one in order if one[0].score > order[0][0].score - BEHIND]
    chosen: list[tuple[str, Span]] = []
    for span, id_ in order:
        known = (window for other, window in chosen if other == id_)
        if len(chosen) < LOOKS and not any(one.start <= span.first and span.last < one.end for one in known):
            chosen.append((id_, window_around(by_id[id_].passage, span.first, span.last + 1)))
    parts = [(id_, window) for id_, window in chosen if len(window) < len(by_id[id_].passage.text)]
    read = scorer.scores(query, [_cut(by_id[id_], window) for id_, window in parts]) if parts else []
    again = dict(zip(parts, read, strict=False))
    found: dict[str, list[Window]] = {}
    for id_, window in chosen:
        found.setdefault(id_, []).append(Window(window, again.get((id_, window), scores[id_])))
    return found


def _cut(hit: Hit, window: Span) -> Hit:
    return replace(hit, passage=replace(hit.passage, text=hit.passage.text[window.start : window.end]))


def window_around(passage: Passage, start: int, end: int, room: int = ROOM) -> Span:
    """Return the sentences that hold [start, end), grown by whole sentences, before and behind in turn, within room."""
    sentences = passage_view(passage.text, passage.context).raw_sentences
    low, high = (around := sentence_around(sentences, start, end)).start, around.end
    before = [one.start for one in sentences if one.end <= low]
    behind = [one.end for one in sentences if high <= one.start]
    while True:
        grown = low, high
        if before and high - before[-1] <= room:
            low = before.pop()
        if behind and behind[0] - low <= room:
            high = behind.pop(0)
        if grown == (low, high):
            return Span(low, high)
