"""The word lists of this package, each read once."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


def _read(name: str) -> str:
    return files("qa.reading").joinpath("data", name).read_text(encoding="utf-8")


@cache
def table(name: str) -> dict[str, Any]:
    """Return data/<name>.json; callers must not change it."""
    found: dict[str, Any] = json.loads(_read(f"{name}.json"))
    return found


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the lines of data/<name>.txt, longest first, so that an alternation prefers the longest."""
    return tuple(sorted(_read(f"{name}.txt").split(), key=len, reverse=True))


@cache
def characters(name: str) -> frozenset[str]:
    """Return the characters of data/<name>.txt."""
    return frozenset("".join(_read(f"{name}.txt").split()))


@cache
def listed(name: str) -> tuple[str, ...]:
    """Return a list of data/names.json, longest first."""
    return tuple(sorted(table("names")[name].split(), key=len, reverse=True))


@cache
def families() -> tuple[dict[str, tuple[str, ...]], ...]:
    """Return the families of verbs of data/verbs.json: within one, senses are told apart (筹集 is not 发放)."""
    return tuple({sense: tuple(forms) for sense, forms in family.items()} for family in table("verbs")["families"])


@cache
def noun_endings() -> dict[str, tuple[str, ...]]:
    """Return what a name ends with that answers 哪个<noun>, by noun (data/nouns.json; a noun there is as that noun)."""
    nouns = table("nouns")
    return {noun: tuple(nouns[ends] if isinstance(ends, str) else ends) for noun, ends in nouns.items()}


@cache
def related_units(unit: str) -> frozenset[str]:
    """Return units that can stand for one (名 for 人), without itself (data/related_units.json)."""
    return frozenset(table("related_units").get(unit, "").split())
