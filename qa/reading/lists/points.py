"""Points: 一是…；二是…, （一）（二）, 1、2、, A.B., ①②, 第一，第二，, 首先…其次…; lines that begin with ● or ——."""

import re
from collections.abc import Iterator

from qa.reading.lists.groups import Group, set_apart, trimmed
from qa.text.numbers import parse_number
from qa.types import Span

_HAN = "[一二三四五六七八九十]{1,3}"
_START = r"(?:(?<=[\n。;:,!?)”*])|(?<=[;:,!?)] )|^)"
_STYLES = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        rf"{_START}(?P<n>{_HAN})(?:是(?!个)|要|为(?!了))",
        # 二者, 三者 at a passage's beginning speak of two or three things, and go on with no list
        rf"{_START}(?!\A[^一])(?P<n>{_HAN})者[,、:]?",
        rf"{_START}(?P<n>{_HAN})、",
        rf"{_START}\((?P<n>{_HAN})\)[、,]?",
        r"\((?P<n>\d{1,2})\)[、,]?(?!\d)",
        rf"{_START}(?P<n>\d{{1,2}})(?:、|\.(?!\d)|\)|,(?=[\u4e00-\u9fff]))",
        rf"{_START}(?P<n>[a-h])[.、)](?=[\u4e00-\u9fff“《(])",
        rf"(?<![\u4e00-\u9fff])第(?P<n>{_HAN})[,、:是]",
        rf"(?<![\u4e00-\u9fff])其(?P<n>{_HAN})[,、:是]",
        r"(?<![\u4e00-\u9fff])(?P<n>首先|其次|再次|第三|最后|此外)(?:,|是|要)",
        rf"{_START}第(?P<n>{_HAN})步[,、:]?",
        rf"{_START}(?:步骤|方法|措施|表现|问题|原因)(?P<n>{_HAN}|\d)[,、:]?",
    )
)
_INLINE = {
    style: re.compile(style.pattern.removeprefix(_START)) for style in _STYLES if style.pattern.startswith(_START)
}
"""The same numbers wherever they stand, for those that only white space sets apart (1、… 2、…)."""
_BULLET = re.compile(r"^(?P<mark>[●■◆·]|——)(?!(?P=mark)|—)(?![^\n]*·$)", re.MULTILINE)
"""A mark at the start of a line; between two dots stands a heading (·简讯·)."""
_SPOKEN = {letter: number for number, letter in enumerate("abcdefgh", 1)}
_SPOKEN |= {"首先": 1, "其次": 2, "再次": 3, "第三": 3, "此外": 4, "最后": 4}
_LONG = 70
"""Characters beyond which a point is cut to its first clause."""


def find_points(text: str, gaps: frozenset[int] = frozenset()) -> list[Group]:
    """Find runs of points; an item is a point's first sentence, or its first clause where that is long.

    A run that starts above 1 at the text's beginning is taken as the rest of a list that began elsewhere.

    Args:
        text: in normal form.
        gaps: offsets before which the raw text has white space that the normal form drops.
    """
    groups: list[Group] = []
    for style in _STYLES:
        hits = list(style.finditer(text))
        runs = list(_runs(text, hits))
        if style in _INLINE and all(len(run) == 1 for run in runs):
            runs = [_run_on(text, run[0], hits, _INLINE[style], gaps) for run in runs]
        for run in runs:
            groups += _group(text, run, _number(run[0]))
    return groups + _bulleted(text)


def _number(hit: re.Match[str]) -> int:
    spoken = _SPOKEN.get(hit["n"])
    return spoken if spoken else int(parse_number(hit["n"]) or 0)


def _run_on(
    text: str, first: re.Match[str], hits: list[re.Match[str]], inline: re.Pattern[str], gaps: frozenset[int]
) -> list[re.Match[str]]:
    """Go on counting from a point that stands alone, along its line by numbers with white space before them."""
    run = [first]
    starts = {hit.start() for hit in hits}
    for hit in inline.finditer(text, first.end()):
        apart = set_apart(text, hit.start(), gaps) and "\n" not in text[run[-1].end() : hit.start()]
        if _number(hit) == _number(run[-1]) + 1 and (apart or hit.start() in starts):
            run.append(hit)
    return run


def _bulleted(text: str) -> list[Group]:
    """Find runs of at least two lines that begin with one mark; what leads to another run ends in a colon."""
    runs: list[list[re.Match[str]]] = []
    for hit in _BULLET.finditer(text):
        if runs and runs[-1][-1]["mark"] == hit["mark"] and not text.endswith(":\n", 0, hit.start()):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return [group for run in runs if len(run) > 1 for group in _group(text, run, 1)]


def _runs(text: str, hits: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Chain markers that count up by one (最后 may follow any)."""
    run: list[re.Match[str]] = []
    for hit in hits:
        number = _number(hit)
        if run and (number == _number(run[-1]) + 1 or hit["n"] in {"最后", "此外"}):
            run.append(hit)
            continue
        if run:
            yield run
        run = [hit] if number == 1 or (number > 1 and not text[: hit.start()].strip()) else []
    if run:
        yield run


def _group(text: str, run: list[re.Match[str]], first: int) -> list[Group]:
    if len(run) < 2 and first == 1 and "\n" not in text[: run[0].start()]:
        return []
    ends = [hit.start() for hit in run[1:]] + [_last_end(text, run)]
    items = [item for hit, end in zip(run, ends, strict=True) if (item := _item(text, hit.end(), end))]
    if not items:
        return []
    closed = text[ends[-1] :].strip(" \n。;,") != ""
    return [Group(tuple(items), "points", first, closed)] if len(items) > 1 or not closed else []


def _last_end(text: str, run: list[re.Match[str]]) -> int:
    """The last point goes on to the end of its sentence if the others stand within one, else to its line's end."""
    last = run[-1].end()
    one_sentence = len(run) > 1 and "。" not in text[run[0].end() : last] and "\n" not in text[run[0].end() : last]
    hit = re.compile("[。\n)]" if one_sentence else "\n").search(text, last + 1)
    return hit.start() if hit else len(text)


def _item(text: str, start: int, end: int) -> Span | None:
    """Cut a point to its first sentence, and that to its first clause where it is long."""
    stop = re.compile("[。\n;!?](?!”)").search(text, start + 1, end)
    end = stop.start() if stop else end
    item = trimmed(text, start, end)
    if item is None or len(item) <= _LONG:
        return item
    comma = re.compile("[,:]").search(text, item.start + 4, item.end)
    return trimmed(text, item.start, comma.start()) if comma else item
