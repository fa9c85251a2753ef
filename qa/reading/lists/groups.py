"""The shape that all list finders share."""

import re
from dataclasses import dataclass

from qa.types import Span

_NUMBER = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
POINT_NUMBER = re.compile(rf"(?:{_NUMBER}|[a-h])、(?!{_NUMBER}[、和及至到或月日号级线类等]|[a-z])")
"""The number of a point (1、加强领导), and no item of a row of numbers (一、二、三级)."""


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one list, as ranges of a text in normal form, in their order, at least two.

    Attributes:
        style: how they are set apart: "points", "bracket", "quoted", "colon", "row", "labels", "spanned" (a
            range that another reader takes for the list, parted).
        first: number of the first item where items are numbered (above 1 in what goes on from another passage), else 1.
        said: how many items the text itself says that there are (…等5个项目), None where it doesn't.
        closed: whether something after the last item shows that the list ends there.
    """

    items: tuple[Span, ...]
    style: str
    first: int = 1
    closed: bool = True
    said: int | None = None

    def __post_init__(self) -> None:
        if not self.items:
            raise ValueError("a list needs items")

    @property
    def start(self) -> int:
        """Where the first item starts."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """Where the last item ends."""
        return self.items[-1].end


def set_apart(text: str, at: int, gaps: frozenset[int]) -> bool:
    """Tell whether white space stands before a place; ``gaps`` are the places where the normal form drops it."""
    return at in gaps or text[max(at - 1, 0) : at] in {" ", "\t"}


_EDGE = " \t\n,、;。:!?"


def trimmed(text: str, start: int, end: int, edge: str = _EDGE) -> Span | None:
    """Drop punctuation and white space at both ends of a range; None where nothing is left."""
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return Span(start, end) if end > start else None


def split(text: str, start: int, end: int, separators: str) -> list[Span]:
    """Split a range at separators that stand in no bracket, quote or figure inside it; empty parts are dropped."""
    parts: list[Span] = []
    depth, low = 0, start
    for at in range(start, end):
        char = text[at]
        if char in "(“《[「":
            depth += 1
        elif char in ")”》]」":
            depth = max(depth - 1, 0)
        elif (
            char in separators
            and depth == 0
            and not (char == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 4].isdigit())
        ):
            parts += [part for part in (trimmed(text, low, at),) if part]
            low = at + 1
    return parts + [part for part in (trimmed(text, low, end),) if part]
