"""Turns the ledger into the figures page; pure, and every word of a document is escaped by construction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from qa.ledger.types import Figure, FigureFilter
from qa.schema import CitationJson
from qa.types import Span
from ui.desk import last_page, renderer
from ui.messages import Messages
from ui.wording import heading, lines

PAGE_ROWS = 50
MAX_BARS = 15
_LEAD = 32
"""Characters of a sentence shown before its figure."""
_LONGEST = 200
"""Characters of a filter; nobody looks for more."""
ORDERS = ("value", "year", "what", "body", "place", "source")
"""Columns that can be sorted by."""


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody wants to see of the ledger, as the page's address says it.

    Attributes:
        document: id of a document.
        sort: one of ORDERS, a "-" in front for the largest first.
        page: from 1.
        chart: "1" for bars above the table.
    """

    what: str = ""
    body: str = ""
    place: str = ""
    year: str = ""
    unit: str = ""
    document: str = ""
    text: str = ""
    sort: str = "-value"
    page: int = 1
    chart: str = ""

    @classmethod
    def read(cls, given: Mapping[str, object]) -> "Look":
        """Read it off an address or a form; what makes no sense is left out."""
        texts = {field.name: str(given.get(_key(field.name)) or "").strip()[:_LONGEST] for field in fields(cls)}
        page = texts.pop("page")
        look = cls(**texts, page=max(int(page), 1) if page.isdecimal() and len(page) < 9 else 1)
        sort = look.sort if look.sort.removeprefix("-") in ORDERS else "-value"
        year = look.year if look.year.isdecimal() and len(look.year) == 4 else ""
        return replace(look, sort=sort, year=year)

    def filter(self) -> FigureFilter:
        """Return the limits as the store takes them."""
        return FigureFilter(
            what=self.what,
            body=self.body,
            place=self.place,
            year=int(self.year) if self.year else None,
            unit=self.unit,
            document_id=self.document,
            text=self.text,
        )

    @property
    def limited(self) -> bool:
        """Whether anything is filtered."""
        return self.filter() != FigureFilter()

    def address(self) -> str:
        """Return the query of an address that shows this; what is as usual is left out."""
        usual = Look()
        return urlencode(
            {
                _key(field.name): value
                for field in fields(Look)
                if (value := getattr(self, field.name)) != getattr(usual, field.name)
            }
        )


def _key(name: str) -> str:
    """Return what a field of Look is called in an address; "page" there would be one of Gradio's own."""
    return "p" if name == "page" else name


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger and where it stands."""

    figure: Figure
    citation: CitationJson


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the filters; documents are (id, file)."""

    bodies: Sequence[str] = ()
    places: Sequence[str] = ()
    years: Sequence[str] = ()
    units: Sequence[str] = ()
    documents: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart; ``share`` of the longest one, 0..100."""

    label: str
    text: str
    url: str
    share: float


def present_filters(look: Look, choices: Choices, words: Messages) -> str:
    """Show the form that narrows the ledger down."""
    return _render("filters.html", words, look=look, choices=choices)


def present_table(look: Look, entries: Sequence[Entry], total: int, words: Messages) -> str:
    """Show a page of the ledger.

    Args:
        entries: at most PAGE_ROWS.
        total: how many rows there are on all pages.
    """
    return _render(
        "table.html",
        words,
        look=look,
        entries=entries,
        total=total,
        first=(look.page - 1) * PAGE_ROWS + 1,
        pages=last_page(total, PAGE_ROWS),
        bars=bars(entries, words),
        unit=common_unit(entries),
    )


def common_unit(entries: Sequence[Entry]) -> str:
    """Return the unit that most rows have, where at least two have it; "" else."""
    units = Counter(entry.figure.value.unit for entry in entries)
    unit, count = units.most_common(1)[0] if units else ("", 0)
    return unit if count > 1 else ""


def bars(entries: Sequence[Entry], words: Messages) -> list[Bar]:
    """Make a bar of each row in the common unit that is neither below nought nor said of each one."""
    unit = common_unit(entries)
    chosen = [entry for entry in entries if entry.figure.value.unit == unit and not entry.figure.per_head]
    longest = max((entry.figure.value.number for entry in chosen), default=0.0)
    if len(chosen) < 2 or longest <= 0 or any(entry.figure.value.number < 0 for entry in chosen):
        return []
    return [
        Bar(
            label(entry.figure, words),
            entry.figure.text,
            entry.citation["url"],
            round(100 * entry.figure.value.number / longest, 2),
        )
        for entry in chosen[:MAX_BARS]
    ]


def label(figure: Figure, words: Messages) -> str:
    """Say whose figure it is, of when, and of what."""
    when = figure.period or (words.text("year", year=figure.year) if figure.year is not None else "")
    return " · ".join(part for part in (figure.body or figure.place, when, figure.what) if part) or figure.text


def excerpt(text: str, mark: Span) -> tuple[str, str, str]:
    """Cut a sentence into what is shortly before, in and after a mark, so that the mark is seen in two lines."""
    before = text[: mark.start]
    if len(before) > _LEAD:
        before = f"…{before[-_LEAD:]}"
    return before, text[mark.start : mark.end], text[mark.end :]


def sorted_by(look: Look, column: str) -> str:
    """Say how a column is sorted, as ``aria-sort`` has it."""
    if look.sort.removeprefix("-") != column:
        return "none"
    return "descending" if look.sort.startswith("-") else "ascending"


def next_sort(look: Look, column: str) -> str:
    """Return what a click on a column's head sorts by: figures begin with the largest, words with the first."""
    turned = {"descending": column, "ascending": f"-{column}"}
    return turned.get(sorted_by(look, column), f"-{column}" if column in ("value", "year") else column)


_render = renderer("figures", heading, lines, excerpt, sorted_by, next_sort)
