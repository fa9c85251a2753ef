"""Running gold questions, on an engine whose answers are known."""

import json
from typing import Any

import pytest

from qa.evaluation.gold import GoldQuestion
from qa.evaluation.qa_runner import run_qa
from qa.evaluation.reports import render, to_json
from tests.evaluation.fakes import FakeEngine, answer

ROWS: list[dict[str, Any]] = [
    {"id": "1", "question": "多少", "type": "amount", "answers": [{"text": "5万元", "file": "a.txt", "lines": [5]}]},
    {"id": "2", "question": "几人", "type": "count", "answers": [{"text": "8人", "file": "a.txt", "lines": [9]}]},
    {
        "id": "3",
        "question": "各多少",
        "type": "multi",
        "answers": [
            {"text": "5万元", "file": "a.txt", "lines": [5]},
            {"text": "6万元", "file": "a.txt", "lines": [70]},
        ],
        "all_required": True,
    },
    {"id": "4", "question": "没有的事", "type": "unanswerable", "answers": []},
    {"id": "5", "question": "？", "type": "amount", "answers": [{"text": "1元", "file": "b.txt", "lines": [1]}]},
]
GOLD = [GoldQuestion.from_row(row) for row in ROWS]


@pytest.fixture
def engine() -> FakeEngine:
    answers = {
        "多少": (answer("5万元", "a.txt", 5, 0.8),),
        "几人": (answer("7人", "a.txt", 9, 0.6), answer("8人", "a.txt", 9, 0.5)),
        "各多少": (answer("5万元", "a.txt", 5),),
    }
    return FakeEngine(answers, (("b.txt", 3), ("a.txt", 5), ("x/a.txt", 9)))


def test_figures_recall_and_misses(engine: FakeEngine) -> None:
    report = run_qa(engine, GOLD)
    assert report.questions == 5
    assert report.figures["exact@1"] == pytest.approx(1 / 3)
    assert report.figures["exact@3"] == pytest.approx(2 / 3)
    assert report.figures["list_recall"] == 0.5
    assert report.figures["refusal_recall"] == 1.0
    assert report.figures["false_refusal"] == 0.25
    assert report.figures["overall"] == pytest.approx((1 + 0 + 0.5 + 1 + 0) / 5)
    assert report.by_type["multi"] == 0.5
    assert report.recall == {1: 0.0, 5: pytest.approx((1 + 1 + 0.5 + 0) / 4), 20: pytest.approx(2.5 / 4)}
    assert [(miss.id, miss.found_at) for miss in report.misses] == [("2", 3), ("3", 2), ("5", None)]
    assert 0 <= report.p50_ms <= report.p95_ms


def test_calibration_is_of_first_answers(engine: FakeEngine) -> None:
    # .8 and right: gap .2; .6 and wrong: gap .6
    assert run_qa(engine, GOLD).calibration_error == pytest.approx((0.2 + 0.6) / 2)


def test_progress_is_told(engine: FakeEngine) -> None:
    seen: list[tuple[int, int]] = []
    report = run_qa(engine, GOLD[:2], lambda done, of: seen.append((done, of)))
    assert report.questions == 2
    assert seen == [(1, 2), (2, 2)]


def test_nothing_answered_has_no_calibration() -> None:
    report = run_qa(FakeEngine({}), GOLD)
    assert report.calibration_error is None
    assert report.figures["false_refusal"] == 1.0


def test_reports_can_be_printed_and_kept(engine: FakeEngine) -> None:
    report = run_qa(engine, GOLD)
    text = render(report, misses=2)
    assert "exact@1" in text
    assert "0.333" in text
    assert "（拒答）" in text
    assert text.count("\n- ") == 2
    data = json.loads(json.dumps(to_json(report), ensure_ascii=False))
    assert data["figures"]["exact@1"] == 0.3333
    assert data["recall"]["5"] == 0.625
    assert data["misses"][0]["given"] == [["7人", 0.6], ["8人", 0.5]]
