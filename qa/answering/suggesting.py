"""Questions near to one that has no answer, each of which would be answered."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from qa.answering.lacking import Lack
from qa.dialogue.anatomy import Anatomy, dissect
from qa.dialogue.slots import put
from qa.ledger.scene import scene_of
from qa.ledger.types import Figure
from qa.retrieval.known import Known
from qa.store.store import Store
from qa.text.normalise import normalise
from qa.text.places import contains_place
from qa.types import Answer, AnswerKind, Hit, Query

BestAnswers = Callable[[Sequence[str]], Sequence[Answer | None]]
"""Asks questions side by side: the best answer to each, in their order, None where it has none."""

MOST_CHECKED = 3
"""Questions that are really asked before they are suggested; together they take a fifth of a second."""
_NEWEST = 2
"""Other years that are tried."""
_LIKELY = 0.4
"""Confidence of an answer from which on its question is worth suggesting."""
_FIGURE_PASSAGES = 3
_NEAR = 0.4
"""Coverage from which on a passage tells of the same thing."""


def suggestions(
    query: Query,
    lack: Lack | None,
    hits: Sequence[Hit],
    store: Store,
    known: Known,
    best_answers: BestAnswers,
) -> tuple[str, ...]:
    """Return at most MOST_CHECKED questions that would be answered, the nearest first; not the question itself.

    Args:
        query: that had no answer.
        lack: the part of it that the documents lack.
        hits: its passages.
        best_answers: asks at most MOST_CHECKED questions.
    """
    asked = {_bare(query.text), _bare(query.question)}
    tried = list(islice(_new(_rewrites(query, lack, hits, store, known), asked), MOST_CHECKED))
    answers = best_answers([question for question, _ in tried])
    return tuple(question for (question, place), answer in zip(tried, answers, strict=True) if _will_do(answer, place))


def _new(rewrites: Iterator[tuple[str, str]], asked: set[str]) -> Iterator[tuple[str, str]]:
    """Leave out what has been asked, and what comes a second time."""
    for question, place in rewrites:
        if _bare(question) not in asked:
            asked.add(_bare(question))
            yield question, place


def _will_do(answer: Answer | None, place: str) -> bool:
    """Tell whether there is a likely answer, of the place that was put into the question, if one was."""
    if answer is None or answer.confidence < _LIKELY:
        return False
    return not place or contains_place(place, answer.subject.place)


def _bare(question: str) -> str:
    return question.rstrip("?？。 ").replace(" ", "")


def _rewrites(
    query: Query, lack: Lack | None, hits: Sequence[Hit], store: Store, known: Known
) -> Iterator[tuple[str, str]]:
    """Yield questions that may have an answer, each with the place that was put in, or ""."""
    asked = dissect(query.readable, known)
    part = lack.part if lack is not None else ""
    if lack is not None and part == "ordinal":
        yield from ((_replaced(asked, other), "") for other in lack.there[:2])
    if lack is not None and part == "alternative":
        yield from ((f"{asked.text.replace(lack.named[0], other)}？", "") for other in lack.there)
    if lack is not None and part in {"year", "year_thing"}:
        yield from ((_moved(asked, when=year), "") for year in lack.there[: -_NEWEST - 1 : -1])
        yield _moved(asked, when=""), ""
    if part == "future":
        yield _moved(asked, when=""), ""
    if asked.where and part in {"", "place", "place_thing", "words"}:
        places = _other_places(query, hits, store)
        yield from ((f"{put(asked, asked, where=place)}？", place) for place in places)
        if asked.topics:
            yield _moved(asked, where=""), ""
    yield from ((question, "") for question in _of_figures(query, hits, store))


def _replaced(asked: Anatomy, ordinal: str) -> str:
    first = asked.which[0] if asked.which else None
    text = asked.text if first is None else asked.text[: first.start] + ordinal + asked.text[first.end :]
    return f"{text}？"


def _moved(asked: Anatomy, *, where: str | None = None, when: str | None = None) -> str:
    """Put another place or year into a question, or take its own out."""
    text = asked.text
    pieces = asked.where if where is not None else asked.when
    new = where if where is not None else when
    for piece in reversed(pieces[1:]):
        text = text[: piece.start] + text[piece.end :]
    if pieces:
        text = text[: pieces[0].start] + (new or "") + text[pieces[0].end :].removeprefix("的" if not new else "")
    return f"{text}？"


def _other_places(query: Query, hits: Sequence[Hit], store: Store) -> list[str]:
    """Return the places of the nearest articles that tell of the same thing, without the one asked about."""
    near = [hit for hit in hits if hit.parts.get("coverage", 0.0) >= _NEAR]
    articles = [store.article(id_) for id_ in dict.fromkeys(hit.passage.article_id for hit in near)]
    places = dict.fromkeys(scene_of(article).place for article in articles)
    return [place for place in places if place and place not in query.places][:2]


def _of_figures(query: Query, hits: Sequence[Hit], store: Store) -> Iterator[str]:
    """Ask for figures of the nearest passages that are of the place asked about."""
    for row in store.figures_of([hit.passage.id for hit in hits[:_FIGURE_PASSAGES]]):
        near = not query.places or any(contains_place(place, row.place) for place in query.places)
        question = _figure_question(row) if near else ""
        if question:
            yield question


def _figure_question(row: Figure) -> str:
    """Word the question that a figure answers; empty where its sentence does not say it in so many words."""
    who, text = row.body or row.place, normalise(row.sentence).text
    if not (who and row.what and row.verb):
        return ""
    figure, verb, what = (re.escape(normalise(part).text) for part in (row.text, row.verb, row.what))
    if row.kind is AnswerKind.COUNT and re.search(rf"{verb}[了过]?{figure}{what}(?![\u4e00-\u9fff])", text):
        return f"{who}{row.verb}了多少{row.value.unit}{row.what}？"
    if row.kind is AnswerKind.AMOUNT and re.search(rf"{verb}[了过]?{what}(?:共|达|合计|总计)?{figure}", text):
        return f"{who}{row.verb}了多少{row.what}？" if row.what[-1] in "金款费钱" else ""
    return ""
