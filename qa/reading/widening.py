"""Widen a span so that it parts no word in two, and no figure from its unit."""

from qa.reading.found import Found
from qa.reading.view import PassageView
from qa.text.words import is_word, tokens


def widened(view: PassageView, start: int, end: int) -> tuple[int, int]:
    """Return [start, end) of a passage's own text, grown at both ends until it cuts neither figure, date nor word.

    A word is one that the dictionary has; a figure comes with its unit or classifier, as the patterns find it.
    """
    span = view.normal.normal_span(start, end)
    low, high = _whole(span.start, span.end, [(one.start, one.end) for one in _figures(view)])
    low, high = _whole(low, high, [(one.start, one.end) for one in tokens(view.plain) if is_word(one.text)])
    if (low, high) == (span.start, span.end):
        return start, end
    raw = view.raw_span(low, high)
    return min(start, raw.start), max(end, raw.end)


def _figures(view: PassageView) -> tuple[Found, ...]:
    return (*view.figures, *view.dates)


def _whole(start: int, end: int, units: list[tuple[int, int]]) -> tuple[int, int]:
    """Grow a range to the ends of every unit that it cuts."""
    cut = [(low, high) for low, high in units if low < end and start < high]
    return min([start, *(low for low, _ in cut)]), max([end, *(high for _, high in cut)])
