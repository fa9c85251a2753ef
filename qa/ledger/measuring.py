"""How right the ledger is, over rows that a person has read: precision of each column."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import UsageError, os_reason
from qa.ledger.types import Figure, FigureFilter
from qa.store.store import Store
from qa.text.normalise import normalise

_ALL = 10_000_000
COLUMNS = ("value", "unit", "what", "body", "place", "period", "year", "per_head")


@dataclass(frozen=True, slots=True)
class Label:
    """What a person read of one figure; of each text several wordings may be right, "" stands for "not said".

    Attributes:
        file, start: where it stands: code points of the raw text.
    """

    file: str
    start: int
    text: str
    number: float
    unit: str
    what: tuple[str, ...]
    body: tuple[str, ...]
    place: tuple[str, ...]
    period: tuple[str, ...]
    year: int | None
    per_head: bool


@dataclass(frozen=True, slots=True)
class Precision:
    """How many labelled rows were found again, and which share of these is right, by column."""

    labels: int
    found: int
    right: dict[str, int]
    misses: tuple[str, ...]

    def share(self, column: str) -> float:
        """Return a column's precision, 0..1; 1 where no row was found."""
        return self.right[column] / self.found if self.found else 1.0


def read_labels(path: Path) -> list[Label]:
    """Read labels, one JSON object a line.

    Raises:
        UsageError: the file cannot be read, or a line is not what it should be.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise UsageError(f"读不了 {path}：{os_reason(error)}。") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} 不是 UTF-8 编码，请另存为 UTF-8。") from error
    labels = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                labels.append(_label(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise UsageError(
                    f"{path} 第 {number} 行写错了：应像 tests/golden/figures_seeds.jsonl 那样。"
                ) from error
    if not labels:
        raise UsageError(f"{path} 里没有数据。")
    return labels


def _label(value: dict[str, Any]) -> Label:
    texts = {name: tuple(str(one) for one in value[name]) for name in ("what", "body", "place", "period")}
    year = value["year"]
    return Label(
        file=str(value["file"]),
        start=int(value["start"]),
        text=str(value["text"]),
        number=float(value["number"]),
        unit=str(value["unit"]),
        year=None if year is None else int(year),
        per_head=bool(value["per_head"]),
        **texts,
    )


def measure(store: Store, labels: Sequence[Label]) -> Precision:
    """Compare the ledger of an index with labels.

    Raises:
        UsageError: the index holds none of their documents.
    """
    files = {document.id: document.file for document in store.documents()}
    wanted = {label.file for label in labels}
    rows: dict[tuple[str, int], Figure] = {}
    for id_, file in files.items():
        if file in wanted:
            page = store.figures(FigureFilter(document_id=id_), order="source", limit=_ALL)
            rows |= {(file, row.spans[0].start): row for row in page.rows}
    if not rows:
        raise UsageError("索引里没有这些文档：请先用 youju index 收录它们，再来衡量。")
    right = dict.fromkeys(COLUMNS, 0)
    found, misses = 0, []
    for label in labels:
        row = rows.get((label.file, label.start))
        if row is None:
            misses.append(f"{label.file} {label.start} {label.text}：台账里没有")
            continue
        found += 1
        for column, ok, said in _compared(label, row):
            right[column] += ok
            if not ok:
                misses.append(f"{label.file} {label.start} {label.text}：{column} 是 {said}")
    return Precision(len(labels), found, right, tuple(misses))


def _compared(label: Label, row: Figure) -> Iterable[tuple[str, bool, object]]:
    number = row.value.number
    yield "value", abs(number - label.number) <= 1e-9 * max(abs(label.number), 1.0), number
    yield "unit", row.value.unit == label.unit, row.value.unit
    for column in ("what", "body", "place", "period"):
        said = str(getattr(row, column))
        yield column, _plain(said) in {_plain(one) for one in getattr(label, column)}, said
    yield "year", row.year == label.year, row.year
    yield "per_head", row.per_head == label.per_head, row.per_head


def _plain(text: str) -> str:
    return "".join(normalise(text).text.split())
