"""The table of China's provinces, prefectures and counties with their short forms, from data/places.tsv."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Level = Literal["province", "city", "county", "town", "village"]
LEVELS: tuple[Level, ...] = ("province", "city", "county", "town", "village")

FULL, CLEAR, WEAK, VAGUE = range(4)
"""How sure a form is: the official name, a short form that is nothing else, a name of something else too, a word."""


@dataclass(frozen=True, slots=True)
class Place:
    """A division; a province has itself as province and no city, a prefecture itself as city."""

    name: str
    level: Level
    province: str
    city: str


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a place, and how sure it is."""

    place: Place
    degree: int


def _rows() -> Iterator[list[str]]:
    for line in (resources.files("qa.text") / "data" / "places.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split("\t")


@cache
def place_forms() -> Mapping[str, tuple[Form, ...]]:
    """Map each form to the places that it may mean, the largest and surest first."""
    found: dict[str, list[Form]] = {}
    for name, level, province, city, *shorts in _rows():
        place = Place(name, next(known for known in LEVELS if known == level), province, city)
        found.setdefault(name, []).append(Form(place, FULL))
        for degree, forms in zip((CLEAR, WEAK, VAGUE), shorts, strict=True):
            for form in filter(None, forms.split("/")):
                found.setdefault(form, []).append(Form(place, degree))
    return {form: tuple(sorted(of, key=_rank)) for form, of in found.items()}


def _rank(form: Form) -> tuple[int, int]:
    return LEVELS.index(form.place.level), form.degree


def place_names() -> Iterator[str]:
    """Yield every form that a tokeniser should know: official names and short forms that are no ordinary words."""
    for name, forms in place_forms().items():
        if min(form.degree for form in forms) <= CLEAR:
            yield name


@cache
def forms_by_head() -> Mapping[str, tuple[str, ...]]:
    """Map two characters to the forms that begin with them, the longest first."""
    found: dict[str, list[str]] = {}
    for form in place_forms():
        found.setdefault(form[:2], []).append(form)
    return {head: tuple(sorted(forms, key=len, reverse=True)) for head, forms in found.items()}
