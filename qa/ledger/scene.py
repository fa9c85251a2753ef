"""What an article says about all of its figures: whose work, where, which year it tells of and was written in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.text.normalise import normalise
from qa.text.places import contains_place, same_place
from qa.text.places_data import CLEAR, Place, place_forms
from qa.types import Article

_PRINTED = ("byline", "signature", "masthead", "file")
"""Where a year says when a text was written."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_AHEAD = re.compile(r"(?:到|至|力争|争取|截止到?)$")
_ANNIVERSARIES = (
    (re.compile(r"(?:中华)?全国总工会成立(\d{2,3})周年|建会(\d{2,3})周年"), 1925),
    (re.compile(r"(?:建党|中国共产党(?:成立)?)(\d{2,3})周年"), 1921),
    (re.compile(r"(?:新中国|中华人民共和国|建国)(?:成立)?(\d{2,3})周年"), 1949),
    (re.compile(r"改革开放(\d{2})周年"), 1978),
)
"""What is celebrated in a year tells the year."""
_LAW = re.compile(
    r"(?:条例|规定|办法|细则|(?<![做作方办看说想用写技手疗教打])法|法典|解释(?:\([一二三四五六七八九十]+\))?|标准|公约|章程)(?:\(.{1,12}\))?$"
)
_MEDIA = re.compile(r"(?:新华社|通讯社|中新社|[日晚时早]报|报社|[工人青年]报|电视台|电台|总台|新闻网|客户端)$")
_STATE, _PROVINCE = re.compile("[全我该]州|州总|州委"), re.compile("[全我该]省(?!级)|省总")
_OLDEST, _LATEST = 1949, 2060
_GENERAL = 30
"""Years by which a body text may lie before its printing and still be about its own time."""
_LEVELS = {"省": "province", "自治区": "province", "市": "city", "州": "city", "县": "county", "旗": "county"}


@dataclass(frozen=True, slots=True)
class Scene:
    """An article, as its figures see it.

    Attributes:
        body: whose work it tells of, "" where not known.
        places: official names, the likeliest first.
        written: the year it was written in: 今年 is this one, 去年 the one before; None where not known.
        told: the year that it tells of where a sentence names none; None where not known.
        is_dated: whether the year of writing is printed, in a byline, masthead or file name.
        is_law: whether its figures are rules and not facts of a year.
    """

    body: str = ""
    places: tuple[str, ...] = ()
    written: int | None = None
    told: int | None = None
    is_dated: bool = False
    is_law: bool = False

    @property
    def place(self) -> str:
        """The likeliest place, or ""."""
        return self.places[0] if self.places else ""

    def at_level(self, level: str) -> str:
        """Name the 省, 市, 州, 县 or 区 that the article is about or lies in, "" where it cannot be told."""
        for name in self.places:
            found = _at_level(level, name)
            if found:
                return found
        return ""


def scene_of(article: Article, text: str = "") -> Scene:
    """Put together what is known of an article.

    Args:
        text: its text, for the year it was written in; without it only the facts of the article count.
    """
    plain = normalise(text).text
    body = _owner(article)
    places = tuple(fact.value for fact in article.places)
    body, places = _prefecture(body, places, plain)
    written = _written(article, plain)
    years = [int(fact.value) for fact in article.years if fact.value.isdigit() and _likely(int(fact.value))]
    told = years[0] if years else None
    body_years = [int(fact.value) for fact in article.years if fact.where in ("body", "opening", "heading")]
    if written is not None and told is not None and told > written:
        told = written
    if not body and places and article.places[0].where == "masthead" and told is not None:
        places, told = (), None if article.years[0].where == "masthead" else told  # an essay in a periodical
    if not body and any(year < (written or _LATEST) - _GENERAL for year in body_years):
        told = None  # a tale of old times in a new issue
    return Scene(
        body=body,
        places=places,
        written=written,
        told=told,
        is_dated=any(fact.where in _PRINTED for fact in article.years),
        is_law=bool(_LAW.search("".join(normalise(article.title).text.split()).rstrip("》"))),
    )


def _owner(article: Article) -> str:
    """Return whose work an article tells of; a newspaper named at its head only reports it."""
    fact = article.organisation
    if fact is None or (fact.where == "opening" and _MEDIA.search(fact.value)):
        return ""
    return fact.value


def _prefecture(body: str, places: tuple[str, ...], text: str) -> tuple[str, tuple[str, ...]]:
    """Mend 海南省 to the 海南州 of another province that is named too, where the text speaks of its 州 throughout."""
    if not places or not places[0].endswith("省") or not body.startswith(places[0]):
        return body, places
    if len(_STATE.findall(text)) <= len(_PROVINCE.findall(text)):
        return body, places
    for form in place_forms().get(places[0][:-1], ()):
        if form.place.name.endswith("州") and form.place.province in places[1:]:
            return body.replace(places[0], form.place.name, 1), (form.place.name, *places[1:])
    return body, places


def _likely(year: int) -> bool:
    return _OLDEST <= year <= _LATEST


def _written(article: Article, text: str) -> int | None:
    """Find the year of writing: as printed, by an anniversary, else by the latest year that the text speaks of."""
    for where in _PRINTED:
        for fact in article.years:
            if fact.where == where and _likely(int(fact.value)):
                return int(fact.value)
    for pattern, first in _ANNIVERSARIES:
        for match in pattern.finditer(text[:3000]):
            number = int(next(group for group in match.groups() if group))
            if _likely(first + number):
                return first + number
    return _latest(article, text)


def _latest(article: Article, text: str) -> int | None:
    """Take the latest year spoken of as past or present; where 去年 is said and hardly 今年, it is that last year."""
    said = [int(m[1]) for m in _YEAR.finditer(text) if not _AHEAD.search(text[max(m.start() - 4, 0) : m.start()])]
    titled = [int(fact.value) for fact in article.years if fact.where == "title"]
    known = [year for year in (*said, *titled) if _likely(year)]
    known = known or [int(fact.value) for fact in article.years if _likely(int(fact.value))]
    if not known:
        return None
    latest = max(known)
    before, now = text.count("去年"), len(re.findall("今年|本年|年内", text))
    return latest + 1 if before > 2 * now and latest not in titled else latest


def _at_level(level: str, name: str) -> str:
    """Name the division of a level that a place is or lies in."""
    forms = place_forms().get("".join(name.split()), ())
    if not forms:
        return name if name.endswith(level) else ""
    place = forms[0].place
    if level == "区":
        return place.name if place.name.endswith("区") and not place.name.endswith("自治区") else ""
    return _of_level(_LEVELS.get(level, ""), level, place)


def _of_level(kind: str, level: str, place: Place) -> str:
    if kind == "province":
        return place.province
    if kind == "city":
        named = [name for name in (place.name, place.city, place.province) if name.endswith(level)]
        return named[0] if named else ""
    return place.name if place.level == "county" and place.name.endswith((level, "自治" + level)) else ""


def official(name: str, around: Sequence[str] = ()) -> str:
    """Return the official name that a place's name means, by the places around it; itself where it is not known."""
    meanings = [form.place.name for form in place_forms().get(name, ()) if form.degree <= CLEAR]
    near = [one for one in meanings if any(contains_place(outer, one) or same_place(outer, one) for outer in around)]
    return next(iter([*near, *meanings]), name)
