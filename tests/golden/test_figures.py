"""The figures that the README claims, measured on the real engine; a change that loses any of them fails here."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qa.evaluation.gold import read_gold
from qa.evaluation.qa_runner import QaReport, run_qa

if TYPE_CHECKING:
    from qa.engine import Engine

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "floors.json").read_text("utf-8"))
Report = Callable[[str], QaReport]


def bounds(part: str) -> list[tuple[str, str, float]]:
    return [(name, figure, bound) for name, floors in FLOORS.items() for figure, bound in floors[part].items()]


@pytest.fixture(scope="module")
def report(seeds_engine: "Engine") -> Report:
    return cache(lambda name: run_qa(seeds_engine, read_gold(HERE / f"{name}.jsonl")))


@pytest.mark.parametrize(("name", "figure", "floor"), bounds("at_least"))
def test_figures_do_not_fall(report: Report, name: str, figure: str, floor: float) -> None:
    assert report(name).figures[figure] >= floor


@pytest.mark.parametrize(("name", "figure", "ceiling"), bounds("at_most"))
def test_errors_do_not_rise(report: Report, name: str, figure: str, ceiling: float) -> None:
    assert report(name).figures[figure] <= ceiling


@pytest.mark.parametrize(("name", "k", "floor"), bounds("recall"))
def test_passages_are_still_found(report: Report, name: str, k: str, floor: float) -> None:
    assert report(name).recall[int(k)] >= floor


@pytest.mark.parametrize("name", FLOORS)
def test_all_golden_questions_were_asked(report: Report, name: str) -> None:
    assert report(name).questions == len((HERE / f"{name}.jsonl").read_text("utf-8").splitlines())
