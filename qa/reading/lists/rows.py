"""Rows of 、 inside a sentence: where the first item starts and the last one ends is told by their sisters."""

import re
from collections.abc import Sequence
from statistics import median

from qa.reading.lists.closing import find_closing, find_others, said_behind
from qa.reading.lists.groups import POINT_NUMBER, Group, set_apart, split, trimmed
from qa.reading.lists.joins import at_as_well, at_join, is_adverbial, is_open, joins
from qa.reading.resources import listed
from qa.text.words import Token, is_link, tokens
from qa.types import Span

_PIECE = re.compile(r"[^,;。:!?\n●■◆]+")
_LEAD = re.compile(r"[ \t]*(?:——|[一二三四五六七八九十](?:是|要)|\([一二三四五六七八九十]{1,3}\))?")
_LEADING = frozenset("和 及 与 以及 或 还有 并且 包括 或者".split())
_PAIR, _LEAST_COMMAS = 2, 3
_SHORT_ITEM = 12
"""Characters of an item that is surely one, where commas or only two items leave it open."""
_UNEVEN = 1.5
"""How many times longer than the shortest the longest of three items is, where two of them share a piece."""
_SHORTEST, _LONGEST = 2, 24
"""Characters of each of two items that only a conjunction joins."""
_OVER = re.compile(r"[;。!?\n]")
_PREDICATES = frozenset("可以 应当 应 不得 必须 有权 均 都 分别 共同 联合 携手 联手 一起 一道 合力 协同".split())
"""What those named in a row do together begins with one of these words: the last of them ends before it."""
_UNIONS = ("会", "总会", "社", "国", "体")
"""What makes a name of 联合: 妇女联合会."""
_BEFORE_OBJECTS = frozenset("将把对向给由被让")
"""Prepositions that what is done is done to stands behind: they belong to no item."""
_SHORT, _LONG = 1, 40


def find_rows(text: str, gaps: frozenset[int] = frozenset()) -> list[Group]:
    """Find rows of at least two items parted by 、 (the last one also by 和, 及, 与).

    Args:
        text: in normal form.
        gaps: offsets before which the raw text has white space that the normal form drops.
    """
    groups: list[Group] = []
    for piece in _PIECE.finditer(text):
        if "、" in piece.group():
            for stretch in _points(text, piece.start(), piece.end(), gaps):
                groups += _rows(text, stretch.start, stretch.end)
    return groups


def _points(text: str, start: int, end: int, gaps: frozenset[int]) -> list[Span]:
    """Leave out the dash or number that a piece begins with, and part it at the next numbers behind white space."""
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    first = POINT_NUMBER.match(text, start, end)
    if first is None:
        return [Span(start, end)]
    others = [hit for hit in POINT_NUMBER.finditer(text, first.end(), end) if set_apart(text, hit.start(), gaps)]
    ends = [*(hit.start() for hit in others), end]
    return [Span(hit.end(), stop) for hit, stop in zip([first, *others], ends, strict=True)]


def parted(text: str, start: int, end: int, wanted: int | None = None) -> Group | None:
    """Part a range that may be a list, from its first item to its last; None where it holds but one item.

    Args:
        wanted: how many items are asked for; two may be joined by nothing but 和, 及, 与 or the like.

    Parted at 、, else at commas where there are at least three short items; the last item also at 和, 及 or 与 where
    that is a word of its own outside quotation marks. What runs over the end of a sentence or line is no row, two
    long pieces are none, and neither are pieces with a comma in them.
    """
    parts = split(text, start, end, "、")
    if len(parts) < 2:
        parts = split(text, start, end, ",")
        if wanted == _PAIR and len(parts) == 1:
            return _pair(text, parts[0].start, parts[0].end)
        if len(parts) < _LEAST_COMMAS or max(map(len, parts)) > _SHORT_ITEM:
            return None
    parts = _up_to_predicate(text, parts)
    too_long = len(parts) == _PAIR and max(map(len, parts)) > _SHORT_ITEM
    if (
        (too_long and not _is_even(text, parts))
        or _OVER.search(text, start, parts[-1].end)
        or is_adverbial(text, parts[-1])
    ):
        return None
    last = Span(parts[-1].start, find_others(text, parts[-1]) or parts[-1].end)
    if any(len(split(text, part.start, part.end, ",")) > 1 for part in (*parts[:-1], last)):
        return None
    items = [item for part in (*parts[:-1], *at_join(text, last)) if (item := _without_lead(text, part))]
    return Group(tuple(items), "spanned") if len(items) > 1 else None


def _is_even(text: str, parts: Sequence[Span]) -> bool:
    """Tell whether two pieces, the last parted at its conjunction, are three short items of nearly one length."""
    lengths = sorted(len(item) for item in (parts[0], *at_join(text, parts[1])))
    return len(lengths) > _PAIR and lengths[-1] <= min(_SHORT_ITEM, _UNEVEN * lengths[0])


def _pair(text: str, start: int, end: int) -> Group | None:
    """Part a range at the conjunction nearest to its middle, of two equally near at the later one."""
    (piece,) = _up_to_predicate(text, [Span(start, end)])
    whole = _without_lead(text, Span(start, find_others(text, piece) or piece.end))
    if whole is None or _OVER.search(text, whole.start, whole.end):
        return None
    places = [join for join in joins(text, whole) if not is_open(text[whole.start : join.start])]
    best = min(places, key=lambda at: (abs(at.start + at.end - whole.start - whole.end), -at.start), default=None)
    items = [trimmed(text, whole.start, best.start), trimmed(text, best.end, whole.end)] if best else []
    fits = [item for item in items if item and _SHORTEST <= len(item) <= _LONGEST]
    return Group(tuple(fits), "spanned") if len(fits) == _PAIR else None


