"""What a look into the ledger asks for, as forms that stand in its rows: words, bodies, places, units."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources

from qa.ledger.lists import family_verbs
from qa.ledger.types import Figure
from qa.retrieval.lexicon import Lexicon
from qa.text.normalise import normalise
from qa.text.organisations import expand_abbreviation
from qa.text.places import contains_place, find_places
from qa.text.words import cut, search_words

_PARTS = re.compile("[;；]")
_MONEY = re.compile(r"[十百千万亿]*(?=元$|块$)")
_SHORT_UNION = re.compile(r"(?<=[省市县州区])总$")
_IDLE = frozenset("的 了 和 与 及 是 有 多少 什么 哪些 数 情况".split())


@cache
def _unit_groups() -> tuple[frozenset[str], ...]:
    """Read the units that count the same things: one group a line."""
    lines = (resources.files("qa.ledger") / "data" / "units.txt").read_text("utf-8").splitlines()
    return tuple(frozenset(line.split()) for line in lines if line and not line.startswith("#"))


def says_something(asked: str) -> bool:
    """Tell whether anything visible is left of what is asked for."""
    return bool(normalise(asked).text.strip())


def units_like(unit: str) -> list[str]:
    """Return the base units that an asked one stands for: 万元 → 元; 人 → 人, 名, 位 …; itself where it is alone."""
    plain = _MONEY.sub("", normalise(unit.strip()).text)
    group = next((group for group in _unit_groups() if plain in group), frozenset({plain}))
    return sorted(group)


def search_text(row: Figure | str) -> str:
    """Return what a row is searched in: the part of its sentence, between semicolons, that it stands in, normalised."""
    if isinstance(row, str):
        return normalise(row).text
    cuts = [match.end() for match in _PARTS.finditer(row.sentence)]
    start = max((at for at in cuts if at <= row.mark.start), default=0)
    end = min((at for at in cuts if at >= row.mark.end), default=len(row.sentence))
    return normalise(row.sentence[start:end]).text


Forms = tuple[str, ...]
"""Ways to say one thing, of which one must be there."""


def things_asked(asked: str) -> list[list[list[Forms]]]:
    """Return, for each thing asked for, the ways to be it: the whole word said in some form, or all of its parts.

    大病补助 is there where 大病补助 or 大病救助 is, or both 大病 and 补助 in some form.
    """
    found = []
    for piece in asked.split():
        plain = normalise(piece).text
        if plain:
            ways = [[plain], _distinct(cut(plain)), _acts(plain)]
            found.append([[_forms(word) for word in way] for at, way in enumerate(ways) if len(way) > (at > 0)])
    return found


def is_told(word: str, row: Figure) -> bool:
    """Tell whether a row's part of its sentence, or what it measures, speaks of a word in one of its forms."""
    text = search_text(row) + normalise(row.what).text
    return all(any(_says(text, way) for way in ways) for ways in things_asked(word))


def _says(text: str, way: Sequence[Forms]) -> bool:
    """Tell whether a text holds each word of a way to say something, in one of the word's forms."""
    return all(any(form in text for form in forms) for forms in way)


def _distinct(words: Sequence[str]) -> list[str]:
    return [word for word in dict.fromkeys(words) if word not in _IDLE]


def _acts(word: str) -> list[str]:
    """Take apart a name that holds a verb, as a sentence would say it: 大病补助 is what 补助大病职工 speaks of."""
    small = [part for part in _distinct(search_words(word)) if len(part) == 2]
    return small if any(part in family_verbs() for part in small) and "".join(small) == word else []


def plain_words(asked: str) -> list[str]:
    """Return words that must all be there as they are, in normal form."""
    return [plain for word in asked.split() if (plain := normalise(word).text)]


def _forms(word: str) -> Forms:
    same = (normalise(other).text for other in Lexicon.load().same(word))
    return tuple(dict.fromkeys(form for form in (word, *same) if len(form) > 1 or form == word))


@lru_cache(maxsize=8192)
def within_place(asked: str, place: str) -> bool:
    """Tell whether a row's place is the one asked for, or lies in it."""
    asked, place = "".join(asked.split()), "".join(place.split())
    return asked in place or contains_place(asked, place)


@lru_cache(maxsize=8192)
def same_body(asked: str, body: str) -> bool:
    """Tell whether a row's body is meant: 市总 is any city's, 长治市总 one, 长治 all bodies of its name."""
    plain = _SHORT_UNION.sub("总工会", normalise("".join(asked.split())).text)
    name = normalise(body).text
    if plain == "全总":
        return name == expand_abbreviation("全总", "")
    if plain in name:
        return True
    places = find_places(plain)
    rest = plain[places[0].end :] if places and places[0].start == 0 else ""
    return bool(rest) and rest.lstrip("省市县区州") in name and places[0].name in name
