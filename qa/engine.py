"""ask(): the whole way from a question to cited answers or an honest no, on one page."""

import hashlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from qa.answering.choosing import Choice, Chooser
from qa.answering.citing import cite_passage
from qa.answering.completing import completed
from qa.answering.explaining import explain_answers
from qa.answering.fitting.fit import kept, signed
from qa.answering.ranking import Ranker
from qa.answering.refusing import refusal_for
from qa.answering.several import put_together
from qa.answering.suggesting import MOST_CHECKED
from qa.dialogue.followup import Resolved
from qa.dialogue.smalltalk import asks_nothing
from qa.dialogue.stages import found, understood
from qa.protocols import Reader, Retriever
from qa.retrieval.coordination import subjects_apart
from qa.retrieval.known import Known
from qa.store.store import Store
from qa.types import (
    Answer,
    Candidate,
    Explanation,
    Filters,
    FoundPassage,
    Hit,
    IndexInfo,
    Query,
    Refusal,
    Response,
    Stage,
)

SHOWN_PASSAGES = 5
SIDE_PASSAGES = 4
"""Read for each of the subjects that a question puts side by side, fewer where there are many of them."""
SIDE_PASSAGES_IN_ALL = 12
CHECKED_PASSAGES = 2
"""Read to see whether a suggestion would be answered: few, as nobody waits for its answer."""


def _tell_nobody(_: Stage) -> None:
    """Stand in for ``on_stage``."""


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

    known: Known
    resolve: Callable[[str, Sequence[str]], Resolved]
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
        self,
        store: Store,
        parts: Callable[[], Parts],
        ranker: Ranker,
        chooser: Chooser,
        *,
        top_k: int,
    ) -> None:
        self.store = store
        self._make_parts = parts
        self._ranker = ranker
        self._chooser = chooser
        self._top_k = top_k
        self._checks = ThreadPoolExecutor(MOST_CHECKED, thread_name_prefix="suggestions")
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

    def _present(self) -> Parts:
        """Like reload(), but while another thread takes over what is new, what was there before will do."""
        return self._parts if self._lock.locked() else self.reload()

    def ask(
        self,
        question: str,
        *,
        id: str | None = None,
        filters: Filters = Filters(),
        limit: int = 10,
        explain: bool = False,
        previous: Sequence[str] = (),
        on_stage: Callable[[Stage], None] | None = None,
    ) -> Response:
        """Answer a question in the documents' own words.

        Args:
            id: taken over into the response; made from question and index where None.
            filters: only passages within them are read.
            limit: at most so many answers, 1 or more.
            explain: keep the understood question and the features in the response.
            previous: resolved questions of the earlier turns, oldest first; a follow-up takes over what it leaves out.
            on_stage: told, in this thread, what was understood and what was found as soon as it is known.

        Raises:
            QuestionError: the question is blank, too long or no text.
            StoreError: the index cannot be read.
        """
        watch, parts = Stopwatch(), self._present()
        tell = on_stage if on_stage is not None else _tell_nobody
        resolved = parts.resolve(question, previous)
        query = parts.analyse(resolved.question, filters)
        watch.lap("analyse")
        tell(understood(query))
        with self.store.snapshot():  # a document that is taken out meanwhile stays until the answer is there
            hits = parts.retriever.retrieve(query, self._top_k)
            watch.lap("retrieve")
            tell(found(hits))
            ranked, choice = self._side_by_side(parts, query.readable, filters, limit)
            if not choice.answers:
                ranked, choice = self._read(parts, query, hits, limit)
            watch.lap("read")
            refusal = None if choice.answers else self._refuse(query, hits, parts)
            watch.lap("refuse")
            return Response(
                id=id if id is not None else self._response_id(question),
                question=question,
                resolved_question=resolved.question if resolved.inherited else query.readable,
                answers=choice.answers if explain else tuple(replace(answer, features={}) for answer in choice.answers),
                passages=self._show(hits[:SHOWN_PASSAGES]),
                refusal=refusal,
                notices=choice.all_notices,
                timing_ms=watch.total(),
                index=self.info(),
                query=query if explain else None,
                follow_up=resolved.inherited,
                explanation=self._explain(query, ranked, choice) if explain else None,
            )

    def _side_by_side(
        self, parts: Parts, question: str, filters: Filters, limit: int
    ) -> tuple[Sequence[Candidate], Choice]:
        """Read for each of the subjects that a question puts side by side; nothing where there is only one."""
        questions = subjects_apart(question)
        queries = [parts.analyse(one, filters) for one in questions]
        each = min(SIDE_PASSAGES, SIDE_PASSAGES_IN_ALL // max(len(queries), 1))
        read = [self._read(parts, one, parts.retriever.retrieve(one, each), limit, beside=True) for one in queries]
        ranked = [candidate for found, _ in read for candidate in found]
        return ranked, put_together(questions, [choice for _, choice in read], limit)

    def _read(
        self, parts: Parts, query: Query, hits: Sequence[Hit], limit: int, *, beside: bool = False
    ) -> tuple[Sequence[Candidate], Choice]:
        """Return the candidates of passages, the likeliest first, and what is given of them."""
        if asks_nothing(query):
            return (), Choice()
        ranked = self._ranker.rank(query, self._fitting(query, parts.reader.read(query, hits)))
        return ranked, self._choose(query, ranked, limit, beside)

    def _fitting(self, query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates that fit all that the question names, in their order: only these are ranked."""
        return self._chooser.admissible(query, kept(query, candidates))

    def _choose(self, query: Query, ranked: Sequence[Candidate], limit: int, beside: bool) -> Choice:
        fit = signed(ranked)
        choice = self._chooser.choose(query, fit, limit, beside=beside)
        return completed(query, fit, choice, self._ranker.rank, partial(self._chooser.choose, beside=True), limit)

    def _explain(self, query: Query, ranked: Sequence[Candidate], choice: Choice) -> Explanation:
        limit = self._chooser.threshold
        return explain_answers(query, choice, ranked, self.store, limit, self._chooser.confidence)

    def _refuse(self, query: Query, hits: Sequence[Hit], parts: Parts) -> Refusal:
        """Say why there is no answer, and what would have one."""

        def best_answer(question: str) -> Answer | None:
            with self.store.snapshot():  # each thread has its own
                other = parts.analyse(question, query.filters)
                near = parts.retriever.retrieve(other, min(CHECKED_PASSAGES, self._top_k))
                _, choice = self._read(parts, other, near, 1)
                return next(iter(choice.answers), None)

        def best_answers(questions: Sequence[str]) -> Sequence[Answer | None]:
            return list(self._checks.map(best_answer, questions))  # one alone leaves the processor idle between steps

        return refusal_for(query, hits, self.store, parts.known, best_answers)

    def candidates(self, question: str, filters: Filters = Filters()) -> tuple[Query, list[Candidate]]:
        """Return the understood question and the candidates to be ranked: what the ranking is trained on."""
        parts = self.reload()
        query = parts.analyse(question, filters)
        return query, self._fitting(query, parts.reader.read(query, parts.retriever.retrieve(query, self._top_k)))

    def search(self, question: str, *, k: int = 10, filters: Filters = Filters()) -> tuple[FoundPassage, ...]:
        """Find the k passages nearest to a question, best first."""
        parts = self._present()
        with self.store.snapshot():
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
