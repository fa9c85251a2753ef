"""Ledgers of made-up documents."""

from qa.ingest.pipeline import ingest
from qa.ledger.reading import read_figures
from qa.ledger.types import Figure
from qa.types import Ingested
from tests.ingest.conftest import text_document

REPORT = """青山市总工会2016年工作总结

{}

（青山市总工会 2016年12月20日）
"""


def taken_apart(text: str, file: str = "made-up.txt") -> Ingested:
    return ingest(text_document(text, file))


def ledger(text: str, file: str = "made-up.txt") -> list[Figure]:
    return list(read_figures(taken_apart(text, file)))


def city(text: str) -> list[Figure]:
    """Read the ledger off a paragraph of a yearly report of 晋城市总工会, printed 2016."""
    return ledger(f"# 晋城市总工会2016年工作总结\n\n{text}\n", "报告/20161220.txt")


def one(rows: list[Figure], text: str) -> Figure:
    (found,) = (row for row in rows if row.text == text)
    return found
