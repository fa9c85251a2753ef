"""A question for two things at once gets an answer to each, out of the article that answers the first."""

from collections.abc import Callable, Sequence

from qa.answering.choosing import Choice
from qa.retrieval.compound import asked_apart
from qa.types import Answer, Candidate, Query

Rank = Callable[[Query, Sequence[Candidate]], list[Candidate]]
Choose = Callable[[Query, Sequence[Candidate], int], Choice]


def completed(
    query: Query, ranked: Sequence[Candidate], choice: Choice, rank: Rank, choose: Choose, limit: int
) -> Choice:
    """Put in, right behind the first answer, the best answer to every other thing that the question asks for.

    Args:
        ranked: the candidates that the choice was made from, best first.
        choice: the answers to the thing that was answered best.
        rank, choose: how the answers to the other things are found.
        limit: at most so many answers, 1 or more; one to each thing is given all the same.
    """
    if not choice.answers:
        return choice
    first = choice.answers[0]
    parts = [part for part in asked_apart(query) if not _answers(first, part)]
    found = [choose(part, rank(part, [one for one in ranked if _fits(one, part)]), 1) for part in parts]
    others = [
        answer
        for other in found
        for answer in other.answers
        if _same_article(first, answer) and answer.text != first.text
    ]
    rest = [answer for answer in choice.answers[1:] if answer.text not in {other.text for other in others}]
    room = max(limit - 1 - len(others), 0)
    candidates = (*choice.candidates, *(one for other in found for one in other.candidates))
    left_out = choice.left_out + len(rest[room:])
    return Choice((first, *others, *rest[:room]), choice.notices, candidates, left_out) if others else choice


def _answers(answer: Answer, part: Query) -> bool:
    """Tell whether an answer is to this part; 712户2090人 is to 户 and to 人."""
    return answer.kind is part.kinds[0] and (not part.units or any(unit in answer.text for unit in part.units))


def _fits(candidate: Candidate, part: Query) -> bool:
    return candidate.kind is part.kinds[0] and (not part.units or any(unit in candidate.text for unit in part.units))


def _same_article(one: Answer, other: Answer) -> bool:
    return (one.citation.document_id, one.citation.title) == (other.citation.document_id, other.citation.title)
