"""Feedback written out is what the evaluation reads back."""

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from qa.evaluation.gold import read_gold
from qa.journal import Journal
from tests.api.fakes import DOCUMENT
from tests.journal.makers import answered, refused

OWNER = "owner"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path) as journal:
        yield journal


def give(journal: Journal, response: dict[str, Any], good: bool, right_answer: str = "") -> dict[str, Any]:
    """Ask, say something of the answer, and return the last line of the export."""
    turn = journal.add_turn(OWNER, journal.new_conversation(OWNER), response["question"], response)
    journal.give_feedback(OWNER, turn, good, "因为", right_answer)
    row: dict[str, Any] = json.loads(list(journal.export_jsonl())[-1])
    return row


def test_the_first_answer_that_was_praised_is_gold(journal: Journal) -> None:
    row = give(journal, answered(), True)
    assert row["type"] == "amount" and "needs_review" not in row
    assert [(answer["text"], answer["lines"]) for answer in row["answers"]] == [("396.6万元", [3])]
    assert row["answers"][0]["file"] == PurePosixPath(DOCUMENT.file).name


def test_of_several_that_were_asked_for_all_have_to_be_confirmed(journal: Journal) -> None:
    response = answered("助学金多少，资助了几名学生？")
    response["query"] |= {"many": True}
    row = give(journal, response, True)
    assert row["type"] == "multi" and "逐项核对" in row["needs_review"]
    assert [(answer["text"], answer["lines"]) for answer in row["answers"]] == [("396.6万元", [3]), ("1021名", [5])]
    row = give(journal, response | {"answers": response["answers"][:1]}, True)
    assert row["type"] == "amount" and "needs_review" not in row


def test_a_praised_refusal_is_unanswerable(journal: Journal) -> None:
    row = give(journal, refused(), True)
    assert row["type"] == "unanswerable" and row["answers"] == [] and "needs_review" not in row


def test_a_right_answer_is_looked_up_in_what_was_shown(journal: Journal) -> None:
    row = give(journal, answered(), False, "1021名")
    assert [(answer["text"], answer["lines"]) for answer in row["answers"]] == [("1021名", [5])]
    assert row["answers"][0]["file"] and "needs_review" not in row
    row = give(journal, refused(), False, "资助困难学生1021名")
    assert row["answers"][0]["lines"] == [3, 4, 5] and row["type"] == "amount"


def test_what_is_missing_is_said(journal: Journal) -> None:
    assert "file" in give(journal, answered(), False, "没有刊登的数")["needs_review"]
    assert "answers" in give(journal, answered(), False)["needs_review"]


def test_the_evaluation_reads_the_export(journal: Journal, tmp_path: Path) -> None:
    for response, good, right in ((answered(), True, ""), (refused(), True, ""), (answered(), False, "没有的")):
        give(journal, response, good, right)
    path = tmp_path / "feedback.jsonl"
    path.write_text("".join(journal.export_jsonl()), "utf-8")
    questions = read_gold(path)
    assert [question.id for question in questions] == ["feedback-1", "feedback-2", "feedback-3"]
    assert [question.type for question in questions] == ["amount", "unanswerable", "amount"]
    assert len(list(journal.export_jsonl(good=False))) == 1
