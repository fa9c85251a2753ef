"""Under which headings each paragraph stands."""

from collections.abc import Sequence

from qa.ingest import patterns
from qa.ingest.blocks import Draft
from qa.ingest.headings import TITLE
from qa.types import BlockKind

_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_Stack = list[tuple[int, str]]
"""Levels and texts of the headings that hold, the outermost first."""


def set_sections(drafts: Sequence[Draft]) -> None:
    """Write the headings above into each draft; behind a tail far from its head the head's headings hold."""
    resumed: dict[int, _Stack] = {}
    for _ in range(2):  # the second time knows the headings of heads that stand behind their tails
        stack: _Stack = []
        article = -1
        for draft in drafts:
            if draft.article != article:
                stack, article = [], draft.article
            if draft.kind is BlockKind.HEADING and draft.level > TITLE:
                stack = [entry for entry in stack if entry[0] < draft.level] + [(draft.level, draft.text)]
            elif draft.kind in _RUNNING and not draft.row:
                stack = _still_holding(stack, draft.text)
            if draft.head is not None and draft.head.number in resumed and abs(draft.head.number - draft.number) > 3:
                stack = list(resumed[draft.head.number])
            resumed[draft.number] = list(stack)
            draft.section = tuple(text for _, text in stack)


def _still_holding(stack: _Stack, text: str) -> _Stack:
    """Leave out the heading whose numbering a paragraph goes on with (一、… above 二、…), and all beneath it.

    A numbering that starts anew is a list within the section, whatever its style.
    """
    level = patterns.marker_level(text)
    if level:
        for at, (_, heading) in enumerate(stack):
            if patterns.marker_level(heading) == level and patterns.ordinal(heading) < patterns.ordinal(text):
                return stack[:at]
    return stack
