"""The ledger in SQLite: rows in and out, filtered, sorted and counted."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from qa.errors import NotFoundError, UsageError
from qa.ledger.types import Figure, FigureFilter, FigurePage
from qa.store import codec
from qa.store.contents import StoreContents
from qa.store.failures import decoded, translated
from qa.types import AnswerKind, Ingested, Span, Value

COLUMNS = (
    "id, document_id, article_id, passage_id, spans, text, kind, number, upper, unit, approximate, per_head, what, "
    "verb, body, place, period, year, sentence, mark"
)
_SORTABLE = {
    "value": "number",
    "year": "year IS NULL, year",
    "what": "what = '', what",
    "body": "body = '', body",
    "place": "place = '', place",
    "unit": "unit",
    "source": "document_id, passage_id",
}
ORDERS = tuple(_SORTABLE)
"""What rows may be sorted by; a "-" in front turns the order round."""
_SEARCHED = "said", "about", "what"


class StoreFigures(StoreContents):
    """The half of a store that reads the ledger."""

    def figures(
        self, filter: FigureFilter = FigureFilter(), *, order: str = "-value", limit: int = 100, offset: int = 0
    ) -> FigurePage:
        """Give the rows within all limits of a filter.

        Args:
            order: one of ORDERS, the largest first with a "-" in front; rows without the value come last. Equal rows
                stand in the order of their ids.
            limit: at most so many rows, 0 or more.
            offset: so many rows of the order are left out first, 0 or more.

        Raises:
            UsageError: there is no such order, or limit or offset is negative.
        """
        if limit < 0 or offset < 0:
            raise UsageError("条数和起点都不能是负数。")
        where = _where(self, filter)
        query = f"FROM figures WHERE {where.text}"
        with self.snapshot(), decoded(self.folder):
            total = int(self._rows(f"SELECT count(*) {query}", *where.values)[0][0])
            rows = self._rows(
                f"SELECT {COLUMNS} {query} ORDER BY {_order(order)} LIMIT ? OFFSET ?", *where.values, limit, offset
            )
            return FigurePage(tuple(to_figure(row) for row in rows), total)

    def figures_of(self, passage_ids: Iterable[str]) -> list[Figure]:
        """Give the rows of some passages, passage by passage, in the order of the text."""
        found: list[Figure] = []
        with self.snapshot():
            for id_ in dict.fromkeys(passage_ids):
                found += self._all(to_figure, f"SELECT {COLUMNS} FROM figures WHERE passage_id = ? ORDER BY id", id_)
        return found

    def figure(self, figure_id: str) -> Figure:
        """Give one row.

        Raises:
            NotFoundError: there is none with this id.
        """
        rows = self._all(to_figure, f"SELECT {COLUMNS} FROM figures WHERE id = ?", figure_id)
        if not rows:
            raise NotFoundError("台账中没有这条数据：它所在的文档可能已经更新，请重新查找。")
        return rows[0]

    def fill_ledger(self, read: Callable[[Ingested], Sequence[Figure]]) -> bool:
        """Read the ledger of an index that an older version made; tell whether there was anything to do.

        Nothing is read, encoded or numbered anew, so the generation stays.

        Raises:
            StoreError: another process is writing, or the index cannot be written.
        """
        if not self._meta("ledger"):
            return False
        with self._connections.transaction() as connection, translated(self.folder):
            connection.execute("DELETE FROM figures")
            for (id_,) in connection.execute("SELECT id FROM documents ORDER BY id").fetchall():
                ingested = Ingested(
                    self.document(id_),
                    tuple(self.blocks(id_)),
                    tuple(self.articles(id_)),
                    tuple(self.all_passages(id_)),
                )
                insert(connection, ingested, read(ingested))
            connection.execute("DELETE FROM meta WHERE key = 'ledger'")
        return True

    def figure_values(self, column: str) -> list[str]:
        """List the different values of a column ("body", "place", "unit", "year"), sorted, blank ones left out."""
        if column not in {"body", "place", "unit", "year"}:
            raise ValueError(f"no list of {column!r}")
        rows = self._rows(f"SELECT DISTINCT {column} FROM figures WHERE {column} != '' ORDER BY {column}")
        return [str(codec.unpack(row[0]) if isinstance(row[0], bytes) else row[0]) for row in rows]


@dataclass(slots=True)
class _Where:
    """A condition in the making."""

    parts: list[str] = field(default_factory=lambda: ["1"])
    values: list[object] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " AND ".join(self.parts)

    def among(self, column: str, values: Sequence[object]) -> None:
        """Let the column have one of the values."""
        self.parts.append(f"{column} IN ({','.join('?' * len(values))})")
        self.values += values

    def holds(self, ways: Sequence[Sequence[Sequence[str]]]) -> None:
        """Let one of the ways be there: each of its words, in one of the word's forms, in one of the columns."""
        self.parts.append("(" + " OR ".join(self._all(way) for way in ways) + ")")

    def _all(self, words: Sequence[Sequence[str]]) -> str:
        found = []
        for forms in words:
            found.append(" OR ".join(f"instr({column}, ?)" for _ in forms for column in _SEARCHED))
            self.values += [form for form in forms for _ in _SEARCHED]
        return "(" + " AND ".join(f"({one})" for one in found) + ")"


