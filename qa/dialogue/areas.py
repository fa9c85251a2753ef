"""Areas that are named by their level alone: the whole of one (全省, 我市) and what lies in one (各县, 市直, 基层)."""

import re

from qa.text.words import tokens

_WHOLE = r"(?:[全本我][省市州县区]|[全我]国)"
_UNITS = r"(?:区县|县区|县市区?|市县区?|乡镇)"
_EACH = rf"(?:各{_UNITS}|{_UNITS}|各(?:[省市州县区旗乡镇地]|街道)|[省市州县区]直)"
_LEVELS = rf"(?:{_EACH}|[省市州县区]级|基层)(?:机关|单位|部门|工会)?"
_AREA = re.compile(rf"{_WHOLE}的?(?:{_LEVELS})?|{_LEVELS}")
_NEAR = re.compile(rf"{_WHOLE}|{_EACH}")
_FIRST = re.compile(
    rf"{_WHOLE}(?!级|性|总工会|劳模|劳动模范|模范|先进|优秀|五一|工人先锋|技术能手|道德|文明|最美|十佳|人大|政协|两会)"
)
"""Honours and assemblies have an area in their names: 全国劳动模范."""
_RANKS = {"国": -1, "地": -1, "省": 0, "州": 1, "盟": 1, "市": 1, "县": 2, "区": 2, "旗": 2, "乡": 3, "镇": 3, "街": 3}
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}?[省市县区州盟旗](?:(?<=省)[\u4e00-\u9fff]{1,8}?[市县区州盟旗])?")
_SHORT = 4
"""Characters of the longest name of a place without its level (呼和浩特)."""


def is_area(text: str) -> bool:
    """Tell whether a text is such an area and nothing else."""
    return _AREA.fullmatch(text) is not None


def first_area(text: str, at: int) -> tuple[int, int] | None:
    """Find the area that a question is about, [start, end), where its subject begins."""
    return _word(text, _FIRST.match(text, at))


def area_behind(text: str, at: int) -> tuple[int, int] | None:
    """Find the area right behind a place that ends there (晋城市各县)."""
    return _word(text, _NEAR.match(text, at))


def _word(text: str, found: re.Match[str] | None) -> tuple[int, int] | None:
    """Leave out what ends inside a word: 全区 in 全区域."""
    if found is None or all(token.end != found.end() for token in tokens(text)):
        return None
    return found.start(), found.end()


def around(place: str) -> str:
    """Return the place of a body, "" where its name tells none: 晋城市 of 晋城市总工会."""
    found = _PLACE.match(place)
    return found[0] if found is not None else place if len(place) <= _SHORT else ""


def within(place: str, area: str) -> str:
    """Name an area beside a place or its body: 各县 of 晋城市 is 晋城市各县, while 全省 is more than that."""
    outer = around(place)
    if not outer or is_area(place) or area[0] in "本我":
        return area
    level = "省" if outer.endswith("自治区") else outer[-1] if outer[-1] in _RANKS else "市"  # most bare names: cities
    own = _RANKS[level]
    rank = next((_RANKS[char] for char in area if char in _RANKS), own + 1)
    return outer + area if rank > own or (rank == own and area[0] != "各") else area
