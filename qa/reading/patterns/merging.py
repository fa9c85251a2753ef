"""Persons out of both sources: what the rules found and what the entity model saw, put right and put together."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from qa.reading.found import Found
from qa.reading.patterns.persons import ENDS, HAN, TAKEN_BY, name_pattern, title_pattern
from qa.reading.resources import words
from qa.text.words import is_link, is_word, tokens
from qa.types import AnswerKind

_SAYS = re.compile(
    r"[,。;:!?、()\n]|$|等(?!于|级|待|候|到|了|着)|一行|表示|介绍|说|告诉|高兴|激动|荣获|获|当选|作为|担任|兼任"
)
_DOTTED = re.compile(f"[{HAN}]{{2,6}}(?:·[{HAN}]{{2,6}})+")
_LONGEST_TITLE = 8
_OFFICE = "科处部局室股院厂矿站"
"""What ends the office of somebody whose name follows it."""


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(title_pattern())


@cache
def _name() -> re.Pattern[str]:
    return re.compile(name_pattern())


@cache
def _two_parts() -> re.Pattern[str]:
    """Return what finds the Tibetan kind of name, which has no surname: two of the parts of data/name_parts.txt."""
    return re.compile(f"(?:{'|'.join(words('name_parts'))}){{2}}")


def merge_persons(
    ruled: Sequence[Found], seen: Sequence[Found], text: str, gaps: frozenset[int] = frozenset()
) -> list[Found]:
    """Put together what the rules found and what the entity model saw in a text.

    Names that stand alone or behind a body's name need the model's word, whole or in part; those behind a title need
    it or must read as a name. Of two that start at the same place, the longer is kept where punctuation or a verb of
    saying follows it, else the model's. A name of several parts (阿不都·热合曼, 扎西次仁) goes before what overlaps it.

    Args:
        ruled: what ``find_persons`` found.
        seen: the model's persons.
        text: in normal form.
        gaps: offsets of ``text`` before which the raw text has white space.
    """
    trimmed = [part for one in seen for part in _parts(one, text, gaps)]
    model = {(one.start, one.end): one for one in trimmed if re.fullmatch(f"[{HAN}·]{{2,}}", text[one.start : one.end])}
    touched = {at for start, end in model for at in range(start, end)}
    starts = {start for start, _ in model}
    found = dict(model)
    for one in ruled:
        named = "title" not in one.marks or one.start in starts or _reads_as_name(text, one.start, one.end, touched)
        if named and (not one.marks & {"alone", "weak", "row"} or one.start in touched):
            marks = one.marks | {"entity"} if (one.start, one.end) in model else one.marks
            found[one.start, one.end] = replace(one, marks=marks)
    whole = _whole_names(text, model)
    apart = [one for one in found.values() if all(one.end <= name.start or name.end <= one.start for name in whole)]
    return [*(one for one in apart if not _is_beaten(one, apart, model, text)), *whole]


def _parts(one: Found, text: str, gaps: frozenset[int]) -> Iterator[Found]:
    """Take the end of a title or of an office off what the model saw, and part names that a gap sets apart.

    劳动模|范扎西次仁, 征集科|王志远 are seen with 范 and 科 before them, 王芳|摄 with what she did behind her.
    """
    start = one.start
    for title in _titles().finditer(text, max(start - _LONGEST_TITLE, 0), one.end):
        if title.start() < start < title.end() <= one.end - 2:
            start = title.end()
    if one.end - start == 4 and text[start] in _OFFICE and _name().fullmatch(text, start + 1, one.end):
        start += 1
    if one.end - start >= 3 and TAKEN_BY.match(text, one.end - 1):
        one = replace(one, end=one.end - 1)
    for at in range(start + 2, one.end - 1):
        apart = at in gaps and _name().fullmatch(text, start, at) and _name().match(text, at, one.end)
        if apart and text[start:at] not in words("compound_surnames"):
            yield replace(one, start=start, end=at)
            start = at
    yield replace(one, start=start)


def _reads_as_name(text: str, start: int, end: int, touched: Collection[int] = ()) -> bool:
    """Tell whether a range is made of whole words and is none itself: 应邀 and 安排部 (署) are no names.

    A verb in it (方协商, but also 解守信) is allowed where the model saw a name in it, or what follows bears one out.
    """
    inside = [word for word in tokens(text) if word.start < end and word.end > start]
    if not inside or (inside[0].start, inside[-1].end) != (start, end) or is_word(text[start:end]):
        return False
    borne_out = _SAYS.match(text, end) or any(at in touched for at in range(start, end))
    return bool(borne_out) or not any(len(word.text) > 1 and is_link(word.text) for word in inside)


def _whole_names(text: str, model: Mapping[tuple[int, int], Found]) -> list[Found]:
    """Find the names of several parts, but for those inside a longer one that the model saw."""
    found = [*_dotted(text, model), *(hit.span() for hit in _two_parts().finditer(text))]
    titles = {title.end() for title in _titles().finditer(text)} if found else set()
    whole = []
    for start, end in found:
        if any(low <= start and end <= high and high - low > end - start for low, high in [*model, *found]):
            continue
        marks = {"title": start in titles, "entity": (start, end) in model}
        whole.append(Found(start, end, AnswerKind.PERSON, marks=frozenset(mark for mark in marks if marks[mark])))
    return whole


def _dotted(text: str, model: Mapping[tuple[int, int], Found]) -> Iterator[tuple[int, int]]:
    """Find names with a dot in them where the model saw what is beside the dots, or a title stands before them."""
    for hit in _DOTTED.finditer(text) if "·" in text else ():
        first, last = text.index("·", hit.start()), text.rindex("·", hit.start(), hit.end())
        seen = [low for low, high in model if low < first <= high]
        start = min(seen) if seen else _behind_title(text, hit.start(), first)
        start = next((word.start for word in tokens(text) if hit.start() <= word.start < start < word.end), start)
        seen = [high for low, high in model if low <= last + 1 < high]
        end = max(seen) if seen else next((at for at in range(last + 3, hit.end() + 1) if ENDS.match(text, at)), 0)
        if 0 <= start <= first - 2 and end >= last + 3:
            yield start, end


def _behind_title(text: str, low: int, end: int) -> int:
    """Return where what may be a name begins that ends at ``end``, behind a title and not before ``low``; else -1."""
    titles = [title.end() for title in _titles().finditer(text, max(low - _LONGEST_TITLE, 0), end)]
    return next((at for at in titles[-1:] if low <= at <= end - 2 and _reads_as_name(text, at, end)), -1)


def _is_beaten(one: Found, others: Sequence[Found], model: Mapping[tuple[int, int], Found], text: str) -> bool:
    for other in others:
        if other.start != one.start or other.end == one.end or "workshop" in one.marks:
            continue
        longer = max(one, other, key=lambda name: name.end)
        winner = (
            longer
            if _SAYS.match(text, longer.end) or (longer.start, longer.end) in model
            else min(one, other, key=lambda name: name.end)
        )
        if winner is other:
            return True
    return False
