"""Contents pages and mastheads: the one set aside and used to confirm titles, the other kept searchable."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.ingest import patterns
from qa.ingest.blocks import Draft
from qa.types import BlockKind

_SHORT = 60
_UNPAGED = 12
"""Lines without a page number (column names, authors) that may follow one another in a contents page."""
_SAME = 0.7
"""Dice coefficient of character pairs from which two titles are the same one, OCR and wording aside."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A title that the contents page announces."""

    title: str
    page: str


def similarity(first: str, second: str) -> float:
    """Compare two titles by Dice's coefficient over character pairs (L. R. Dice, Ecology 26, 1945).

    A title of eight characters or more that the other holds whole counts 1 when it makes up most of it.
    """
    one, other = patterns.squeezed(first), patterns.squeezed(second)
    if one == other:
        return 1.0
    if len(one) < 2 or len(other) < 2:
        return 0.0
    short, long = sorted((one, other), key=len)
    if len(short) >= 8 and short in long and len(short) >= 0.5 * len(long):
        return 1.0
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


@lru_cache(maxsize=4096)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


def find_entry(title: str, entries: Sequence[Entry]) -> Entry | None:
    """Return the entry that announces a title, or None."""
    scored = [(similarity(title, entry.title), entry) for entry in entries]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _SAME else None


def mark_contents(drafts: Sequence[Draft]) -> list[Entry]:
    """Set the contents pages aside and return what they announce."""
    entries: list[Entry] = []
    number = 0
    while number < len(drafts):
        if len(drafts[number].text) <= _SHORT and patterns.CONTENTS_HEAD.search(drafts[number].text):
            number, found = _read_page(drafts, number)
            entries += found
        else:
            number += 1
    return entries


def _read_page(drafts: Sequence[Draft], head: int) -> tuple[int, list[Entry]]:
    """Read one contents page; return the number of the draft behind it and its entries."""
    entries: list[Entry] = []
    last, without, number = head, 0, head + 1
    while number < len(drafts):
        draft = drafts[number]
        entry = _paged(draft.text)
        if entry:
            entries.append(entry)
            last, without = number, 0
        elif (
            without >= _UNPAGED or patterns.is_prose(draft.text) or len(draft.text) > _SHORT or _repeats(draft, entries)
        ):
            break
        elif draft.gap == 0 and last == number - 1 and entries:
            entries[-1] = Entry(entries[-1].title + _plain(draft.text), entries[-1].page)
            last = number
        elif draft.text.lstrip().startswith(("//", "／／")):
            last = number
        else:
            without += 1
        number += 1
    if not entries:
        last, entries = _unpaged(drafts, head)
    for draft in drafts[head + 1 : last + 1]:
        draft.kind, draft.reason = BlockKind.CONTENTS, "目录页"
    only_head = not patterns.CONTENTS_HEAD.sub("", drafts[head].text).strip(" :：")
    drafts[head].kind = BlockKind.CONTENTS if only_head else BlockKind.MASTHEAD
    drafts[head].reason = "目录页" if only_head else ""
    return last + 1, entries


def _unpaged(drafts: Sequence[Draft], head: int) -> tuple[int, list[Entry]]:
    """Read a contents page without page numbers: short lines up to the first that comes again, if two of them do."""
    last = head
    while (
        last + 1 < len(drafts) and len(drafts[last + 1].text) <= _SHORT and not patterns.is_prose(drafts[last + 1].text)
    ):
        last += 1
    run = [patterns.squeezed(draft.text) for draft in drafts[head + 1 : last + 1]]
    again = next((at for at, text in enumerate(run) if text in run[:at] and len(text) >= 6), len(run))
    behind = {patterns.squeezed(draft.text) for draft in drafts[head + 1 + again :] if len(draft.text) <= _SHORT}
    titles = [draft for draft in drafts[head + 1 : head + 1 + again] if patterns.squeezed(draft.text) in behind]
    if len(titles) < 2:
        return head, []
    return titles[-1].number, [Entry(_plain(draft.text), "") for draft in titles]


