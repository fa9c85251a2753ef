"""What the journal's tables hold, as the types of types.py, and back."""

import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from json import loads
from typing import Any

from qa.journal.types import Conversation, Feedback, QuestionCount, Turn
from qa.schema import dumps
from qa.store.codec import unpack

Row = Sequence[Any]


def now() -> str:
    """Give this moment as the tables hold it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def pack_response(response: Mapping[str, Any]) -> bytes:
    """Compress a response to a tenth; with ``explain`` it has some ten thousand characters."""
    return zlib.compress(dumps(dict(response)).encode("utf-8"), 6)


def unpack_response(blob: bytes) -> dict[str, Any]:
    """Undo pack_response()."""
    response: dict[str, Any] = loads(zlib.decompress(blob))
    return response


def answer_text(response: Mapping[str, Any]) -> str:
    """Give the first answer, or what was said instead."""
    answers = response.get("answers") or ()
    if answers:
        return str(answers[0]["text"])
    return refusal(response, "message")


def refusal(response: Mapping[str, Any], field: str) -> str:
    """Give a field of the refusal; "" where there is none."""
    return str((response.get("refusal") or {}).get(field, ""))


def to_conversation(row: Row) -> Conversation:
    """Read id, title, updated_at, number of turns."""
    id_, title, updated_at, turns = row
    return Conversation(id_, unpack(title), datetime.fromisoformat(updated_at), turns)


def to_turn(row: Row) -> Turn:
    """Read id, question, resolved_question, response, asked_at, good."""
    id_, question, resolved, response, asked_at, good = row
    vote = None if good is None else bool(good)
    asked = datetime.fromisoformat(asked_at)
    return Turn(id_, unpack(question), unpack(resolved), unpack_response(response), asked, vote)


FEEDBACK_COLUMNS = "number, question, answer, response, generation, good, reason, right_answer, given_at"


def to_feedback(row: Row) -> Feedback:
    """Read FEEDBACK_COLUMNS."""
    number, question, answer, response, generation, good, reason, right_answer, given_at = row
    return Feedback(
        number=number,
        question=unpack(question),
        answer=unpack(answer),
        response=unpack_response(response),
        generation=generation,
        good=bool(good),
        reason=unpack(reason),
        right_answer=unpack(right_answer),
        given_at=datetime.fromisoformat(given_at),
    )


def to_count(row: Row) -> QuestionCount:
    """Read question, count, answered, reason, asked_at."""
    question, count, answered, reason, asked_at = row
    return QuestionCount(unpack(question), count, answered, reason, datetime.fromisoformat(asked_at))
