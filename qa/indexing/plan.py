"""What there is to do: files against what is stored of them."""

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qa.ingest.files import SourceFile, absolute
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
        moved: stored documents whose file lies elsewhere now or was stored under another spelling, with the new path.
        gone: stored documents whose file is no longer there.
        doubles: stored documents whose file is stored a second time, under another spelling of its path; taken out
            first, so that the one that stays can have the right one.
    """

    jobs: list[Job] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    moved: list[tuple[StoredDocument, str]] = field(default_factory=list)
    gone: list[StoredDocument] = field(default_factory=list)
    doubles: list[StoredDocument] = field(default_factory=list)

    def take_from(self, held: dict[Path, list[StoredDocument]], source: Path) -> StoredDocument | None:
        """Take what is stored of a file out of what is held; only the latest of it stays, under this spelling."""
        versions = held.pop(source, [])
        if not versions:
            return None
        latest, *doubles = versions
        self.doubles += doubles
        if latest.source != str(source):
            self.moved.append((latest, str(source)))
        return latest


def plan_update(store: Store, sources: Sequence[SourceFile], folders: Sequence[Path], recipe: str, read: Read) -> Plan:
    """Plan to take in what is new or changed, and to take out what is gone from the folders."""
    stored = store.documents()
    by_source = _by_source(stored)
    copies = {(latest.file, latest.sha256): latest for latest, *_ in by_source.values()}
    sizes = {document.size for document in stored}
    plan, kept = Plan(), set()
    for source in distinct(sources):
        size = _size(source.path)
        digest = _sha256(source.path) if size in sizes else ""
        held = plan.take_from(by_source, source.path)
        same = held or copies.get((source.name, digest))
        if same is None or same.sha256 != digest or same.recipe != recipe:
            plan.jobs.append(_job(source, size, read, same))
            continue
        kept.add(same.id)
        plan.unchanged.append(same.file)
        if same is not held and _is_gone(absolute(same.source)):
            plan.moved.append((same, str(source.path)))
    left = [document for versions in by_source.values() for document in versions if document.id not in kept]
    plan.gone = [document for document in left if is_gone_from(document.source, folders)]
    return plan


def plan_rebuild(store: Store, sources: Sequence[SourceFile], folders: Sequence[Path], read: Read) -> Plan:
    """Plan to take in everything anew: the files given, and from their stored texts all other documents."""
    by_source = _by_source(store.documents())
    plan = Plan()
    for source in distinct(sources):
        held = plan.take_from(by_source, source.path)
        plan.jobs.append(_job(source, _size(source.path), read, held))
    for document in (document for versions in by_source.values() for document in versions):
        if is_gone_from(document.source, folders):
            plan.gone.append(document)
        else:
            plan.jobs.append(stored_job(store, document))
    return plan


def stored_job(store: Store, document: StoredDocument) -> Job:
    """Make the job of taking in a document anew from its stored text."""
    return Job(document.file, document.size, lambda: store.document(document.id), document)


def distinct(sources: Iterable[SourceFile]) -> list[SourceFile]:
    """Spell the paths of sources as they are stored, and drop those that were given before."""
    spelled = (SourceFile(absolute(source.path), source.name) for source in sources)
    return list({source.path: source for source in spelled}.values())


def _by_source(stored: Iterable[StoredDocument]) -> dict[Path, list[StoredDocument]]:
    """Group documents by their file, whatever its path is spelled like: an index may hold one twice; latest first."""
    grouped: dict[Path, list[StoredDocument]] = {}
    for document in sorted(stored, key=lambda document: document.indexed_at, reverse=True):
        grouped.setdefault(absolute(document.source), []).append(document)
    return grouped


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


def _is_gone(source: Path) -> bool:
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
    path = absolute(source)
    return any(path.is_relative_to(absolute(folder)) for folder in folders) and _is_gone(path)
