"""What joins the items of a row: 和, 以及, 或者 before the last one."""

import re
from collections.abc import Iterator

from qa.reading.lists.groups import trimmed
from qa.text.words import is_word, tokens
from qa.types import Span

_LAST = re.compile(r"(?:以及|或者|[和及与暨或])")


def is_open(before: str) -> bool:
    """Tell whether what stands before a place opens a quotation mark, bracket or title that is still open there."""
    return any(before.count(opening) > before.count(closing) for opening, closing in ("“”", "《》", "()"))


def at_join(text: str, part: Span) -> list[Span]:
    """Part the last item of a list at its conjunction."""
    for join in joins(text, part):
        if not is_open(text[part.start : join.start]):
            return [Span(part.start, join.start), Span(join.end, part.end)]
    return [part]


def at_as_well(text: str, part: Span) -> list[Span]:
    """Part a piece at 以及, which never stands within a name."""
    at = text.find("以及", part.start + 1, max(part.end - 2, 0))  # a negative end would count from the end of the text
    pieces = (trimmed(text, part.start, at), trimmed(text, at + 2, part.end)) if at > 0 else (part,)
    return [piece for piece in pieces if piece]


def joins(text: str, part: Span) -> Iterator[Span]:
    """Yield the conjunctions inside a piece that belong to no word: the 与 of 参与权 is none."""
    words = [(part.start + word.start, part.start + word.end) for word in tokens(text[part.start : part.end])]
    for join in _LAST.finditer(text, part.start + 1, part.end - 1):
        if not any(low <= join.start() and join.end() <= high and (low, high) != join.span() for low, high in words):
            yield Span(*join.span())


def is_adverbial(text: str, last: Span) -> bool:
    """Tell whether a row says how something is done, its last item ending at 地 (热情、耐心地讲解), and not 等地."""
    for word in tokens(text[last.start : last.end + 2]):
        alone = word.text[0] == "地" and (word.text == "地" or not is_word(word.text))
        if alone and 0 < word.start <= len(last) and text[last.start + word.start - 1] != "等":
            return True
    return False
