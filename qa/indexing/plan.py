"""What there is to do: files against what is stored of them."""

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.ingest.files import SourceFile
from qa.store.contents import StoredDocument
from qa.store.store import Store
from qa.types import Document

Read = Callable[[SourceFile], Document]


@dataclass(frozen=True, slots=True)
class Job:
    """A document to take in.

    Attributes:
        size: bytes, for the estimate of the time left.
        load: reads the document; DocumentError where that fails.
        stored: what is there of it already.
    """

    file: str
    size: int
    load: Callable[[], Document]
    stored: StoredDocument | None = None


@dataclass(slots=True)
class Plan:
    """What a run will do.

    Attributes:
        unchanged: file names.
        moved: stored documents whose file lies elsewhere now, with the new path.
        gone: stored documents whose file is no longer there.
    """

    jobs: list[Job] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    moved: list[tuple[StoredDocument, str]] = field(default_factory=list)
    gone: list[StoredDocument] = field(default_factory=list)


def plan_update(store: Store, sources: Sequence[SourceFile], folders: Sequence[Path], recipe: str, read: Read) -> Plan:
    """Plan to take in what is new or changed, and to take out what is gone from the folders."""
    stored = store.documents()
    by_source = {document.source: document for document in stored}
    copies = {(document.file, document.sha256): document for document in stored}
    sizes = {document.size for document in stored}
    plan, kept = Plan(), set()
    for source in distinct(sources):
        size = _size(source.path)
        digest = _sha256(source.path) if size in sizes else ""
        held = by_source.get(str(source.path))
        same = held or copies.get((source.name, digest))
        if same is None or same.sha256 != digest or same.recipe != recipe:
            plan.jobs.append(_job(source, size, read, same))
            continue
        kept.add(same.id)
        plan.unchanged.append(same.file)
        if same is not held and _is_gone(same.source):
            plan.moved.append((same, str(source.path)))
    listed = {str(source.path) for source in sources}
    plan.gone = [
        document
        for document in stored
        if document.source not in listed and document.id not in kept and is_gone_from(document.source, folders)
    ]
    return plan


def plan_rebuild(store: Store, sources: Sequence[SourceFile], folders: Sequence[Path], read: Read) -> Plan:
    """Plan to take in everything anew: the files given, and from their stored texts all other documents."""
    stored = store.documents()
    by_source = {document.source: document for document in stored}
    plan = Plan()
    for source in distinct(sources):
        held = by_source.pop(str(source.path), None)
        plan.jobs.append(_job(source, _size(source.path), read, held))
    for document in by_source.values():
        if is_gone_from(document.source, folders):
            plan.gone.append(document)
        else:
            plan.jobs.append(stored_job(store, document))
    return plan


def stored_job(store: Store, document: StoredDocument) -> Job:
    """Make the job of taking in a document anew from its stored text."""
    return Job(document.file, document.size, lambda: store.document(document.id), document)


def distinct(sources: Iterable[SourceFile]) -> list[SourceFile]:
    """Drop sources that were given before."""
    return list({source.path: source for source in sources}.values())


def _job(source: SourceFile, size: int, read: Read, held: StoredDocument | None) -> Job:
    return Job(source.name, size, lambda: read(source), held)


def _size(path: Path) -> int:
    """Give a file's size, 0 where it cannot be told; reading it will say why."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _sha256(path: Path) -> str:
    """Hash a file's bytes; empty where it cannot be read, which reading it will explain."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _is_gone(source: str) -> bool:
    """Tell whether a file is certainly not there; a folder that cannot be looked into doesn't count."""
    try:
        os.stat(source)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def is_gone_from(source: str, folders: Sequence[Path]) -> bool:
    """Tell whether a file lay in one of these folders and is certainly no longer there."""
    path = Path(os.path.abspath(source))
    return any(path.is_relative_to(os.path.abspath(folder)) for folder in folders) and _is_gone(source)
