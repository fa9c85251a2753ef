"""Several subjects in one question: 「甲市、乙县各有多少」 is one question for each of them."""

import itertools
import re

from qa.text.places import find_places

MOST_PARTS = 6
"""Subjects that are asked about one by one; a question with more of them is put as a whole."""

_EACH = re.compile(
    r"各[自个]?(?!级|地|类|界|项|种|位|族|方|市|县|省|州|区|单位|部门)|分别|(?:做个)?(?:对比|比较|相比|比一比)(?:一?下)?"
)
_COUNTED = re.compile(r"^(?:这|的)?[两二三四五六七八九十\d]{1,2}[个家地座]?(?=[^年月日万千元号名人])")
_GAP = re.compile(r"\s*(?:[、,，;；/]|和|与|及|以及|跟|同|还有|\s)\s*")
_WORD_BEHIND = re.compile(r"[\u4e00-\u9fff]{2,4}(?=[\s、?？]|$)")
_WORD_BEFORE = re.compile(r"(?:^|(?<=[\s、:：]))[\u4e00-\u9fff]{2,4}$")
_NAMES = re.compile(
    r"(?P<names>[\u4e00-\u9fffA-Za-z0-9]{2,10}(?:[、和与及跟][\u4e00-\u9fffA-Za-z0-9]{2,10}?)+)"
    r"(?P<after>[两二三四五六七八九十](?:个|家|项|场|次|种|位|所|座)|这[两几三](?:个|家|项|场)|(?=各|分别|的))"
)
_COLON = re.compile(r"[:：](?=[\u4e00-\u9fff\s、]+$)")
_SPLIT = re.compile(r"[、和与及跟]")

Range = tuple[int, int]


def subjects_apart(text: str) -> tuple[str, ...]:
    """Return the question once for each of the subjects that it puts side by side; empty where it does not.

    Subjects are places named one after the other, or other names before 「两个…各…」 and the like.
    """
    rows = [row for row in _rows(text) if len(row) > 1]
    return _by_place(text, rows) if rows else _by_name(text)


def _by_place(text: str, rows: list[list[Range]]) -> tuple[str, ...]:
    if len(rows[0]) > MOST_PARTS or any(row[-1] != rows[0][-1] for row in rows):  # stretched, two may meet
        return ()
    row = rows[0]
    before, behind = text[: row[0][0]], text[row[-1][1] :]
    if not (_EACH.search(behind) or _EACH.search(before) or _stands_apart(text, row)):
        return ()
    behind = _EACH.sub("", _COUNTED.sub("", behind))
    before = _EACH.sub("", before)
    return tuple(f"{before}{text[start:end]}{behind}".rstrip(" ,，") for start, end in row)


def _rows(text: str) -> list[list[Range]]:
    """Group the places that follow one another with only 、, 和 or a space between.

    A short word at either end of a row is taken for one more place, known or not (甲市、乙县、丙).
    """
    rows: list[list[Range]] = []
    for mention in find_places(text):
        gap = text[rows[-1][-1][1] : mention.start] if rows else ""
        if gap and _GAP.fullmatch(gap):
            rows[-1].append((mention.start, mention.end))
        else:
            rows.append([(mention.start, mention.end)])
    return [_stretched(text, row) for row in rows if len(row) > 1 or _EACH.search(text) or _COLON.search(text)]


def _stretched(text: str, row: list[Range]) -> list[Range]:
    gap = _GAP.match(text, row[-1][1]) if text[: row[0][0]].strip() else None  # 甲 乙 人数: nothing asked about before
    more = _WORD_BEHIND.match(text, gap.end()) if gap else None
    while gap and more and not _EACH.search(more.group()):
        row = [*row, more.span()]
        gap = _GAP.match(text, more.end())
        more = _WORD_BEHIND.match(text, gap.end()) if gap else None
    head = re.search(r"\s*[\s、]\s*$", text[: row[0][0]])
    first = _WORD_BEFORE.search(text[: head.start()]) if head else None
    return [first.span(), *row] if first else row


def _stands_apart(text: str, row: list[Range]) -> bool:
    """Tell whether the places stand apart as keywords do, with spaces between them or behind a colon."""
    between = (text[left[1] : right[0]] for left, right in itertools.pairwise(row))
    return any(gap.isspace() for gap in between) or text[: row[0][0]].rstrip().endswith((":", "："))


def _by_name(text: str) -> tuple[str, ...]:
    found = _NAMES.search(text)
    if found is None or not _EACH.search(text[found.start("after") :]):
        return ()
    names = [name for name in _SPLIT.split(found["names"]) if name]
    if not 2 <= len(names) <= MOST_PARTS:
        return ()
    behind = _EACH.sub("", text[found.end() :])
    return tuple(f"{text[: found.start()]}{name}{behind}" for name in names)
