"""Lines to paragraphs: hard-wrapped columns are put together, real paragraph ends stay.

A column is hard-wrapped when most lines of a stanza (lines without a blank one between) have nearly the same length;
then a line shorter than that ends its paragraph. Elsewhere each line is a paragraph unless it breaks off in a sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import multimode

from qa.ingest import patterns
from qa.ingest.lines import Line
from qa.ingest.tables import table_rows
from qa.types import BlockKind, Span

NARROW, WIDE = 8, 48
"""Shortest and longest line, in characters, that counts as one of a hard-wrapped column."""
_FLOWING = 0.7
"""Share of them that must end within a sentence: list items and short paragraphs end with one."""
_EVEN = 0.6
"""Share of a stanza's lines that must have its common length."""


@dataclass(slots=True, eq=False)
class Draft:
    """A paragraph on its way to a Block: stages fill in what they find out.

    Attributes:
        lines: its lines in reading order; those of a continuation elsewhere come behind.
        kind: None until it is known.
        gap_below: blank lines under it; large at the end of the document.
        head: the paragraph that this one continues.
        section: headings above it, the outermost first.
        article: ordinal of its article; -1 until known.
        cut: characters at its start that are set aside (a title printed twice).
        row: it is a row of a table.
    """

    lines: list[Line]
    gap_below: int = 0
    kind: BlockKind | None = None
    level: int = 0
    reason: str = ""
    head: "Draft | None" = None
    section: tuple[str, ...] = ()
    article: int = -1
    cut: int = 0
    number: int = 0
    row: bool = False
    joined: list["Draft"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says, its continuations left out."""
        return "".join(line.text for line in self.lines)

    @property
    def whole(self) -> str:
        """What it says with everything that was joined to it."""
        return self.text + "".join(part.whole for part in self.joined)

    @property
    def spans(self) -> tuple[Span, ...]:
        """Raw ranges of its own lines."""
        return tuple(span for line in self.lines for span in line.spans)

    @property
    def all_lines(self) -> list[Line]:
        """Its lines and those of everything that was joined to it, in reading order."""
        return self.lines + [line for part in self.joined for line in part.all_lines]

    @property
    def gap(self) -> int:
        """Blank lines above it."""
        return self.lines[0].gap

    @property
    def alone(self) -> bool:
        """Whether it stands between blank lines."""
        return self.gap > 0 and self.gap_below > 0


def paragraphs(lines: Sequence[Line]) -> list[Draft]:
    """Put lines together to paragraphs, in their order, numbered from 0."""
    found: list[Draft] = []
    rows = table_rows(lines)
    for stanza in _stanzas(lines, rows):
        found += _split(stanza, _column(stanza), first=not found)
    for number, draft in enumerate(found):
        draft.number, draft.row = number, draft.lines[0] in rows
        draft.gap_below = found[number + 1].gap if number + 1 < len(found) else 99
    return found


def _stanzas(lines: Sequence[Line], rows: frozenset[Line]) -> list[list[Line]]:
    """Group the lines that stand together; the row of a table is a stanza of its own."""
    found: list[list[Line]] = []
    for line in lines:
        if line.gap or not found or line in rows or found[-1][-1] in rows:
            found.append([])
        found[-1].append(line)
    return found


def _column(stanza: Sequence[Line]) -> tuple[int, int] | None:
    """Return the width of a hard-wrapped stanza and by how much its lines vary, None for any other."""
    widths = [len(line.text) for line in stanza[:-1] if not line.level]
    full = [width for width in widths if NARROW <= width <= WIDE]
    if len(stanza) < 3 or len(full) < max(2, _EVEN * len(widths)):
        return None
    width = _common(full)
    near = [line for line in stanza[:-1] if width - 4 <= len(line.text) <= width + 4]
    flowing = [line for line in near if patterns.is_open(line.text) and not patterns.is_marked(line.text)]
    marks = sum(line.text.count(mark) for line in stanza for mark in "，,。、；")
    if len(near) < _EVEN * len(widths) or len(flowing) < _FLOWING * len(near) or marks < len(stanza) / 3:
        return None
    even = sum(len(line.text) == width for line in near) / len(near)
    return width, 1 if even > 0.8 and len(near) > 4 else 5


def _common(widths: Sequence[int]) -> int:
    """Return the longest of the commonest widths, within the bulk of them."""
    ordered = sorted(widths)
    bulk = ordered[(len(ordered) * 3) // 4]
    return max([width for width in multimode(widths) if width >= bulk - 2] or [bulk])


def _split(stanza: Sequence[Line], column: tuple[int, int] | None, *, first: bool) -> list[Draft]:
    found = [Draft([stanza[0]])]
    for line in stanza[1:]:
        draft = found[-1]
        goes_on = _flows(draft, line, *column) if column else _runs_on(draft, line, first=first and len(found) == 1)
        if line.level or draft.lines[-1].level:
            goes_on = False
        elif draft.lines[-1].unfinished and draft.lines[-1].bold and line.bold:
            goes_on = True
        if goes_on:
            draft.lines.append(line)
        else:
            found.append(Draft([line]))
    return found


def _flows(draft: Draft, line: Line, width: int, slack: int) -> bool:
    """Tell whether a line of a hard-wrapped column goes on with the paragraph above it."""
    last, text = draft.lines[-1], draft.text
    if line.indent >= last.indent + 2 and len(draft.lines) > 1:
        return False
    is_open = patterns.is_open(text)
    if patterns.is_marked(line.text) and not (is_open and patterns.marker_level(line.text) in (0, 5)):
        return False
    if len(last.text) >= width - slack:
        return is_open or slack == 1
    return is_open and patterns.is_prose(text)


def _runs_on(draft: Draft, line: Line, *, first: bool) -> bool:
    """Tell whether a line goes on with running text that broke off above it, without a column to judge by."""
    if patterns.ENACTED.match(line.text) or patterns.ENACTED.match(draft.text) or (first and "。" not in draft.text):
        return False
    if patterns.is_marked(line.text) or not patterns.is_prose(draft.text) or not patterns.is_open(draft.text):
        return False
    return not patterns.BYLINE.search(line.text) and len(draft.text) >= 12 and not patterns.CAPTION.search(draft.text)
