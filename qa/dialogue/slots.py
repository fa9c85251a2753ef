"""Puts another place, time, ordinal or thing into a question, in place of its own."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from qa.dialogue.anatomy import Anatomy, Piece
from qa.dialogue.areas import area_behind, around, is_area, within
from qa.dialogue.words import dialogue_words
from qa.text.words import Token, tokens

_JOINERS = re.compile(r"^[\s、,，和与及跟]*$")
_OWN_PLACE = re.compile(r"^(?:全国|中华|中央|省|自治区)")
_LOCAL = re.compile(r"^[市县区州旗][\u4e00-\u9fff]*?(?:工会|局|委|办|会)$")
_NUMBER = re.compile(r"(?:19|20)\d{2}")
_HAS_YEAR = re.compile(
    r"(?:19|20)?\d{2}年|(?:19|20)\d{2}|[一二][〇○零九]|[去今前明后本当同次]年|[前后第]?[一二]年|上一?年|近|[“\"]?十[一二三四五六七八九]五"
)
_COMPARING = re.compile(r"(?:(?<!占)比|较|占(?!比)|同比|环比)")
_PART = re.compile(r"(?<=年)(?:[底末初起]|[以之][前后]|以来)$")
_MONEY = re.compile(r"[金款费钱]$")
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
    compared = _comparison(before)
    head = before.text[: before.head] if before.head <= compared else before.text[:compared].rstrip(" 的")
    behind = [piece for piece in before.topics if piece.start >= before.ask]
    if not any(piece.end <= before.head for piece in before.topics) and behind:
        first = min(
            piece.start
            for piece in (*before.where, *before.when, *before.which, behind[0])
            if before.ask <= piece.start <= behind[0].start
        )
        return head + before.text[first:]
    return head if head.strip() else before.text


def _comparison(before: Anatomy) -> int:
    """Return where something begins to be compared (比去年多多少) behind what is spoken of, else the end."""
    spoken = before.topics or before.where
    compared = (_COMPARING.match(before.text, word.start) for word in before.words)
    starts = (
        found.start() for found, word in zip(compared, before.words, strict=True) if found and found[0] == word.text
    )
    return next((start for start in starts if any(piece.end <= start for piece in spoken)), len(before.text))


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
    below = area_behind(before.text, last.end) if is_area(places) else None
    return [Edit(first.start, last.end if below is None else below[1], _renamed(first, places))]


def _renamed(old: Piece, new: str) -> str:
    """Name the new one as the old one was named: 商洛 after 长治市总工会 means 商洛's, 县工会 one of 长治市."""
    if is_area(new):
        return within(old.text, new)
    union = re.search(r"[省市县区州]?总工会$", old.text)
    if union is not None and not re.search(r"工会|[局委办厅院校]$|公司$", new):
        level = union[0].removesuffix("总工会")
        return new + ("" if new[-1] in "省市县区州盟旗" else level) + "总工会"
    if _LOCAL.match(new) and not _OWN_PLACE.match(new):
        outer = around(old.text) or old.text
        return outer + (new[1:] if outer.endswith(new[0]) else new)
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
    """Keep the year where only the month or season is another (8月 after 2017年7月), 底 where only the year is."""
    part = _PART.search(old)
    if part is not None and re.fullmatch(r"(?:19|20)\d{2}年", new):
        return f"{new}{part[0]}"
    year = re.match(r"(?:(?:19|20)\d{2}年|[去今前]年)", old)
    return f"{year[0]}{new}" if year is not None and _HAS_YEAR.match(new) is None else new


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
    """Replace the topic or, where there is none, the noun that is counted, else nothing."""
    ahead = [piece for piece in before.topics if piece.end <= before.head]
    topic = ahead[-1] if ahead else before.topics[0] if before.topics else None
    if topic is not None:
        return [Edit(topic.start, _noun_end(before, topic.end, thing), thing)]
    noun = counted_noun(before)
    return [Edit(noun.start, noun.end, thing)] if noun is not None else []


def _noun_end(before: Anatomy, end: int, thing: str) -> int:
    """Return where the nouns end that touch a topic behind, if the new thing has such a noun itself.

    生活救助金 replaces 大病救助金, not the 大病救助 in it; 医疗互助 leaves the 金.
    """
    known = dialogue_words().nouns
    last = tokens(thing)[-1].text if tokens(thing) else ""
    for word in before.words:
        noun = word.text
        doubled = last in known or thing.endswith(noun[-1]) or (_MONEY.search(thing) and _MONEY.search(noun))
        if word.start == end and noun in known and doubled:
            end = word.end
    return end


def counted_noun(before: Anatomy) -> Token | None:
    """Find the general noun that a question asks the number of: 会员 in 发展会员多少 and in 有多少名会员."""
    words = dialogue_words()
    behind = _nouns(before.text, [word for word in before.words if word.start >= before.ask], before.ask)
    ahead = [word for word in before.words if word.end <= before.head]
    at = before.head
    while ahead and ahead[-1].text in words.asks and not before.text[ahead[-1].end : at].strip(" 的"):
        at = ahead.pop().start
    near = ahead[-1:] if ahead and not before.text[ahead[-1].end : at].strip(" 的") else []
    return next((word for word in (*behind[-1:], *near) if word.text in words.counted), None)


def _nouns(text: str, words: Sequence[Token], at: int) -> list[Token]:
    """Return the general nouns that follow each other, behind the particles that stand first."""
    known = dialogue_words()
    found: list[Token] = []
    for word in words:
        if text[at : word.start].strip() or (word.text not in known.nouns and (found or word.text not in known.light)):
            break
        if word.text in known.nouns:
            found.append(word)
        at = word.end
    return found
