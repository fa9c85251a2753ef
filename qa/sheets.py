"""Rows as a file for a spreadsheet; no cell of it is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | float | int | None
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write CSV as spreadsheets read it: UTF-8 with a byte order mark, CRLF (RFC 4180)."""
    output = io.StringIO(newline="")
    csv.writer(output, lineterminator="\r\n").writerows([[_safe(cell) for cell in row] for row in rows])
    return output.getvalue().encode("utf-8-sig", "replace")


def to_xlsx(rows: Iterable[Sequence[Cell]], title: str, widths: Sequence[int]) -> bytes:
    """Write an Excel workbook with one sheet, its first row frozen: text stays text, figures are numbers.

    Args:
        widths: of the columns, in characters; at most 26.
    """
    from openpyxl import Workbook  # heavy
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + number)].width = width
    for row in rows:
        cells: list[object] = []
        for value in row:
            if isinstance(value, str):
                text = ILLEGAL_CHARACTERS_RE.sub("", value).encode("utf-8", "replace").decode("utf-8")
                cell = WriteOnlyCell(sheet, value=text)
                cell.data_type = "s"  # also where it begins with "="
                cells.append(cell)
            else:
                cells.append(value)
        sheet.append(cells)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _safe(cell: Cell) -> Cell:
    """Put an apostrophe before what a spreadsheet would calculate (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
