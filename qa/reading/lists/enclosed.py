"""Items in a bracket or in quotation marks, items behind a colon or 即, and quoted names side by side."""

import re

from qa.reading.lists.groups import POINT_NUMBER, Group, split
from qa.types import Span

_BRACKET = re.compile(r"\((?P<inside>[^()\n]{5,220})\)")
_QUOTE = re.compile(r"“(?P<inside>[^“”\n]{5,260})”")
_COLON = re.compile(
    r"(?:(?<!\d):|(?<=[,。;:”“])即|包括:?|分为|分别[是为]|就是|(?<=的)(?:内容|任务|目标|措施|做法|要求)[是为]:?)(?P<inside>[^。\n!?]{5,400})"
)
_NEIGHBOURS = re.compile(r"(?:[“《][^“”《》\n]{1,60}[”》](?:[、,和及与;]|以及)?){2,}")
_NAME = re.compile(r"“(?P<quoted>[^“”]+)”|(?P<work>《[^《》]+》)")
_LONG_PART = 14
_DASHES = "—–―-"


def find_enclosed(text: str) -> list[Group]:
    """Find lists inside brackets and quotation marks, behind colons (numbered points aside), and of quoted names."""
    groups: list[Group] = []
    for hit in _BRACKET.finditer(text):
        groups += _divided(text, *hit.span("inside"), "bracket")
    for hit in _QUOTE.finditer(text):
        groups += [
            one for one in _divided(text, *hit.span("inside"), "quoted", dashes=True) if not _is_speech(text, one)
        ]
    for hit in _COLON.finditer(text):
        if not POINT_NUMBER.match(hit["inside"].lstrip()):
            groups += _divided(text, *hit.span("inside"), "colon")
    return groups + [group for hit in _NEIGHBOURS.finditer(text) if (group := _names(hit))]


def _divided(text: str, start: int, end: int, style: str, dashes: bool = False) -> list[Group]:
    """Split a range at each kind of separator that it holds: ; before , before 、, and at , and 、 alike."""
    groups = []
    seen: set[tuple[Span, ...]] = set()
    for separators in (";", ",", "、", ",、", _DASHES if dashes else ""):
        stop = text.find(";", start, end) if style == "colon" and ";" not in separators else -1
        items = tuple(split(text, start, stop if stop > 0 else end, separators)) if separators else ()
        if len(items) > 1 and items not in seen:
            seen.add(items)
            groups.append(Group(items, style))
    return groups


def _is_speech(text: str, group: Group) -> bool:
    """Tell whether a quotation is somebody's speech and not a formula of short or numbered parts."""
    if all(text[item.start] in "一二三四五六七八九十" for item in group.items):
        return False
    mean = sum(len(item) for item in group.items) / len(group.items)
    return mean > _LONG_PART or bool(re.search("我|你|了$", text[group.start : group.end]))


def _names(hit: re.Match[str]) -> Group | None:
    items = []
    for name in _NAME.finditer(hit.string, hit.start(), hit.end()):
        start, end = name.span("quoted" if name["quoted"] else "work")
        items.append(Span(start, end))
    return Group(tuple(items), "names") if len(items) > 1 else None
