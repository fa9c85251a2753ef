"""youju batch: every question has its record, and OUT is whole or untouched."""

import json
import os
import stat
import threading
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from qa.cli.run import run
from qa.schema import ResponseJson
from tests.api.fakes import FakeEngine

Capture = pytest.CaptureFixture[str]


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_records_keep_order_and_ids(fake_engine: FakeEngine, tmp_path: Path) -> None:
    source = write(
        tmp_path / "in.jsonl",
        '\ufeff{"id": "a", "question": "助学金多少？", "note": 1}',
        "",
        '{"id": 7, "question": "食堂"}',
        '{"id": "c", "question": "  "}',
        '{"id": "d", "question": "助学\\ud800"}',
    )
    target = tmp_path / "out.jsonl"
    assert run(["batch", str(source), str(target)]) == 0
    records = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [record["id"] for record in records] == ["a", 7, "c", "d"]
    assert [record["answered"] for record in records] == [True, False, False, True]
    assert records[2]["refusal"] == {
        "reason": "bad_question",
        "message": "问题是空的，请输入要问的内容。",
        "suggestions": [],
        "part": "",
        "named": [],
        "there": [],
    }
    adapter = TypeAdapter(ResponseJson)
    for record in records:
        adapter.validate_python(record | {"id": str(record["id"])}, strict=True, extra="forbid")


def test_the_questions_before_reach_the_engine(fake_engine: FakeEngine, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", '{"id": "a", "question": "那商洛呢？", "previous": ["助学金多少？"]}')
    assert run(["batch", str(source), str(tmp_path / "out.jsonl")]) == 0
    assert fake_engine.previous == ("助学金多少？",)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "第 2 行不是 JSON"),
        ("[" * 100_000, "第 2 行不是 JSON"),
        ("3", "第 2 行不是 JSON 对象"),
        ('{"question": "x"}', "第 2 行缺少 id"),
        ('{"id": true, "question": "x"}', "第 2 行缺少 id"),
        ('{"id": "1"}', "第 2 行缺少 question"),
        ('{"id": "1", "question": null}', "第 2 行缺少 question"),
        ('{"id": "1", "question": "x", "previous": "y"}', "第 2 行的 previous 不是一列文字"),
        ('{"id": "1", "question": "x", "previous": [1]}', "第 2 行的 previous 不是一列文字"),
    ],
)
def test_a_bad_line_is_told_before_anything_is_asked(
    fake_engine: FakeEngine, tmp_path: Path, capsys: Capture, line: str, words: str
) -> None:
    source = write(tmp_path / "in.jsonl", '{"id": "1", "question": "助学金"}', line)
    target = write(tmp_path / "out.jsonl", "old")
    assert run(["batch", str(source), str(target)]) == 2
    assert words in capsys.readouterr().err
    assert target.read_text() == "old\n" and fake_engine.asked == []


def test_many_bad_lines_are_summed_up(fake_engine: FakeEngine, tmp_path: Path, capsys: Capture) -> None:
    source = write(tmp_path / "in.jsonl", *["x"] * 9)
    assert run(["batch", str(source), str(tmp_path / "out.jsonl")]) == 2
    text = capsys.readouterr().err
    assert "第 5 行" in text and "第 6 行" not in text and "等 9 处" in text


def test_nothing_half_written_is_left(fake_engine: FakeEngine, tmp_path: Path, capsys: Capture) -> None:
    source = write(tmp_path / "in.jsonl", '{"id": "1", "question": "助学金"}', '{"id": "2", "question": "crash"}')
    target = write(tmp_path / "out.jsonl", "old")
    assert run(["batch", str(source), str(target)]) == 2
    assert target.read_text() == "old\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]


def test_a_pipe_is_written_and_stays(fake_engine: FakeEngine, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", '{"id": "1", "question": "助学金"}')
    pipe, got = tmp_path / "pipe", list[str]()
    os.mkfifo(pipe)
    reading = threading.Thread(target=lambda: got.append(pipe.read_text("utf-8")), daemon=True)
    reading.start()
    assert run(["batch", str(source), str(pipe)]) == 0
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    reading.join(10)
    assert json.loads(got[0])["id"] == "1"


def test_what_a_link_leads_to_is_replaced_and_the_link_stays(fake_engine: FakeEngine, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", '{"id": "1", "question": "助学金"}')
    (tmp_path / "folder").mkdir()
    target, link = write(tmp_path / "folder" / "out.jsonl", "old"), tmp_path / "link"
    link.symlink_to(target)
    assert run(["batch", str(source), str(link)]) == 0
    assert link.is_symlink() and json.loads(target.read_text("utf-8"))["id"] == "1"


def test_files_that_cannot_be_used(fake_engine: FakeEngine, tmp_path: Path, capsys: Capture) -> None:
    source = write(tmp_path / "in.jsonl", '{"id": "1", "question": "助学金"}')
    gbk = tmp_path / "gbk.jsonl"
    gbk.write_bytes('{"id": "1", "question": "助学金"}'.encode("gb18030"))
    cases = [
        ([tmp_path / "none", tmp_path / "o"], "没有这个文件"),
        ([gbk, tmp_path / "o"], "不是 UTF-8"),
        ([write(tmp_path / "empty", ""), tmp_path / "o"], "没有问题"),
        ([source, tmp_path], "是文件夹"),
        ([source, tmp_path / "none" / "o"], "没有文件夹"),
    ]
    for paths, words in cases:
        assert run(["batch", *map(str, paths)]) == 2
        assert words in capsys.readouterr().err
    assert fake_engine.asked == []


def test_a_new_file_has_the_usual_mode(fake_engine: FakeEngine, tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", '{"id": "1", "question": "助学金"}')
    assert run(["batch", str(source), str(tmp_path / "out.jsonl")]) == 0
    assert (tmp_path / "out.jsonl").stat().st_mode == source.stat().st_mode
