"""Type-ahead: one's own past questions, then the titles of the corpus that hold what was typed."""

import threading
from dataclasses import dataclass
from typing import Literal

from qa.api.holder import EngineHolder
from qa.errors import YoujuError
from qa.journal import Journal
from qa.types import Article

LIMIT = 8
LONGEST = 60
"""Characters of a title that is offered; what is longer was no title."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to complete what is being typed."""

    text: str
    kind: Literal["past", "title"]


class Suggestions:
    """Keeps the titles of the present index at hand; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._generation = -1
        self._titles: tuple[str, ...] = ()

    def find(self, holder: EngineHolder, journal: Journal, owner: str, text: str) -> list[Suggestion]:
        """Find at most LIMIT completions: past questions first, then titles; those that begin with the text first."""
        wanted = " ".join(text.split())
        if not wanted:
            return []
        past = journal.past_questions(owner, wanted, LIMIT // 2) if owner else []
        titles = [title for title in self._all_titles(holder) if wanted.lower() in title.lower()]
        titles.sort(key=lambda title: not title.lower().startswith(wanted.lower()))  # stable: the rest in their order
        found = [Suggestion(question, "past") for question in past if question != text]
        found += [Suggestion(title, "title") for title in titles if title not in past]
        return found[:LIMIT]

    def _all_titles(self, holder: EngineHolder) -> tuple[str, ...]:
        try:
            engine = holder.engine()
            generation = engine.info().generation
        except YoujuError:
            return ()
        with self._lock:
            if generation != self._generation:
                articles: list[Article] = engine.store.articles()
                titles = (" ".join(article.title.split()) for article in articles)
                self._titles = tuple(dict.fromkeys(title for title in titles if 1 < len(title) <= LONGEST))
                self._generation = generation
            return self._titles
