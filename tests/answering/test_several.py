"""Answers for subjects side by side, put together in the subjects' order."""

from qa.answering.choosing import Choice
from qa.answering.several import put_together
from tests.evaluation.fakes import answer

ASKED = ("甲有多少", "乙有多少？", "丙有多少")
A1, A2 = answer("1个", "a.txt", 1), answer("22个", "a.txt", 2)
B1 = answer("333个", "b.txt", 1)


def test_the_best_of_each_subject_comes_before_the_second_best_of_any() -> None:
    choice = put_together(ASKED[:2], [Choice((A1, A2)), Choice((B1,))], 10)
    assert choice.answers == (A1, B1, A2)
    assert choice.notices == ()


def test_a_subject_without_answer_is_named() -> None:
    choice = put_together(ASKED, [Choice((A1,), ("提示",)), Choice(), Choice((B1,), ("提示",))], 10)
    assert choice.answers == (A1, B1)
    assert choice.notices == ("提示", "没有找到“乙有多少”的答案。")


def test_nothing_for_any_of_them_is_nothing() -> None:
    assert put_together(ASKED, [Choice(), Choice(), Choice()], 10) == Choice()


def test_one_place_is_given_once_and_the_limit_holds() -> None:
    choice = put_together(ASKED[:2], [Choice((A1, A2)), Choice((A1, B1))], 2)
    assert choice.answers == (A1, A2)
    assert choice.all_notices == ("另有 1 条答案未列出。",)


def test_what_is_left_out_is_counted_once_for_all() -> None:
    choice = put_together(ASKED[:2], [Choice((A1, A2), left_out=2), Choice((B1,), left_out=1)], 2)
    assert choice.all_notices == ("另有 4 条答案未列出。",)
