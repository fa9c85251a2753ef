"""The library: what may be changed in the index, done in the background, one change after the other."""

import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from qa.config import Settings
from qa.errors import NotFoundError, YoujuError
from qa.indexing.recipe import current_recipe
from qa.ingest.files import absolute
from qa.library.health import Health, examine
from qa.library.outcome import outcome
from qa.library.process import Tasks
from qa.library.types import Job, JobState, Preview, Staged
from qa.library.uploads import Upload, Uploads
from qa.store.contents import StoredDocument
from qa.store.lock import index_lock
from qa.store.store import Store
from qa.types import Ingested

KEPT = 30
"""So many jobs that are over can still be seen."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Removal:
    document_id: str
    source: str


class Library:
    """Uploads, previews and changes of one index; safe to use from any thread.

    Args:
        settings: name the data folder and what the index is made with.
        changed: called after each change, from the library's own thread.
        store: gives the store that this process has open already. Two of one file in one process would be a danger:
            what one of them closes takes the other's locks along (https://sqlite.org/howtocorrupt.html, 2.2).
    """

    def __init__(
        self,
        settings: Settings,
        changed: Callable[[], None] = lambda: None,
        store: Callable[[], object] | None = None,
    ) -> None:
        self._settings = settings
        self._changed = changed
        self._shared = store
        self._own: Store | None = None
        self._opening = threading.Lock()
        self._limit = settings.max_file_mb * 2**20
        self._uploads = Uploads(settings.data_dir, self._limit)
        self._uploads.drop_unfinished()
        self._tasks = Tasks()
        self._jobs: OrderedDict[int, Job] = OrderedDict()
        self._removals: dict[int, _Removal] = {}
        self._last = 0
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    def close(self) -> None:
        """Stop working; the next change that is asked for begins again, and take_up() goes on with uploads."""
        with self._wake:
            self._closed = True
            self._wake.notify()
        self._tasks.close()
        with self._opening:
            if self._own is not None:
                self._own.close()
            self._own = None

    def store(self) -> Store:
        """Give the index to look into.

        Raises:
            StoreError: there is none, or it cannot be read.
            NotReadyError: whoever answers has not opened it yet.
        """
        shared = self._shared() if self._shared is not None else None
        if isinstance(shared, Store):
            return shared
        with self._opening:
            if self._own is None:
                self._own = Store.open(self._settings.data_dir)
            return self._own

    # Uploads

    @property
    def limit(self) -> int:
        """Bytes that a file may have."""
        return self._limit

    def begin(self, name: str) -> Upload:
        """Begin to receive a file; see Uploads.begin()."""
        return self._uploads.begin(name)

    def staged(self) -> list[Staged]:
        """List the files that were received and do not count yet."""
        return self._uploads.all_staged()

    def preview(self, staged_id: str) -> Preview:
        """Tell what is recognised in a staged file; takes a second or more, so not for an event loop.

        Raises:
            NotFoundError: there is none.
            DocumentError: it cannot be taken in.
        """
        staged = self._uploads.staged(staged_id)
        task = {"task": "preview", "path": str(staged.path), "name": staged.name, "limit": self._limit}
        return Preview.from_json(self._tasks.run(task))

    def discard(self, staged_id: str) -> None:
        """Throw a staged file away."""
        self._uploads.discard(staged_id)

    def accept(self, staged_ids: Sequence[str]) -> Job:
        """Let staged files count, and take them in soon."""
        names = [self._uploads.accept(staged_id).name for staged_id in staged_ids]
        return self._ask_for("add", names)

    def replaced_by(self, name: str) -> str:
        """Give the path that an upload of this name will have: a document from there is replaced."""
        return str(self._uploads.folder / name)

    def is_uploaded(self, document: StoredDocument) -> bool:
        """Tell whether a document's file came by upload, and so is deleted with it."""
        return self._uploads.holds(document.source)

    # Changes

    def find(self, document_id: str) -> StoredDocument:
        """Find a document of the index.

        Raises:
            NotFoundError: there is none.
        """
        documents = self.store().documents()
        found = next((document for document in documents if document.id == document_id), None)
        if found is None:
            raise NotFoundError("索引里没有这份文档，它可能已经移除或更新，请刷新页面。")
        return found

    def structure(self, document_id: str) -> Preview:
        """Tell what was recognised in a document of the index.

        Raises:
            NotFoundError: there is none.
        """
        from qa.library.preview import describe  # loads the readers

        store = self.store()
        with store.snapshot():
            return describe(
                Ingested(
                    store.document(document_id),
                    tuple(store.blocks(document_id)),
                    tuple(store.articles(document_id)),
                    tuple(store.all_passages(document_id)),
                )
            )

    def health(self) -> Health:
        """Look through the whole index; takes a second for a few hundred documents."""
        return examine(self.store(), current_recipe())

    def remove(self, document: StoredDocument) -> Job:
        """Take a document out of the index soon, and delete its file where that was uploaded."""
        return self._ask_for("remove", [document.file], _Removal(document.id, document.source))

    def update(self) -> Job:
        """Take in what is new or changed in the index's folders, soon."""
        return self._ask_for("update", [])

    def rebuild(self) -> Job:
        """Take everything in anew, soon."""
        return self._ask_for("rebuild", [])

    def jobs(self) -> list[Job]:
        """List what was asked for, the latest first."""
        with self._wake:
            return list(reversed(self._jobs.values()))

    def take_up(self) -> Job | None:
        """Go on with uploads that the index does not hold yet: the last run was cut short."""
        held = {absolute(document.source) for document in self.store().documents()}
        folder = self._uploads.folder
        left = [path.name for path in sorted(folder.iterdir()) if path not in held] if folder.is_dir() else []
        return self._ask_for("add", left) if left else None

    def _ask_for(self, kind: str, names: Sequence[str], removal: _Removal | None = None) -> Job:
        with self._wake:
            self._last += 1
            job = Job(self._last, kind, tuple(names), datetime.now(UTC))
            self._jobs[job.number] = job
            if removal is not None:
                self._removals[job.number] = removal
            for number in [number for number, old in self._jobs.items() if old.over][:-KEPT]:
                del self._jobs[number]
            self._closed = False
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="library", daemon=True)
                self._thread.start()
            self._wake.notify()
        return job

    def _work(self) -> None:
        while (job := self._next()) is not None:
            state, message = JobState.DONE, ""
            try:
                message = self._remove(job) if job.kind == "remove" else self._index(job)
                self._note(job, fraction=1.0, left=None)
            except YoujuError as error:
                state, message = JobState.FAILED, str(error)
            except Exception as error:  # the next job may be done all the same
                logger.error("a change of the index failed", exc_info=error)
                state, message = JobState.FAILED, "出了意外的错误，已记入日志，请重试。"
            self._take_over()  # first, so that what is called done can be asked about
            self._note(job, state=state, left=None, message=message)

    def _take_over(self) -> None:
        try:
            self._changed()
        except Exception as error:  # the next question takes the change over in any case
            logger.warning("cannot take over the changed index at once", exc_info=error)

    def _next(self) -> Job | None:
        with self._wake:
            while not self._closed:
                waiting = next((job for job in self._jobs.values() if job.state is JobState.WAITING), None)
                if waiting is not None:
                    return self._set(waiting.number, state=JobState.RUNNING)
                self._wake.wait()
            return None

    def _note(self, job: Job, **changes: object) -> None:
        with self._wake:
            self._set(job.number, **changes)

    def _set(self, number: int, **changes: object) -> Job:
        self._jobs[number] = self._jobs[number].now(**changes)
        return self._jobs[number]

    def _index(self, job: Job) -> str:
        # Without what was not set: whether `documents` was is what the worker goes by.
        settings = json.loads(self._settings.model_dump_json(exclude={"admin_password"}, exclude_unset=True))
        scope = {"add": "uploads", "update": "all", "rebuild": "rebuild"}[job.kind]

        def told(progress: Mapping[str, Any]) -> None:
            self._note(job, fraction=progress["fraction"], left=progress["left"], message=progress["file"])

        result = self._tasks.run({"task": "index", "settings": settings, "scope": scope}, told)
        for path in result["rejected"]:
            self._uploads.put_back(Path(path))
        return outcome(job.kind, result)

    def _remove(self, job: Job) -> str:
        removal, store = self._removals.pop(job.number), self.store()
        with index_lock(store.folder):
            if not store.remove(removal.document_id):
                raise NotFoundError(f"索引里已经没有“{'、'.join(job.names)}”，请刷新页面。")
        self._uploads.delete(removal.source)
        return f"已移除 {Path(job.names[0]).name}"