def _paged(text: str) -> Entry | None:
    for pattern in (patterns.PAGE_FIRST, patterns.LEADERS, patterns.PAGE_LAST):
        found = pattern.search(text)
        if found:
            title = text[: found.start()] if pattern is patterns.LEADERS else found.group("title")
            return Entry(_plain(title), found.group("page"))
    return None


def _plain(title: str) -> str:
    return title.split("//")[0].split("／／")[0].strip(" 　.·…-")


def _repeats(draft: Draft, entries: Sequence[Entry]) -> bool:
    """Tell whether a line is a title that the page announced before: the first article starts there."""
    return any(similarity(draft.text, entry.title) >= 0.9 for entry in entries)


def mark_masthead(drafts: Sequence[Draft]) -> None:
    """Mark the lines that name a periodical, its issue, publisher, editors and address."""
    name = _opening_name(drafts)
    tops = [draft for draft in drafts if draft.lines[0].level == 1]
    for run in _short_runs(drafts):
        marks = [at for at, draft in enumerate(run) if patterns.IMPRINT.search(draft.text)]
        if len(marks) >= 3:
            first = _back_to_title(run, marks[0], name)
            last = marks[-1] + (1 if run[marks[-1]].text[-1] in "：:" and marks[-1] + 1 < len(run) else 0)
            _set(run[first : last + 1])
        elif run[0].number == 0 or all(draft.kind is not None for draft in drafts[: run[0].number]):
            _mark_opening(run, tops[0] if len(tops) == 1 else None)


def _short_runs(drafts: Sequence[Draft]) -> list[list[Draft]]:
    """Group the neighbouring drafts that may be masthead lines."""
    runs: list[list[Draft]] = [[]]
    for draft in drafts:
        short = len(draft.text) <= _SHORT and not patterns.is_prose(draft.text)
        if draft.kind is None and short and not patterns.marker_level(draft.text):
            runs[-1].append(draft)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _opening_name(drafts: Sequence[Draft]) -> str:
    """Return the first line of a document, which in a periodical is its name."""
    return drafts[0].text if drafts and len(drafts[0].text) <= 20 else ""


def _back_to_title(run: Sequence[Draft], mark: int, name: str) -> int:
    """Step back from the first editor's line over the lines that name periodical, issue and motto."""
    near = range(max(0, mark - 6), mark)
    issues = [at for at in near if _names_issue(run[at].text) or (name and name in run[at].text)]
    return issues[0] if issues else mark


def _mark_opening(run: Sequence[Draft], title: Draft | None) -> None:
    """Mark the masthead lines at the start of a document: up to the last line that speaks of issue or publisher.

    Args:
        title: the one heading of level 1 by markup: no masthead, whatever it names, and issue and date are its bylines.
    """
    issues = [at for at, draft in enumerate(run[:12]) if _names_issue(draft.text)]
    if issues and (len(issues) > 1 or _names_periodical(run[issues[0]].text)):
        last = issues[-1]
        while last + 2 < len(run) and run[last + 1].gap >= 3:
            last += 1
        top = next((at for at, draft in enumerate(run[: last + 1]) if draft is title), last + 1)
        _set(run[:top])
        for draft in run[top + 1 : last + 1]:
            draft.kind = BlockKind.BYLINE


def _names_issue(text: str) -> bool:
    return bool(patterns.ISSUE.search(text) or patterns.IMPRINT.search(text) or patterns.LATIN_TITLE.fullmatch(text))


def _names_periodical(text: str) -> bool:
    return any(word in text for word in ("专刊", "简报", "主办", "期", "月刊", "信息", "通讯", "工运", "报"))


def _set(run: Sequence[Draft]) -> None:
    for draft in run:
        draft.kind = BlockKind.MASTHEAD
