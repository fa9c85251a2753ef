"""Two things asked at once, over candidates whose order is given by hand."""

from collections.abc import Sequence
from typing import cast

from qa.answering.choosing import Choice, Chooser
from qa.answering.completing import completed
from qa.retrieval.query import analyse
from qa.store.store import Store
from qa.types import AnswerKind, Candidate, Query
from tests.answering.makers import Shelf, candidate, document, passage

HERE = document("2014年助学活动资助困难户120户，发放资金30万元，另有15万元。")
THERE = document("另一处发放资金66万元。", "b.txt")
CHOOSER = Chooser(cast(Store, Shelf([HERE, THERE])))
HOUSES = candidate(passage(HERE), "120户", 0.9, AnswerKind.COUNT)
MONEY = candidate(passage(HERE), "30万元", 0.6)
MORE = candidate(passage(HERE), "15万元", 0.5)
ELSEWHERE = candidate(passage(THERE), "66万元", 0.8)


def keep_order(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda one: -one.score)


def complete(question: str, ranked: Sequence[Candidate], limit: int = 10) -> Choice:
    query = analyse(question)
    choice = CHOOSER.choose(query, ranked, limit)
    return completed(query, ranked, choice, keep_order, CHOOSER.choose, limit)


def texts(question: str, ranked: Sequence[Candidate]) -> list[str]:
    return [answer.text for answer in complete(question, ranked).answers]


def test_the_other_thing_is_answered_right_behind_the_first() -> None:
    assert texts("助学资助了多少户，发了多少钱", [HOUSES, MONEY, MORE]) == ["120户", "30万元"]


def test_out_of_another_article_nothing_is_put_in() -> None:
    assert texts("助学资助了多少户，发了多少钱", [HOUSES, ELSEWHERE]) == ["120户"]


def test_what_is_put_in_takes_the_place_of_others_beyond_the_limit() -> None:
    more = candidate(passage(THERE), "66万元", 0.85, AnswerKind.COUNT)
    choice = complete("助学资助了多少户，发了多少钱", [HOUSES, more, MONEY], 2)
    assert [answer.text for answer in choice.answers] == ["120户", "30万元"]
    assert choice.all_notices == ("另有 1 条答案未列出。",)
    assert {one.text for one in choice.candidates} >= {"120户", "30万元"}


def test_one_thing_asked_is_left_as_it_was_chosen() -> None:
    assert texts("助学资助了多少户", [HOUSES, MONEY]) == ["120户"]


def test_without_an_answer_there_is_nothing_to_complete() -> None:
    assert completed(analyse("多少户，多少钱"), [], Choice(), keep_order, CHOOSER.choose, 10) == Choice()


def test_an_answer_that_holds_both_is_enough() -> None:
    both = document("带动712户2090人脱贫，另有31人。")
    chooser = Chooser(cast(Store, Shelf([both])))
    ranked = [
        candidate(passage(both), "712户2090人", 0.9, AnswerKind.COUNT),
        candidate(passage(both), "31人", 0.3, AnswerKind.COUNT),
    ]
    query = analyse("带动多少户脱贫，多少人")
    choice = chooser.choose(query, ranked, 10)
    assert completed(query, ranked, choice, keep_order, chooser.choose, 10) == choice
