"""The real thing on a few small files: index, list, ask, search, remove, doctor, over one data folder."""

import json
import shutil
from pathlib import Path

import pytest

from qa.api.holder import EngineHolder, Loaded, LoadingStoppedError
from qa.cli.run import run
from qa.cli.serve import _index_where_there_is_none as first_index
from qa.config import Settings
from qa.errors import DocumentError
from qa.indexing import unfinished
from qa.store.store import Store
from tests.api.fakes import FakeEngine

Capture = pytest.CaptureFixture[str]
NOTICE = """关于表彰先进的通报

2019年，临江县总工会表彰先进职工86名，发放奖金12.5万元。

联系人：王小红，电话：0436-5551234。
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "通报.txt").write_text(NOTICE, encoding="gb18030")
    (folder / "计划.md").write_text("# 明年计划\n\n2020年，平山县总工会计划新建职工书屋9家。\n", encoding="utf-8")
    (folder / "图.png").write_bytes(b"\x89PNG")
    (folder / "空.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


def test_from_files_to_an_answer_and_away(folder: Path, data_dir: Path, tmp_path: Path, capsys: Capture) -> None:
    common = ["--data-dir", str(data_dir)]
    assert run(["index", str(folder), *common]) == 2  # one file is empty
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "新收录 2 份，失败 1 份" in captured.err and "✗ 空.txt：" in captured.err
    assert "跳过了 1 个不支持的文件：图.png。" in captured.err

    (folder / "空.txt").unlink()
    assert run(["index", str(folder), *common]) == 0
    assert "未变 2 份" in capsys.readouterr().err

    assert run(["docs", "list", "--json", *common]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(document["file"], document["encoding"]) for document in listed] == [
        ("计划.md", "utf-8"),
        ("通报.txt", "gb18030"),
    ]
    assert run(["docs", "list", *common]) == 0
    assert listed[0]["id"] in capsys.readouterr().out

    assert run(["ask", "临江县总工会2019年发放奖金多少？", "--json", *common]) == 0
    answer = json.loads(capsys.readouterr().out)["answers"][0]
    assert answer["text"] == "12.5万元" and answer["citation"]["file"] == "通报.txt"
    assert answer["citation"]["line_start"] == 3

    assert run(["search", "职工书屋", "--json", *common]) == 0
    assert json.loads(capsys.readouterr().out)["passages"][0]["citation"]["file"] == "计划.md"

    checks = ["doctor", *common, "--set", f"documents={folder}", "--set", "port=65499"]
    assert run(checks) == 0
    report = capsys.readouterr().out
    assert "✓ 索引与模型：相配" in report and "✓ 阅读器：可用" in report and "✗" not in report
    broken = tmp_path / "reader.onnx"
    broken.write_bytes(b"no model")
    assert run([*checks, "--set", f"reader={broken}"]) == 2
    assert "✗ 阅读器：" in capsys.readouterr().out
    assert run([*checks, "--set", "reader=rules"]) == 0
    assert "✓ 阅读器：不用" in capsys.readouterr().out

    assert run(["docs", "remove", "通报.txt", "没有.txt", *common]) == 2
    assert "索引里没有“没有.txt”" in capsys.readouterr().err
    assert run(["docs", "remove", "通报.txt", *common]) == 0
    assert "已移除 通报.txt。" in capsys.readouterr().err
    assert run(["docs", "list", "--json", *common]) == 0
    assert [document["file"] for document in json.loads(capsys.readouterr().out)] == ["计划.md"]
    run(["ask", "临江县总工会2019年发放奖金多少？", "--json", *common])
    assert "12.5万元" not in capsys.readouterr().out


def test_what_is_gone_from_the_folder_goes_from_the_index(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("甲", "乙"):
        (tmp_path / "docs" / f"{name}.txt").write_text(f"{name}县总工会有会员300人。\n", encoding="utf-8")
    common = ["--data-dir", str(tmp_path / "index")]
    assert run(["index", str(tmp_path / "docs"), *common]) == 0
    (tmp_path / "docs" / "甲.txt").unlink()
    assert run(["index", str(tmp_path / "docs"), *common]) == 0
    assert "未变 1 份，移除 1 份" in capsys.readouterr().err


def test_an_emptied_folder_empties_its_part_of_the_index(tmp_path: Path, capsys: Capture) -> None:
    folder, never = tmp_path / "docs", tmp_path / "never"
    for place in (folder, never):
        place.mkdir()
    (folder / "甲.txt").write_text("甲县总工会有会员300人。\n", encoding="utf-8")
    (folder / "附件.pdf").write_bytes(b"%PDF")
    common = ["--data-dir", str(tmp_path / "index")]
    assert run(["index", str(folder), *common]) == 0
    (folder / "甲.txt").unlink()
    assert run(["index", str(never), *common]) == 2
    assert "没有可收录的文档" in capsys.readouterr().err
    assert run(["index", str(folder), *common]) == 0
    assert "移除 1 份" in capsys.readouterr().err
    assert run(["index", str(folder), *common]) == 2
    assert "没有可收录的文档" in capsys.readouterr().err
    assert run(["ask", "甲县总工会有多少会员？", "--json", *common]) == 1


def test_an_uploaded_document_that_is_removed_stays_away(tmp_path: Path, capsys: Capture) -> None:
    uploads = tmp_path / "index" / "uploads"
    uploads.mkdir(parents=True)
    for path in (uploads / "甲.txt", tmp_path / "乙.txt"):
        path.write_text(f"{path.stem}县总工会有会员300人。\n", encoding="utf-8")
    common = ["--data-dir", str(tmp_path / "index")]
    assert run(["index", str(tmp_path / "乙.txt"), *common]) == 0
    assert run(["docs", "remove", "甲.txt", "乙.txt", *common]) == 0
    assert list(uploads.iterdir()) == [] and (tmp_path / "乙.txt").exists()
    assert run(["index", str(tmp_path / "乙.txt"), *common]) == 0
    capsys.readouterr()
    assert run(["docs", "list", "--json", *common]) == 0
    assert [document["file"] for document in json.loads(capsys.readouterr().out)] == ["乙.txt"]


def test_the_first_index_of_a_server_is_made_once(tmp_path: Path) -> None:
    """One that failed or was cut short does not bind the next start to it; one that was emptied stays empty."""
    seeds, own = tmp_path / "seeds", tmp_path / "own"
    for folder in (seeds, own):
        folder.mkdir()
        (folder / f"{folder.name}.txt").write_text("甲县总工会有会员300人。\n", encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "index", documents=(seeds,))
    common = ["--data-dir", str(settings.data_dir)]
    holder = EngineHolder(lambda: Loaded(FakeEngine(), lambda pace: None), 1)
    seeds.rename(tmp_path / "away")
    with pytest.raises(DocumentError, match="不存在"):
        first_index(settings, holder)
    assert not unfinished.is_unfinished(settings.data_dir)
    (tmp_path / "away").rename(seeds)
    holder.stopping.set()
    with pytest.raises(LoadingStoppedError):
        first_index(settings, holder)
    assert unfinished.is_unfinished(settings.data_dir)
    holder.stopping.clear()
    assert run(["index", str(own), *common]) == 0
    first_index(settings, holder)
    assert stored(settings) == ["own.txt"]
    assert run(["docs", "remove", "own.txt", *common]) == 0
    first_index(settings, holder)
    assert stored(settings) == []
    unfinished.begin(settings.data_dir)  # as one that was killed leaves it
    first_index(settings, holder)
    assert stored(settings) == ["seeds.txt"] and not unfinished.is_unfinished(settings.data_dir)


def stored(settings: Settings) -> list[str]:
    with Store.open(settings.data_dir) as store:
        return [document.file for document in store.documents()]


def test_a_damaged_index_is_told_and_can_be_rebuilt(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "甲.txt").write_text("甲县总工会有会员300人。\n", encoding="utf-8")
    common = ["--data-dir", str(tmp_path / "index")]
    assert run(["index", str(tmp_path / "甲.txt"), *common]) == 0
    for path in (tmp_path / "index").glob("*.sqlite3*"):
        if path.suffix == ".sqlite3":
            path.write_bytes(b"not a database" * 500)
        else:
            path.unlink()
    capsys.readouterr()
    assert run(["ask", "甲县会员多少人", *common]) == 2
    assert "--rebuild" in capsys.readouterr().err
    assert run(["doctor", *common, "--set", f"documents={tmp_path}"]) == 2
    assert "✗ 索引：" in capsys.readouterr().out
    assert run(["index", "--rebuild", str(tmp_path / "甲.txt"), *common]) == 0
    capsys.readouterr()
    assert run(["search", "会员", *common]) == 0
    assert "300人" in capsys.readouterr().out


def test_the_seeds_asked_from_the_command_line(seeds_data_dir: Path, tmp_path: Path, capsys: Capture) -> None:
    copy = tmp_path / "index"  # a session-wide index must not be written to
    shutil.copytree(seeds_data_dir, copy)
    status = run(["ask", "金秋助学资金有多少？", "--json", "--data-dir", str(copy)])
    body = json.loads(capsys.readouterr().out)
    assert status == 0 and body["answered"]
    for answer in body["answers"]:
        assert answer["text"] in answer["citation"]["quote"]
        start, end = answer["sentence_mark"]
        assert answer["sentence"][start:end] == answer["text"]
    assert body["index"]["documents"] == 5
