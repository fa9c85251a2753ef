"""What a paragraph is when looked at by itself: furniture, byline, signature, caption, prose, or a short line."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from qa.ingest import patterns
from qa.ingest.blocks import Draft
from qa.ingest.contents import Entry
from qa.ingest.lines import PAGE_GAP
from qa.types import BlockKind

_SHORT = 60
"""Longest title, label or signature; longer lines are prose or captions."""
_LONG = 120
"""Longest caption; one that names its photographer may be twice as long."""


def mark_plain_kinds(drafts: Sequence[Draft], entries: Sequence[Entry]) -> None:
    """Set the kind of every draft that can be told by itself; headings and what is uncertain stay None."""
    announced = {patterns.squeezed(entry.title) for entry in entries}
    repeated = Counter(draft.text for draft in drafts if len(draft.text) <= _SHORT)
    titles = {draft.text for draft, below in itertools.pairwise(drafts) if _is_byline(below.text)}
    for draft in drafts:
        if draft.kind is None and patterns.squeezed(draft.text) not in announced:
            _mark(draft, 0 if draft.text in titles else repeated[draft.text])


def _is_byline(text: str) -> bool:
    return bool(patterns.DATELINE.match(text) or patterns.BYLINE.search(text) or patterns.is_person(text))


def _mark(draft: Draft, times: int) -> None:
    text = draft.text
    if not any(char.isalnum() for char in text):
        blank = not any(char.isprintable() and not char.isspace() for char in text)
        _set(draft, BlockKind.BLANK if blank else BlockKind.FURNITURE, "没有文字的行")
    elif draft.row:
        draft.kind = BlockKind.ITEM
    elif patterns.PAGE_NUMBER.fullmatch(text):
        _set(draft, BlockKind.FURNITURE, "页码")
    elif patterns.LATIN_TITLE.fullmatch(text) and draft.alone:
        _set(draft, BlockKind.FURNITURE, "页眉")
    elif times > 2 and draft.alone and not patterns.is_prose(text) and not _may_repeat(text):
        _set(draft, BlockKind.FURNITURE, "每页重复的页眉或页脚")
    elif (
        draft.lines[0].level
        or patterns.marker_level(text)
        or patterns.STAR.match(text)
        or patterns.ARTICLE_OF_LAW.match(text)
    ):
        draft.kind = None if _may_be_heading(draft) else _marked_kind(text)
    else:
        draft.kind = _small_kind(draft)


def _may_repeat(text: str) -> bool:
    """Tell whether a short line may well stand several times in one document for its own sake."""
    return bool(
        patterns.SIGNATURE.match(text) or patterns.DATELINE.match(text) or patterns.AUTHOR_NOTE.match(text)
    ) or (
        patterns.marker_level(text) > 0
        or len(text) > 16
        or patterns.CAPTION.search(text) is not None
        or patterns.is_person(text)
    )


def _set(draft: Draft, kind: BlockKind, reason: str) -> None:
    draft.kind, draft.reason = kind, reason


def _may_be_heading(draft: Draft) -> bool:
    """Tell whether a marked line is short and unpunctuated enough for a heading."""
    text = draft.text
    if draft.lines[0].level or patterns.STAR.match(text):
        return len(text) <= 2 * _SHORT
    if patterns.ARTICLE_OF_LAW.match(text):
        return False
    level = patterns.marker_level(text)
    ended = text[-1] in "。；;.！？" and not text.endswith("？")
    return not ended and not patterns.is_prose(text) and len(text) <= _SHORT and text[-1] not in "：:" and level < 6


def _marked_kind(text: str) -> BlockKind:
    """Tell numbered paragraphs, list items and the numbered captions of a row of pictures apart."""
    pictured = patterns.CAPTION.search(text) is not None or not patterns.is_prose(text)
    if "①" <= text[0] <= "⑳" and pictured and text[-1] not in "。；;：:":
        return BlockKind.CAPTION
    item = (patterns.marker_level(text) >= 4 and not patterns.is_prose(text.rstrip("。；;"))) or text.endswith(
        ("；", ";")
    )
    return BlockKind.ITEM if item else BlockKind.PARAGRAPH


def _small_kind(draft: Draft) -> BlockKind | None:
    """Tell captions, bylines, signatures and prose apart; None for a short line that may be a heading."""
    text = draft.text
    if patterns.WRITERS.match(text) and len(text) <= _SHORT:
        return BlockKind.BYLINE
    if patterns.CAPTION.search(text) and _is_caption(draft):
        return BlockKind.CAPTION
    if patterns.AUTHOR_NOTE.match(text) or (patterns.SIGNATURE.match(text) and draft.gap_below + draft.gap > 0):
        return BlockKind.BYLINE if patterns.DATELINE.match(text) else BlockKind.SIGNATURE
    if patterns.ENACTED.match(text) or patterns.DATELINE.match(text) or patterns.REFERENCE_NUMBER.match(text):
        return BlockKind.BYLINE
    if len(text) <= _SHORT and not patterns.is_prose(text) and patterns.BYLINE.search(text):
        return BlockKind.BYLINE
    if (
        draft.alone
        and draft.number
        and re.search("[，,]", text)
        and patterns.OPENING.match(text)
        and patterns.is_open(text)
    ):
        return BlockKind.PARAGRAPH
    return _text_kind(draft)


def _text_kind(draft: Draft) -> BlockKind | None:
    """Tell prose from a short line that may be a heading (None)."""
    text = draft.text
    if patterns.APPENDIX.match(text) or (draft.number == 0 and _may_be_title(text)):
        return None
    if patterns.LABEL.match(text) or patterns.is_prose(text) or text[-1] in "：:" or _is_sentence(draft):
        return BlockKind.PARAGRAPH
    return None


def _may_be_title(text: str) -> bool:
    """Tell whether the first line of a document may be its title, however long."""
    return (
        len(text) <= 2 * _SHORT and "。" not in text and not patterns.ends_on_comma(text) and text[-1] not in "：:；;"
    )


def _is_sentence(draft: Draft) -> bool:
    """Tell short sentences from a title that holds a question or exclamation mark."""
    text = draft.text
    if draft.number == 0:
        return False
    return (text[-1] in "！!" and len(text) > 20 and not draft.alone) or sum(text.count(stop) for stop in "！？!?") > 1


def _is_caption(draft: Draft) -> bool:
    """Tell a photo's caption from prose that happens to speak of left, right or a picture."""
    text = draft.text
    if len(text) > (2 * _LONG if patterns.CREDIT.search(text) else _LONG):
        return False
    if patterns.CREDIT.search(text) or text.startswith(("图为", "图:", "图：", "△", "▲", "▼")):
        return True
    if draft.gap >= PAGE_GAP - 1 or draft.gap_below >= PAGE_GAP - 1:
        return True
    return (len(text) <= _SHORT and not patterns.is_open(text)) or not patterns.is_prose(text)
