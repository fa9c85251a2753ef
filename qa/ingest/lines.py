"""Raw lines of a document: where they stand, how much white space is above them, what markup they carry."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.types import Span

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_MARKUP = re.compile(r"\*\*|^#{1,6}(?=\s+\S)|^>\s+")
_SPACE = re.compile(r"\s*")
PAGE_GAP = 3
"""Blank lines that stand for a page break, an image or a form feed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    Attributes:
        spans: raw ranges of its content, outer white space and markup left out; at least one.
        text: what the spans hold.
        gap: blank lines above it; a form feed counts as PAGE_GAP.
        indent: columns of white space at its start (an ideographic space has two).
        level: 1..6 of a markdown heading, 0 otherwise.
        bold: everything in it is bold.
        unfinished: bold type goes on over its end.
        markup: ranges of ``#``, ``**`` and ``>``.
        break_at: the line end behind it; None at the end of the text.
    """

    spans: tuple[Span, ...]
    text: str
    gap: int
    indent: int
    level: int
    bold: bool
    unfinished: bool
    markup: tuple[Span, ...]
    break_at: Span | None


def read_lines(text: str) -> list[Line]:
    """Split a text into its lines; only lines with something to read are kept."""
    found: list[Line] = []
    gap, bold = 0, False
    for start, end, break_at in _rows(text):
        line = _line(text, start, end, break_at, gap, bold and gap == 0)
        if line is None:
            gap += 1
        else:
            found.append(line)
            gap, bold = 0, line.unfinished
        if break_at and text[break_at.start] == "\f":
            gap = max(gap, PAGE_GAP)
    return found


def _rows(text: str) -> Iterator[tuple[int, int, Span | None]]:
    start = 0
    for found in _BREAK.finditer(text):
        yield start, found.start(), Span(found.start(), found.end())
        start = found.end()
    if start < len(text):
        yield start, len(text), None


def _line(text: str, start: int, end: int, break_at: Span | None, gap: int, bold: bool) -> Line | None:
    raw = text[start:end]
    if not raw.strip():
        return None
    low = start + len(raw) - len(raw.lstrip())
    high = start + len(raw.rstrip())
    markup = [Span(low + match.start(), low + match.end()) for match in _MARKUP.finditer(text[low:high])]
    level = markup[0].end - markup[0].start if markup and text[markup[0].start] == "#" else 0
    spans, plain, bold = _content(text, low, high, markup, bold)
    if not spans:
        spans, markup, level, plain = [Span(low, high)], [], 0, 1
    indent = sum(2 if char == "　" else 1 for char in raw[: low - start])
    content = "".join(text[span.start : span.end] for span in spans)
    return Line(tuple(spans), content, gap, indent, level, plain == 0, bold, tuple(markup), break_at)


def _content(text: str, low: int, high: int, markup: list[Span], bold: bool) -> tuple[list[Span], int, bool]:
    """Cut the markup out of [low, high); return the rest, how much of it is not bold, and whether bold goes on."""
    spans: list[Span] = []
    plain, at = 0, low
    for mark in [*markup, Span(high, high)]:
        start, end = _trim(text, at, mark.start, first=not spans, last=mark.start == high)
        if start < end:
            spans.append(Span(start, end))
            plain += 0 if bold else len(text[start:end].strip())
        if text[mark.start : mark.end] == "**":
            bold = not bold
        at = mark.end
    while spans and not text[spans[-1].start : spans[-1].end].strip():
        spans.pop()
    return spans, plain, bold


def _trim(text: str, start: int, end: int, *, first: bool, last: bool) -> tuple[int, int]:
    """Leave out white space at the two ends of a line, not within it."""
    while first and start < end and text[start].isspace():
        start += 1
    while last and end > start and text[end - 1].isspace():
        end -= 1
    return start, end
