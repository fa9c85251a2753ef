"""Sentences that a page or column break cut in two are put together again.

A paragraph that ends within a sentence (a head) looks for the paragraph that goes on with it (a tail): usually the next
running text behind captions and blank lines, sometimes one far away, before or behind, where columns are out of order.
Each pair gets a score in plain points; pairs are taken best first, each head and each tail once.

    nearest running text behind the head                +3, less 3 where a heading stands between
    a word stands across the gap (see bridging)         +½ of the gain in nats, at most 5
    a phrase of the document stands across the gap      +½ for each character beyond two, at most 2.5
    the tail closes a bracket that the head left open   +3
    the gap stands within a figure, or before its unit  +2.5; the head ends on what ends nothing (的, 和, 将) +2
    the tail starts with what no sentence starts with   +2; with a fragment of a word +1
    the tail starts as paragraphs do (近年来, 去年, 一是) −2.5, behind a comma −1; as others of the document do −2
    the tail stands apart like a caption                −2
    a word would stand across another gap, none here    −2
    elsewhere than next: −1, −0.03 for each paragraph between, −1 before the head unless nothing is behind it,
        +1 where a page break is above the tail

The points were set by hand on documents of this kind; tests/ingest/test_joins.py holds the figures.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from qa.ingest import patterns
from qa.ingest.blocks import Draft
from qa.ingest.bridging import last_word, phrase_across, starts_in_word, word_gain
from qa.ingest.lines import PAGE_GAP
from qa.types import BlockKind

_ENOUGH = 2.0
_ENOUGH_FOR_TITLES = 5.0
_ENOUGH_FOR_CLAUSES = 3.5
"""A short line without punctuation is a heading more often than half a sentence."""
_REACH = 60
"""Paragraphs between head and tail, at most."""
_MANY, _NEXT = 400, 4
"""Open ends from which a text is one without full stops, not one cut by page breaks; and how far is looked then."""
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_WORD = 3.0
"""Gain in nats from which a word surely stands across the gap."""


@dataclass(frozen=True, slots=True)
class _Pair:
    head: Draft
    tail: Draft
    nearest: bool
    crossed: bool
    gain: float
    points: float


def join_cuts(drafts: Sequence[Draft]) -> None:
    """Join tails to their heads: ``tail.head`` and ``head.joined`` are set, the order of the drafts stays."""
    corpus = "\n".join(draft.text for draft in drafts if draft.kind in _RUNNING)
    starts = Counter(draft.text[:4] for draft in drafts if draft.kind in _RUNNING)
    heads = [draft for draft in drafts if _may_be_head(draft)]
    tails = [draft for draft in drafts if _may_be_tail(draft)]
    weigh = partial(_weigh, drafts=drafts, corpus=corpus, starts=starts)
    reach = _REACH if len(heads) <= _MANY else _NEXT
    numbers = [tail.number for tail in tails]
    pairs: list[_Pair] = []
    for head in heads:
        near = tails[bisect_left(numbers, head.number - reach) : bisect_right(numbers, head.number + reach)]
        pairs += [pair for tail in near if (pair := weigh(head, tail))]
    bridged = {id(pair.head) for pair in pairs if not pair.nearest and pair.gain >= _WORD and pair.points >= _ENOUGH}
    adjusted = [
        (pair.points - (2.0 if pair.gain < _WORD and id(pair.head) in bridged else 0.0), pair) for pair in pairs
    ]
    for points, pair in sorted(adjusted, key=lambda entry: (-entry[0], entry[1].head.number, entry[1].tail.number)):
        if (
            points >= _needed(pair.head, drafts)
            and not pair.head.joined
            and pair.tail.head is None
            and _root(pair.head) is not pair.tail
        ):
            pair.tail.head = pair.head
            pair.head.joined.append(pair.tail)


def _needed(head: Draft, drafts: Sequence[Draft]) -> float:
    """Return the points a head needs: a short line without punctuation is a heading unless it stands under one."""
    above = drafts[head.number - 1] if head.number else None
    under_heading = above is not None and above.kind is None and patterns.marker_level(above.text) > 0
    is_text = head.kind in _RUNNING or (under_heading and not patterns.is_marked(head.text))
    if is_text:
        return _ENOUGH
    is_clause = any(comma in head.text for comma in "，,") and not patterns.is_marked(head.text)
    return _ENOUGH_FOR_CLAUSES if is_clause else _ENOUGH_FOR_TITLES


def _root(draft: Draft) -> Draft:
    while draft.head is not None:
        draft = draft.head
    return draft


def _may_be_head(draft: Draft) -> bool:
    if draft.row or draft.lines[-1].level or not patterns.is_open(draft.text) or patterns.LABEL.match(draft.text):
        return False
    return draft.kind in _RUNNING or (draft.kind is None and len(draft.text) >= 6 and draft.gap < PAGE_GAP)


def _may_be_tail(draft: Draft) -> bool:
    text = draft.text
    if draft.row or draft.lines[0].level or draft.lines[0].bold:
        return False
    if patterns.is_marked(text) or patterns.LABEL.match(text):
        return False
    if draft.kind in _RUNNING:
        return True
    return (draft.kind is BlockKind.SIGNATURE and patterns.is_prose(text)) or (
        draft.kind is None and text[-1] in "。！？；;"
    )


def _weigh(head: Draft, tail: Draft, drafts: Sequence[Draft], corpus: str, starts: Counter[str]) -> _Pair | None:
    """Score one pair; None where it is not to be thought of."""
    if head is tail or _is_title_of(head, tail):
        return None
    between = drafts[head.number + 1 : tail.number]
    nearest = tail.number > head.number and not any(_is_running(draft) for draft in between)
    if head.kind is None and not nearest:
        return None
    gain = word_gain(head.text, tail.text)
    crossed = any(_is_heading(draft) for draft in between)
    points = _evidence(head.text, tail.text, gain, corpus if head.kind is not None else "") + _start(
        head, tail, gain, starts
    )
    points = round(points, 6)  # the gain's last digits must not decide between two equals
    points += (0.0 if crossed else 3.0) if nearest else _far(head, tail, drafts)
    return _Pair(head, tail, nearest, crossed, gain, points)


def _is_title_of(head: Draft, tail: Draft) -> bool:
    """Tell whether a short line is the document's first, or the text beneath repeats it: a title, no half sentence."""
    return head.kind is None and (head.number == 0 or tail.text.startswith(head.text[:8]))


