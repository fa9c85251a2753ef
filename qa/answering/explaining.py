"""Why an answer: which words of the question stand where, and where its subject was found."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from qa.answering.choosing import Choice
from qa.ledger.resolving import resolver_for
from qa.ledger.scene import scene_of
from qa.store.store import Store
from qa.text.normalise import normalise
from qa.types import (
    Answer,
    AnswerExplanation,
    Article,
    Candidate,
    Explanation,
    Fact,
    Query,
    WordMatch,
    project,
)


def explain_answers(
    query: Query,
    choice: Choice,
    ranked: Sequence[Candidate],
    store: Store,
    threshold: float,
    confidence: Callable[[float], float],
) -> Explanation:
    """Explain the answers to a question.

    Args:
        choice: what was given.
        ranked: the candidates that were read.
        threshold: confidence below which nothing is given.
        confidence: that of a first answer, by its candidate's score.
    """
    best = max((confidence(candidate.score) for candidate in ranked), default=None)
    return Explanation(threshold, best, tuple(_explained(query, answer, choice, store) for answer in choice.answers))


def _explained(query: Query, answer: Answer, choice: Choice, store: Store) -> AnswerExplanation:
    candidate = next(one for one in choice.candidates if _is(one, answer))
    passage, hit = candidate.hit.passage, candidate.hit
    regions = {
        "sentence": normalise(answer.sentence).text,
        "passage": normalise(passage.text).text,
        "context": normalise(passage.context).text,
    }
    article = store.article(passage.article_id)
    return AnswerExplanation(
        words=tuple(_match(word, query.synonyms.get(word, ()), regions) for word in query.words),
        subject_from=_subject_from(answer, candidate, article, regions),
        passage=dict(hit.parts) | {"score": hit.score},
    )


def _is(candidate: Candidate, answer: Answer) -> bool:
    """Tell whether an answer was made of a candidate: the same words at the same place."""
    passage = candidate.hit.passage
    if candidate.text != answer.text or passage.document_id != answer.citation.document_id:
        return False
    first = project(passage.spans, candidate.start, candidate.end)[0]
    return any(span.start <= first.start < span.end for span in answer.citation.spans)


def _match(word: str, synonyms: Sequence[str], regions: Mapping[str, str]) -> WordMatch:
    """Find the nearest region that holds a word; a synonym nearer by does not beat the word itself further off."""
    for form in (word, *synonyms):
        for where, text in regions.items():
            if form.lower() in text.lower():
                return WordMatch(word, form, where)
    return WordMatch(word)


def _subject_from(answer: Answer, candidate: Candidate, article: Article, regions: Mapping[str, str]) -> dict[str, str]:
    """Say where each part of the subject was found, as the ledger's resolver finds it."""
    subject, passage = answer.subject, candidate.hit.passage
    owner = resolver_for(passage, scene_of(article)).at(candidate.start)[0]
    printed = owner.where if owner.where != "article" else ""
    bodies = [article.organisation] if article.organisation is not None else []
    found: dict[str, str] = {}
    if subject.place:
        found["place"] = printed or _where_of(article.places, subject.place)
    if subject.organisation:
        found["organisation"] = printed or _where_of(bodies, subject.organisation)
    if subject.year is not None:
        here = (where for where, text in regions.items() if str(subject.year) in text)
        found["year"] = next(here, _where_of(article.years, str(subject.year)))
    return found


def _where_of(facts: Iterable[Fact], value: str) -> str:
    """Say where an article shows a value; "article" where it was only inferred."""
    return next((fact.where for fact in facts if fact.value == value), "article")
