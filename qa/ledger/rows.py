"""Coordinated figures: in 「A、B分别为x、y」 each has a label of its own."""

import re
from collections.abc import Mapping, Sequence

from qa.ledger.picking import Picked
from qa.reading.lists.groups import split
from qa.text.words import is_word, tokens
from qa.types import Span

_JOINT = re.compile(r"(?:\(\w{1,10}\))?(?:[、和及与,]|以及)")
_CUT = re.compile("[,。;:]")
_MARK = re.compile(r"分别|各为|依次")
_TAIL = re.compile(r"(?:人数|户数|数量|比例|比率|占比|率|面积|总额|金额|资金|经费|收入|产值|人次|总数|总量)$")
_SOURCE = re.compile(r"从.*$")
_BODY = re.compile(r"(?:总工会|工会|[厅局委])$")
_LEAD = re.compile(r"^(?:使|让|将|把|其中|目前|[全我][国省市州县区])")


def labels_of(text: str, picked: Sequence[Picked], sentences: Sequence[Span]) -> Mapping[int, str]:
    """Return the label of each figure, by where it begins, that stands in a row behind as many labels and 分别."""
    found: dict[int, str] = {}
    for row in _rows(text, picked):
        sentence = max((one for one in sentences if one.start <= row[0].start), default=Span(0, len(text)))
        marks = list(_MARK.finditer(text, sentence.start, row[0].start))
        if not marks:
            continue
        labels = _labels(text, sentence.start, marks[-1].start(), len(row))
        found |= {one.start: label for one, label in zip(row, labels, strict=False)}
    return found


def _rows(text: str, picked: Sequence[Picked]) -> list[list[Picked]]:
    """Chain figures that only 、, 和 or a comma parts."""
    rows: list[list[Picked]] = []
    for one in picked:
        last = rows[-1][-1] if rows else None
        if last and last.kind is one.kind and _JOINT.fullmatch(text, last.end, one.start):
            rows[-1].append(one)
        else:
            rows.append([one])
    return [row for row in rows if len(row) > 1]


def _labels(text: str, start: int, end: int, count: int) -> list[str]:
    """Find the nearest run of as many labels before 分别; what the last one alone ends with is said of all."""
    for low in sorted({start, *(match.end() for match in _CUT.finditer(text, start, end))}, reverse=True):
        spans = split(text, low, end, "、和及与")
        if len(spans) == count:
            names = [text[one.start : one.end] for one in spans]
            return _shared(names)
    return []


def _shared(names: list[str]) -> list[str]:
    names = [_SOURCE.sub("", name) for name in (_LEAD.sub("", names[0]), *names[1:])]
    bodies = _BODY.search(names[-1])
    if bodies and all(len(name) <= 8 and not _BODY.search(name) for name in names[:-1]):
        return [*(name + bodies.group() for name in names[:-1]), names[-1]]
    tail = _tail(names[-1], min(len(name) for name in names[:-1]))
    if not tail or any(_TAIL.search(name) for name in names[:-1]):
        return names
    return [*(name + tail for name in names[:-1]), names[-1]]


def _tail(name: str, head: int) -> str:
    """Return what the last label says for all: 保险参保人数 of 失业、工伤保险参保人数; at least its measure."""
    if not _TAIL.search(name):
        return ""
    cut = next((word.end for word in tokens(name) if word.end >= head), len(name))
    cut = head if is_word(name[head : head + 2]) else cut  # 工伤保险 is one word in the dictionary
    if cut < len(name):
        return name[cut:]
    last = tokens(name)[-1:]
    return last[0].text if last and _TAIL.search(last[0].text) else ""
