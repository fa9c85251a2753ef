"""Lines that each begin with a short label set off by a gap or colon, and rows of short lines."""

import re
from collections.abc import Iterator

from qa.reading.lists.groups import Group
from qa.types import Span

_LABEL = re.compile(r"(?P<label>[\u4e00-\u9fff、“”()]{2,14}?)[:]")
_LONGEST = 14


def find_labels(text: str, gaps: frozenset[int]) -> list[Group]:
    """Find runs of at least two lines that begin with a label (气喘 是最常见的…).

    Args:
        text: in normal form.
        gaps: offsets before which the raw text has white space that the normal form drops.
    """
    groups: list[Group] = []
    run: list[Span] = []
    for start, end in _lines(text):
        label = _label(text, start, end, gaps)
        if label:
            run.append(label)
            continue
        groups += _close(run)
        run = []
    alone = len(run) == 1 and text[: run[0].start].rstrip().endswith(":")
    return groups + ([Group(tuple(run), "labels", closed=False)] if alone else _close(run))


def _close(run: list[Span]) -> list[Group]:
    return [Group(tuple(run), "labels", closed=False)] if len(run) > 1 else []


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _label(text: str, start: int, end: int, gaps: frozenset[int]) -> Span | None:
    gap = next((at for at in range(start + 2, min(start + _LONGEST, end)) if at in gaps), None)
    if gap is not None and not re.search("[,。;:!?]", text[start:gap]):
        return Span(start, gap)
    hit = _LABEL.match(text, start, end)
    return Span(*hit.span("label")) if hit and hit.end() < end else None
