"""The ledger as a file for a spreadsheet; no cell of it is ever taken for a formula."""

from collections.abc import Sequence
from typing import Literal

from qa.ledger.types import Figure
from qa.sheets import Cell, to_csv, to_xlsx
from qa.types import Citation

COLUMNS = (
    *("事项", "动作", "原文", "数值", "上限", "单位", "约数", "人均", "单位名称", "地方", "时段", "年份"),
    *("原句", "文章", "文件", "起始行", "末行"),
)
_WIDTHS = (24, 10, 14, 14, 10, 8, 6, 6, 22, 14, 18, 8, 60, 32, 28, 8, 8)
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export(kind: Literal["csv", "xlsx"], rows: Sequence[Figure], citations: Sequence[Citation]) -> bytes:
    """Write rows, each with its citation, as a file with a line of headings."""
    table = [COLUMNS, *(cells(row, citation) for row, citation in zip(rows, citations, strict=True))]
    return to_csv(table) if kind == "csv" else to_xlsx(table, "数据台账", _WIDTHS)


def cells(row: Figure, citation: Citation) -> tuple[Cell, ...]:
    """Return the cells of a row, in the order of COLUMNS."""
    return (
        *(row.what, row.verb, row.text, _number(row.value.number), _number(row.upper), row.value.unit),
        *("是" if row.approximate else "", "是" if row.per_head else "", row.body, row.place, row.period, row.year),
        *(row.sentence, citation.title, citation.file, citation.line_start, citation.line_end),
    )


def _number(number: float | None) -> float | int | None:
    if number is None:
        return None
    rounded = round(number, 6)
    return int(rounded) if float(rounded).is_integer() else rounded