def _up_to_predicate(text: str, parts: Sequence[Span]) -> list[Span]:
    """End a row before what its items do together, unless its first item says itself what it does."""
    for at, part in enumerate(parts):
        said = text[part.start : part.end]
        for word in tokens(said):
            if word.text in _PREDICATES and not said.startswith(_UNIONS, word.end) and not is_open(said[: word.start]):
                end = trimmed(text, part.start, part.start + word.start)
                return [*parts[:at], end] if end and (at or len(parts) == 1) else list(parts)
    return list(parts)


def _without_lead(text: str, item: Span) -> Span | None:
    """Leave out what leads to an item: 还有, 以及, 和."""
    first = next(iter(tokens(text[item.start : item.end])), None)
    led = first is not None and first.start == 0 and first.text in _LEADING
    return trimmed(text, item.start + len(first.text) if first is not None and led else item.start, item.end)


def _rows(text: str, start: int, end: int) -> list[Group]:
    """Find the row of a stretch, and the next one behind what closes it (A、B等单位应当做好C、D)."""
    pieces = [piece for part in split(text, start, end, "、") for piece in at_as_well(text, part)]
    if len(pieces) < 2:
        return []
    parts = _part_last(text, _up_to_predicate(text, _up_to_closing(text, pieces)))
    row = _row(text, parts)
    behind = row.end if row else parts[-1].end
    rest = _rows(text, behind, end) if start < behind and "、" in text[behind:end] else []
    return [*([row] if row else []), *rest]


def _row(text: str, parts: list[Span]) -> Group | None:
    inner = [len(part) for part in (parts[1:-1] or parts[-1:])]
    usual = median(inner)
    if len(parts) < 2 or not _SHORT <= usual <= _LONG:
        return None
    first = _first(text, parts, usual)
    last, closed = _end(text, parts, usual)
    if is_adverbial(text, last):
        return None
    items = [first, *parts[1:-1], last] if len(parts) > 2 else [first, last]
    return Group(tuple(items), "row", closed=closed, said=said_behind(text, items[-1].end))


def _up_to_closing(text: str, parts: list[Span]) -> list[Span]:
    """Drop what comes behind the item that 等 or a count of the items follows (四种职业4个项目、15个模块)."""
    for stop in range(2, len(parts) + 1):
        if find_closing(text, parts[:stop]):
            return parts[:stop]
    return parts


def _part_last(text: str, parts: list[Span]) -> list[Span]:
    """Part the last piece once more at its 和 or 及, unless that stands within the item itself."""
    last = parts[-1]
    closing = find_closing(text, parts)
    end = closing.start() if closing else last.end
    usual = median(len(part) for part in parts[1:] or parts)
    for join in joins(text, Span(last.start, end)):
        head, tail = trimmed(text, last.start, join.start), trimmed(text, join.end, last.end)
        if (
            head
            and tail
            and (len(parts) > 2 or len(head) <= len(parts[0]) + 2)
            and len(head) <= 2.2 * usual + 2
            and len(tail) >= 0.4 * usual
        ):
            return [*parts[:-1], head, tail]
    return parts


def _first(text: str, parts: Sequence[Span], usual: float) -> Span:
    """Find where the first item starts: at its sisters' common beginning, else behind the last fitting cue."""
    first = parts[0]
    heads = {text[part.start] for part in parts[1:]}
    if len(parts) > 2 and len(heads) == 1 and not min(heads).isdigit():
        at = text.rfind(next(iter(heads)), first.start, first.end)
        if at >= 0:
            return Span(at, first.end)
    words = [
        Token(word.text, word.start + first.start, word.end + first.start)
        for word in tokens(text[first.start : first.end])
    ]
    cues = listed("row_cues")
    with_verb = sum(is_link(_first_word(text, part)) for part in parts[1:]) * 2 >= len(parts) - 1
    starts = {first.start: 0.8 if len(first) > 2.5 * usual + 4 else 0.35}
    for word in words:
        if word.text in _BEFORE_OBJECTS:
            starts |= {word.start: 1.0, word.end: 0.1}
        elif word.text in cues or is_link(word.text):
            starts[word.end] = 0.0 if word.text in cues else 0.25
            if with_verb and is_link(word.text):
                starts[word.start] = 0.1
    best = min(
        (at for at in starts if at < first.end), key=lambda at: starts[at] + abs(first.end - at - usual) / (usual + 4)
    )
    return trimmed(text, best, first.end) or first


def _first_word(text: str, part: Span) -> str:
    words = tokens(text[part.start : min(part.end, part.start + 8)])
    return words[0].text if words else ""


def _end(text: str, parts: Sequence[Span], usual: float) -> tuple[Span, bool]:
    """Find where the last item ends: before 等 or its count, at its sisters' common ending, else at a fitting word."""
    last = parts[-1]
    closing = find_closing(text, parts)
    if closing:
        return trimmed(text, last.start, closing.start()) or last, True
    tails = {text[part.end - 1] for part in parts[1:-1]}
    if len(parts) > 2 and len(tails) == 1:
        at = text.find(next(iter(tails)), last.start, last.end)
        if at >= 0 and not is_open(text[last.start : at + 1]):
            return Span(last.start, at + 1), True
    ends = {last.end: 0.35}
    for word in tokens(text[last.start : last.end])[1:]:
        if is_link(word.text) or word.text in {"的", "负责", "有关", "相关", "现场"}:
            ends[last.start + word.start] = 0.15
    best = min(ends, key=lambda at: ends[at] + abs(at - last.start - usual) / (usual + 4))
    return trimmed(text, last.start, best) or last, best < last.end
