"""POST /api/v1/ask and /api/v1/search, and what a supervisor asks: alive, ready."""

import time
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request
from starlette.responses import Response

from qa.api.holder import Answering, EngineHolder
from qa.api.models import AskRequest, SearchRequest
from qa.api.problems import documented
from qa.schema import ResponseJson, SearchJson, dumps, index_json, passage_json, response_json

router = APIRouter()

_ASK_EXAMPLES: dict[str, Any] = {
    "plain": {"summary": "只有问题", "value": {"question": "晋城市金秋助学发放了多少资金？"}},
    "filtered": {
        "summary": "限定年份，附得分",
        "value": {
            "question": "金秋助学筹集了多少资金？",
            "filters": {"years": [2014]},
            "limit": 3,
            "explain": True,
        },
    },
    "follow-up": {
        "summary": "追问",
        "value": {"question": "那商洛呢？", "previous": ["长治市金秋助学发放了多少资金？"]},
    },
}
_SEARCH_EXAMPLES: dict[str, Any] = {"plain": {"summary": "关键词", "value": {"question": "金秋助学 资金", "limit": 5}}}


def holder_of(request: Request) -> EngineHolder:
    """Return the app's engine holder."""
    holder = request.app.state.holder
    assert isinstance(holder, EngineHolder)
    return holder


Holder = Annotated[EngineHolder, Depends(holder_of)]


def json_response(value: object) -> Response:
    """Send JSON, Chinese as it is."""
    return Response(dumps(value), media_type="application/json")


@router.post(
    "/api/v1/ask",
    summary="提问",
    description="用文档的原话回答，每个答案都带出处；文档里没有的，说明没有。",
    tags=["问答"],
    response_model=ResponseJson,
    responses=documented(413, 422, 503),
)
async def ask(body: Annotated[AskRequest, Body(openapi_examples=_ASK_EXAMPLES)], holder: Holder) -> Response:
    """Answer a question."""

    def work(engine: Answering) -> Response:
        response = engine.ask(
            body.question,
            filters=body.filters.filters(),
            limit=body.limit,
            explain=body.explain,
            previous=body.previous,
        )
        return json_response(response_json(response, body.explain))

    return await holder.run(work)


@router.post(
    "/api/v1/search",
    summary="检索段落",
    description="只找相关的段落，不抽取答案。",
    tags=["问答"],
    response_model=SearchJson,
    responses=documented(413, 422, 503),
)
async def search(body: Annotated[SearchRequest, Body(openapi_examples=_SEARCH_EXAMPLES)], holder: Holder) -> Response:
    """Find passages."""

    def work(engine: Answering) -> Response:
        start = time.perf_counter()
        found = engine.search(body.question, k=body.limit, filters=body.filters.filters())
        elapsed = round((time.perf_counter() - start) * 1000, 1)
        result = SearchJson(
            question=body.question,
            passages=[passage_json(passage, body.explain) for passage in found],
            timing_ms={"total": elapsed},
            index=index_json(engine.info()),
        )
        return json_response(result)

    return await holder.run(work)


@router.get("/healthz", summary="进程是否活着", tags=["运行状态"])
async def healthz() -> dict[str, str]:
    """Say that the process answers."""
    return {"status": "ok"}


@router.get("/readyz", summary="是否可以提问", tags=["运行状态"], responses=documented(503))
async def readyz(holder: Holder) -> dict[str, Any]:
    """Say whether questions can be answered, and over which index."""
    return {"status": "ready", "index": index_json(holder.engine().info())}
