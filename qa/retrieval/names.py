"""Chinese names behind pinyin: Changzhi, Liu Yunshan; by the table of places and the documents' own words."""

from collections.abc import Mapping
from functools import cache

from qa.retrieval.known import Known, spellings
from qa.text.places_data import CLEAR, LEVELS, place_forms

_SHORTEST = 4
"""Letters; shorter spellings stand for too many words."""
_LEVELS = frozenset(LEVELS[:3])


@cache
def _places() -> Mapping[str, tuple[str, ...]]:
    """Map a spelling to the places that are written so, larger ones first."""
    table: dict[str, list[tuple[int, str]]] = {}
    for form, meanings in place_forms().items():
        first = meanings[0]
        if first.degree <= CLEAR and first.place.level in _LEVELS:
            for spelling in spellings(form):
                table.setdefault(spelling, []).append((LEVELS.index(first.place.level), form))
    return {spelling: tuple(form for _, form in sorted(found)) for spelling, found in table.items()}


def chinese_name(spelling: str, known: Known) -> str | None:
    """Return the name that a joined, lower-case pinyin spelling stands for, or None.

    Of several places the one that the documents speak of most is taken, then the largest; of words, the commonest.
    """
    if len(spelling) < _SHORTEST:
        return None
    places = _places().get(spelling, ())
    if places:
        return max(places, key=known.count)
    words = known.by_pinyin(spelling)
    return words[0] if words else None
