"""Lists as answers: how well a group of items fits the question."""

from qa.reading.features import overlap_features, term_match
from qa.reading.found import UNKNOWN, Found
from qa.reading.lists.groups import Group
from qa.reading.matching import Matcher
from qa.reading.question import Asked
from qa.reading.resources import noun_endings
from qa.reading.view import PassageView
from qa.types import FIGURE_KINDS, AnswerKind, Query, Span

_STYLE = {
    "bracket": 1.0,
    "quoted": 0.9,
    "names": 0.9,
    "points": 0.9,
    "colon": 0.8,
    "labels": 0.7,
    "row": 0.75,
    "spanned": 0.75,
}
"""How surely each style is a list, and not a sentence that happens to hold separators."""
_INNER = frozenset({"row", "bracket", "colon"})
_INTRO = 40
_OUTRO = 16


def list_features(query: Query, matcher: Matcher, asked: Asked, group: Group, size: int) -> dict[str, float]:
    """Describe a group, one of the parts of a list of ``size`` items: the same for all of them.

    "term": the term asked about stands right before the list (1) or in its sentence (.7); "items": it has as many items
    as asked; "intro": share of the question's words in the 40 characters before it and the 16 behind it; "even": how
    alike in length the items are; "stated": the text says that there are that many; "nested": it is part of an item.
    """
    view = matcher.view
    open_ended = group.style in {"points", "labels", "colon"}
    found = Found(
        group.start, len(view.plain) if open_ended else group.end, AnswerKind.LIST
    )  # what follows belongs to others
    features = overlap_features(query, matcher, asked, found)
    index = view.sentence_at(group.start)
    sentence = view.sentences[index] if index >= 0 else Span(0, len(view.plain))
    low = max(group.start - _INTRO, 0 if open_ended else sentence.start)
    high = group.end if open_ended else min(group.end + _OUTRO, len(view.plain))
    near = term_match(asked, view.plain[max(group.start - 24, 0) : high])
    around = term_match(asked, view.plain[sentence.start : max(sentence.end, group.end)])
    features |= {
        "even": _evenness(group),
        "nested": float(group.style in _INNER and any(_holds(other, group) for other in view.groups)),
        "cover_sentence": matcher.share(min(low, sentence.start), max(high, sentence.end)),
        "inside": 0.0,
        "noun": max(_noun_share(asked, group, view.plain), _type_share(query, asked, view, group)),
        "stated": UNKNOWN if group.said is None else float(group.said == len(group.items)),
        "term": max(near, 0.7 * around) if asked.terms else UNKNOWN,
        "items": _items(asked.items, size),
        "intro": matcher.share(low, high),
        "style": _STYLE[group.style],
    }
    return features


def _evenness(group: Group) -> float:
    """Tell how alike in length the items are: the middle one's length over the longest one's."""
    lengths = sorted(len(item) for item in group.items)
    return lengths[len(lengths) // 2] / lengths[-1]


def _holds(outer: Group, inner: Group) -> bool:
    """Tell whether the inner list stands within one item of the outer one (用人单位依法破产、解散的)."""
    return any(item.start <= inner.start and inner.end <= item.end for item in outer.items) and outer.style != "row"


def _noun_share(asked: Asked, group: Group, text: str) -> float:
    """Share of the items that end with the noun asked for (哪几个区 → …区)."""
    endings = asked.endings or ((asked.noun,) if asked.noun else ())
    if not endings:
        return UNKNOWN
    share = sum(text[item.start : item.end].endswith(endings) for item in group.items) / len(group.items)
    return share if asked.endings else max(share, UNKNOWN)


def _type_share(query: Query, asked: Asked, view: PassageView, group: Group) -> float:
    """Share of the items that are wholly of the type asked for (persons, figures); 0 where none is asked for."""
    kind = next((kind for kind in query.kinds if kind is not AnswerKind.LIST), None)
    people = kind is AnswerKind.PERSON or asked.endings == noun_endings()["人"]
    there = view.persons if people else view.figures if kind in FIGURE_KINDS else ()
    whole = {(one.start, one.end) for one in there}
    return sum((item.start, item.end) in whole for item in group.items) / len(group.items)


def _items(wanted: int | None, there: int) -> float:
    if wanted is None:
        return {1: 0.1, 2: 0.2, 3: 0.5}.get(there, 0.7)
    return 1.0 if wanted == there else 0.35 if abs(wanted - there) == 1 else 0.0
