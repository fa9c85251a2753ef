"""/api/v1/documents, /api/v1/index and /api/v1/jobs: what the administrator does with documents, by script."""

from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Depends, Query, Request
from starlette.requests import ClientDisconnect

from qa.api.access import Administrator
from qa.api.problems import documented
from qa.errors import DocumentError
from qa.library.library import Library
from qa.library.types import Job, Staged
from qa.store.contents import StoredDocument

router = APIRouter(tags=["管理"], dependencies=[Administrator], responses=documented(401))


def library_of(request: Request) -> Library:
    """Return the app's library."""
    library = request.app.state.library
    assert isinstance(library, Library)
    return library


LibraryOf = Annotated[Library, Depends(library_of)]


@router.get("/api/v1/documents", summary="文档清单", responses=documented(503))
def documents(library: LibraryOf) -> list[dict[str, Any]]:
    """List the documents of the index."""
    return [document_json(document, library) for document in library.store().documents()]


@router.post(
    "/api/v1/documents",
    summary="上传文档",
    description="请求体就是文件内容。默认先存着，看过识别结果再收录；accept=true 则直接收录。",
    status_code=201,
    responses=documented(422),
    openapi_extra={"requestBody": {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}},
)
async def upload(
    request: Request,
    library: LibraryOf,
    name: Annotated[str, Query(min_length=1, max_length=500, description="文件名", examples=["通知.txt"])],
    accept: Annotated[bool, Query(description="是否直接收录")] = False,
) -> dict[str, Any]:
    """Receive a file."""
    staged = await receive(request, library, name)
    if not accept:
        return {"staged": staged_json(staged)}
    job = await anyio.to_thread.run_sync(library.accept, [staged.id])
    return {"job": job_json(job)}


async def receive(request: Request, library: Library, name: str) -> Staged:
    """Take in a request's body as a staged file, piece by piece.

    Raises:
        DocumentError: name, kind or size will not do, or the sender went away.
    """
    receiving = library.begin(name)
    try:
        async for chunk in request.stream():
            receiving.write(chunk)
        return receiving.finish()
    except ClientDisconnect as error:
        receiving.discard()
        raise DocumentError("上传中断了，请重新上传。") from error
    except BaseException:
        receiving.discard()
        raise


@router.get("/api/v1/documents/staged", summary="已上传、还没收录的文件")
def staged_files(library: LibraryOf) -> list[dict[str, Any]]:
    """List what was uploaded and does not count yet."""
    return [staged_json(staged) for staged in library.staged()]


@router.get("/api/v1/documents/staged/{staged_id}", summary="识别结果预览", responses=documented(404, 422))
def preview(staged_id: str, library: LibraryOf) -> dict[str, Any]:
    """Tell what is recognised in an uploaded file."""
    return library.preview(staged_id).to_json()


@router.post("/api/v1/documents/staged/{staged_id}", summary="收录", status_code=202, responses=documented(404))
def accept_staged(staged_id: str, library: LibraryOf) -> dict[str, Any]:
    """Let an uploaded file count."""
    return job_json(library.accept([staged_id]))


@router.delete("/api/v1/documents/staged/{staged_id}", summary="丢弃", status_code=204, responses=documented(404))
def discard_staged(staged_id: str, library: LibraryOf) -> None:
    """Throw an uploaded file away."""
    library.discard(staged_id)


@router.delete(
    "/api/v1/documents/{document_id}",
    summary="移除文档",
    description="从索引移除；上传的文件一并删除，文件夹里的文件不动。",
    status_code=202,
    responses=documented(404, 503),
)
def remove(document_id: str, library: LibraryOf) -> dict[str, Any]:
    """Take a document out of the index."""
    return job_json(library.remove(library.find(document_id)))


@router.post("/api/v1/index", summary="重新索引", status_code=202)
def reindex(library: LibraryOf, rebuild: Annotated[bool, Query(description="是否全部重做")] = False) -> dict[str, Any]:
    """Bring the index in step with the files."""
    return job_json(library.rebuild() if rebuild else library.update())


@router.get("/api/v1/jobs", summary="后台任务，最近的在前")
def jobs(library: LibraryOf) -> list[dict[str, Any]]:
    """List what is being done, and was."""
    return [job_json(job) for job in library.jobs()]


def document_json(document: StoredDocument, library: Library) -> dict[str, Any]:
    """Describe a document of the index."""
    return {
        "id": document.id,
        "file": document.file,
        "title": document.title,
        "encoding": document.encoding,
        "size": document.size,
        "articles": document.articles,
        "passages": document.passages,
        "set_aside": document.set_aside,
        "warnings": list(document.warnings),
        "indexed_at": document.indexed_at,
        "uploaded": library.is_uploaded(document),
    }


def staged_json(staged: Staged) -> dict[str, Any]:
    """Describe an uploaded file."""
    return {"id": staged.id, "name": staged.name, "size": staged.size}


def job_json(job: Job) -> dict[str, Any]:
    """Describe a change."""
    return {
        "number": job.number,
        "kind": job.kind,
        "names": list(job.names),
        "state": job.state.value,
        "fraction": round(job.fraction, 3),
        "seconds_left": job.left,
        "message": job.message,
    }
