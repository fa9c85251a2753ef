"""Lines of a text, numbered from 1 as editors number them: they end at line feeds."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=64)
def line_starts(text: str) -> tuple[int, ...]:
    """Return where each line begins, at least one; a line end at the very end begins no further line."""
    starts = [0]
    position = text.find("\n")
    while position >= 0:
        starts.append(position + 1)
        position = text.find("\n", position + 1)
    if len(starts) > 1 and starts[-1] == len(text):
        starts.pop()
    return tuple(starts)


def line_at(starts: Sequence[int], offset: int) -> int:
    """Return the number of the line that holds an offset, by where the lines begin."""
    return bisect_right(starts, offset)


def line_of(text: str, offset: int) -> int:
    """Return the number of the line that holds an offset of a text."""
    return line_at(line_starts(text), offset)
