"""What the page's script asks for beside the chat itself: conversations, suggestions, feedback, downloads, progress."""

from collections.abc import Callable, Mapping
from importlib import resources
from typing import Annotated, Any, TypeVar
from urllib.parse import quote

import anyio.to_thread
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from qa.api.answers import Holder, json_response
from qa.api.holder import EngineHolder
from qa.errors import NotFoundError, YoujuError
from qa.journal import Journal
from qa.journal.journal import MAX_REASON, MAX_RIGHT_ANSWER, TITLE_LENGTH
from ui.chat import view
from ui.downloads import to_csv, to_xlsx
from ui.messages import LANGUAGES, Language, Messages, messages
from ui.suggesting import Suggestions
from ui.visitors import LANGUAGE, owner_of

T = TypeVar("T")
router = APIRouter(include_in_schema=False)
_TYPES = {"js": "text/javascript", "css": "text/css", "png": "image/png", "svg": "image/svg+xml"}
_SHEETS: Mapping[str, tuple[Callable[..., bytes], str]] = {
    "csv": (to_csv, "text/csv; charset=utf-8"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def journal_of(request: Request) -> Journal:
    """Return the app's journal."""
    journal = request.app.state.journal
    assert isinstance(journal, Journal)
    return journal


def owner(request: Request) -> str:
    """Return whose request it is.

    Raises:
        NotFoundError: it brings no cookie of ours, so that there is nothing that it could see.
    """
    found = owner_of(request.cookies)
    if not found:
        raise NotFoundError(messages("zh").text("no_cookie"))
    return found


def language(request: Request) -> Messages:
    """Return the catalogue that the page of a request speaks."""
    return messages("en" if request.cookies.get(LANGUAGE) == "en" else "zh")


Kept = Annotated[Journal, Depends(journal_of)]
Owner = Annotated[str, Depends(owner)]
Words = Annotated[Messages, Depends(language)]


class Title(BaseModel):
    """A conversation's new name."""

    model_config = ConfigDict(extra="forbid")
    title: str = Field(max_length=10 * TITLE_LENGTH)


class Vote(BaseModel):
    """What somebody thinks of an answer; ``good`` is None where they take it back."""

    model_config = ConfigDict(extra="forbid")
    turn: str = Field(max_length=64)
    good: bool | None
    reason: str = Field("", max_length=MAX_REASON)
    right_answer: str = Field("", max_length=MAX_RIGHT_ANSWER)


async def _done(work: Callable[..., T], *arguments: Any) -> T:  # noqa: ANN401
    return await anyio.to_thread.run_sync(lambda: work(*arguments))


@router.get("/chat/conversations")
async def conversations(journal: Kept, mine: Owner) -> Response:
    """List one's own conversations."""
    found = await _done(journal.conversations, mine)
    return json_response([{"id": one.id, "title": one.title, "updated": one.updated_at.isoformat()} for one in found])


@router.put("/chat/conversations/{conversation}")
async def rename(conversation: str, body: Title, journal: Kept, mine: Owner) -> Response:
    """Give a conversation another name."""
    await _done(journal.rename, mine, conversation, body.title)
    return Response(status_code=204)


@router.delete("/chat/conversations/{conversation}")
async def delete(conversation: str, journal: Kept, mine: Owner) -> Response:
    """Delete a conversation."""
    await _done(journal.delete, mine, conversation)
    return Response(status_code=204)


@router.post("/chat/feedback")
async def feedback(body: Vote, journal: Kept, mine: Owner) -> Response:
    """Keep what somebody thinks of an answer."""
    if body.good is None:
        await _done(journal.withdraw_feedback, mine, body.turn)
    else:
        await _done(journal.give_feedback, mine, body.turn, body.good, body.reason, body.right_answer)
    return Response(status_code=204)


@router.get("/chat/suggest")
async def suggest(
    request: Request, journal: Kept, holder: Holder, text: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """Complete a question out of titles and of one's own past questions."""
    suggestions: Suggestions = request.app.state.suggestions
    found = await _done(suggestions.find, holder, journal, owner_of(request.cookies), text)
    return json_response([{"text": one.text, "kind": one.kind} for one in found])


@router.get("/chat/examples")
async def examples(request: Request) -> Response:
    """Give questions to begin with."""
    return json_response(request.app.state.examples.now())


@router.get("/chat/status")
async def status(holder: Holder, words: Words) -> Response:
    """Say whether questions can be asked, what about, and how far the index is where they cannot yet."""
    return json_response(describe(holder, words))


def describe(holder: EngineHolder, words: Messages) -> dict[str, object]:
    """Put the state of the engine into words."""
    try:
        info = holder.engine().info()
    except YoujuError as error:
        progress = None if holder.failure else holder.progress
        share = progress.share if progress is not None else None
        text = progress.text if progress is not None else str(error)
        return {"ready": False, "failed": bool(holder.failure), "text": text, "share": share}
    text = words.text("index", documents=info.documents, passages=info.passages)
    return {"ready": True, "failed": False, "text": text, "share": 1.0}


@router.get("/chat/turns/{conversation}/{turn}/answers.{kind}")
async def download(conversation: str, turn: str, kind: str, journal: Kept, mine: Owner, words: Words) -> Response:
    """Give the answers of a turn as a file for a spreadsheet."""
    if kind not in _SHEETS:
        raise HTTPException(404)
    found = [view(one) for one in await _done(journal.turns, mine, conversation) if one.id == turn]
    if not found:
        raise NotFoundError(words.text("no_turn"))
    write, media_type = _SHEETS[kind]
    content = await _done(write, found[0].response["answers"], words)
    name = quote(f"{words.text('download_name', question=found[0].question[:30])}.{kind}", safe="")
    headers = {"Content-Disposition": f"attachment; filename=\"answers.{kind}\"; filename*=UTF-8''{name}"}
    return Response(content, media_type=media_type, headers=headers)


@router.get("/chat/static/messages-{name}.json")
async def script_messages(name: str) -> Response:
    """Give the messages that the script shows."""
    chosen: list[Language] = [one for one in LANGUAGES if one == name]
    if not chosen:
        raise HTTPException(404)
    return json_response(messages(chosen[0]).of_script())


@router.get("/chat/static/{name}")
async def static(name: str) -> Response:
    """Serve a script, style or picture of the page."""
    suffix = name.rpartition(".")[2]
    if suffix not in _TYPES or "/" in name or "\\" in name:
        raise HTTPException(404)
    files = [resources.files(package).joinpath("static", name) for package in ("ui", "qa.api")]
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        raise HTTPException(404)
    return Response(file.read_bytes(), media_type=_TYPES[suffix], headers={"Cache-Control": "no-cache"})