def _is_running(draft: Draft) -> bool:
    """Tell whether a draft is running text, not a caption that ends like a sentence."""
    return draft.kind in _RUNNING and not looks_like_caption(draft)


def looks_like_caption(draft: Draft) -> bool:
    """Tell whether a short piece of text stands apart as captions do: a page gap above it, nothing open about it."""
    return (
        draft.gap >= PAGE_GAP
        and draft.gap_below >= 1
        and len(draft.text) <= 60
        and draft.text[-1] in "。！"
        and draft.text[0] not in "（(，、。；”）"
        and draft.text.count("。") <= 1
        and not patterns.is_marked(draft.text)
    )


def _is_heading(draft: Draft) -> bool:
    if draft.kind is not None:
        return False
    return bool(draft.lines[0].level or patterns.is_marked(draft.text)) or draft.gap < PAGE_GAP


def _evidence(before: str, after: str, gain: float, corpus: str) -> float:
    """Score what the two ends of a gap say about each other."""
    points = min(gain, 10.0) / 2
    points += min(max(phrase_across(before, after, corpus) - 2, 0) / 2, 2.5)
    waiting = patterns.unclosed(before)
    if waiting and patterns.closes_first(after) == waiting:
        points += 3.0
    if patterns.splits_figure(before, after):
        points += 2.5
    if last_word(before) in patterns.ENDS_NOWHERE:
        points += 2.0
    return points + (0.5 if patterns.ends_on_comma(before) else 0.0)


def _start(head: Draft, tail: Draft, gain: float, starts: Counter[str]) -> float:
    """Score how the tail starts: as paragraphs do, or in the middle of a sentence."""
    text = tail.text
    if looks_like_caption(tail) and gain < _WORD:
        return -2.0
    if patterns.GOES_ON.match(text):
        return 2.0
    if patterns.OPENING.match(text):
        return -1.0 if patterns.ends_on_comma(head.text) else -2.5
    if patterns.SPEAKER.match(text):
        return -1.5
    if patterns.PREPOSITION.match(text):
        return -0.5
    if starts[text[:4]] > 2:
        return -2.0
    return 1.0 if text[0] in "（(" or starts_in_word(text) else 0.0


def _far(head: Draft, tail: Draft, drafts: Sequence[Draft]) -> float:
    """Score a tail that is not the next running text: how far off it is, and whether a page or column starts there."""
    above = tail.number
    while above > 0 and (drafts[above - 1].kind is BlockKind.CAPTION or looks_like_caption(drafts[above - 1])):
        above -= 1
    is_last = not any(_is_running(draft) for draft in drafts[head.number + 1 : head.number + 1 + _REACH])
    page = any(draft.gap >= PAGE_GAP for draft in drafts[above : tail.number + 1])
    distance = abs(tail.number - head.number)
    back = 1.0 if tail.number < head.number and not is_last else 0.0
    return -1.0 - 0.03 * distance - back + (1.0 if page else 0.0)
