"""Files in, stored index out: read, taken apart, encoded and stored, one transaction a document."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from embeddings.protocols import Encoder, Vectors
from qa.errors import DocumentError, YoujuError
from qa.indexing import unfinished
from qa.indexing.plan import Job, Plan, Read, plan_rebuild, plan_update, stored_job
from qa.indexing.progress import Failure, IndexReport, Meter, Report, ignore
from qa.indexing.recipe import current_recipe
from qa.ingest.files import SourceFile
from qa.ledger.types import Figure
from qa.store.contents import StoredDocument
from qa.store.keys import encoding_text, vector_id
from qa.store.lock import index_lock
from qa.store.store import Store
from qa.types import Document, Ingested

logger = logging.getLogger(__name__)

CHUNK = 16
"""Passages encoded in one call, so also between two reports: about a second's work of a small model on two cores."""

GROUP = 64
"""Passages that wait for their like before they are encoded, so that small documents fill calls together."""


def _default_read(source: SourceFile) -> Document:
    from qa.ingest.readers import read_document

    return read_document(source)


def _default_ingest(document: Document) -> Ingested:
    from qa.ingest.pipeline import ingest

    return ingest(document)


def _default_figures(ingested: Ingested) -> Sequence[Figure]:
    from qa.ledger.reading import read_figures

    return read_figures(ingested)


@dataclass(slots=True)
class _Outcome:
    added: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


@dataclass(slots=True)
class _Pending:
    """Documents that wait to be encoded together, and vectors known already, by the text that was encoded."""

    documents: list[tuple[Job, Ingested, Sequence[Figure]]] = field(default_factory=list)
    known: dict[str, Vectors] = field(default_factory=dict)

    def texts(self) -> list[str]:
        """List the texts of all passages."""
        return [text for _, ingested, _ in self.documents for text in _texts(ingested)]

    def unknown(self) -> list[str]:
        """List the texts to encode, each once; longest first, for texts of like length are encoded fastest together."""
        return sorted(dict.fromkeys(text for text in self.texts() if text not in self.known), key=len, reverse=True)


def _texts(ingested: Ingested | None) -> list[str]:
    return [encoding_text(passage) for passage in ingested.passages] if ingested else []


