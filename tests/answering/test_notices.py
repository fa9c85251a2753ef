"""Sums and shares told apart, and what is said of answers that disagree."""

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from qa.answering.choosing import Chooser, Thresholds
from qa.config import Settings
from qa.evaluation.temporary import temporary_engine
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


def test_a_paragraph_printed_again_counts_once_and_its_line_is_named(tmp_path: Path) -> None:
    told = (
        "2016年，甲县总工会开展金秋助学活动，筹集助学资金52.6万元，资助困难学生371名；"
        "组织劳模疗休养45人次，建成职工书屋12家，受到广大职工的欢迎和好评。"
    )
    other = "2016年，甲县总工会走访慰问困难职工，发放慰问金30万元。"
    (tmp_path / "a.txt").write_text(f"甲县总工会帮扶工作纪实\n\n{told}\n\n{other}\n\n{told}\n", "utf-8")
    with temporary_engine(tmp_path, Settings()) as engine:
        response = engine.ask("甲县总工会金秋助学筹集了多少资金？")
        alone = engine.ask("甲县总工会发放了多少慰问金？")
    assert [answer.text for answer in response.answers] == ["52.6万元"]
    assert response.notices == (
        "《甲县总工会帮扶工作纪实》（a.txt 第 3 行）的这句话在同一文件的第 7 行重复刊登，只算一次。",
    )
    assert [answer.text for answer in alone.answers] == ["30万元"]
    assert alone.notices == ()
