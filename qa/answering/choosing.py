"""Choose which ranked candidates are given as answers: one, one per subject, the items of a list – or none."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from qa.answering.citing import cite_candidate, sentence_of
from qa.answering.subject import speaks_of, subject_of
from qa.store.store import Store
from qa.text.normalise import normalise
from qa.text.places import contains_place
from qa.types import Answer, AnswerKind, Article, Candidate, Query


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities in 0..1 that decide what is given.

    Attributes:
        answer: below it the best candidate is no answer.
        keep: further answers need this share of the best one's probability.
        keep_named: the same where the question names a place, body or year, so that others do not intrude.
        coverage: share of the question's words, by weight, that must stand in a passage that may answer it.
    """

    answer: float = 0.2
    keep: float = 0.5
    keep_named: float = 0.8
    coverage: float = 0.15


@dataclass(frozen=True, slots=True)
class Choice:
    """What is given: answers, best first (the items of a list in their order), and notices for the reader."""

    answers: tuple[Answer, ...] = ()
    notices: tuple[str, ...] = ()


class Chooser:
    """Turns ranked candidates into answers with citations."""

    def __init__(self, store: Store, thresholds: Thresholds = Thresholds()) -> None:
        self._store = store
        self._thresholds = thresholds

    def choose(self, query: Query, ranked: Sequence[Candidate], limit: int) -> Choice:
        """Return at most ``limit`` answers and notices for the reader; no answers mean a refusal."""
        if query.names_nothing:
            return Choice()
        article_of = cache(self._store.article)  # many candidates, few articles
        ranked = [candidate for candidate in ranked if self._may_answer(query, candidate, article_of)]
        if not ranked or ranked[0].score < self._thresholds.answer:
            return Choice()
        if ranked[0].kind is AnswerKind.LIST:
            chosen = _best_list(ranked)
        elif len(query.places) > 1 and query.many:
            chosen = self._by_place(query, ranked, article_of)
        else:
            chosen = self._distinct(query, ranked)
        notices = (f"另有 {len(chosen) - limit} 条答案未列出。",) if len(chosen) > limit else ()
        return Choice(tuple(self._answer(query, candidate) for candidate in chosen[:limit]), notices)

    def _may_answer(self, query: Query, candidate: Candidate, article_of: Callable[[str], Article]) -> bool:
        """Whether a candidate is about what the question asks, whatever its score."""
        if query.words and candidate.hit.parts.get("coverage", 1.0) < self._thresholds.coverage:
            return False
        return speaks_of(query, candidate, article_of(candidate.hit.passage.article_id))

    def _distinct(self, query: Query, ranked: Sequence[Candidate]) -> list[Candidate]:
        """Keep the candidates of the best one's kind that are near enough to it, one for each wording and article."""
        named = bool(query.places or query.organisations or query.years)
        share = self._thresholds.keep_named if named and not query.many else self._thresholds.keep
        floor = max(self._thresholds.answer, share * ranked[0].score)
        chosen: list[Candidate] = []
        for candidate in ranked:
            if candidate.score < floor or candidate.kind is not ranked[0].kind:
                continue
            if not any(_same(candidate, other) for other in chosen):
                chosen.append(candidate)
        return chosen

    def _by_place(
        self, query: Query, ranked: Sequence[Candidate], article_of: Callable[[str], Article]
    ) -> list[Candidate]:
        """Take the best candidate for each place that the question names, in the order of their likelihood."""
        kind = ranked[0].kind
        chosen: dict[str, Candidate] = {}
        for candidate in ranked:
            if candidate.kind is not kind or candidate.score < self._thresholds.answer / 2:
                continue
            place = subject_of(candidate, article_of(candidate.hit.passage.article_id)).place
            for asked in query.places:
                if contains_place(asked, place):
                    chosen.setdefault(asked, candidate)
        distinct = [candidate for candidate in ranked if any(candidate is taken for taken in chosen.values())]
        return distinct if len(distinct) > 1 else self._distinct(query, ranked)

    def _answer(self, query: Query, candidate: Candidate) -> Answer:
        passage = candidate.hit.passage
        document = self._store.document(passage.document_id)
        article = self._store.article(passage.article_id)
        sentence, mark = sentence_of(candidate)
        return Answer(
            text=candidate.text,
            kind=candidate.kind,
            value=candidate.value,
            subject=subject_of(candidate, article, query.words[0] if query.words else ""),
            sentence=sentence,
            mark=mark,
            confidence=round(candidate.score, 4),
            citation=cite_candidate(document, article, candidate),
            features=candidate.features,
        )


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates say the same: they overlap, or have one wording about one article."""
    if one.hit.passage.id == other.hit.passage.id and one.start < other.end and other.start < one.end:
        return True
    alike = normalise(one.text).text == normalise(other.text).text
    return alike and one.hit.passage.article_id == other.hit.passage.article_id


def _best_list(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the items of the list whose items are likeliest on the mean, in their order."""
    groups: dict[float, list[Candidate]] = defaultdict(list)
    for candidate in ranked:
        if candidate.kind is AnswerKind.LIST:
            groups[candidate.features["group"]].append(candidate)
    best = max(groups.values(), key=lambda items: sum(item.score for item in items) / len(items))
    return sorted(best, key=lambda item: (item.features["item"], item.start))
