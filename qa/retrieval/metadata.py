"""Whether a passage is about the place, the body and the year that a question names: a soft factor, never a filter."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from qa.types import Article, Passage, Query

NAMED, ABOUT, WIDER, UNKNOWN, OTHER = 1.0, 0.8, 0.3, 0.0, -0.6
"""The passage names it; its article is about it; about a larger place around it; nothing known; about another."""


def metadata_match(query: Query, passage: Passage, article: Article | None) -> float:
    """Tell how well a passage fits the places, organisations and years asked about: -1..1, 0 where none are asked."""
    tests: list[tuple[Sequence[str], Callable[[str, str, Article | None], float]]] = [
        (query.places, _place),
        (query.organisations, _organisation),
        ([str(year) for year in query.years], _year),
    ]
    text = f"{passage.context}\n{passage.text}"
    found = [max(test(name, text, article) for name in asked) for asked, test in tests if asked]
    return sum(found) / len(found) if found else 0.0


def _place(asked: str, text: str, article: Article | None) -> float:
    if asked in text or _short(asked) in text:
        return NAMED
    places = tuple(fact.value for fact in article.places) if article is not None else ()
    if not places:
        return UNKNOWN
    if any(_contains(asked, place) for place in places):
        return ABOUT
    return WIDER if any(_contains(place, asked) for place in places) else OTHER


def _organisation(asked: str, text: str, article: Article | None) -> float:
    if asked in text:
        return NAMED
    own = article.organisation.value if article is not None and article.organisation is not None else ""
    return ABOUT if own and (own == asked or own.endswith(asked)) else UNKNOWN


def _year(asked: str, text: str, article: Article | None) -> float:
    if asked in text:
        return NAMED
    years = tuple(fact.value for fact in article.years) if article is not None else ()
    if not years:
        return UNKNOWN
    return ABOUT if asked in years else OTHER


def _short(place: str) -> str:
    """Leave out what texts leave out: 晋城 for 晋城市; names of two characters stay whole (矿区)."""
    return place[:-1] if len(place) > 2 and place[-1] in "省市县区州盟旗" else place


@lru_cache(maxsize=10_000)
def _contains(outer: str, inner: str) -> bool:
    from qa.text.places import contains_place

    return contains_place(outer, inner)
