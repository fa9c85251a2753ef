"""The bodies, areas and places that a text names, each resolved by its article: 市总, 全州各级工会, 该县, 襄垣县."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.ledger.lists import listed
from qa.ledger.scene import Scene
from qa.text.organisations import OrganisationMention, expand_abbreviation, find_organisations
from qa.text.places import PlaceMention, contains_place, find_places, same_place
from qa.text.words import is_link, tokens

_SCOPE = re.compile(
    r"(?P<whose>[全我本该])(?P<level>国|自治区|[省市州县区旗])(?P<unions>(?:各级)?工会(?!法|章|主席|经费)(?:系统|组织)?)?(?![体文税资服籍])"
)
_EACH = re.compile(
    r"(?:(?<![\u4e00-\u9fff])|(?<=[全我][省市州县区]))各(?:级|地|基层|市|县|区|州|乡镇|街道|[省市县区州]{2}|[县市区州]?\([县市区州、]{1,7}\))"
    r"[^,。;\d]{0,14}?工会(?:组织)?(?!干部|主席|会员|经费)"
)
_PART = re.compile(r"其中[,:]?(?P<name>[省市县区州]总(?:工会)?)")
_THIS_BODY = re.compile(r"[该本](?:工会|会|单位|公司|集团|厂|院|校|中心|企业|局|[省市县区州]总(?:工会)?)(?![员议体])")
_UNIONS = re.compile(r"各级工会(?:组织)?|工会系统|工会组织")
_UNION = re.compile(r"(?:总工会|总|工会(?:委员会|联合会|工作委员会)?)$")
_BARE = re.compile(r"^(?:[省市县区州]|自治区)")
_NATIONAL = frozenset({"中华全国总工会", "全国总工会", "全总"})
_GENERIC = ("公司", "企业", "学校", "集团", "单位", "医院", "园区", "这", "某", "服务", "工会")
_NEAR = 60
"""Characters back to a place that tells whose a local body is: 康乐县第一中学 … 县总工会."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a figure is.

    Attributes:
        body: full name, "" where the text tells of an area without a body, or where it is not known.
        place: official name.
        where: how it was found: "sentence", "paragraph", "section", "article", "" where not at all.
    """

    body: str = ""
    place: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at [start, end) of a text in normal form.

    Attributes:
        is_area: whether it is a whole area (全市, 全州各级工会).
        is_union: whether it is a union, which may be what a sentence is about wherever it stands.
    """

    start: int
    end: int
    owner: Owner
    is_area: bool = False
    is_union: bool = False


def find_mentions(text: str, scene: Scene) -> list[Mention]:
    """Find them in their order; where two overlap, bodies win over areas, areas over places."""
    return _Finder(text, scene).all() if text else []


