"""Widen a span so that it parts no word in two, no figure from its unit, and no 《 from its 》."""

from qa.reading.found import Found
from qa.reading.view import PassageView
from qa.text.words import is_word, tokens


def widened(view: PassageView, start: int, end: int) -> tuple[int, int]:
    """Return [start, end) of a passage's own text, grown at both ends until it cuts no figure, date, word or title.

    A word is one that the dictionary has; a figure comes with its unit or classifier, as the patterns find it. A title
    is cut where one of its marks is in the span and the other is not; words out of its middle are left as they are.
    """
    span = view.normal.normal_span(start, end)
    low, high = _whole(span.start, span.end, [(one.start, one.end) for one in _figures(view)])
    low, high = _whole(low, high, [(one.start, one.end) for one in tokens(view.plain) if is_word(one.text)])
    low, high = _whole(low, high, [one for one in _titles(view) if (low <= one[0] < high) != (low < one[1] <= high)])
    if (low, high) == (span.start, span.end):
        return start, end
    raw = view.raw_span(low, high)
    return min(start, raw.start), max(end, raw.end)


def _figures(view: PassageView) -> tuple[Found, ...]:
    return (*view.figures, *view.dates)


def _titles(view: PassageView) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in view.works if view.plain[one.start] == "《"]


def _whole(start: int, end: int, units: list[tuple[int, int]]) -> tuple[int, int]:
    """Grow a range to the ends of every unit that it cuts."""
    cut = [(low, high) for low, high in units if low < end and start < high]
    return min([start, *(low for low, _ in cut)]), max([end, *(high for _, high in cut)])
