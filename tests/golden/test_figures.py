"""The figures that the README claims, measured on the real engine; a change that loses any of them fails here."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from qa.evaluation.qa_runner import QaReport, run_qa

if TYPE_CHECKING:
    from qa.engine import Engine

HERE = Path(__file__).parent
FLOORS = json.loads((HERE / "floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def report(seeds_engine: "Engine") -> QaReport:
    return run_qa(seeds_engine, HERE / "seeds_dev.jsonl")


@pytest.mark.parametrize(("figure", "floor"), FLOORS["at_least"].items())
def test_figures_do_not_fall(report: QaReport, figure: str, floor: float) -> None:
    assert report.figures[figure] >= floor


@pytest.mark.parametrize(("figure", "ceiling"), FLOORS["at_most"].items())
def test_errors_do_not_rise(report: QaReport, figure: str, ceiling: float) -> None:
    assert report.figures[figure] <= ceiling


@pytest.mark.parametrize(("k", "floor"), FLOORS["recall"].items())
def test_passages_are_still_found(report: QaReport, k: str, floor: float) -> None:
    assert report.recall[int(k)] >= floor


def test_all_golden_questions_were_asked(report: QaReport) -> None:
    assert report.questions == len((HERE / "seeds_dev.jsonl").read_text("utf-8").splitlines())
