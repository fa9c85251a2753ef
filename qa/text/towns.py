"""Towns, villages, streets and neighbourhoods, told by their suffix."""

import re
from collections.abc import Iterator, Sequence

from qa.text.places_data import Level
from qa.text.words import Token, is_link

Found = tuple[int, int, Level]

_HAN = r"[\u4e00-\u9fff]"
_TOWN = re.compile(rf"{_HAN}{{1,4}}?(?:街道办事处|街道|苏木|[镇乡])(?!镇)")
_VILLAGE = re.compile(rf"{_HAN}{{1,5}}?(?:嘎查|社区|村)")
_SUFFIX = re.compile("街道办事处|街道|苏木|嘎查|社区|[镇乡村]")
_VILLAGES = frozenset({"嘎查", "社区", "村"})
_GENERIC = re.compile(
    r"[各该本全此每几某].*|.*(?:集团|公司|工会|大学|银行).*|.*(?:[各该本全此每几两某进入驻下联包帮个到在的和与等了为所一二三四五六七八九十]|贫困|帮扶|联系|扶贫|联点|重点|示范|文明|定点|对口|结对|行政|自然|"
    r"乡镇|城镇|特色|小康|农业|农村|新农|美丽|幸福|智慧|和谐|度假|边远|偏远|深入|走进|所在|户籍|农民|职工|困难|街道|居民|第一|自己|助力|平安|企业|工业)"
)
"""What makes a class, not a name, of what follows (贫困村, 各乡镇)."""
_ORDINARY = re.compile(
    r"[乡城小村集重古市]镇|.?[家故下返老他异城同水]乡|[农山乡新渔荒孤侨驻进全联].?村|.*新农村|城中村|地球村|.*度假村|各?社区|各?街道|乡村|村镇"
)
_LONGEST = 5
"""Han characters before the suffix."""


def find_towns(text: str, words: Sequence[Token], taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Yield start, end and level of towns and villages, in the text's order.

    Args:
        text: in normal form.
        words: its words.
        taken: ranges of other places, which a name may follow but not overlap.
    """
    known = sorted(taken)
    edges = {end for _, end in known}
    found: list[Found] = []
    for _, end in known:
        found += _behind(text, end, words, known)
    for index, word in enumerate(words):
        if (suffix := _ending(word.text)) and all(word.end <= start or word.start >= end for start, end, _ in found):
            start = _start(words, index, suffix, known, edges)
            if start is not None:
                found.append((start, word.end, _level(suffix)))
                found += _behind(text, word.end, words, known) if _level(suffix) == "town" else ()
    yield from sorted(found)


def _level(suffix: str) -> Level:
    return "village" if suffix in _VILLAGES else "town"


def _ending(word: str) -> str:
    """Return the suffix that a word ends with, "" for none and for ordinary words."""
    if _ORDINARY.fullmatch(word) and not _SUFFIX.fullmatch(word):
        return ""
    return next((match.group() for match in _SUFFIX.finditer(word) if match.end() == len(word)), "")


def _behind(text: str, at: int, words: Sequence[Token], taken: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """Yield the town and village that follow a larger place at once: 大荔县 + 官池镇 + 北丁村."""
    kinds: tuple[tuple[re.Pattern[str], Level], ...] = ((_TOWN, "town"), (_VILLAGE, "village"))
    for pattern, level in kinds:
        match = pattern.match(text, at)
        if match is None or not _is_name(match.group()) or any(at <= start < match.end() for start, _ in taken):
            continue
        if any(
            is_link(word.text) and len(word.text) > 1 for word in words if word.start >= at and word.end < match.end()
        ):
            return
        yield at, match.end(), level
        at = match.end()


def _is_name(name: str) -> bool:
    bare = _SUFFIX.sub("", name) if len(name) > 2 else name[:-1]
    return bool(bare) and not _ORDINARY.fullmatch(name) and not _GENERIC.fullmatch(bare)


def _start(
    words: Sequence[Token], index: int, suffix: str, taken: Sequence[tuple[int, int]], edges: set[int]
) -> int | None:
    """Find where the name that ends with a word begins, None if it is no name."""
    word = words[index]
    if any(start < word.end and end > word.start for start, end in taken):
        return None
    first, start = index, word.start
    while first and words[first - 1].end == start and start not in edges and word.end - start < len(suffix) + 2:
        first -= 1
        start = words[first].start
    name = "".join(part.text for part in words[first : index + 1])
    bare = name[: -len(suffix)]
    if not 2 <= len(bare) <= _LONGEST or _ORDINARY.fullmatch(name) or _GENERIC.fullmatch(bare):
        return None
    if any(is_link(part.text) or not "\u4e00" <= part.text[0] <= "\u9fff" for part in words[first : index + 1]):
        return None
    return start
