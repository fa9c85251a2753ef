"""Running SQuAD-style questions, on an engine that answers with the beginning of a file."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from qa.errors import UsageError
from qa.evaluation.reports import render, to_json
from qa.evaluation.squad_runner import Mode, run_squad, whole_answer
from qa.types import AnswerKind, Span
from tests.evaluation.fakes import FolderEngine, answer

CONTEXTS = {"c1": "北京是首都。", "c2": "上海\r\n在海边。"}


@contextmanager
def folder_engine(folder: Path) -> Iterator[FolderEngine]:
    yield FolderEngine(folder)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    paragraphs = [
        {
            "id": name,
            "context": text,
            "qas": [
                {"id": f"{name}-1", "question": "哪里", "answers": [{"text": text[:2], "answer_start": 0}]},
                {"id": f"{name}-2", "question": "何时", "answers": [], "is_impossible": True},
            ],
        }
        for name, text in CONTEXTS.items()
    ]
    path = tmp_path / "dev.json"
    path.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}, ensure_ascii=False), "utf-8")
    return path


def test_contexts_are_files_of_their_own(file: Path) -> None:
    seen: dict[str, bytes] = {}

    @contextmanager
    def looking(folder: Path) -> Iterator[FolderEngine]:
        seen.update({path.name: path.read_bytes() for path in folder.iterdir()})
        yield FolderEngine(folder)

    run_squad(file, "open", looking)
    assert seen == {"00000.txt": "北京是首都。".encode(), "00001.txt": "上海\r\n在海边。".encode()}


@pytest.mark.parametrize(("mode", "exact", "right"), [("open", 50.0, 0.5), ("gold", 100.0, 1.0)])
def test_gold_asks_within_the_right_context_only(file: Path, mode: Mode, exact: float, right: float) -> None:
    report = run_squad(file, mode, folder_engine)
    assert report.figures["HasAns_exact"] == exact
    assert report.figures["NoAns_exact"] == 0.0
    assert report.right_context == right
    assert report.answered == 1.0
    assert (report.contexts, report.questions) == (2, 4)


def test_limit_and_progress(file: Path) -> None:
    seen: list[tuple[int, int]] = []
    report = run_squad(file, "open", folder_engine, limit=1, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(1, 1)]
    assert report.misses[0].given == "上海"


def test_an_unknown_mode_is_told(file: Path) -> None:
    with pytest.raises(UsageError, match="open 或 gold"):
        run_squad(file, "sideways", folder_engine)  # type: ignore[arg-type]


def test_reports_can_be_printed_and_kept(file: Path) -> None:
    report = run_squad(file, "open", folder_engine)
    assert "exact_match" in render(report)
    assert "上海" in render(report, misses=1)
    assert json.loads(json.dumps(to_json(report)))["figures"]["exact_match"] == 25.0


def test_a_list_is_given_as_the_words_from_its_first_item_to_its_last() -> None:
    sentence = "有甲、乙、丙三种。"
    items = tuple(
        replace(answer(sentence, "a.txt", 1), text=sentence[at], kind=AnswerKind.LIST, mark=Span(at, at + 1))
        for at in (1, 3, 5)
    )
    assert whole_answer(items) == "甲、乙、丙"
    assert whole_answer((answer("甲", "a.txt", 1), *items)) == "甲"
