"""The answers to one question as a file for a spreadsheet."""

from collections.abc import Sequence

from qa import sheets
from qa.schema import AnswerJson
from qa.sheets import Cell
from ui.messages import Messages
from ui.wording import heading, lines, percent

_COLUMNS = {
    "organisation": 18,
    "place": 12,
    "year": 8,
    "what": 20,
    "answer": 16,
    "number": 14,
    "unit": 8,
    "confidence": 8,
    "title": 32,
    "file": 28,
    "lines": 12,
    "sentence": 60,
}
"""What the file's columns hold, and how wide they are in characters."""


def rows(answers: Sequence[AnswerJson], words: Messages) -> list[list[Cell]]:
    """Make a heading row and a row of each answer."""
    return [[words.text(f"csv_{column}") for column in _COLUMNS], *(_row(answer, words) for answer in answers)]


def to_csv(answers: Sequence[AnswerJson], words: Messages) -> bytes:
    """Write answers as CSV."""
    return sheets.to_csv(rows(answers, words))


def to_xlsx(answers: Sequence[AnswerJson], words: Messages) -> bytes:
    """Write answers as an Excel workbook."""
    return sheets.to_xlsx(rows(answers, words), words.text("csv_sheet"), list(_COLUMNS.values()))


def _row(answer: AnswerJson, words: Messages) -> list[Cell]:
    subject, value, citation = answer["subject"], answer["value"], answer["citation"]
    return [
        subject["organisation"],
        subject["place"],
        subject["year"],
        subject["what"],
        answer["text"],
        value["number"] if value is not None else None,
        value["unit"] if value is not None else "",
        percent(answer["confidence"]),
        heading(citation, words),
        citation["file"],
        lines(citation, words),
        answer["sentence"],
    ]
