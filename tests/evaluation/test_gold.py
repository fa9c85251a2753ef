"""Reading gold questions."""

import json
from pathlib import Path

import pytest

from qa.errors import UsageError
from qa.evaluation.gold import Given, GoldQuestion, given_answers, read_gold

ANSWER = {"text": "5万元", "file": "a.txt", "lines": [3, 9], "aliases": ["5万"]}
ROW = {
    "id": 7,
    "question": "发了多少",
    "type": "amount",
    "answers": [ANSWER],
    "all_required": False,
    "aliases": ["五万元"],
    "tags": ["keyword"],
}


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return path


def test_a_row_is_read_with_all_its_forms(tmp_path: Path) -> None:
    (question,) = read_gold(write(tmp_path / "gold.jsonl", ROW))
    assert question.id == "7"
    assert question.answers[0].forms == ("5万元", "5万", "五万元")
    assert question.answers[0].lines == (3, 9)
    assert question.tags == ("keyword",)


def test_shared_aliases_count_for_single_answers_only() -> None:
    second = {"text": "6万元", "file": "a.txt", "lines": [4]}
    question = GoldQuestion.from_row({**ROW, "answers": [ANSWER, second]})
    assert question.answers[1].forms == ("6万元",)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "没有问题"),
        ([ROW, ROW], "编号 7 出现了两次"),
        ([{**ROW, "type": "riddle"}], "第 1 行"),
        ([{"id": 1}], "第 1 行"),
        (["text"], "第 1 行"),
        ([ROW, {**ROW, "id": 8, "question": 5}], "第 2 行.*question 应为文字"),
        ([{**ROW, "answers": {}}], "answers 应为列表"),
        ([{**ROW, "answers": [{**ANSWER, "text": 909}]}], "text 应为文字"),
        ([{**ROW, "answers": [{**ANSWER, "file": None}]}], "file 应为文字"),
        ([{**ROW, "answers": [{**ANSWER, "lines": "12"}]}], "lines 应为列表"),
        ([{**ROW, "answers": [{**ANSWER, "aliases": "9人"}]}], "aliases 应为列表"),
        ([{**ROW, "aliases": ["9人", 9]}], "aliases 的每一项应为文字"),
        ([{**ROW, "tags": "keyword"}], "tags 应为列表"),
        ([{**ROW, "all_required": "false"}], "all_required 应为 true 或 false"),
    ],
)
def test_bad_files_are_told_where(tmp_path: Path, rows: list[object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_gold(write(tmp_path / "gold.jsonl", *rows))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"读不了.*(没有这个文件|UTF-8)"):
        read_gold(tmp_path / "nothing.jsonl")


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"读不了.*(没有这个文件|UTF-8)"):
        read_gold(tmp_path / "gold.jsonl")


def test_given_answers_are_read_from_json() -> None:
    given = Given.from_json(
        {
            "text": "5万元",
            "confidence": 0.5,
            "sentence": "发了5万元。",
            "citation": {"file": "x/a.txt", "line_start": 3},
        }
    )
    assert given == Given("5万元", "发了5万元。", "x/a.txt", 3, 3, 0.5)
    assert Given.from_json({"text": "5万元"}) == Given("5万元")
    assert given_answers(None) == ()


def test_the_golden_questions_are_readable() -> None:
    questions = read_gold(Path(__file__).parents[1] / "golden" / "seeds_dev.jsonl")
    assert len(questions) == 113
    assert all(question.answers for question in questions if question.type != "unanswerable")
