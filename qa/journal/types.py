"""The nouns of the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation of one owner.

    Attributes:
        title: its first question, or what its owner called it.
        updated_at: of its last change; with a time zone (UTC).
        turns: how many questions it holds, 1 or more.
    """

    id: str
    title: str
    updated_at: datetime
    turns: int


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what was said to it.

    Attributes:
        response: as ``response_json(…, explain=True)`` gave it.
        asked_at: with a time zone (UTC).
        vote: whether its owner called it good; None where nothing was said.
    """

    id: str
    question: str
    resolved_question: str
    response: Mapping[str, Any]
    asked_at: datetime
    vote: bool | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """What somebody thought of an answer; it says nothing of who.

    Attributes:
        number: in the order in which feedback came, from 1.
        answer: the first answer given; of a refusal, its message.
        response: the whole of what was said, as in Turn.
        generation: of the index that answered.
        right_answer: what should have been said, in the person's own words; may be empty.
    """

    number: int
    question: str
    answer: str
    response: Mapping[str, Any]
    generation: int
    good: bool
    reason: str
    right_answer: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """A question, however it was punctuated, and how often it was asked.

    Attributes:
        question: as it was typed last.
        answered: how many of the times there was an answer, 0..count.
        reason: why it was refused last; "" where it never was.
    """

    question: str
    count: int
    answered: int
    reason: str
    last_asked: datetime


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day, by this machine's clock: questions asked, of them answered, and votes given."""

    day: date
    asked: int
    answered: int
    good: int
    bad: int
