"""/docs without a CDN: Swagger UI comes out of an installed wheel, nothing is loaded from another host."""

from importlib import resources

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

router = APIRouter(include_in_schema=False)

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>有据 · 接口说明</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: new URL("openapi.json", location.href).href, dom_id: "#swagger-ui", validatorUrl: null,
  deepLinking: true, tryItOutEnabled: true, defaultModelsExpandDepth: 0,
});
"""
_FILES = {"swagger-ui.css": "text/css", "swagger-ui-bundle.js": "text/javascript"}


@router.get("/docs")
async def page() -> Response:
    """Show the API."""
    return Response(_PAGE, media_type="text/html")


@router.get("/docs/{name}")
async def asset(name: str) -> Response:
    """Serve one of Swagger UI's files."""
    if name == "start.js":
        return Response(_START, media_type="text/javascript")
    if name not in _FILES:
        raise HTTPException(404)
    content = resources.files("fastapi_swagger.resources").joinpath(name).read_bytes()
    return Response(content, media_type=_FILES[name], headers={"Cache-Control": "max-age=86400"})
