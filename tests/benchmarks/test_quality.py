"""The page of figures: written from what was measured, with what a reader must be able to trust."""

import json
from pathlib import Path

import pytest

from benchmarks.quality.__main__ import RESULTS
from benchmarks.quality.ablation import ABLATIONS
from benchmarks.quality.causes import cause, worst
from benchmarks.quality.page import cell, change, render
from qa.engine import Engine
from qa.evaluation.gold import GoldAnswer, GoldQuestion
from qa.evaluation.qa_runner import Miss


def miss(own: float, given: tuple[tuple[str, float], ...] = (), found_at: int | None = 1, name: str = "q") -> Miss:
    return Miss(name, "amount", "问", given, ("1元",), own, found_at)


def test_a_wrong_answer_is_worse_than_none_and_a_half_better_than_both() -> None:
    wrong, none, half = miss(0.0, (("2元", 0.5),), name="b"), miss(0.0, name="a"), miss(0.5, (("1元", 0.5),), name="c")
    assert worst([half, none, wrong], 2) == [wrong, none]


def test_causes_name_the_step_that_lost_the_answer(seeds_engine: Engine) -> None:
    question = "金秋助学筹集了多少资金"
    right = seeds_engine.candidates(question)[1][0].text
    there = GoldQuestion("q", question, "amount", (GoldAnswer(right, (right,), "a.txt", (1,)),))
    absent = GoldQuestion("q", question, "amount", (GoldAnswer("7元7角", ("7元7角",), "a.txt", (1,)),))
    given = (("别的", 0.5),)
    assert "拒答" in cause(seeds_engine, GoldQuestion("q", question, "unanswerable", ()), miss(0.0, given))
    assert cause(seeds_engine, there, miss(0.0, given, None)) == "没找到有答案的段落"
    assert cause(seeds_engine, absent, miss(0.0, given)) == "段落找到了，没有抽出这个答案"
    assert cause(seeds_engine, there, miss(0.0)) == "抽出了答案，但把握不够，没有作答"
    assert cause(seeds_engine, there, miss(0.0, given)) == "抽出了答案，但排在别的后面"
    assert cause(seeds_engine, there, miss(0.5, given)) == "只给出了一部分"


def test_cells_and_changes() -> None:
    assert cell("甲|乙\n丙") == "甲\\|乙 丙"
    assert [change(0.5, 0.5), change(0.4, 0.5), change(None, 0.5)] == ["0.500", "0.400（-0.100）", "–"]


def test_the_page_is_the_one_that_the_stored_figures_give() -> None:
    results = json.loads(RESULTS.read_text("utf-8"))
    assert RESULTS.with_suffix(".md").read_text("utf-8") == render(results)


@pytest.mark.parametrize("name", ["seeds_dev"])
def test_stored_figures_are_of_the_questions_that_are_there(name: str) -> None:
    stored = json.loads(RESULTS.read_text("utf-8"))["sets"][name]
    gold = Path(__file__).parents[1] / "golden" / f"{name}.jsonl"
    assert stored["questions"] == len(gold.read_text("utf-8").splitlines())
    assert set(stored["ablation"]) == set(ABLATIONS)
    assert len(stored["misses"]) == min(20, stored["missed"])
