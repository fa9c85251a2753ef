"""Put together what was chosen for each of the subjects that a question puts side by side."""

from collections.abc import Sequence
from itertools import chain, zip_longest

from qa.answering.choosing import Choice
from qa.types import Answer


def put_together(questions: Sequence[str], choices: Sequence[Choice], limit: int) -> Choice:
    """Return the best answer for each subject, in their order, then the second best for each, and so on.

    Args:
        questions: one for each subject; what stays without an answer is named in a notice.
        choices: what was chosen for each of them.
        limit: at most so many answers.
    """
    answers: list[Answer] = []
    for one in chain.from_iterable(zip_longest(*(choice.answers for choice in choices))):
        if one is not None and not any(_same(one, other) for other in answers):
            answers.append(one)
    if not answers:
        return Choice()
    without = [question for question, choice in zip(questions, choices, strict=True) if not choice.answers]
    notices = [notice for choice in choices for notice in choice.notices]
    notices += [f"没有找到“{question.rstrip('?？')}”的答案。" for question in without]
    candidates = tuple(one for choice in choices for one in choice.candidates)
    left_out = sum(choice.left_out for choice in choices) + len(answers[limit:])
    return Choice(tuple(answers[:limit]), tuple(dict.fromkeys(notices)), candidates, left_out)


def _same(one: Answer, other: Answer) -> bool:
    return (one.citation.document_id, one.citation.spans) == (other.citation.document_id, other.citation.spans)
