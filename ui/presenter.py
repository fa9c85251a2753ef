"""Turns responses into HTML; pure, and every word of a document or a question is escaped by construction."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from qa.schema import confidence_level
from qa.types import Answer, Citation, IndexInfo, Response, Span, Subject
from ui.messages import message

SHORT = 24
"""Characters up to which an answer is set large, above its sentence; a longer one is shown within its sentence only."""


def present(response: Response) -> str:
    """Show an answer or a refusal."""
    return _render("response.html", response=response)


def present_problem(question: str, text: str) -> str:
    """Show why a question could not be asked."""
    return _render("problem.html", question=question, text=text)


def present_welcome() -> str:
    """Show what is there before the first question."""
    return _render("welcome.html")


def present_index(info: IndexInfo | None) -> str:
    """Show what can be asked about, or that it is being loaded."""
    if info is None:
        return _render("index.html", text=message("index_loading"))
    return _render("index.html", text=message("index", documents=info.documents, passages=info.passages))


def source_url(citation: Citation) -> str:
    """Return the page that marks a citation, scrolled to it."""
    return f"{citation.url}#mark"


def lines(citation: Citation) -> str:
    """Say which lines a citation stands on."""
    if citation.line_start == citation.line_end:
        return message("line", start=citation.line_start)
    return message("lines", start=citation.line_start, end=citation.line_end)


def heading(citation: Citation) -> str:
    """Say title › section."""
    parts = [part for part in (citation.title.strip() or message("untitled"), citation.section.strip()) if part]
    return " › ".join(dict.fromkeys(parts))


def subject_line(subject: Subject) -> str:
    """Say whose, where and when: organisation · place · year · what, without saying the place twice."""
    place = subject.place if subject.place not in subject.organisation else ""
    year = message("year", year=subject.year) if subject.year is not None else ""
    return " · ".join(part for part in (subject.organisation, place, year, subject.what) if part)


def split(text: str, mark: Span) -> tuple[str, str, str]:
    """Cut a text into what is before, in and after a mark."""
    return text[: mark.start], text[mark.start : mark.end], text[mark.end :]


def is_short(answer: Answer) -> bool:
    """Tell whether an answer is set large above its sentence."""
    return len(answer.text) <= SHORT and answer.text != answer.sentence


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("ui"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    helpers = (message, confidence_level, source_url, lines, heading, subject_line, split, is_short)
    environment.globals.update({helper.__name__: helper for helper in helpers})
    return environment


def _render(name: str, **values: object) -> str:
    return _environment().get_template(name).render(**values)
