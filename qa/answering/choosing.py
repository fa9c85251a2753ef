"""Choose which ranked candidates are given as answers: one, one per subject, the items of a list – or none."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Self

from qa.answering.citing import cite_candidate, sentence_of
from qa.answering.fitting.fit import overlap
from qa.answering.lacking import missing_words
from qa.answering.notices import notices_for
from qa.answering.pointing import pointed
from qa.answering.ranking import Calibration
from qa.answering.siblings import siblings
from qa.answering.subject import WithRow, row_of, speaks_of, subject_of
from qa.ledger.types import Figure
from qa.store.store import Store
from qa.text.normalise import normalise
from qa.text.places import contains_place
from qa.types import FIGURE_KINDS, Answer, AnswerKind, Article, Candidate, Query

_PER_HEAD = re.compile("每|人均|户均|标准")
"""Words of a question that is about what each one gets."""

BELIEVED = 0.3
"""The reader's log-odds, brought into -1..1, from which words may answer that hardly share any with the question."""

DOUBT = 0.4
"""The reader's log-odds for no answer, brought into -1..1, from which it doubts one."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Probabilities in 0..1 that decide what is given.

    Attributes:
        answer: below it the best candidate is no answer.
        answerable: below it there is none, whatever the best candidate looks like.
        beside: share of "answerable" that will do for one of several things that a question puts side by side: where
            the documents tell of the others, they are likelier to tell of this one too.
        keep: further answers need this share of the best one's probability.
        keep_named: the same where the question names a place, body or year, so that others do not intrude.
        keep_beside: the same for one of several things side by side, each of which wants one answer.
        coverage: share of the question's words, by weight, that must stand in a passage that may answer it.
    """

    answer: float = 0.05
    answerable: float = 0.0
    beside: float = 0.6
    keep: float = 0.3
    keep_named: float = 0.5
    keep_beside: float = 0.8
    coverage: float = 0.05

    def beside_others(self) -> Self:
        """Return the limits for one of several things that a question puts side by side."""
        kept = self.keep_beside
        return replace(self, answerable=self.answerable * self.beside, keep=kept, keep_named=kept)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is given.

    Attributes:
        answers: best first; the items of a list in their order.
        notices: for the reader, on the answers.
        candidates: what the answers were made of, in any order.
        left_out: how many more answers the limit cut off.
    """

    answers: tuple[Answer, ...] = ()
    notices: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    left_out: int = 0

    @property
    def all_notices(self) -> tuple[str, ...]:
        """The notices, and the one that says how many answers were left out."""
        return (*self.notices, *([f"另有 {self.left_out} 条答案未列出。"] if self.left_out else []))


class Chooser:
    """Turns ranked candidates into answers with citations."""

    def __init__(
        self, store: Store, thresholds: Thresholds = Thresholds(), calibration: Calibration = Calibration()
    ) -> None:
        self._store = store
        self._thresholds = thresholds
        self._calibration = calibration

    @property
    def threshold(self) -> float:
        """Confidence, 0..1, below which nothing is given."""
        return self.confidence(self._thresholds.answer)

    def confidence(self, probability: float, *, later: bool = False) -> float:
        """Return the confidence of an answer whose candidate is right with such a probability, both 0..1."""
        return round(self._calibration.confidence(probability, later=later), 4)

    def admissible(self, query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates that are about what the question asks, where and when it asks, in their order."""
        article_of = cache(self._store.article)  # many candidates, few articles
        return [candidate for candidate in candidates if self._may_answer(query, candidate, article_of)]

    def choose(self, query: Query, ranked: Sequence[Candidate], limit: int, *, beside: bool = False) -> Choice:
        """Return at most ``limit`` answers and notices for the reader; no answers mean a refusal.

        Args:
            beside: whether the query is one of several that a question puts side by side.
        """
        limits = self._thresholds.beside_others() if beside else self._thresholds
        if not ranked or not self._will_do(query, ranked, limits):
            return Choice()
        if ranked[0].kind is AnswerKind.LIST:
            chosen = _best_list(ranked)
        elif len(query.places) > 1 and query.many:
            chosen = self._by_place(query, ranked)
        else:
            chosen = self._distinct(query, ranked, limits)
        chosen = [pointed(query, candidate, ranked) for candidate in chosen]
        rows = self._store.figures_of([candidate.hit.passage.id for candidate in chosen])
        kept = list(_of_one_measure(query, [(candidate, row_of(candidate, rows)) for candidate in chosen]))
        kept += siblings(query, kept, self._store)
        top = enumerate(kept[:limit])
        given = [(one, self._answer(query, one, row, later=at > 0), row) for at, (one, row) in top]
        answers, candidates = tuple(answer for _, answer, _ in given), tuple(one for one, _, _ in given)
        return Choice(answers, notices_for(given, self._store), candidates, max(len(kept) - limit, 0))

    def _will_do(self, query: Query, ranked: Sequence[Candidate], limits: Thresholds) -> bool:
        """Whether the best candidate is likely enough to be right, and to have an answer to be.

        Where a word of the question stands nowhere, the reader must not doubt it: 火星基地的主席 is no other one. Where
        none of its words stands anywhere, the reader must take it for likelier than no answer.
        """
        first = ranked[0]
        if first.score < limits.answer or first.features.get("answerable", 1.0) < limits.answerable:
            return False
        belief = _belief(first)
        if belief >= 0.0:
            return True
        hits = {candidate.hit.passage.id: candidate.hit for candidate in ranked}
        missing = missing_words(query, self._store, tuple(hits.values()))
        return not missing if belief < -DOUBT else not query.words or not set(missing).issuperset(query.words)

    def _may_answer(self, query: Query, candidate: Candidate, article_of: Callable[[str], Article]) -> bool:
        """Whether a candidate is about what the question asks, whatever its score."""
        uncovered = query.words and candidate.hit.parts.get("coverage", 1.0) < self._thresholds.coverage
        if uncovered and candidate.features.get("span", -1.0) < BELIEVED:
            return False
        return speaks_of(query, candidate, article_of(candidate.hit.passage.article_id))

    def _distinct(self, query: Query, ranked: Sequence[Candidate], limits: Thresholds) -> list[Candidate]:
        """Keep the candidates of the best one's kind that are near enough to it, one for each wording and article."""
        named = bool(query.places or query.organisations or query.years)
        share = limits.keep_named if named and not query.many else limits.keep
        floor = max(limits.answer, share * ranked[0].score)
        chosen: list[Candidate] = []
        for candidate in ranked:
            if candidate.score < floor or candidate.kind is not ranked[0].kind:
                continue
            if not any(_same(candidate, other) for other in chosen):
                chosen.append(candidate)
        return chosen

    def _by_place(self, query: Query, ranked: Sequence[Candidate]) -> list[Candidate]:
        """Take the best candidate for each place that the question names, in the order of their likelihood."""
        kind, article_of = ranked[0].kind, cache(self._store.article)
        chosen: dict[str, Candidate] = {}
        for candidate in ranked:
            if candidate.kind is not kind or candidate.score < self._thresholds.answer / 2:
                continue
            place = subject_of(candidate, article_of(candidate.hit.passage.article_id)).place
            for asked in query.places:
                if contains_place(asked, place):
                    chosen.setdefault(asked, candidate)
        distinct = [candidate for candidate in ranked if any(candidate is taken for taken in chosen.values())]
        return distinct if len(distinct) > 1 else self._distinct(query, ranked, self._thresholds)

    def _answer(self, query: Query, candidate: Candidate, row: Figure | None, *, later: bool) -> Answer:
        passage = candidate.hit.passage
        document = self._store.document(passage.document_id)
        article = self._store.article(passage.article_id)
        sentence, mark = sentence_of(candidate)
        return Answer(
            text=candidate.text,
            kind=candidate.kind,
            value=candidate.value,
            subject=subject_of(candidate, article, query.words[0] if query.words else "", row),
            sentence=sentence,
            mark=mark,
            confidence=self.confidence(candidate.score, later=later and candidate.kind is not AnswerKind.LIST),
            citation=cite_candidate(document, article, candidate),
            features=candidate.features,
        )


