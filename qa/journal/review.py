"""Feedback as gold questions: what ``youju eval qa`` reads once somebody has looked through it."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from qa.journal.types import Feedback
from qa.schema import dumps
from qa.types import AnswerKind

_TYPES = {
    AnswerKind.AMOUNT: "amount",
    AnswerKind.COUNT: "count",
    AnswerKind.PERCENT: "count",
    AnswerKind.DATE: "date",
    AnswerKind.PERIOD: "date",
    AnswerKind.PERSON: "person",
    AnswerKind.ROLE: "person",
    AnswerKind.LIST: "list",
    AnswerKind.EXPLAIN: "explain",
}
"""The gold types of answers; places, bodies, phones and the like are "place_org"."""


def gold_line(entry: Feedback) -> str:
    """Write a gold question as one line."""
    return dumps(gold_row(entry)) + "\n"


def gold_row(entry: Feedback) -> dict[str, Any]:
    """Make a gold question out of feedback.

    What was praised is taken for right: the first answer, which is what the praise is for where one was asked for;
    where several were, all of them, which somebody has to confirm one by one. Of what was blamed, the right answer
    that the person wrote is taken, and looked up in the answers and passages that were shown; where it stands in none,
    "file" and "lines" are left for whoever reviews the file. "needs_review" says what is missing; the reader of gold
    files ignores it.
    """
    answers = _answers(entry)
    row: dict[str, Any] = {
        "id": f"feedback-{entry.number}",
        "question": entry.question,
        "type": _type(entry, answers),
        "answers": answers,
        "all_required": False,
        "tags": ["feedback", "good" if entry.good else "bad"],
        "given_at": entry.given_at.isoformat(timespec="seconds"),
        "generation": entry.generation,
        "answer_given": entry.answer,
        "reason": entry.reason,
    }
    if missing := _missing(entry, answers):
        row["needs_review"] = missing
    return row


def _answers(entry: Feedback) -> list[dict[str, Any]]:
    if entry.right_answer:
        return [_looked_up(entry.right_answer, entry.response)]
    if entry.good:
        shown = entry.response.get("answers", ())
        return [_cited(answer["text"], answer["citation"]) for answer in (shown if _asks_several(entry) else shown[:1])]
    return []


def _asks_several(entry: Feedback) -> bool:
    return bool(entry.response.get("query", {}).get("many"))


def _missing(entry: Feedback, answers: Sequence[Mapping[str, Any]]) -> str:
    """Say what somebody has to fill in, or check, before the row is gold."""
    if not entry.good and not entry.right_answer:
        return "请填写 answers（文档里确实没有时，把 type 改为 unanswerable）"
    if any(not answer["lines"] for answer in answers):
        return "请填写答案所在的 file 和 lines"
    if len(answers) > 1:
        return "请逐项核对 answers：删去不对的，补上缺的（一项都不能少时，把 all_required 改为 true）"
    return ""


def _type(entry: Feedback, answers: Sequence[Mapping[str, Any]]) -> str:
    if not answers:
        return "unanswerable"
    kinds = [answer["kind"] for answer in entry.response.get("answers", ())]
    if len(answers) > 1 and kinds[0] != AnswerKind.LIST:
        return "multi"
    kinds += entry.response.get("query", {}).get("kinds", ())
    return _TYPES.get(AnswerKind(kinds[0]), "place_org") if kinds else "explain"


def _looked_up(text: str, response: Mapping[str, Any]) -> dict[str, Any]:
    """Find where a text stands among what was shown: the answers' quotes and sentences, then the passages."""
    for shown in (*response.get("answers", ()), *response.get("passages", ())):
        citation = shown["citation"]
        if text in citation["quote"] or text in shown.get("sentence", ""):
            return _cited(text, citation)
    return {"text": text, "file": "", "lines": []}


def _cited(text: str, citation: Mapping[str, Any]) -> dict[str, Any]:
    lines = list(range(citation["line_start"], citation["line_end"] + 1))
    return {"text": text, "file": PurePosixPath(citation["file"]).name, "lines": lines}
