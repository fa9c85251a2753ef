"""Turns documents, jobs, feedback and findings into the administrator's pages; pure, escaped by construction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from qa.ingest.formats import FORMATS
from qa.journal import DayCount, Feedback, QuestionCount
from qa.library.health import KINDS, Health
from qa.library.types import Job, Preview, Staged
from qa.schema import dumps
from qa.store.contents import StoredDocument
from ui.desk import last_page, renderer
from ui.messages import Messages

DOCUMENT_ROWS, FEEDBACK_ROWS = 100, 20
RANGES = (7, 30, 90)
"""Days that can be chosen for the counts."""
SHOWN_FINDINGS, SHOWN_JOBS = 30, 5
SCRIPT_MESSAGES = "js_"
"""Messages with this prefix are for the script."""


@dataclass(frozen=True, slots=True)
class StagedView:
    """An uploaded file that waits for a decision; exactly one of preview and problem is there once it was read."""

    staged: Staged
    preview: Preview | None = None
    problem: str = ""
    notes: Sequence[str] = ()

    @property
    def readable(self) -> bool:
        """Whether it can be taken in."""
        return self.preview is not None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document of the index; with a preview, its structure is unfolded."""

    document: StoredDocument
    uploaded: bool
    preview: Preview | None = None


@dataclass(frozen=True, slots=True)
class ListState:
    """What somebody looks at in the list of documents: words looked for, page from 1, id of the unfolded one."""

    text: str = ""
    page: int = 1
    open_id: str = ""

    @classmethod
    def read(cls, given: Mapping[str, object]) -> "ListState":
        """Read it off what the script sends."""
        return cls(str(given.get("text") or "")[:200], page_number(given), str(given.get("open") or ""))


def page_number(given: Mapping[str, object]) -> int:
    """Read a page's number, from 1; what makes no sense is the first."""
    text = str(given.get("page") or "")
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1


def present_sign_in(problem: str, words: Messages) -> str:
    """Show the form to sign in, and what was wrong with the last try."""
    from ui.visitors import HOMES

    return _render("sign_in.html", words, problem=problem, home=HOMES[words.language])


def present_sections(words: Messages) -> str:
    """Show what leads to the sections, and what the script needs."""
    texts = {
        key.removeprefix(SCRIPT_MESSAGES): words.texts[key] for key in words.texts if key.startswith(SCRIPT_MESSAGES)
    }
    return _render("sections.html", words, script_messages=dumps(texts))


def present_upload(limit: int, words: Messages) -> str:
    """Show where to drop files of at most ``limit`` bytes."""
    formats = "、".join(FORMATS) if words.language == "zh" else ", ".join(FORMATS)
    return _render("upload.html", words, formats=formats, limit=f"{limit / 2**20:g}", accept=",".join(FORMATS))


def present_search(words: Messages) -> str:
    """Show where to search for documents."""
    return _render("search.html", words)


def present_staged(staged: Sequence[StagedView], words: Messages) -> str:
    """Show uploaded files with what was recognised in them."""
    return _render("staged.html", words, staged=staged)


def present_jobs(jobs: Sequence[Job], words: Messages) -> str:
    """Show what is done in the background, the latest first."""
    busy = any(not job.over for job in jobs)
    return _render("jobs.html", words, jobs=jobs[:SHOWN_JOBS], busy=busy, last=last_over(jobs))


def present_documents(
    documents: Sequence[StoredDocument],
    state: ListState,
    shown: Sequence[DocumentView],
    pages: int,
    jobs: Sequence[Job],
    words: Messages,
) -> str:
    """Show a page of the documents.

    Args:
        documents: all of the index.
        shown: those of the page, out of matching().
        pages: how many pages there are of them.
        jobs: tell up to which change the list is.
    """
    return _render(
        "documents.html",
        words,
        documents=shown,
        all_documents=len(documents),
        all_passages=sum(document.passages for document in documents),
        text=state.text,
        open_id=state.open_id,
        page=state.page,
        pages=pages,
        last=last_over(jobs),
    )


def present_statistics(
    days: Sequence[DayCount], unanswered: Sequence[QuestionCount], most_asked: Sequence[QuestionCount], words: Messages
) -> str:
    """Show the counts: by day, and of single questions."""
    sums = {name: sum(getattr(day, name) for day in days) for name in ("asked", "answered", "good", "bad")}
    return _render(
        "statistics.html",
        words,
        days=days,
        sums=sums,
        most=max(day.asked for day in days),
        ranges=RANGES,
        unanswered=unanswered,
        most_asked=most_asked,
    )


def present_feedback(entries: Sequence[Feedback], votes: str, page: int, total: int, words: Messages) -> str:
    """Show a page of feedback.

    Args:
        votes: "all", "good" or "bad".
        total: how many entries there are on all pages.
    """
    pages = last_page(total, FEEDBACK_ROWS)
    return _render("feedback.html", words, entries=entries, votes=votes, page=page, pages=pages)


def present_health(health: Health | None, words: Messages) -> str:
    """Show what was found in the corpus; None where nobody has looked yet."""
    return _render("health.html", words, health=health, kinds=KINDS, shown=SHOWN_FINDINGS)


def matching(documents: Sequence[StoredDocument], text: str) -> list[StoredDocument]:
    """Choose the documents in whose file name or title a text stands."""
    wanted = text.strip().casefold()
    return [
        document for document in documents if wanted in document.file.casefold() or wanted in document.title.casefold()
    ]


def last_over(jobs: Sequence[Job]) -> int:
    """Return the number of the latest job that is over, 0 for none: a list made then or later shows its work."""
    return max((job.number for job in jobs if job.over), default=0)


def structure(preview: Preview, words: Messages, *, opening: bool = False) -> Markup:
    """Show what was recognised in a document; ``opening`` unfolds its first lines."""
    return Markup(_render("structure.html", words, preview=preview, opening=opening))


def job_name(job: Job, words: Messages) -> str:
    """Say what a job does."""
    names = job.names[0] if job.names else ""
    if len(job.names) > 1:
        names = words.text("job_and_more", name=names, count=len(job.names))
    return words.text(f"job_{job.kind}", names=names)


def size(count: int) -> str:
    """Write a number of bytes."""
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:.0f} KB" if count < 2**20 else f"{count / 2**20:.1f} MB"


def moment(when: str | datetime) -> str:
    """Write a moment by this machine's clock, to the minute."""
    point = datetime.fromisoformat(when) if isinstance(when, str) else when
    return f"{point.astimezone():%Y-%m-%d %H:%M}"


def share(count: int, most: int) -> float:
    """Give a count in percent of the largest, 0..100."""
    return round(100 * count / most, 2) if most else 0.0


_render = renderer("admin", structure, job_name, size, moment, share)