def _belief(candidate: Candidate) -> float:
    """Return the neural reader's log-odds, in -1..1, of a candidate or anything in it; 1 where it has not read it."""
    features = candidate.features
    return max(features[name] for name in ("span", "alike", "holds")) if "read" in features else 1.0


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates say the same: they overlap, or have one wording in one article or one sentence."""
    if overlap(one, other):
        return True
    if normalise(one.text).text != normalise(other.text).text:
        return False
    return one.hit.passage.article_id == other.hit.passage.article_id or _said(one) == _said(other)


def _said(candidate: Candidate) -> str:
    """Return the sentence of a candidate in normal form: printed again in another file, it is no second answer."""
    return normalise(sentence_of(candidate)[0]).text


def _of_one_measure(query: Query, chosen: Sequence[WithRow]) -> Sequence[WithRow]:
    """Leave out what is said of each one (每人3000元) where the best answer is a sum, and the other way round.

    And what was done otherwise, where the question says what was done: 发放 is not 筹集.
    """
    first, told = chosen[0]
    if first.kind not in FIGURE_KINDS or told is None:
        return chosen
    share = _PER_HEAD.search(query.text) is not None
    verbs = {"", told.verb} if told.verb and told.verb in query.text else None

    def is_alike(row: Figure) -> bool:
        return (share or row.per_head == told.per_head) and (verbs is None or row.verb in verbs)

    return [(one, row) for one, row in chosen if row is None or is_alike(row)]


def _best_list(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the items of the list whose items are likeliest on the mean, in their order."""
    groups: dict[float, list[Candidate]] = defaultdict(list)
    for candidate in ranked:
        if candidate.kind is AnswerKind.LIST:
            groups[candidate.features["group"]].append(candidate)
    best = max(groups.values(), key=lambda items: sum(item.score for item in items) / len(items))
    return sorted(best, key=lambda item: (item.features["item"], item.start))
