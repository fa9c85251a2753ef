"""ask(): the whole way from a question to cited answers or an honest no, on one page."""

import hashlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from qa.answering.choosing import Chooser
from qa.answering.citing import cite_passage
from qa.answering.ranking import Ranker
from qa.answering.refusing import refusal_for
from qa.protocols import Reader, Retriever
from qa.store.store import Store
from qa.types import Candidate, Filters, FoundPassage, Hit, IndexInfo, Query, Response

SHOWN_PASSAGES = 5


class Stopwatch:
    """Adds up milliseconds by stage."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self.timing: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Book the time since the last lap to a stage."""
        now = time.perf_counter()
        self.timing[stage] = self.timing.get(stage, 0.0) + (now - self._last) * 1000
        self._last = now

    def total(self) -> Mapping[str, float]:
        """Return all stages and their "total"."""
        return {**self.timing, "total": (time.perf_counter() - self._start) * 1000}


@dataclass(frozen=True, slots=True)
class Parts:
    """What belongs to one generation of the index."""

    analyse: Callable[[str, Filters], Query]
    retriever: Retriever
    reader: Reader


class Engine:
    """Answers questions over one store; safe to call from several threads.

    Args:
        store: the truth; shared with whoever writes to it.
        parts: makes the parts of the store's present generation.
        ranker: puts the right candidate first.
        chooser: decides what is given.
        top_k: how many passages are read for a question, 1 or more.
    """

    def __init__(
        self, store: Store, parts: Callable[[], Parts], ranker: Ranker, chooser: Chooser, *, top_k: int
    ) -> None:
        self.store = store
        self._make_parts = parts
        self._ranker = ranker
        self._chooser = chooser
        self._top_k = top_k
        self._lock = threading.Lock()
        self._generation = -1
        self._parts = self.reload()

    def reload(self) -> Parts:
        """Take over what has been written to the store since, by this process or another; cheap where nothing has."""
        with self._lock:
            generation = self.store.generation
            if generation != self._generation:
                self._parts = self._make_parts()
                self._generation = generation
            return self._parts

    def ask(
        self,
        question: str,
        *,
        id: str | None = None,
        filters: Filters = Filters(),
        limit: int = 10,
        explain: bool = False,
    ) -> Response:
        """Answer a question in the documents' own words.

        Args:
            id: taken over into the response; made from question and index where None.
            filters: only passages within them are read.
            limit: at most so many answers, 1 or more.
            explain: keep the understood question and the features in the response.

        Raises:
            QuestionError: the question is blank, too long or no text.
            StoreError: the index cannot be read.
        """
        watch = Stopwatch()
        parts = self.reload()
        query = parts.analyse(question, filters)
        watch.lap("analyse")
        hits = parts.retriever.retrieve(query, self._top_k)
        watch.lap("retrieve")
        candidates = self._ranker.rank(query, parts.reader.read(query, hits))
        choice = self._chooser.choose(query, candidates, limit)
        answers = choice.answers if explain else tuple(replace(answer, features={}) for answer in choice.answers)
        watch.lap("read")
        return Response(
            id=id if id is not None else self._response_id(question),
            question=question,
            resolved_question=query.text,
            answers=answers,
            passages=self._show(hits[:SHOWN_PASSAGES]),
            refusal=None if answers else refusal_for(query, hits, self.store),
            notices=choice.notices,
            timing_ms=watch.total(),
            index=self.info(),
            query=query if explain else None,
        )

    def candidates(self, question: str, filters: Filters = Filters()) -> tuple[Query, list[Candidate]]:
        """Return the understood question and every candidate, not yet ranked: what the ranking is trained on."""
        parts = self.reload()
        query = parts.analyse(question, filters)
        return query, parts.reader.read(query, parts.retriever.retrieve(query, self._top_k))

    def search(self, question: str, *, k: int = 10, filters: Filters = Filters()) -> tuple[FoundPassage, ...]:
        """Find the k passages nearest to a question, best first."""
        parts = self.reload()
        return self._show(parts.retriever.retrieve(parts.analyse(question, filters), k))

    def info(self) -> IndexInfo:
        """Say which index is being asked."""
        return self.store.info()

    def _response_id(self, question: str) -> str:
        seed = f"{self.store.generation}\0{question}"
        return hashlib.sha256(seed.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _show(self, hits: Sequence[Hit]) -> tuple[FoundPassage, ...]:
        shown = []
        for hit in hits:
            document = self.store.document(hit.passage.document_id)
            article = self.store.article(hit.passage.article_id)
            citation = cite_passage(document, article, hit.passage)
            shown.append(FoundPassage(citation.quote, hit.score, citation, hit.parts))
        return tuple(shown)
