"""Looks for words in one document as a reader means them: whatever the case, however the lines break; pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from qa.text.lines import line_at, line_starts
from qa.types import Span

MAX_HITS = 500
MAX_WORDS = 100
"""Characters that can be looked for."""

Segment = tuple[int, int, int]
"""Line number from 1, and a half-open range of that line's code points."""


def find(text: str, words: str) -> list[list[Segment]]:
    """Find where words stand, at most MAX_HITS places; each is a list of segments, one for every line it lies on.

    White space and line ends may stand anywhere inside a place: "1761.6万元" finds "1761.6 万元".
    """
    characters = re.sub(r"\s+", "", words)[:MAX_WORDS]
    if not characters:
        return []
    pattern = re.compile(r"\s*".join(map(re.escape, characters)), re.IGNORECASE)
    starts = line_starts(text)
    places = islice(pattern.finditer(text), MAX_HITS)
    return [list(_segments(text, starts, Span(place.start(), place.end()))) for place in places]


def _segments(text: str, starts: Sequence[int], span: Span) -> Iterator[Segment]:
    number, begin = line_at(starts, span.start), span.start
    while begin < span.end:
        line_end = starts[number] if number < len(starts) else len(text)
        end = min(span.end, line_end)
        shown = begin + len(text[begin:end].rstrip("\r\n"))
        if begin < shown:
            yield number, begin - starts[number - 1], shown - starts[number - 1]
        number, begin = number + 1, line_end
