"""What a short line is, seen in its surroundings: title, section heading, caption, author's name, signature."""

from collections.abc import Sequence
from itertools import pairwise

from qa.ingest import patterns
from qa.ingest.blocks import Draft
from qa.ingest.contents import Entry, find_entry
from qa.ingest.joins import looks_like_caption
from qa.ingest.lines import PAGE_GAP
from qa.types import BlockKind

_REACH = 40
"""Lines without running text, from which a short line is one of a list and no heading over a text."""
TITLE, PLAIN = 1, 2
"""Levels of an article's title and of a heading without a number."""
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_TEXT = _RUNNING | {BlockKind.REPRINT}
_ABOVE_TEXT = frozenset({BlockKind.HEADING, BlockKind.BYLINE})


def mark_headings(drafts: Sequence[Draft], entries: Sequence[Entry]) -> None:
    """Give a kind to everything that has none yet: joins, contents pages and mastheads are known."""
    cut = _inside_cuts(drafts)
    for draft in drafts:
        if draft.head is not None or draft.joined:
            draft.kind = draft.kind if draft.kind in _RUNNING else BlockKind.PARAGRAPH
        elif draft.kind is BlockKind.PARAGRAPH and looks_like_caption(draft) and _is_apart(draft, drafts, cut):
            draft.kind = BlockKind.CAPTION
    first = _first_text(drafts)
    for draft in drafts:
        if draft.kind is None:
            draft.kind = BlockKind.HEADING if draft is first else _kind(draft, drafts, entries, cut)
            if draft.kind is BlockKind.HEADING:
                draft.level = level_of(draft)
    _mark_trailing(drafts)


def level_of(draft: Draft) -> int:
    """Return the level of a heading by its markup and its numbering."""
    marked = patterns.marker_level(draft.text)
    if draft.lines[0].level or marked:
        return max(draft.lines[0].level, marked)
    return TITLE if patterns.STAR.match(draft.text) else PLAIN


def _inside_cuts(drafts: Sequence[Draft]) -> frozenset[int]:
    """Return the numbers of the drafts between a head and a tail that is close behind it."""
    found: set[int] = set()
    for draft in drafts:
        for tail in draft.joined:
            if 0 < tail.number - draft.number <= 12:
                found.update(range(draft.number + 1, tail.number))
    return frozenset(found)


def _is_apart(draft: Draft, drafts: Sequence[Draft], cut: frozenset[int]) -> bool:
    """Tell whether a short sentence with a page gap above it belongs to a picture rather than to the text."""
    below = drafts[draft.number + 1] if draft.number + 1 < len(drafts) else None
    if draft.number in cut or below is None or draft.gap_below >= PAGE_GAP:
        return True
    above = drafts[draft.number - 1] if draft.number else None
    return below.kind is None and above is not None and above.kind is not None


def _kind(draft: Draft, drafts: Sequence[Draft], entries: Sequence[Entry], cut: frozenset[int]) -> BlockKind:
    if draft.lines[0].level or patterns.is_marked(draft.text):
        return BlockKind.HEADING
    if draft.number in cut:
        return BlockKind.CAPTION
    above = _neighbour(draft, drafts, -1)
    if above is not None and above.kind in _ABOVE_TEXT and _is_author(draft.text, above):
        return BlockKind.BYLINE
    if find_entry(draft.text, entries) is not None:
        return BlockKind.HEADING
    return _unmarked_kind(draft, drafts)


def _unmarked_kind(draft: Draft, drafts: Sequence[Draft]) -> BlockKind:
    """Tell the heading over a text from the words beneath a picture."""
    above, below = _neighbour(draft, drafts, -1), _neighbour(draft, drafts, 1)
    if not _has_text_below(draft, drafts):
        return BlockKind.CAPTION if draft.gap >= 2 or draft.gap_below >= 2 else BlockKind.PARAGRAPH
    if draft.gap >= PAGE_GAP and draft.gap_below >= PAGE_GAP:
        ended = above is not None and above.kind is BlockKind.SIGNATURE
        return BlockKind.HEADING if ended and below is not None and below.kind in _TEXT else BlockKind.CAPTION
    if draft.gap >= PAGE_GAP and below is not None and below.kind is None and patterns.EVENT.search(draft.text):
        return BlockKind.CAPTION
    return BlockKind.HEADING


def _neighbour(draft: Draft, drafts: Sequence[Draft], step: int) -> Draft | None:
    """Return the next draft above (-1) or below (1) that is neither furniture nor blank, within _REACH."""
    number = draft.number + step
    while 0 <= number < len(drafts) and abs(number - draft.number) <= _REACH:
        if drafts[number].kind not in (BlockKind.FURNITURE, BlockKind.BLANK):
            return drafts[number]
        number += step
    return None


def _first_text(drafts: Sequence[Draft]) -> Draft | None:
    skipped = {BlockKind.FURNITURE, BlockKind.BLANK, BlockKind.MASTHEAD, BlockKind.CONTENTS}
    return next((draft for draft in drafts if draft.kind not in skipped), None)


def _has_text_below(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Tell whether running text follows, with nothing but headings, names and captions on the way."""
    for below in drafts[draft.number + 1 : draft.number + 1 + _REACH]:
        if below.kind in _TEXT:
            return True
        if below.kind is BlockKind.SIGNATURE:
            return False
    return False


def _is_author(text: str, above: Draft) -> bool:
    """Tell whether a line beneath a title names who wrote or spoke, a bare name or an office and a name, or when."""
    holder = patterns.OFFICE_HOLDER.match(text)
    if patterns.is_person(holder["name"] if holder else text) or patterns.OCCASION.match(text):
        return True
    words = text.replace("　", " ").rsplit(" ", 1)
    return above.kind is BlockKind.BYLINE and len(words) == 2 and len(text) <= 40 and patterns.is_person(words[1])


def _mark_trailing(drafts: Sequence[Draft]) -> None:
    """Mark the issuing body or name, the date and the place at the end of a letter or notice as its signature."""
    for draft, below in pairwise(drafts):
        if patterns.DATELINE.match(below.text) and _is_signed(draft, _neighbour(draft, drafts, -1)):
            draft.kind = below.kind = BlockKind.SIGNATURE
            draft.level = below.level = 0
            behind = _neighbour(below, drafts, 1)
            if behind is not None and behind.gap == 0 and behind.kind is BlockKind.HEADING and len(behind.text) <= 10:
                behind.kind, behind.level = BlockKind.SIGNATURE, 0


def _is_signed(draft: Draft, above: Draft | None) -> bool:
    """Tell whether a short line beneath running text is a body's or a person's name."""
    if draft.kind not in _ABOVE_TEXT or draft.lines[0].level or above is None or above.kind not in _RUNNING:
        return False
    return bool(patterns.BODY_SIGNATURE.match(draft.text)) or patterns.is_person(draft.text)
