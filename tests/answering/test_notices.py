"""Sums and shares told apart, and what is said of answers that disagree."""

from dataclasses import replace
from typing import cast

import pytest

from qa.answering.choosing import Chooser, Thresholds
from qa.ledger.types import Figure
from qa.store.store import Store
from qa.types import AnswerKind, Candidate, Value
from tests.answering.makers import Shelf, candidate, document, passage, query

SUM, EACH, OTHER = "筹集300元", "每人发5元", "筹集400元"
DOC, RIVAL = document(f"甲市{SUM}，{EACH}。"), document(f"据甲市说{OTHER}。", "b.txt")


def given(number: str, score: float, *, rival: bool = False) -> Candidate:
    return candidate(passage(RIVAL if rival else DOC), number, score)


def row(one: Candidate, number: float, *, per_head: bool = False, body: str = "甲市总工会") -> Figure:
    place = one.hit.passage
    return Figure(
        id=f"{place.id}.{one.start:03d}",
        document_id=place.document_id,
        article_id=place.article_id,
        passage_id=place.id,
        spans=(replace(place.spans[0], start=one.start, end=one.end),),
        text=one.text,
        kind=AnswerKind.AMOUNT,
        value=Value(number, "元"),
        approximate=False,
        per_head=per_head,
        what="助学金",
        verb="筹集",
        body=body,
        place="甲市",
        period="2017年",
        year=2017,
        sentence=place.text,
        mark=replace(place.spans[0], start=one.start, end=one.end),
    )


def chooser(*rows: Figure) -> Chooser:
    return Chooser(cast(Store, Shelf([DOC, RIVAL], rows=list(rows))), Thresholds(answer=0.2, keep=0.5))


def test_what_each_one_gets_does_not_stand_among_sums_unless_it_is_asked_for() -> None:
    total, each = given("300元", 0.9), given("5元", 0.8)
    choose = chooser(row(total, 300), row(each, 5, per_head=True)).choose
    assert [answer.text for answer in choose(query(), [total, each], 10).answers] == ["300元"]
    asked = query("每人发多少钱")
    assert [answer.text for answer in choose(asked, [total, each], 10).answers] == ["300元", "5元"]


def test_a_row_of_the_ledger_settles_the_subject() -> None:
    one = given("300元", 0.9)
    subject = chooser(row(one, 300)).choose(query(), [one], 10).answers[0].subject
    assert (subject.organisation, subject.place, subject.year) == ("甲市总工会", "甲市", 2017)


@pytest.mark.parametrize(("body", "told"), [("甲市总工会", True), ("乙市总工会", False)])
def test_two_figures_for_one_thing_of_one_body_are_pointed_out(body: str, told: bool) -> None:
    one, other = given("300元", 0.9), given("400元", 0.8, rival=True)
    choice = chooser(row(one, 300), row(other, 400, body=body)).choose(query(), [one, other], 10)
    assert [answer.text for answer in choice.answers] == ["300元", "400元"]
    assert any("说法不一" in notice for notice in choice.notices) is told


def test_a_sentence_printed_in_two_files_is_one_answer() -> None:
    again = document(DOC.text, "c.txt")
    one, other = given("300元", 0.9), candidate(passage(again), "300元", 0.8)
    shelf = Chooser(cast(Store, Shelf([DOC, again])), Thresholds(answer=0.2, keep=0.5))
    assert len(shelf.choose(query(), [one, other], 10).answers) == 1
