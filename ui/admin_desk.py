"""What the administrator's pages do: each wish of the page is done, and answered with the parts to show anew."""

import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import anyio.to_thread

from qa.errors import DocumentError, NotFoundError, YoujuError
from qa.journal import Journal
from qa.library.library import Library
from qa.library.types import Preview, Staged
from ui.admin_presenter import (
    DOCUMENT_ROWS,
    FEEDBACK_ROWS,
    RANGES,
    DocumentView,
    ListState,
    StagedView,
    matching,
    page_number,
    present_documents,
    present_feedback,
    present_health,
    present_jobs,
    present_staged,
    present_statistics,
)
from ui.desk import last_page
from ui.messages import Messages

SHOWN_QUESTIONS = 30
Wish = Mapping[str, Any]
Parts = dict[str, str]
"""Parts of the page by name, as HTML."""


class Desk:
    """Does what an administrator wishes; safe to use from any thread."""

    def __init__(self, library: Library, journal: Journal) -> None:
        self._library = library
        self._journal = journal
        self._previews: dict[str, Preview | str] = {}
        self._reading = threading.Lock()
        self._wishes: Mapping[str, Callable[[Wish, Messages], Parts]] = {
            "all": self._all,
            "list": self._list,
            "structure": self._structure,
            "jobs": self._jobs,
            "accept": self._accept,
            "accept-all": self._accept_all,
            "discard": self._discard,
            "remove": self._remove,
            "update": lambda wish, words: self._job(self._library.update, words),
            "rebuild": lambda wish, words: self._job(self._library.rebuild, words),
            "statistics": self._statistics,
            "feedback": self._feedback,
            "health": lambda wish, words: {"health": present_health(self._library.health(), words)},
        }

    async def answer(self, wish: Wish, words: Messages) -> AsyncIterator[Parts]:
        """Do what is wished and give the parts to show anew; for a wish that nobody knows, none.

        Raises:
            YoujuError: it cannot be done.
        """
        name = wish.get("wish")
        act = self._wishes.get(str(name))
        done = await anyio.to_thread.run_sync(act, wish, words) if act is not None else {}
        if done:
            yield done
        if name in ("all", "staged") or (name == "jobs" and "documents" in done):  # a job may have put files back
            async for parts in self._read_staged(words):
                yield parts

    async def _read_staged(self, words: Messages) -> AsyncIterator[Parts]:
        """Show what was uploaded, then again after each file that was read."""
        yield await anyio.to_thread.run_sync(self._staged, words)
        for staged in await anyio.to_thread.run_sync(self._library.staged):
            if staged.id not in self._previews:
                await anyio.to_thread.run_sync(self._read, staged)
                yield await anyio.to_thread.run_sync(self._staged, words)

    def _read(self, staged: Staged) -> None:
        with self._reading:  # one at a time: reading must leave the machine to those who ask
            if staged.id in self._previews:
                return
            try:
                self._previews[staged.id] = self._library.preview(staged.id)
            except NotFoundError:
                return  # thrown away meanwhile
            except YoujuError as error:
                self._previews[staged.id] = str(error)

    def _staged(self, words: Messages) -> Parts:
        staged = self._library.staged()
        for gone in self._previews.keys() - {item.id for item in staged}:
            self._previews.pop(gone, None)
        views = [self._staged_view(item, words) for item in staged]
        return {"staged": present_staged(views, words)}

    def _staged_view(self, staged: Staged, words: Messages) -> StagedView:
        found = self._previews.get(staged.id)
        if not isinstance(found, Preview):
            return StagedView(staged, problem=found or "")
        return StagedView(staged, found, notes=list(self._notes(staged, found, words)))

    def _notes(self, staged: Staged, preview: Preview, words: Messages) -> Iterator[str]:
        documents = self._library.store().documents()
        if any(document.source == self._library.replaced_by(staged.name) for document in documents):
            yield words.text("replaces")
        same = next((document for document in documents if document.sha256 == preview.sha256), None)
        if same is not None:
            yield words.text("same_content", file=same.file)

    def _all(self, wish: Wish, words: Messages) -> Parts:
        parts = {"health": present_health(None, words)}
        for act in (self._statistics, self._feedback, self._jobs_now, self._list):
            parts |= act(wish, words)
        return parts

    def _list(self, wish: Wish, words: Messages) -> Parts:
        state, jobs = ListState.read(wish), self._library.jobs()
        documents = self._library.store().documents()
        found = matching(documents, state.text)
        pages = last_page(len(found), DOCUMENT_ROWS)
        state = replace(state, page=min(state.page, pages))  # what it held may be gone
        start = (state.page - 1) * DOCUMENT_ROWS
        shown = [
            DocumentView(
                document,
                self._library.is_uploaded(document),
                self._library.structure(document.id) if document.id == state.open_id else None,
            )
            for document in found[start : start + DOCUMENT_ROWS]
        ]
        return {"documents": present_documents(documents, state, shown, pages, jobs, words)}

    def _structure(self, wish: Wish, words: Messages) -> Parts:
        """Unfold a document, or fold it again."""
        chosen = str(wish.get("id") or "")
        return self._list({**wish, "open": "" if wish.get("open") == chosen else chosen}, words)

    def _jobs_now(self, wish: Wish, words: Messages) -> Parts:
        return {"jobs": present_jobs(self._library.jobs(), words)}

    def _jobs(self, wish: Wish, words: Messages) -> Parts:
        """Show how far the jobs are, and the documents too where the page's list is older than the last change."""
        jobs = self._library.jobs()
        parts = self._jobs_now(wish, words)
        over = [job.number for job in jobs if job.over]
        if over and str(wish.get("last")) != str(max(over)):
            parts |= self._list(wish, words)
        return parts

    def _accept(self, wish: Wish, words: Messages) -> Parts:
        self._library.accept([str(wish.get("id"))])
        return self._staged(words) | self._jobs_now(wish, words)

    def _accept_all(self, wish: Wish, words: Messages) -> Parts:
        ready = [item.id for item in self._library.staged() if isinstance(self._previews.get(item.id), Preview)]
        if not ready:
            raise DocumentError("没有可以收录的文件，请先上传。")
        self._library.accept(ready)
        return self._staged(words) | self._jobs_now(wish, words)

    def _discard(self, wish: Wish, words: Messages) -> Parts:
        self._library.discard(str(wish.get("id")))
        return self._staged(words)

    def _remove(self, wish: Wish, words: Messages) -> Parts:
        document = self._library.find(str(wish.get("id")))
        return self._job(lambda: self._library.remove(document), words)

    def _job(self, start: Callable[[], object], words: Messages) -> Parts:
        start()
        return self._jobs_now({}, words)

    def _statistics(self, wish: Wish, words: Messages) -> Parts:
        chosen = str(wish.get("value") or "")
        days = int(chosen) if chosen in map(str, RANGES) else 30
        counts = self._journal.per_day(days)
        questions = self._journal.unanswered(SHOWN_QUESTIONS), self._journal.most_asked(SHOWN_QUESTIONS)
        return {"statistics": present_statistics(counts, *questions, words)}

    def _feedback(self, wish: Wish, words: Messages) -> Parts:
        votes = str(wish.get("votes") or "all")
        good = {"good": True, "bad": False}.get(votes)
        total = self._journal.feedback_count(good=good)
        page = min(page_number(wish), last_page(total, FEEDBACK_ROWS))
        entries = self._journal.feedback(good=good, limit=FEEDBACK_ROWS, offset=(page - 1) * FEEDBACK_ROWS)
        return {"feedback": present_feedback(entries, votes if good is not None else "all", page, total, words)}
