"""The rule reader: every range of the right kind in the passages found, with named features and a first score."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from qa.reading.alignment import Alignment
from qa.reading.explain import explain_features, windows
from qa.reading.features import overlap_features
from qa.reading.found import Found
from qa.reading.joining import chains
from qa.reading.kinds import fits, ranges
from qa.reading.listing import list_features
from qa.reading.lists.groups import Group
from qa.reading.lists.rows import parted
from qa.reading.matching import Matcher, Word, question_words
from qa.reading.question import Asked, asked
from qa.reading.scoring import score
from qa.reading.view import KEPT, PassageView, passage_view
from qa.types import AnswerKind, Candidate, Hit, Passage, Query, Span


@dataclass(frozen=True, slots=True)
class _Question:
    """A question with everything that is worked out once."""

    query: Query
    words: tuple[Word, ...]
    asked: Asked
    fits: Mapping[AnswerKind, float]


class TypedReader:
    """Finds typed candidates, list items and sentences; implements ``qa.protocols.Reader``.

    Args:
        idf: weight (> 0) of a word of the question, such as its inverse document frequency; None weighs by length.
    """

    def __init__(self, idf: Callable[[str], float] | None = None) -> None:
        self._idf = idf

    def read(self, query: Query, hits: Sequence[Hit], lists: Sequence[tuple[int, int, int]] = ()) -> list[Candidate]:
        """Return the candidates of all hits, in the hits' order; ``score`` is a hand-set weighting of ``features``.

        Args:
            lists: ranges (hit, start, end) of the passages' own text that another reader takes for an answer; where
                lists may answer, they are parted into items.
        """
        details = asked(query)
        question = _Question(query, question_words(query, self._idf, details.noun), details, fits(query.kinds))
        views = [passage_view(hit.passage.text, hit.passage.context) for hit in hits]
        matchers = [Matcher(question.words, view) for view in views]
        found = [
            candidate
            for hit, matcher in zip(hits, matchers, strict=True)
            for candidate in _typed(question, hit, matcher)
        ]
        if _wants_list(question):
            for index, chain in enumerate([*chains(hits, views), *_spanned(views, lists, details.items)]):
                found += _listed(question, hits, matchers, chain, index)
        if AnswerKind.EXPLAIN in query.kinds:
            found += [
                one for hit, matcher in zip(hits, matchers, strict=True) for one in _explained(question, hit, matcher)
            ]
        return found

    def prepare(self, passages: Iterable[Passage]) -> None:
        """Work out names, lists and figures of the first KEPT passages, 10 ms each: else the first questions wait."""
        for passage in islice(passages, KEPT):
            view = passage_view(passage.text, passage.context)
            _ = view.persons, view.bodies, view.groups, view.figures, view.sentences, view.clause_starts


def _wants_list(question: _Question) -> bool:
    """Tell whether lists may answer: asked for, or a number of items, a named term or a noun of no known kind is."""
    query, details = question.query, question.asked
    if AnswerKind.LIST in query.kinds or query.many or details.items or details.terms:
        return True
    return bool(details.noun and not details.endings)


def _typed(question: _Question, hit: Hit, matcher: Matcher) -> Iterator[Candidate]:
    """Yield the ranges of fitting kinds."""
    view = matcher.view
    names = {role: person for person, role in view.roles} if AnswerKind.ROLE in question.fits else {}
    there = ranges(view, question.fits)
    alignment = Alignment(there, matcher, question.asked.text)
    for found in there:
        features = overlap_features(question.query, matcher, question.asked, found)
        features["kind"] = question.fits[found.kind]
        if found.kind is AnswerKind.ROLE and question.asked.person:
            person = names[found]
            features["role"] = float(view.plain[person.start : person.end] == question.asked.person)
        features["aligned"] = alignment.of(found)
        features["whole"] = float(not any(_within(found, other) for other in there))
        if candidate := _candidate(hit, view, found, features):
            yield candidate


def _spanned(
    views: Sequence[PassageView], lists: Sequence[tuple[int, int, int]], wanted: int | None
) -> Iterator[list[tuple[int, Group]]]:
    """Yield the lists that other ranges are, parted into items: where the rules find no list but shorter rows."""
    known = {(at, group.items) for at, view in enumerate(views) for group in view.groups}
    for at, start, end in lists:
        span = views[at].normal.normal_span(start, end)
        group = parted(views[at].plain, span.start, span.end, wanted)
        if group is None or (at, group.items) in known:
            continue
        known.add((at, group.items))
        if not any(_rivals(group, other) for other in views[at].groups):
            yield [(at, group)]


def _rivals(group: Group, other: Group) -> bool:
    """Tell whether the rules' list in the same place is to be preferred: any but a row, or a row of more items."""
    meet = group.start < other.end and other.start < group.end
    return meet and (other.style != "row" or len(other.items) > len(group.items))


def _within(found: Found, other: Found) -> bool:
    """Tell whether a name is part of a longer one (海宁 in 海宁基地)."""
    return other.start <= found.start and found.end <= other.end and other.end - other.start > found.end - found.start


def _listed(
    question: _Question,
    hits: Sequence[Hit],
    matchers: Sequence[Matcher],
    chain: Sequence[tuple[int, Group]],
    number: int,
) -> Iterator[Candidate]:
    """Yield the items of one list; "group", "item" and "group_size" are counts, not shares."""
    kinds = question.query.kinds
    size = sum(len(group.items) for _, group in chain)
    features: dict[str, float] = {}
    for at, group in chain:
        part = list_features(question.query, matchers[at], question.asked, group, size)
        features = {name: max(value, features.get(name, value)) for name, value in part.items()}
    features["kind"] = 1.0 / (1 + kinds.index(AnswerKind.LIST)) if AnswerKind.LIST in kinds else 0.4
    features |= {"group": float(number), "group_size": float(size)}
    items = ((at, item) for at, group in chain for item in group.items)
    for order, (at, item) in enumerate(items):
        found = Found(item.start, item.end, AnswerKind.LIST)
        if candidate := _candidate(hits[at], matchers[at].view, found, features | {"item": float(order)}):
            yield candidate


def _explained(question: _Question, hit: Hit, matcher: Matcher) -> Iterator[Candidate]:
    """Yield every run of one to three sentences."""
    view = matcher.view
    fit = 1.0 / (1 + question.query.kinds.index(AnswerKind.EXPLAIN))
    for first, last in windows(len(view.sentences)):
        features = explain_features(question.query, matcher, question.asked, first, last) | {"kind": fit}
        span = Span(view.raw_sentences[first].start, view.raw_sentences[last].end)
        yield Candidate(
            hit, span.start, span.end, AnswerKind.EXPLAIN, span, None, score(AnswerKind.EXPLAIN, features), features
        )


def _candidate(hit: Hit, view: PassageView, found: Found, features: Mapping[str, float]) -> Candidate | None:
    """Map a range back to the passage's own text; None where nothing visible is left of it."""
    span = view.raw_span(found.start, found.end)
    if not len(span):
        return None
    first, last = view.sentence_at(found.start), view.sentence_at(max(found.end - 1, found.start))
    low, high = view.raw_sentences[first].start, view.raw_sentences[last].end
    sentence = Span(min(low, span.start), max(high, span.end))
    return Candidate(
        hit, span.start, span.end, found.kind, sentence, found.value, score(found.kind, features), features
    )