class _Finder:
    """One text."""

    def __init__(self, text: str, scene: Scene) -> None:
        self._text = text
        self._scene = scene
        self._bodies = find_organisations(text)
        self._places = find_places(text, scene.places)
        self._own = place_of(scene.body, scene)

    def all(self) -> list[Mention]:
        found: list[Mention] = []
        for one in (*self._parts(), *self._each(), *self._named(), *self._areas(), *self._bare_places()):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
        found += self._these(sorted(found, key=lambda one: one.start))
        return sorted(found, key=lambda one: one.start)

    def _parts(self) -> Iterator[Mention]:
        """Yield the 市总 of 其中市总共…, which reads like 总共."""
        for match in _PART.finditer(self._text):
            one = OrganisationMention(*match.span("name"), match["name"], "union")
            name, place = self._full(one)
            if not _BARE.match(name):
                yield Mention(one.start, one.end, Owner(name, place), is_union=True)

    def _each(self) -> Iterator[Mention]:
        """Yield 各级工会, 各县(市、区)总工会: not the article's own body but those beneath it."""
        place = self._own
        for match in _EACH.finditer(self._text):
            if place and not self._is_attribute(match.end()):
                yield Mention(*match.span(), Owner(f"{place}各级工会", place), is_area=True, is_union=True)

    def _named(self) -> Iterator[Mention]:
        for one in self._bodies:
            name, place = self._full(one)
            if not _BARE.match(name) and not name.startswith(_GENERIC):
                yield Mention(one.start, one.end, Owner(name, place), is_union=bool(_UNION.search(one.name)))

    def _full(self, one: OrganisationMention) -> tuple[str, str]:
        """Name a body in full and say where it is: 市总 by its article, 长治市总 by itself."""
        scene = self._scene
        inside = find_places(one.name, scene.places)
        if inside and inside[0].start == 0 and inside[0].level not in ("town", "village"):
            last = innermost(inside)
            if one.name[last.end :] in ("工会", "总工会"):
                return f"{one.name[: last.start]}{last.name}总工会", last.name
            return _spelt_out(one.name), last.name
        if above := self._named_before(one):
            return above
        if is_own(one.name, scene.body):
            return scene.body, self._own
        for place in (*self._near(one.start), *scene.places):
            full = expand_abbreviation(one.name, place)
            if full != one.name and not _BARE.match(full):
                head = find_places(full)
                return full, head[0].name if head else place
        return _spelt_out(one.name), "全国" if one.name in _NATIONAL else scene.place

    def _named_before(self, one: OrganisationMention) -> tuple[str, str] | None:
        """Find the full name that a short one takes up: 省总 behind 江苏省总工会."""
        short = _spelt_out(one.name)
        for other in reversed(self._bodies):
            if one.start - _NEAR <= other.start < one.start and _BARE.match(short):
                inside = find_places(other.name, self._scene.places)
                if inside and inside[0].start == 0 and _spelt_out(other.name).endswith(short):
                    return self._full(other)
        return None

    def _near(self, at: int) -> list[str]:
        near = [one.name for one in reversed(self._places) if at - _NEAR <= one.start < at][:2]
        return [
            self._scene.place if self._scene.place and same_place(name, self._scene.place) else name for name in near
        ]

    def _areas(self) -> Iterator[Mention]:
        for match in _SCOPE.finditer(self._text):
            if match["whose"] == "本" and self._text[match.start() - 1 : match.start()] in tuple("日基根资成"):
                continue
            unions = match["unions"] is not None and not self._is_attribute(match.end())
            owner = self._area(match, unions)
            if owner.place:
                yield Mention(match.start(), match.end(), owner, is_area=True)

    def _is_attribute(self, end: int) -> bool:
        """Tell whether a noun follows that is meant instead: 全市工会劳保干部."""
        word = next((word for word in tokens(self._text) if word.start >= end), None)
        return word is not None and word.start == end and not acts(word.text)

    def _area(self, match: re.Match[str], unions: bool) -> Owner:
        if match["level"] == "国":
            return Owner("全国各级工会" if unions else "", "全国")
        place = self._of_level(match["level"], match.start() if match["whose"] == "该" else None)
        if unions:
            return Owner(f"{place}各级工会" if place else "", place)
        return Owner(self._scene.body if place and place == self._own else "", place)

    def _of_level(self, level: str, before: int | None) -> str:
        if before is not None:
            for one in reversed(self._places):
                if one.start < before and one.name.endswith(level):
                    return one.name
        if self._own.endswith(level):
            return self._own
        return self._scene.at_level(level)

    def _bare_places(self) -> Iterator[Mention]:
        joined: list[PlaceMention] = []
        for one in self._places:
            if joined and one.start == joined[-1].end:
                joined[-1] = replace(one, start=joined[-1].start)
            else:
                joined.append(one)
        for one in joined:
            if one.level in ("province", "city", "county"):
                yield self._bare(one)

    def _bare(self, one: PlaceMention) -> Mention:
        """Make the mention of a place without a body: 长治各级工会, 襄垣县投入…."""
        if unions := _UNIONS.match(self._text, one.end):
            owner = Owner(f"{one.name}各级工会", one.name)
            return Mention(one.start, unions.end(), owner, is_area=True, is_union=True)
        return Mention(one.start, one.end, Owner(self._scene.body if one.name == self._own else "", one.name))

    def _these(self, found: Sequence[Mention]) -> list[Mention]:
        """Find 该工会, 该公司: the last body named before, else the article's."""
        these: list[Mention] = []
        for match in _THIS_BODY.finditer(self._text):
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            union = match.group()[1] in "工会省市县区州"
            before = [one for one in found if one.end <= match.start() and one.owner.body and one.is_union == union]
            owner = before[-1].owner if before else self._local(match.group()[1:])
            these.append(Mention(match.start(), match.end(), owner, is_union=True))
        return these

    def _local(self, name: str) -> Owner:
        """Say whose a 市总工会 is where no body was named before it: the article's, or that of its place."""
        level = self._of_level(name[0], None) if not self._scene.body and name[1:2] == "总" else ""
        return Owner(f"{level}总工会", level) if level else Owner(self._scene.body, self._own)


def acts(word: str) -> bool:
    """Tell whether a word behind a name is said of it, and no noun that the name only describes."""
    return is_link(word) or word[:2] in listed("verbs")


def _spelt_out(name: str) -> str:
    return "中华全国总工会" if name == "全总" else re.sub(r"(?<=[省市县州区])总$", "总工会", name)


def is_own(name: str, body: str) -> bool:
    """Tell whether a short name is that of an article's own body: 市总, 州总工会 for 海南州总工会."""
    full = _spelt_out(name)
    return bool(body) and body != full and body.endswith(full) and bool(_BARE.match(full))


def innermost(places: Sequence[PlaceMention]) -> PlaceMention:
    """Follow places that stand side by side to the last and smallest one: 西宁市城中区."""
    last = places[0]
    for one in places[1:]:
        if one.start != last.end or one.level in ("town", "village"):
            break
        last = one
    return last


def place_of(body: str, scene: Scene) -> str:
    """Return the place that a body's name begins with, else the article's."""
    inside = find_places(body, scene.places)
    return innermost(inside).name if inside and inside[0].start == 0 else scene.place


def same_body(one: str, other: str) -> bool:
    """Tell whether two names spell one body: 海南州总工会, 海南藏族自治州总工会."""
    places = [find_places(name) for name in (one, other)]
    if not all(found and found[0].start == 0 for found in places):
        return False
    first, second = (innermost(found) for found in places)
    alike = one[first.end :] == other[second.end :]
    return alike and (same_place(first.name, second.name) or contains_place(first.name, second.name))
