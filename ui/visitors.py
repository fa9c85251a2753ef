"""Who asks, and in which language: a random cookie keeps people's conversations apart, another keeps the language."""

import re
import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.messages import LANGUAGES, Language

OWNER, LANGUAGE = "youju_owner", "youju_language"
HOMES: Mapping[Language, str] = {"zh": "/", "en": "/en/"}
"""The page's address in each language."""
_YEAR = 365 * 24 * 3600
_TOKEN = re.compile(r"[0-9A-Za-z_-]{32,64}")


def owner_of(cookies: Mapping[str, str]) -> str:
    """Return whose conversations a request may see; "" where it brings no cookie of ours."""
    token = cookies.get(OWNER, "")
    return token if _TOKEN.fullmatch(token) else ""


def preferred(accept_language: str) -> Language:
    """Choose a language as the browser asks for it: English where that comes before Chinese, else Chinese."""
    ranked: list[tuple[float, str]] = []
    for part in accept_language.split(","):
        tag, _, weight = part.strip().lower().partition(";q=")
        try:
            ranked.append((-float(weight or 1), tag[:2]))
        except ValueError:
            continue
    names = [tag for weight, tag in sorted(ranked, key=lambda pair: pair[0]) if tag in LANGUAGES and weight < 0]
    return "en" if names[:1] == ["en"] else "zh"


class Visitors:
    """Gives whoever opens a page a cookie of their own, and sends them to the page in their language."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; a redirect answers who wants the page in another language."""
        if scope["type"] != "http" or scope["path"] not in (*HOMES.values(), "/en"):
            await self._app(scope, receive, send)
            return
        cookies = _cookies(Headers(scope=scope))
        fresh = [] if owner_of(cookies) else [_cookie(OWNER, secrets.token_urlsafe(32), secret=True)]
        language = _language(scope, cookies)
        fresh.append(_cookie(LANGUAGE, language, secret=False))

        async def with_cookies(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for cookie in fresh:
                    headers.append("set-cookie", cookie)
                headers["cache-control"] = "no-store"  # a kept page would hand out no cookie
                headers.append("vary", "Accept-Language, Cookie")
            await send(message)

        if HOMES[language] != scope["path"]:
            target = HOMES[language].lstrip("/") if scope["path"] == "/" else f"..{HOMES[language]}"
            await RedirectResponse((target or "./") + _query(scope), 302)(scope, receive, with_cookies)
            return
        await self._app(scope, receive, with_cookies)


def _language(scope: Scope, cookies: Mapping[str, str]) -> Language:
    """Take the language from the address, else from the last choice, else from the browser."""
    wanted = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    if scope["path"] != "/":
        wanted = "en"
    chosen = wanted or cookies.get(LANGUAGE, "")
    for language in LANGUAGES:
        if chosen == language:
            return language
    return preferred(Headers(scope=scope).get("accept-language", ""))


def _query(scope: Scope) -> str:
    """Return what the address asks beside the language, such as "?q=…"."""
    parts = scope["query_string"].decode("utf-8", "replace").split("&")
    kept = "&".join(part for part in parts if part.partition("=")[0] != "lang")
    return f"?{kept}" if kept else ""


def _cookies(headers: Headers) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def _cookie(name: str, value: str, *, secret: bool) -> str:
    return f"{name}={value}; Path=/; Max-Age={_YEAR}; SameSite=Lax" + ("; HttpOnly" if secret else "")
