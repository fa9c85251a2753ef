"""Places of China in text: official names, short forms where the context bears them out, towns and villages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from qa.text.normalise import Normalised, normalise
from qa.text.places_data import CLEAR, FULL, LEVELS, VAGUE, Form, Level, Place, forms_by_head, place_forms
from qa.text.towns import find_towns
from qa.text.words import Token, tokens

_HEADS = re.compile(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])")
_NOT_BEFORE = re.compile(r"[路街桥杯菜话寺巷牌乡镇村]|大[道街桥]|[东西南北]路")
"""What makes a street, a cup or a dish of a short form (北京路, 安康杯)."""
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔崔康毛"
    "邱秦史顾侯邵孟龙段雷钱汤尹黎易武乔贺赖龚"
)
"""The hundred most common surnames without those that are common words before a place (于, 江, 白, 万 …)."""
_BODY = re.compile(
    r"(?:[省市县区州]?总?工会|[市县区州盟旗](?![委政])|[市县区州]委|政府|人民|公安|供电|一中|籍|境内|全境)"
)
_OFFICE = re.compile("总工会|委(?![托派任])|直(?:机关|属)|政府|人大|政协")
"""What forms one word with the level before it (县总工会, 县委), so that a place's name (互助县) ends inside a word."""
_SHORT = 2000
"""Code points up to which what was found in a text is remembered: passages are read again for every question."""
_UNION = re.compile(r"[省市县区州]?总工会")


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place and where a text names it.

    Attributes:
        start, end: in the text that was given.
        name: the official name (晋城市, 黄南藏族自治州); for towns and villages, as written.
        province: official name, or "" where it cannot be told; a province's own name for itself.
        city: the prefecture's official name, or ""; a prefecture's own name for itself.
    """

    start: int
    end: int
    name: str
    level: Level
    province: str
    city: str


@dataclass(frozen=True, slots=True)
class _Match:
    """A form at a place in normalised text, with what it may mean."""

    start: int
    end: int
    forms: tuple[Form, ...]


def find_places(text: str, context: Sequence[str] = ()) -> list[PlaceMention]:
    """Find the places that a text names, in their order, never overlapping.

    A short form counts where it stands as a word of its own; one that is also a person's name or an ordinary word
    (平顺, 互助) counts only next to the place around it, before a body's name, or where the text or ``context`` names
    the place around it. A name that several counties share gets its province and city from there, too.

    Args:
        text: raw; of any length.
        context: official names of places that the text is known to be about.
    """
    return list((_remembered if len(text) <= _SHORT else _find)(text, tuple(context)))


def _find(text: str, context: tuple[str, ...]) -> tuple[PlaceMention, ...]:
    plain = normalise(text)
    words: Sequence[Token] = ()
    matches = list(_matches(plain.text))
    if matches or any(mark in plain.text for mark in "镇乡村街社苏嘎"):
        words = tokens(plain.text)
    found = _resolve(plain.text, matches, words, context)
    return tuple(_raw(plain, mention) for mention in _with_towns(plain.text, found, words))


_remembered = lru_cache(maxsize=4096)(_find)


def _raw(plain: Normalised, mention: PlaceMention) -> PlaceMention:
    span = plain.raw_span(mention.start, mention.end)
    return replace(mention, start=span.start, end=span.end)


def _matches(text: str) -> Sequence[_Match]:
    """Find the forms of the table in a text, leftmost and longest first, not overlapping."""
    heads, forms = forms_by_head(), place_forms()
    found: list[_Match] = []
    behind = 0
    for head in _HEADS.finditer(text):
        at = head.start()
        if at < behind:
            continue
        for form in heads.get(text[at : at + 2], ()):
            if text.startswith(form, at):
                behind = at + len(form)
                found.append(_Match(at, behind, forms[form]))
                break
    return found


def _resolve(
    text: str, matches: Sequence[_Match], words: Sequence[Token], context: Sequence[str]
) -> list[PlaceMention]:
    """Keep the matches that are places and settle which ones."""
    edges = {edge for word in words for edge in (word.start, word.end)}
    edges |= {match.start for match in matches if match.forms[0].degree == FULL}
    given = {word.end for word in words if word.text in _SURNAMES}
    likely = [match for match in matches if _stands_alone(text, match, edges, given)]
    around = {place for name in context for place in _known(name)}
    around |= {
        form.place for match in likely for form in match.forms[:1] if form.degree <= CLEAR and len(match.forms) == 1
    }
    found: list[PlaceMention] = []
    before: Place | None = None
    behind = 0
    for match in likely:
        adjacent = before if before and text[behind : match.start] in {"", " "} else None
        chosen = _choose(text, match, adjacent, around)
        if chosen is None:
            continue
        found.append(PlaceMention(match.start, match.end, chosen.name, chosen.level, chosen.province, chosen.city))
        before, behind = chosen, match.end
    return found


def _known(name: str) -> list[Place]:
    return [form.place for form in place_forms().get(name, ())]


def _stands_alone(text: str, match: _Match, edges: set[int], given: set[int]) -> bool:
    """Tell whether a short form is a word of its own; official names need not be, as words may run on behind them.

    Args:
        edges: where words begin and end.
        given: where a surname ends, and a given name may begin (郭汉中).
    """
    if match.forms[0].degree == FULL and match.end - match.start > 2:
        return True
    if match.start not in edges or match.start in given:
        return False
    if any(form.degree == FULL for form in match.forms):
        return True
    if text[match.end - 1] in "省市县区州旗" and match.end - match.start > 2 and _OFFICE.match(text, match.end):
        return True
    return match.end in edges and not _NOT_BEFORE.match(text, match.end)


def _choose(text: str, match: _Match, adjacent: Place | None, around: set[Place]) -> Place | None:
    """Choose which of its places a form means, None if it seems to mean none."""
    places = match.forms
    if adjacent and all(form.place != adjacent for form in places):
        inside = [form.place for form in places if _inside(form.place, adjacent)]
        if inside or adjacent.level == "county":  # what follows a county lies in it, or is a firm's name
            return inside[0] if inside else None
    sure = [form for form in places if _is_sure(text, match, form, around)]
    if not sure:
        return None
    top = [form.place for form in sure if form.place.level == sure[0].place.level]
    if len(top) == 1:
        return top[0]
    near = [place for place in top if any(_inside(place, outer) for outer in around)]
    if near:
        return near[0]
    same = {place.name for place in top} == {top[0].name}
    if not same:
        return None
    provinces, cities = {place.province for place in top}, {place.city for place in top}
    return replace(
        top[0], province=top[0].province if len(provinces) == 1 else "", city=top[0].city if len(cities) == 1 else ""
    )


def _is_sure(text: str, match: _Match, form: Form, around: set[Place]) -> bool:
    """Tell whether a form, not standing behind the place around it, means the place."""
    if form.degree <= CLEAR and match.end - match.start > 2:
        return True
    if form.degree == CLEAR and form.place.name != text[match.start : match.end]:
        return True
    if form.degree == VAGUE:
        return bool(_UNION.match(text, match.end))
    if form.degree != FULL and _BODY.match(text, match.end):
        return True
    return any(_inside(form.place, outer) for outer in around)


def _inside(inner: Place, outer: Place) -> bool:
    """Tell whether one division lies in another, larger one."""
    if inner == outer or LEVELS.index(inner.level) <= LEVELS.index(outer.level):
        return False
    return outer.name in (inner.province, inner.city)


def _with_towns(text: str, found: list[PlaceMention], words: Sequence[Token]) -> list[PlaceMention]:
    """Add towns and villages, which lie where the place named right before them lies."""
    mentions = list(found)
    for start, end, level in find_towns(text, words, [(mention.start, mention.end) for mention in found]):
        outer = next((mention for mention in reversed(mentions) if 0 <= start - mention.end <= 2), None)
        province, city = (outer.province, outer.city) if outer else ("", "")
        mentions.append(PlaceMention(start, end, text[start:end], level, province, city))
        mentions.sort(key=lambda mention: mention.start)
    return mentions


@lru_cache(maxsize=4096)
def _meanings(name: str) -> frozenset[Place]:
    """List the places that a name may mean, however vague; a town or village by what stands before it."""
    plain = "".join(name.split())
    known = frozenset(_known(plain))
    if known:
        return known
    mentions = find_places(plain)
    last = mentions[-1:] if mentions and mentions[-1].end == len(plain) else []
    return frozenset(Place(mention.name, mention.level, mention.province, mention.city) for mention in last)


def same_place(a: str, b: str) -> bool:
    """Tell whether two names can mean the same place: 晋城 and 晋城市, 黄南州 and 黄南藏族自治州."""
    return a == b or bool(_meanings(a) & _meanings(b))


def contains_place(outer: str, inner: str) -> bool:
    """Tell whether one place lies in another or is the same, by their names: 山西 and 晋城市."""
    if same_place(outer, inner):
        return True
    around = {place.name for place in _meanings(outer)}
    return any(around & {place.province, place.city} for place in _meanings(inner))
