"""Rows of tables: cells between bars, tabs or wide gaps, in lines that stand together; neither headings nor sentences.

One line alone tells little: headlines are letter-spaced, imprints and lists of names have wide gaps too. So a row needs
a neighbour with about as many cells, and the run of them figures, or three rows with the very same number of cells.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.ingest.lines import Line

_GAP = re.compile(r"\t|\s{2,}")
_BARS = "|｜│┃"
_FEWEST = 3
"""Cells of a row without bars: two wide gaps or more. One is enough in a row of figures beneath others."""
_FIGURE = re.compile(r"[-+−约]?\d[\d,，.． ]*+(?:[%％‰]|[\u4e00-\u9fff]{1,3})?")


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    cells: tuple[str, ...]
    barred: bool

    @property
    def figures(self) -> int:
        """How many cells hold a figure, with its unit or without, and nothing else."""
        return sum(_FIGURE.fullmatch(cell) is not None for cell in self.cells)


def table_rows(lines: Sequence[Line]) -> frozenset[Line]:
    """Return the lines that are rows of tables."""
    return frozenset(row.line for run in _runs(lines) if _is_table(run) for row in run)


def _runs(lines: Sequence[Line]) -> Iterator[list[_Row]]:
    """Group neighbouring lines that may be rows of one table; one blank line may stand between two rows."""
    run: list[_Row] = []
    for line in lines:
        row = _row(line)
        if row is None or line.gap > 1 or (run and not _alike(run[-1], row)):
            yield run
            run = []
        if row is not None and (run or row.barred or len(row.cells) >= _FEWEST):
            run.append(row)
    yield run


def _row(line: Line) -> _Row | None:
    """Cut a line into cells; None where it has but one, where it is a sentence, or one word with letters spaced out."""
    text = line.text
    if line.level:
        return None
    if len(text) > 2 and text[0] in _BARS and text[-1] in _BARS:
        return _Row(line, tuple(cell.strip() for cell in re.split(f"[{_BARS}]", text[1:-1])), barred=True)
    cells = tuple(cell.strip() for cell in _GAP.split(text))
    if len(cells) < 2 or "。" in text or not any(len(cell) > 1 for cell in cells):
        return None
    return _Row(line, cells, barred=False)


def _alike(above: _Row, row: _Row) -> bool:
    """Tell whether two rows may belong to one table: a row of totals may lack cells, bars need not be even."""
    if above.barred or row.barred:
        return above.barred and row.barred
    lacking = len(above.cells) - len(row.cells)
    return -1 <= lacking <= 1 if len(row.cells) >= _FEWEST else lacking >= 0 and row.figures > 0


def _is_table(run: Sequence[_Row]) -> bool:
    if len(run) < 2 or run[0].barred:
        return len(run) >= 2
    with_figures = sum(row.figures > 0 for row in run)
    if 2 * with_figures >= len(run) and max(row.figures for row in run) >= 2:
        return True
    even = len({len(row.cells) for row in run}) == 1
    return len(run) >= 3 and even and not any(mark in row.line.text for row in run for mark in "，,；;：:")
