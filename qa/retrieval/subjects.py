"""Of whom, where and when a question asks: places, organisations, years."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.retrieval.known import Known
from qa.retrieval.years import find_times
from qa.text.organisations import OrganisationMention, expand_abbreviation, find_organisations
from qa.text.places import PlaceMention, contains_place, find_places
from qa.text.places_data import CLEAR, Place, place_forms
from qa.text.words import tokens

_ASKING = re.compile(r"(?:哪|什么|啥|几|多少)(?:一)?(?:家|个|所|些|级|支|间|几家|几个)?$")
_ASKED = re.compile(r"^(?:哪|什么|啥|几|多少|某)")
_TOTAL = (
    r"[体量共计额产值人理预之是监队裁数]|部(?!署)|面(?![向对])|长(?!期)|经(?![审常过])|资(?!助)|表(?![彰扬示])|要(?!求)|统(?![一筹计])"
    r"|会(?!同)|工(?!作(?![量时日])|人[文俱疗])|收(?=[入益支费视获成购款])|投(?=[资票放标]|入(?:[额量比占是为达有,，。?？、]|$))"
    r"|结(?![对合亲识束])|成(?![立功])|支(?![持援付助教])|决(?![定心策])|编(?![印写发撰纂排])|的来"
)
"""Behind 总 what makes it the whole of something: 总投资, 总结, 总工程师."""
_UNION = re.compile(rf"(?<!全[省市县州区])(?<=[省市县州区])总(?!{_TOTAL})")
"""总 for 总工会, as in 省总, behind what it is the union of."""
_NAMESAKE = re.compile(
    "小学|中学|大学|学院|幼儿园|医院|公司|集团|广场|大厦|公园|路(?![灯政面段况线桥网费])|桥(?!梁)|大[道街]|街(?!道)|小组|活动(?!中心)|行动"
)
"""What makes a name of its own of a word that is a place's name, too: 博爱小学, 惠民活动."""
_LOCAL = "总工会"
_STREETS = "街道"
_LEVELS = re.compile(r"^(?:[、和与及,， ]*[\u4e00-\u9fff]{2,3}?)??(?:这)?[两二三四五几](?:个)?([省市州县区])")


@dataclass(frozen=True, slots=True)
class Subjects:
    """What a question names.

    Attributes:
        places: official names, each followed by the form typed where it differs.
        organisations: full names where the place tells whose, else as typed.
        years: in the question's order.
        plans: five-year plans whose years these are and whose names the documents hold.
        several: whether it names two or more places of which none lies in another.
        ranges: where places, years, and what a union is the union of, stand in the text.
    """

    places: tuple[str, ...]
    organisations: tuple[str, ...]
    years: tuple[int, ...]
    plans: tuple[str, ...]
    several: bool
    ranges: tuple[tuple[int, int], ...]


def expand_unions(text: str) -> str:
    """Write 省总, 长治市总 in full: 省总工会, 长治市总工会."""
    return _UNION.sub("总工会", text)


def find_subjects(text: str, known: Known) -> Subjects:
    """Find the places, bodies and years of a cleaned question with ``expand_unions`` applied.

    Args:
        text: the question.
        known: the places that its articles are about settle what a shared name means (海南 province or prefecture).
    """
    mentions = place_mentions(text, known)
    bodies = body_mentions(text)
    times = tuple(find_times(text, known))
    local = [(body.start, body.end - len(_LOCAL)) for body in bodies if body.name.endswith(_LOCAL)]
    ranges = [(mention.start, mention.end) for mention in mentions] + [(time.start, time.end) for time in times] + local
    return Subjects(
        places=tuple(dict.fromkeys(name for mention in mentions for name in (mention.name, _form(mention, text)))),
        organisations=tuple(dict.fromkeys(_full_name(body, mentions) for body in bodies)),
        years=tuple(dict.fromkeys(year for time in times for year in time.years)),
        plans=tuple(dict.fromkeys(time.plan for time in times if time.plan)),
        several=_several(mentions),
        ranges=tuple(ranges),
    )


def body_mentions(text: str) -> list[OrganisationMention]:
    """Find the bodies that a question names, without those that it asks for (哪家单位)."""
    return [
        body
        for body in find_organisations(text)
        if not _ASKING.search(text[: body.start]) and not _ASKED.search(body.name)
    ]


def place_mentions(text: str, known: Known) -> list[PlaceMention]:
    """Find places by the general rules, and those that the documents speak of wherever their name is a word."""
    found = [_bare(mention, text, known) for mention in find_places(text, known.places)]
    mentions = [_settle(mention, text, known) for mention in found]
    taken = {at for mention in mentions for at in range(mention.start, mention.end)}
    for token in tokens(text):
        if taken.isdisjoint(range(token.start, token.end)):
            place = _known_place(token.text, known)
            if place is not None and (place.name == token.text or not _NAMESAKE.match(text, token.end)):
                mentions.append(_mention(token.start, token.end, place))
    return sorted(mentions, key=lambda mention: mention.start)


def _bare(mention: PlaceMention, text: str, known: Known) -> PlaceMention:
    """Read 浙江街道 as the streets of a province or city that the documents are about, unless they name one so."""
    form = _form(mention, text)
    place = _known_place(form.removesuffix(_STREETS), known) if form.endswith(_STREETS) else None
    if (
        place is None
        or place.level == "county"
        or known.count(form)
        or any(form in body for body in known.organisations)
    ):
        return mention
    return _mention(mention.start, mention.end - len(_STREETS), place)


def _known_place(form: str, known: Known) -> Place | None:
    """Return the place of that name that the documents' articles are about."""
    if not known.places:
        return None
    return next((meaning.place for meaning in place_forms().get(form, ()) if meaning.place.name in known.places), None)


def _mention(start: int, end: int, place: Place) -> PlaceMention:
    return PlaceMention(start, end, place.name, place.level, place.province, place.city)


def _form(mention: PlaceMention, text: str) -> str:
    return text[mention.start : mention.end]


def _settle(mention: PlaceMention, text: str, known: Known) -> PlaceMention:
    """Choose among the places that a form may mean.

    The question's own words come first (海南、黄南两个州), then, where the documents do not speak of the likeliest one,
    those that they speak of.
    """
    meanings = [form.place for form in place_forms().get(_form(mention, text), ()) if form.degree <= CLEAR]
    said = _LEVELS.match(text[mention.end :])
    if said is not None:
        meanings = [place for place in meanings if place.name.endswith(said[1])]
    elif not known.places or mention.name in known.places:
        return mention
    else:
        meanings = [place for place in meanings if place.name in known.places]
    if not meanings or mention.name in {place.name for place in meanings}:
        return mention
    first = meanings[0]
    return replace(mention, name=first.name, level=first.level, province=first.province, city=first.city)


def _full_name(body: OrganisationMention, mentions: Sequence[PlaceMention]) -> str:
    """Name a local body (市总工会) by the place right before it, or by the only place there is."""
    before = [mention for mention in mentions if mention.end <= body.start + 1]
    near = before[-1] if before else mentions[0] if len(mentions) == 1 else None
    return expand_abbreviation(body.name, near.name if near else "")


def _several(mentions: Sequence[PlaceMention]) -> bool:
    """Tell whether places stand side by side instead of one within the other."""
    names = list(dict.fromkeys(mention.name for mention in mentions))
    return any(
        not contains_place(a, b) and not contains_place(b, a) for at, a in enumerate(names) for b in names[at + 1 :]
    )
