"""Every error leaves the API as application/problem+json (RFC 9457), made in this one place."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from qa.api.holder import BusyError, NotReadyError
from qa.api.models import Problem
from qa.config import reason
from qa.errors import AccessError, DocumentError, ModelError, NotFoundError, StoreError, UsageError, YoujuError
from qa.schema import dumps

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "请求不对",
    401: "需要登录",
    404: "没有这一项",
    405: "请求方法不对",
    413: "请求太大",
    415: "请求格式不对",
    422: "请求不合要求",
    500: "服务出错",
    503: "服务暂不可用",
}
STATUSES: tuple[tuple[type[YoujuError], int], ...] = (
    (NotFoundError, 404),
    (AccessError, 401),
    (UsageError, 422),
    (DocumentError, 422),
    (NotReadyError, 503),
    (BusyError, 503),
    (StoreError, 503),
    (ModelError, 503),
)
logger = logging.getLogger(__name__)


def problem(
    status: int,
    detail: str,
    errors: Sequence[Mapping[str, str]] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Make an error response."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, "请求未能完成"),
        "status": status,
        "detail": detail,
    }
    if errors:
        body["errors"] = list(errors)
    all_headers = {**({"Retry-After": "5"} if status == 503 else {}), **(headers or {})}
    return Response(dumps(body), status, all_headers, media_type=MEDIA_TYPE)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Describe errors for OpenAPI."""
    schema = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema.pop("$defs", None)
    return {
        status: {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": _inline(schema)}}}
        for status in statuses
    }


def install(app: FastAPI) -> None:
    """Turn every error of an app into a problem."""
    app.add_exception_handler(YoujuError, _on_youju_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_error)
    app.add_exception_handler(Exception, _on_anything)


async def _on_youju_error(request: Request, error: Exception) -> Response:
    status = next((code for kind, code in STATUSES if isinstance(error, kind)), 500)
    return problem(status, str(error))


async def _on_validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    of_body = any(item["loc"][:1] == ("body",) for item in error.errors())
    if of_body and request.method == "POST" and "json" not in request.headers.get("content-type", ""):
        return problem(415, "请求头 Content-Type 应为 application/json。")
    errors = [{"field": _field(item["loc"]), "message": reason(item)} for item in error.errors()]
    detail = "；".join(f"{item['field'] or '请求内容'} {item['message']}" for item in errors)
    return problem(422, f"{detail}。", errors)


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    details = {
        404: "没有这个地址，接口说明在 /docs。",
        405: "这个地址不接受这种请求方法，接口说明在 /docs。",
        400: "请求的内容读不懂，应为 UTF-8 编码的 JSON。",
    }
    return problem(error.status_code, details.get(error.status_code, str(error.detail)), headers=error.headers)


async def _on_anything(request: Request, error: Exception) -> Response:
    logger.error("%s %s", request.method, request.url.path, exc_info=error)
    return problem(500, "服务出了意外的错误，已记入日志，请联系管理员。")


def _field(location: Sequence[object]) -> str:
    """Name a field as the sender sees it: ("body", "filters", "years", 0) is filters.years.0."""
    parts = [str(part) for part in location if part not in ("body", "query", "path")]
    return ".".join(part for part in parts if not (len(parts) == 1 and part.isdigit()))


def _inline(schema: dict[str, Any]) -> dict[str, Any]:
    """Replace the one nested model by its own schema, as responses cannot carry definitions."""
    properties = dict(schema["properties"])
    text = {"type": "string"}
    properties["errors"] = {
        "type": "array",
        "items": {"type": "object", "properties": {"field": text, "message": text}},
    }
    return {**schema, "properties": properties}
