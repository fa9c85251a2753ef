"""Where the name of a body begins, given what it ends with: 西宁市城中区 + 总工会, 中国工商银行长治 + 分行."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.text.body_lexicon import body_lexicon
from qa.text.places import find_places
from qa.text.places_data import CLEAR, place_forms
from qa.text.words import Token, is_link, tokens

_LEVELS = "省市县区州"
_NO_LEVEL = re.compile(r"[全各我本该每两几贵]|[城股楼超门都早夜]市|[地社园厂矿街景校辖小山灾牧林库新老城]区|[节反]省")
"""A level's character that belongs to another word (城市, 社区), or stands for a class (全市, 各县)."""
_NATION = frozenset("国家 中央 全国 中国 中华 中共".split())
_LOCAL = re.compile(rf"[{_LEVELS}](?:委|直|属|政府|总|人大|政协)")
_LEVEL_OR_NATION = re.compile(rf"[{_LEVELS}]|国家|中央|全国|中国|中华|中共")
_ANCHORED = frozenset({"union", "party", "government"})
_IN_BRACKETS = frozenset("集团 控股 中国 国际".split())
"""What stands in brackets inside a company's name, beside places: 太原钢铁(集团)有限公司."""
_BEHIND_UNION = frozenset({"", "主席", "副主席"})
"""What may stand in one word with a body's last one: 教育工会主席 names 教育工会."""
_FAR = 14
"""Code points between a body's suffix and its place or level (省能源化工机冶工会)."""
_LONG = 26


@dataclass(frozen=True, slots=True)
class Scene:
    """A text in normal form with its words and places, to look up by offset."""

    text: str
    words: Sequence[Token]
    starts: Sequence[int]
    places: Mapping[int, int]

    @classmethod
    def of(cls, text: str) -> "Scene":
        """Look at a text in normal form."""
        words = tokens(text)
        return cls(text, words, [word.start for word in words], {place.end: place.start for place in find_places(text)})

    def word_at(self, at: int) -> Token | None:
        """Return the word that covers the character at an offset, None where it is no word's."""
        index = bisect_right(self.starts, at) - 1
        return self.words[index] if index >= 0 and self.words[index].end > at >= 0 else None

    def with_places(self, start: int) -> int:
        """Move a start in front of the places that end there, or with the level there (晋城市 + 委)."""
        start = self.places.get(start + 1, start)
        while start in self.places:
            start = self.places[start]
        return start


def start_of_name(scene: Scene, start: int, end: int) -> int | None:
    """Find where the name begins whose suffix is [start, end); None where it is no name's end."""
    lexicon = body_lexicon()
    suffix = scene.text[start:end]
    if suffix in lexicon.whole:
        return start
    if re.fullmatch(f"[{_LEVELS}]委", suffix):
        return None if _NO_LEVEL.match(scene.text, max(start - 1, 0)) else _with_league(scene, start, suffix)
    last = scene.word_at(end - 1)
    if last is None or scene.text[end : last.end] not in _BEHIND_UNION:
        return None
    if lexicon.kinds[suffix] in _ANCHORED:
        first = _by_sector(scene, start) if suffix.endswith("工会") else None
        return _anchor(scene, start, suffix) if first is None else first
    first = _by_nouns(scene, start)
    own = scene.word_at(start)
    if own and first == own.start and lexicon.kinds[suffix] != "media" and not _opens_with_place(own.text):
        return None  # 公交公司 is a class, 人民日报 a name, 贵州大学 too
    return first if first < start else None


def _opens_with_place(word: str) -> bool:
    return _is_place(word[:2]) or _is_place(word[:3])


def _is_place(name: str) -> bool:
    return any(form.degree <= CLEAR for form in place_forms().get(name, ()))


def _anchor(scene: Scene, start: int, suffix: str) -> int | None:
    """Find the level, place or nation that a public body is of, over the nouns in between."""
    at = start
    while at > 0 and start - at <= _FAR:
        level = _level_before(scene, at)
        if level is not None:
            return _with_league(scene, level, suffix)
        if scene.text[max(at - 2, 0) : at] in _NATION:
            return None if suffix == "工会" else at - 2
        word = scene.word_at(at - 1)
        if word is None or (word.end == at and not _may_be_part(word)):
            return None
        if word.end == at and _LOCAL.match(word.text):
            return scene.with_places(word.start)  # 省委 + 统战部
        at -= 1 if _LEVEL_OR_NATION.search(word.text) else at - word.start
    return None


def _level_before(scene: Scene, at: int) -> int | None:
    """Find the start of the place or level (市, 自治区) that ends at an offset, the whole word that it ends."""
    if at in scene.places:
        return at
    if scene.text[at - 1] not in _LEVELS or _NO_LEVEL.match(scene.text, max(at - 2, 0), at):
        return None
    word = scene.word_at(at - 1)
    name = scene.text[word.start : at] if word is not None else ""
    if name.startswith("各"):
        return None
    if len(name) > 2 or _is_place(name):  # 高新区, 绍兴县; 兰州
        return at - len(name)
    return at - 1


def _with_league(scene: Scene, start: int, suffix: str) -> int:
    """Take in the places before a level, and the 团 of 团海北州委."""
    start = scene.with_places(start)
    return start - 1 if suffix.endswith("委") and scene.text[max(start - 1, 0) : start] == "团" else start


def _by_sector(scene: Scene, start: int) -> int | None:
    """Find the start of a company's or a sector's union (富士康科技集团工会), which has no level."""
    before = scene.word_at(start - 1)
    if before is None or before.end != start or not body_lexicon().sector.search(before.text):
        return None
    first = _by_nouns(scene, start)
    whole = first == before.start and _opens_with_place(before.text)  # 济南铁路局 is one word
    return first if first < before.start or whole else None


def _by_nouns(scene: Scene, start: int) -> int:
    """Go left from a suffix over places and words that may be parts of a name."""
    own = scene.word_at(start)
    at = own.start if own else start
    place = False
    named = at
    while at > 0 and start - at < _LONG:
        if at in scene.places:
            at, place = scene.places[at], True
            continue
        if scene.text[at - 1] == ")" and (opening := _opening(scene.text, at)) is not None:
            named, at = at, opening
            continue
        word = scene.word_at(at - 1)
        if (
            word is None
            or word.end != at
            or not _may_be_part(word)
            or (place and not body_lexicon().parent.search(word.text))
        ):
            break
        place = False
        at = word.start
    return named if scene.text.startswith("(", at) else at


def _opening(text: str, end: int) -> int | None:
    """Find the bracket that opens before what a company's name may have in brackets, which end at an offset."""
    opening = text.rfind("(", max(end - 6, 0), end)
    inside = text[opening + 1 : end - 1]
    return opening if opening > 0 and (inside in _IN_BRACKETS or _is_place(inside)) else None


def _may_be_part(word: Token) -> bool:
    lexicon = body_lexicon()
    return word.text in lexicon.inner or not (lexicon.is_outside(word.text) or is_link(word.text))
