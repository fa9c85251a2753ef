"""What the patterns find: typed ranges of a text in normal form."""

from collections.abc import Iterable
from dataclasses import dataclass

from qa.types import AnswerKind, Value

UNKNOWN = 0.5
"""Value of a feature that is not asked for or cannot be told: neither for nor against."""


@dataclass(frozen=True, slots=True)
class Found:
    """A typed range [start, end) of a text in normal form.

    Attributes:
        unit: the unit or classifier as printed (normal form), "" where there is none.
        marks: what is special about it: "range", "pair" (two figures in one), "approximate", "bare" (a number without
            a unit), "one" (一个, 一名: seldom an answer), "part" (a year or day only), "relative" (今年), "title" …
    """

    start: int
    end: int
    kind: AnswerKind
    value: Value | None = None
    unit: str = ""
    marks: frozenset[str] = frozenset()


def free_of(found: Iterable[Found], taken: Iterable[Found]) -> list[Found]:
    """Keep what overlaps nothing that is taken already."""
    ranges = [(one.start, one.end) for one in taken]
    return [one for one in found if all(one.end <= start or end <= one.start for start, end in ranges)]
