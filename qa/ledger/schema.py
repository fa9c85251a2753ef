"""The ledger as JSON, for the command line and the API."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict  # pydantic cannot read typing's own before Python 3.12

from qa.ledger.citing import cite_figures
from qa.ledger.types import Figure, FigurePage
from qa.schema import CitationJson, IndexJson, ValueJson, citation_json, index_json, value_json
from qa.store.store import Store
from qa.types import Citation


class FigureJson(TypedDict):
    """A row of the ledger; citation.quote is text."""

    id: str
    text: Annotated[str, Field(description="原文中的数字，一字不改", examples=["396.6万元"])]
    kind: Annotated[str, Field(description="amount、count 或 percent")]
    value: ValueJson
    upper: Annotated[float | None, Field(description="范围的上限，不是范围时为空")]
    approximate: Annotated[bool, Field(description="是否约数（约、多、左右、以上）")]
    per_head: Annotated[bool, Field(description="是否每人、每户的标准，而不是总数")]
    what: Annotated[str, Field(description="数的是什么", examples=["金秋助学金"])]
    verb: Annotated[str, Field(description="做了什么", examples=["筹集"])]
    body: Annotated[str, Field(description="单位", examples=["晋城市各级工会"])]
    place: Annotated[str, Field(description="地方", examples=["晋城市"])]
    period: Annotated[str, Field(description="时段", examples=["2016年10月–2017年1月"])]
    year: Annotated[int | None, Field(description="时段的最后一年", examples=[2014])]
    sentence: Annotated[str, Field(description="原句")]
    sentence_mark: Annotated[list[int], Field(description="数字在 sentence 中的位置 [起, 止)")]
    citation: CitationJson


class FiguresJson(TypedDict):
    """Some rows, and how many there are in all."""

    total: Annotated[int, Field(description="符合条件的共有多少条")]
    offset: int
    figures: list[FigureJson]
    index: IndexJson


def figures_json(store: Store, page: FigurePage, offset: int = 0) -> FiguresJson:
    """Put a page of the ledger into the schema, with where each row stands."""
    citations = cite_figures(store, page.rows)
    rows = [figure_json(row, citation) for row, citation in zip(page.rows, citations, strict=True)]
    return FiguresJson(total=page.total, offset=offset, figures=rows, index=index_json(store.info()))


def figure_json(row: Figure, citation: Citation) -> FigureJson:
    """Put a row into the schema."""
    return FigureJson(
        id=row.id,
        text=row.text,
        kind=row.kind.value,
        value=value_json(row.value),
        upper=row.upper,
        approximate=row.approximate,
        per_head=row.per_head,
        what=row.what,
        verb=row.verb,
        body=row.body,
        place=row.place,
        period=row.period,
        year=row.year,
        sentence=row.sentence,
        sentence_mark=[row.mark.start, row.mark.end],
        citation=citation_json(citation),
    )
