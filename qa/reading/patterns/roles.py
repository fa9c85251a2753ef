"""What a person is: the title phrase before the name, in brackets behind it, or after 任, 当选, 系."""

import re
from collections.abc import Iterable
from functools import cache

from qa.reading.found import Found
from qa.reading.patterns.persons import title_pattern
from qa.types import AnswerKind

_STOPS = "。!?;:,“”\n()△①②③④⑤▲\t□[]—"
_LEAD = re.compile(
    r"^.*(?:会上|当天|期间|日前|近日|以来|参加活动的|表示|记者从|来自|由|据|请|邀请|的|是|了|与|和|及|向)(?=[\u4e00-\u9fff]{3})"
)
_LONGEST = 45


@cache
def _ends_with_title() -> re.Pattern[str]:
    return re.compile(rf"(?:{title_pattern()})$")


@cache
def _behind() -> re.Pattern[str]:
    phrase = rf"[\u4e00-\u9fff、]{{0,30}}(?:{title_pattern()})"
    takes = "现任|时任|曾任|兼任|担任|任|(?:以[^,。;]{1,10})?当选为?|系"
    return re.compile(
        rf"(?:\((?P<inside>{phrase})\)|(?:同志|先生|女士)?,?(?:{takes})(?P<after>{phrase})"
        rf"|[ ](?P<beside>{phrase})(?=[\n。,;]|$))"
    )


def find_roles(text: str, persons: Iterable[Found]) -> list[tuple[Found, Found]]:
    """Pair each person of a text in normal form with the ROLE range that says what he or she is."""
    pairs = []
    for person in persons:
        role = _role_before(text, person.start) or _role_behind(text, person.end)
        if role:
            pairs.append((person, role))
    return pairs


def _role_before(text: str, end: int) -> Found | None:
    end -= len(text[:end]) - len(text[:end].rstrip(" :"))
    if not _ends_with_title().search(text, max(end - 8, 0), end):
        return None
    start = end
    while start > max(end - _LONGEST, 0) and text[start - 1] not in _STOPS and not _is_break(text, start - 1):
        start -= 1
    lead = _LEAD.match(text[start:end])
    if lead and not text[start + lead.end() - 1 :].startswith("和社会"):
        start += lead.end()
    start += len(text[start:end]) - len(text[start:end].lstrip(" 、"))
    return Found(start, end, AnswerKind.ROLE) if end - start >= 2 else None


def _is_break(text: str, at: int) -> bool:
    """Tell whether 、 at that place parts two persons (no title before it) and not two titles of one."""
    return text[at] == "、" and not _ends_with_title().search(text, max(at - 8, 0), at)


def _role_behind(text: str, end: int) -> Found | None:
    hit = _behind().match(text, end)
    if not hit:
        return None
    name = next(key for key in ("inside", "after", "beside") if hit[key])
    return Found(*hit.span(name), AnswerKind.ROLE)
