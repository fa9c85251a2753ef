"""The word lists of the ledger, data/lists.txt, each read once."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources

from qa.reading.resources import families


@cache
def _lists() -> Mapping[str, tuple[str, ...]]:
    lines = (resources.files("qa.ledger") / "data" / "lists.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(":") for line in lines if line and not line.startswith("#"))
    found: dict[str, tuple[str, ...]] = {}
    for name, _, words in pairs:
        found[name] = (*found.get(name, ()), *words.split())
    return found


@cache
def listed(name: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(_lists()[name])


@cache
def alternation(name: str) -> str:
    """Return a list as alternatives of a regular expression, the longest first."""
    return "|".join(re.escape(word) for word in sorted(_lists()[name], key=len, reverse=True))


@cache
def family_verbs() -> frozenset[str]:
    """Return the verbs that questions and figures are matched by; see qa/reading/data/verbs.json."""
    return frozenset(form for family in families() for forms in family.values() for form in forms)
