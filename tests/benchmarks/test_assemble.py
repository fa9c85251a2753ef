"""Questions kept as spans, put together with texts."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.quality.assemble import assemble, main, read_texts
from qa.evaluation.gold import TYPES, read_gold

QUESTIONS = Path(__file__).parents[2] / "benchmarks" / "questions"
ROWS: list[dict[str, Any]] = [
    {"text": "甲.txt", "question": "送了什么", "type": "list", "spans": [[4, 6], [7, 9]]},
    {"text": "乙", "part": [4, 12], "question": "几户", "type": "count", "spans": [[7, 10]], "aliases": [[7, 9]]},
    {"text": "乙", "part": [4, 12], "question": "几人", "type": "unanswerable", "spans": []},
]
TEXTS = {"甲.txt": "新年\n送毛巾、茶叶", "乙": "题目\n\n慰问了25户职工。"}


def test_spans_become_gold_answers_of_the_document() -> None:
    documents, gold = assemble(ROWS, TEXTS, "set")
    assert documents == {"甲.txt": TEXTS["甲.txt"], "乙.txt": "慰问了25户职工"}
    assert [row["id"] for row in gold] == ["set-001", "set-002", "set-003"]
    assert [(one["text"], one["lines"], one["aliases"]) for row in gold for one in row["answers"]] == [
        ("毛巾", [2], []),
        ("茶叶", [2], []),
        ("25户", [1], ["25"]),
    ]


def test_a_span_outside_its_document_is_an_error() -> None:
    with pytest.raises(ValueError, match="no part"):
        assemble([ROWS[1] | {"spans": [[11, 13]]}], TEXTS, "set")


def test_two_parts_of_one_text_cannot_have_one_name() -> None:
    with pytest.raises(ValueError, match="another document"):
        assemble([ROWS[1], ROWS[1] | {"part": [0, 12]}], TEXTS, "set")


def test_the_files_can_be_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, texts = tmp_path / "set.jsonl", tmp_path / "texts.jsonl"
    rows.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    texts.write_text("".join(json.dumps({"doc_id": id_, "text": text}) + "\n" for id_, text in TEXTS.items()), "utf-8")
    monkeypatch.setattr("sys.argv", ["assemble", str(rows), str(texts), str(tmp_path / "out")])
    main()
    questions = read_gold(tmp_path / "out" / "gold.jsonl")
    assert [question.all_required for question in questions] == [True, False, False]
    assert read_texts(tmp_path / "out" / "documents") == assemble(ROWS, TEXTS, "set")[0]


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_our_rows_can_be(path: Path) -> None:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len({(row["text"], row["question"]) for row in rows}) == len(rows) >= 90
    for row in rows:
        low, high = row.get("part", (0, 10**9))
        assert all(low <= start < end <= high for start, end in (*row["spans"], *row.get("aliases", ())))
        assert row["type"] in TYPES
        assert (row["type"] == "unanswerable") == (not row["spans"])