class Indexer:
    """Keeps a store in step with files."""

    def __init__(
        self,
        store: Store,
        encoder: Encoder,
        *,
        read: Read = _default_read,
        ingest: Callable[[Document], Ingested] = _default_ingest,
        figures: Callable[[Ingested], Sequence[Figure]] = _default_figures,
        recipe: Callable[[], str] = current_recipe,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the parts.

        Args:
            store: open for writing.
            encoder: makes the vectors of new passages.
            read: makes a document of a file; DocumentError where it cannot.
            ingest: takes a document apart.
            figures: reads its rows of the ledger.
            recipe: names what ``ingest`` does; documents stored under another name are taken in again.
            clock: seconds, for the time left.
        """
        self._store = store
        self._encoder = encoder
        self._read = read
        self._ingest = ingest
        self._figures = figures
        self._recipe = recipe
        self._clock = clock

    def index(
        self,
        sources: Sequence[SourceFile],
        progress: Report = ignore,
        *,
        folders: Sequence[Path] = (),
        rebuild: bool = False,
    ) -> IndexReport:
        """Take in new and changed files.

        A file that cannot be taken in is reported and the others go on; an older version of it stays. Whatever ends
        the run early leaves each document as it was or as it is now; a rebuild leaves the old index or the new one.

        Args:
            sources: files, as find_files() gives them.
            progress: told every second or so.
            folders: documents from these whose files are no longer there are removed.
            rebuild: take everything in anew, also what did not change; needed after a change of encoder. Stored
                documents that are not among the sources are kept, and made anew from their stored text.

        Raises:
            StoreMismatchError: the index holds vectors of another encoder, and ``rebuild`` is off.
            StoreFullError: the disk is full.
            StoreError: another run is going on, or the index cannot be written.
        """
        with index_lock(self._store.folder), self._store.transaction() if rebuild else nullcontext():
            self._store.use_encoder(self._encoder, replace=rebuild)
            if rebuild:
                plan = plan_rebuild(self._store, sources, folders, self._read)
            else:
                plan = plan_update(self._store, sources, folders, self._recipe(), self._read)
            documents, sizes = len(plan.jobs) + len(plan.unchanged), sum(job.size for job in plan.jobs)
            meter = Meter(documents, sizes, progress, self._clock)
            outcome = self._run(plan, meter, rebuild=rebuild)
        meter.tell()
        info = self._store.info()
        if info.documents or not outcome.failed:
            unfinished.finish(self._store.folder)
        return IndexReport(
            added=tuple(outcome.added),
            replaced=tuple(outcome.replaced),
            unchanged=tuple(plan.unchanged),
            removed=tuple(outcome.removed),
            failed=tuple(outcome.failed),
            documents=info.documents,
            passages=info.passages,
            generation=info.generation,
            seconds=meter.seconds,
        )

    def remove(self, document_id: str) -> bool:
        """Take a document out of the index; tell whether it was there.

        Raises:
            StoreError: an indexing run is going on, or the index cannot be written.
        """
        with index_lock(self._store.folder):
            return self._store.remove(document_id)

    def _run(self, plan: Plan, meter: Meter, *, rebuild: bool) -> _Outcome:
        outcome, pending = _Outcome(), _Pending()
        meter.skip(len(plan.unchanged))
        self._settle(plan, outcome)
        for job in plan.jobs:
            meter.tell(job.file)
            ingested = self._taken_apart(job, outcome, rebuild=rebuild)
            meter.read(job.size, _texts(ingested[0] if ingested else None))
            if ingested is None:
                meter.stored()
                continue
            pending.documents.append((job, *ingested))
            if not rebuild and job.stored is not None:
                pending.known |= self._stored_vectors(job.stored.id)
            if len(pending.unknown()) >= GROUP:
                self._flush(pending, meter, outcome)
                pending = _Pending()
        self._flush(pending, meter, outcome)
        self._take_out(plan.gone, outcome)
        return outcome

    def _settle(self, plan: Plan, outcome: _Outcome) -> None:
        """Let each stored document have the path of its file, so that a new version takes its place."""
        self._take_out(plan.doubles, outcome)
        for document, source in plan.moved:
            self._store.move(document.id, source)

    def _take_out(self, documents: Sequence[StoredDocument], outcome: _Outcome) -> None:
        for document in documents:
            self._store.remove(document.id)
            outcome.removed.append(document.file)

    def _taken_apart(self, job: Job, outcome: _Outcome, *, rebuild: bool) -> tuple[Ingested, Sequence[Figure]] | None:
        """Read a document, take it apart and read its figures; None, and a note of why, where that fails."""
        with self._noting_failure(job, outcome):
            return self._parts(job)
        if not rebuild or job.stored is None:
            return None
        with self._noting_failure(job, outcome):
            return self._parts(stored_job(self._store, job.stored))
        # Its vectors are of the old encoder and its text cannot be taken apart: it cannot stay.
        self._store.remove(job.stored.id)
        outcome.removed.append(job.file)
        return None

    def _parts(self, job: Job) -> tuple[Ingested, Sequence[Figure]]:
        ingested = self._ingest(job.load())
        return ingested, self._figures(ingested)

    @contextmanager
    def _noting_failure(self, job: Job, outcome: _Outcome) -> Iterator[None]:
        try:
            yield
        except DocumentError as error:
            outcome.failed.append(Failure(job.file, str(error)))
        except YoujuError:
            raise
        except Exception as error:  # whatever a strange file brings to light must not keep the others out
            logger.exception("cannot take in %s", job.file)
            message = f"处理“{job.file}”时出错（{type(error).__name__}），未收录：请检查文件内容，或把它发给开发者。"
            outcome.failed.append(Failure(job.file, message))

    def _stored_vectors(self, document_id: str) -> dict[str, Vectors]:
        """Give the vectors of a stored document by the text that was encoded: what did not change stays as it is."""
        with self._store.snapshot():
            ids, vectors = self._store.vectors(document_id)
            rows = dict(zip(ids.tolist(), vectors, strict=True))
            passages = self._store.all_passages(document_id)
        return {encoding_text(passage): rows[vector_id(passage.id)] for passage in passages}

    def _flush(self, pending: _Pending, meter: Meter, outcome: _Outcome) -> None:
        """Encode what waits and store each document."""
        file = pending.documents[-1][0].file if pending.documents else ""
        unknown = pending.unknown()
        meter.encoded(list((Counter(pending.texts()) - Counter(unknown)).elements()))  # what costs nothing
        for start in range(0, len(unknown), CHUNK):
            chunk = unknown[start : start + CHUNK]
            pending.known |= zip(chunk, self._encoder.encode_passages(chunk), strict=True)
            meter.encoded(chunk)
            meter.tell(file)
        for job, ingested, figures in pending.documents:
            rows = [pending.known[text] for text in _texts(ingested)]
            vectors = np.stack(rows) if rows else np.empty((0, self._encoder.dim), dtype=np.float32)
            replaced = self._store.put(ingested, vectors, recipe=self._recipe(), figures=figures)
            (outcome.replaced if replaced else outcome.added).append(job.file)
            meter.stored()
        meter.tell(file)
