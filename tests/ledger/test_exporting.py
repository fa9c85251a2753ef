"""Files for spreadsheets: nothing in them is ever calculated."""

import csv
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from qa.ledger.exporting import COLUMNS, export
from qa.ledger.types import Figure
from qa.types import Citation
from tests.ledger.makers import city

EVIL = ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"]


def a_row(what: str) -> tuple[Figure, Citation]:
    row = replace(city("筹集资金396.6万元。")[0], what=what, body=what)
    return row, Citation(row.document_id, what, what, "", 3, 3, row.spans, row.text)


def parsed(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    row, citation = a_row(text)
    head, line = parsed(export("csv", [row], [citation]))
    assert head == list(COLUMNS)
    assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert line[0] == f"'{text}"


def test_numbers_stay_numbers() -> None:
    row, citation = a_row("资金")
    line = parsed(export("csv", [row], [citation]))[1]
    assert line[2:6] == ["396.6万元", "3966000", "", "元"]


@pytest.mark.parametrize("text", [*EVIL, "\x00坏\ud800字"])
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    row, citation = a_row(text)
    sheet = load_workbook(io.BytesIO(export("xlsx", [row], [citation]))).active
    assert sheet is not None
    cells = list(sheet.iter_rows())
    assert [cell.value for cell in cells[0]] == list(COLUMNS)
    assert "f" not in {cell.data_type for cell in cells[1]}
    assert cells[1][3].value == 3966000
