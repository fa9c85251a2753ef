"""Puts another place, time, ordinal or thing into a question, in place of its own."""

import re
from typing import NamedTuple

from qa.dialogue.anatomy import Anatomy, Piece

_JOINERS = re.compile(r"^[\s、,，和与及跟]*$")
_OWN_PLACE = re.compile(r"^(?:全国|中华|中央|省|自治区)")
_LOCAL = re.compile(r"^[市县区州旗][\u4e00-\u9fff]*?(?:工会|局|委|办|会)$")
_NUMBER = re.compile(r"(?:19|20)\d{2}")
_SHIFTS = {"前一年": -1, "上一年": -1, "上年": -1, "后一年": 1, "第二年": 1, "次年": 1, "同年": 0, "当年": 0}


class Edit(NamedTuple):
    """New words for [start, end) of a text; an insertion where both are the same."""

    start: int
    end: int
    text: str


def put(
    before: Anatomy, asked: Anatomy, *, where: str | None = None, thing: str | None = None, until: int | None = None
) -> str:
    """Write a question anew with what another one names.

    Args:
        before: the question that is written anew.
        asked: whose places, times and ordinals are put in.
        where: put in instead of the places of ``asked``.
        thing: put in instead of the topic.
        until: where the text ends; what lies beyond is left out.
    """
    places = where if where is not None else "、".join(piece.text for piece in asked.where)
    edits = [
        *_where(before, places),
        *_when(before, asked),
        *_which(before, asked),
        *(_thing(before, thing) if thing is not None else ()),
    ]
    return _applied(before.text, edits, len(before.text) if until is None else until)


def stem(before: Anatomy) -> str:
    """Return what a question speaks of, without the words that ask: 长治市第九期大病补助."""
    head = before.text[: before.head]
    behind = [piece for piece in before.topics if piece.start >= before.ask]
    if not any(piece.end <= before.head for piece in before.topics) and behind:
        first = min(
            piece.start
            for piece in (*before.where, *before.when, *before.which, behind[0])
            if before.ask <= piece.start <= behind[0].start
        )
        return head + before.text[first:]
    return head if head.strip() else before.text


def _applied(text: str, edits: list[Edit], until: int) -> str:
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.start):  # stable: of several insertions the first stays first
        if edit.start >= at and edit.end <= until:
            parts += [text[at : edit.start], edit.text]
            at = edit.end
    return "".join([*parts, text[at:until]])


def _where(before: Anatomy, places: str) -> list[Edit]:
    if not places:
        return []
    if not before.where:
        return [Edit(0, 0, places)]
    first, last = before.where[0], before.where[0]
    for piece in before.where[1:]:
        if _JOINERS.match(before.text[last.end : piece.start]):
            last = piece
    return [Edit(first.start, last.end, _renamed(first, places))]


def _renamed(old: Piece, new: str) -> str:
    """Name the new one as the old one was named: 商洛 after 长治市总工会 means 商洛's, 县工会 one of 长治市."""
    union = re.search(r"[省市县区州]?总工会$", old.text)
    if union is not None and not re.search(r"工会|[局委办厅院校]$|公司$", new):
        level = union[0].removesuffix("总工会")
        return new + ("" if new[-1] in "省市县区州盟旗" else level) + "总工会"
    if _LOCAL.match(new) and not _OWN_PLACE.match(new):
        place = re.match(r"[\u4e00-\u9fff]{1,8}?[省市县区州盟旗]", old.text)
        around = place[0] if place is not None else old.text
        return around + (new[1:] if around.endswith(new[0]) else new)
    return new


def _when(before: Anatomy, asked: Anatomy) -> list[Edit]:
    if not asked.when:
        return []
    new = _shifted(asked.when[0].text, before)
    if before.when:
        first, *others = before.when
        return [Edit(first.start, first.end, _kept_year(first.text, new)), *(Edit(o.start, o.end, "") for o in others)]
    at = before.where[0].end if before.where else 0
    return [Edit(at, at, new)]


def _shifted(new: str, before: Anatomy) -> str:
    """Turn 前一年 into the year before the one that was asked about."""
    year = next((int(found[0]) for piece in before.when if (found := _NUMBER.search(piece.text))), None)
    return f"{year + _SHIFTS[new]}年" if new in _SHIFTS and year is not None else new


def _kept_year(old: str, new: str) -> str:
    """Keep the year where only the month or season is another: 8月 after 2017年7月."""
    year = re.match(r"(?:(?:19|20)\d{2}年|[去今前]年)", old)
    has_year = re.match(r"(?:19|20)?\d{2}年|(?:19|20)\d{2}|[去今前明后上本当同近次第一二十“\"].?年|近", new)
    return f"{year[0]}{new}" if year is not None and has_year is None else new


def _which(before: Anatomy, asked: Anatomy) -> list[Edit]:
    if not asked.which:
        return []
    new = asked.which[0].text
    same = [piece for piece in before.which if piece.text[-1] == new[-1]]
    if same:
        return [Edit(same[0].start, same[0].end, new)]
    at = before.topics[0].start if before.topics else before.where[0].end if before.where else 0
    return [Edit(at, at, new)]


def _thing(before: Anatomy, thing: str) -> list[Edit]:
    ahead = [piece for piece in before.topics if piece.end <= before.head]
    topic = ahead[-1] if ahead else before.topics[0]
    return [Edit(topic.start, topic.end, thing)]
