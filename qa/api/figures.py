"""GET /api/v1/figures: the ledger of figures."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from qa.api.answers import Holder, json_response
from qa.api.holder import Answering
from qa.api.problems import documented
from qa.ledger.citing import cite_figures
from qa.ledger.exporting import MEDIA_TYPES, export
from qa.ledger.schema import FiguresJson, figures_json
from qa.ledger.types import FigureFilter
from qa.store.figures import ORDERS
from qa.store.store import Store

router = APIRouter()

_LONGEST = 500


class FiguresRequest(BaseModel):
    """What to look for in the ledger; empty means no limit, all that are given must hold."""

    model_config = ConfigDict(extra="forbid")

    what: str = Field("", max_length=_LONGEST, description="数的是什么，近义词也算", examples=["金秋助学"])
    body: str = Field("", max_length=_LONGEST, description="谁的，可用简称", examples=["长治市总"])
    place: str = Field("", max_length=_LONGEST, description="哪里的，里面的市县也算", examples=["山西"])
    year: int | None = Field(None, ge=1000, le=2999, description="哪一年")
    unit: str = Field("", max_length=_LONGEST, description="单位", examples=["元"])
    document_id: str = Field("", max_length=_LONGEST, description="只看这份文档")
    text: str = Field("", max_length=_LONGEST, description="原句或标题里有这些词")
    sort: str = Field("-value", max_length=_LONGEST, description=f"{'、'.join(ORDERS)} 之一，前面加 - 表示从大到小")
    limit: int = Field(100, ge=1, le=1000, description="最多给几条")
    offset: int = Field(0, ge=0, le=10_000_000, description="从第几条起，从 0 数起")
    format: Literal["json", "csv", "xlsx"] = Field("json", description="csv 和 xlsx 可用电子表格打开")

    def filter(self) -> FigureFilter:
        """Return the limits as the store takes them."""
        return FigureFilter(self.what, self.body, self.place, self.year, self.unit, self.document_id, self.text)


def store_of(engine: Answering) -> Store:
    """Return the engine's store."""
    assert isinstance(engine.store, Store)
    return engine.store


@router.get(
    "/api/v1/figures",
    summary="数据台账",
    description="文档里的每个数字，连同数的是什么、谁的、哪里的、什么时候的和出处。",
    tags=["问答"],
    response_model=FiguresJson,
    responses=documented(422, 503),
)
async def figures(asked: Annotated[FiguresRequest, Query()], holder: Holder) -> Response:
    """List rows of the ledger."""

    def work(engine: Answering) -> Response:
        store = store_of(engine)
        with store.snapshot():
            page = store.figures(asked.filter(), order=asked.sort, limit=asked.limit, offset=asked.offset)
            if asked.format == "json":
                return json_response(figures_json(store, page, asked.offset))
            content = export(asked.format, page.rows, cite_figures(store, page.rows))
        headers = {"Content-Disposition": f'attachment; filename="figures.{asked.format}"'}
        return Response(content, media_type=MEDIA_TYPES[asked.format], headers=headers)

    return await holder.run(work)