def _where(store: StoreFigures, limits: FigureFilter) -> _Where:
    from qa.ledger import terms  # loads jieba and the lexicon

    where = _Where()
    if limits.document_id:
        where.among("document_id", [limits.document_id])
    if limits.year is not None:
        where.among("year", [limits.year])
    if terms.says_something(limits.unit):
        where.among("unit", terms.units_like(limits.unit))
    named: tuple[tuple[str, str, Callable[[str, str], bool]], ...] = (
        ("body", limits.body, terms.same_body),
        ("place", limits.place, terms.within_place),
    )
    for column, asked, test in named:
        if terms.says_something(asked):
            where.among(column, [value for value in store.figure_values(column) if test(asked, value)])
    for ways in terms.things_asked(limits.what):
        where.holds(ways)
    for word in terms.plain_words(limits.text):
        where.holds([[(word,)]])
    return where


def _order(order: str) -> str:
    name = order.removeprefix("-")
    if name not in _SORTABLE:
        raise UsageError(f"不能按“{order}”排序：可以用 {'、'.join(ORDERS)}，前面加 - 表示从大到小。")
    *blank, column = (part.strip() for part in _SORTABLE[name].split(", "))
    if order.startswith("-"):
        column += " DESC"
    return ", ".join((*blank, column, "id"))


def insert(connection: sqlite3.Connection, ingested: Ingested, figures: Sequence[Figure]) -> None:
    """Put the rows of a document's figures into the table, inside a transaction.

    Raises:
        ValueError: a row names a passage or an article that the document does not have.
    """
    if not figures:
        return
    from qa.ledger.terms import search_text  # loads the normal form's tables

    sections = {passage.id: passage.section for passage in ingested.passages}
    titles = {article.id: article.title for article in ingested.articles}
    if not all(row.passage_id in sections and row.article_id in titles for row in figures):
        raise ValueError("a figure names a passage or an article that the document does not have")
    rows = [
        (
            *figure_row(row),
            codec.pack(search_text(row)),
            codec.pack(search_text(f"{titles[row.article_id]}\n{sections[row.passage_id]}")),
        )
        for row in figures
    ]
    marks = ",".join("?" * len(rows[0]))
    connection.executemany(f"INSERT INTO figures ({COLUMNS}, said, about) VALUES ({marks})", rows)


def figure_row(row: Figure) -> codec.Row:
    """Give the values of COLUMNS."""
    value = row.value
    texts = [codec.pack(text) for text in (row.what, row.verb, row.body, row.place, row.period)]
    return (
        *(row.id, row.document_id, row.article_id, row.passage_id, codec.pack_spans(row.spans), codec.pack(row.text)),
        *(row.kind.value, value.number, row.upper, value.unit, int(row.approximate), int(row.per_head)),
        *(*texts, row.year, codec.pack(row.sentence), codec.pack_json([row.mark.start, row.mark.end])),
    )


def to_figure(row: codec.Row) -> Figure:
    """Undo figure_row()."""
    ids, (spans, text, kind, number, upper, unit, approximate, per_head) = row[:4], row[4:12]
    what, verb, body, place, period = (codec.unpack(value) for value in row[12:17])
    year, sentence, mark = row[17:20]
    return Figure(
        id=ids[0],
        document_id=ids[1],
        article_id=ids[2],
        passage_id=ids[3],
        spans=codec.unpack_spans(spans),
        text=codec.unpack(text),
        kind=AnswerKind(kind),
        value=Value(number, unit),
        approximate=bool(approximate),
        per_head=bool(per_head),
        what=what,
        verb=verb,
        body=body,
        place=place,
        period=period,
        year=year,
        sentence=codec.unpack(sentence),
        mark=Span(*codec.unpack_json(mark)),
        upper=upper,
    )
