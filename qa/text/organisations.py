"""Bodies in text: unions of all kinds, party and government offices, companies, schools, hospitals, newspapers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.text.bodies import Scene, start_of_name
from qa.text.body_lexicon import body_lexicon
from qa.text.normalise import normalise
from qa.text.places_data import Place, place_forms

_ABBREVIATION = re.compile(
    r"(?:(?<![全各我本该大城地社园都股反节])[省市县州区]总|(?<![安健齐])全总)(?![体数量共计额产值部人面的收投长结决预成理资支表之是要工公])"
)
_SHORT = 2000
"""Code points up to which what was found in a text is remembered: passages are read again for every question."""
_LOCAL = re.compile(r"(?P<level>自治区|自治州|[省市县州区])(?P<body>总|总工会|工会|.{0,8}[厅局委会部办院社联协府])")


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """A body and where a text names it.

    Attributes:
        start, end: in the text that was given.
        name: as written, in normal form (half-width, simplified, without stray spaces).
        kind: "union", "party", "government", "company", "education", "health", "media" or "society".
    """

    start: int
    end: int
    name: str
    kind: str


def find_organisations(text: str) -> list[OrganisationMention]:
    """Find the bodies that a text names, in their order, never overlapping.

    A bare kind (工会, 公司) or a class (各级工会, 基层工会) is none; a local one (市总工会, 省人社厅, 市总) is, and
    ``expand_abbreviation`` tells whose.
    """
    return list((_remembered if len(text) <= _SHORT else _find)(text))


def _find(text: str) -> tuple[OrganisationMention, ...]:
    plain = normalise(text)
    found = []
    for start, end, kind in _longest(list(_ranges(plain.text))):
        span = plain.raw_span(start, end)
        found.append(OrganisationMention(span.start, span.end, plain.text[start:end], kind))
    return tuple(found)


_remembered = lru_cache(maxsize=4096)(_find)


def _ranges(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and kind of all names; some lie inside others."""
    lexicon = body_lexicon()
    ends = list(lexicon.suffix.finditer(text))
    abbreviations = list(_ABBREVIATION.finditer(text))
    if not ends and not abbreviations:
        return
    scene = Scene.of(text)
    for match in abbreviations:
        yield scene.with_places(match.start()), match.end(), "union"
    for match in ends:
        start = start_of_name(scene, match.start(), match.end())
        if start is not None:
            yield start, match.end(), lexicon.kinds[match.group()]


def _longest(ranges: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Keep, of ranges that overlap, the longest that begins first, in the text's order."""
    kept: list[tuple[int, int, str]] = []
    behind = 0
    for start, end, kind in sorted(ranges, key=lambda item: (item[0], -item[1])):
        if start >= behind:
            kept.append((start, end, kind))
            behind = end
    return kept


def expand_abbreviation(text: str, place: str) -> str:
    """Put the place into a local body's name: 市总 of 晋城市 is 晋城市总工会, 省总 山西省总工会.

    Args:
        text: 省总, 市总工会, 县委, 省人社厅, 全总 …; anything else comes back as it is.
        place: name of a province, prefecture or county that the text is about.

    Returns:
        The full name; without the place where that level is not known from it (县总 of 晋城市 is 县总工会).
    """
    if text == "全总":
        return "中华全国总工会"
    local = _LOCAL.fullmatch(text)
    if not local:
        return text
    body = "总工会" if local["body"] == "总" else local["body"]
    return (_at_level(local["level"], place) or local["level"]) + body


def _at_level(level: str, name: str) -> str:
    """Find the province, prefecture or county that a place is or lies in, "" where there is none."""
    forms = place_forms().get("".join(name.split()), ())
    if not forms:
        return name if name.endswith(level) else ""
    place = forms[0].place
    if level in {"省", "自治区"}:
        return place.province
    if level == "区":
        return place.name if place.name.endswith("区") else place.province if place.province.endswith("自治区") else ""
    if level in {"州", "自治州"}:
        return place.city if place.city.endswith("州") else ""
    return _city(place) if level == "市" else place.name if place.name.endswith("县") else ""


def _city(place: Place) -> str:
    """Find the 市 that a place is or lies in; a county-level one counts itself."""
    return next((name for name in (place.name, place.city, place.province) if name.endswith("市")), "")
