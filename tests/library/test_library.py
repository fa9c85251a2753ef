"""Uploads taken in and out of a real index by the real worker process."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qa.cli.indexing import build_index
from qa.config import Settings
from qa.errors import DocumentError, NotFoundError
from qa.library.health import examine
from qa.library.library import Library
from qa.library.process import Tasks
from qa.library.types import Job, JobState
from qa.library.worker import known_paths
from qa.store.store import Store
from tests.conftest import SEEDS

TEXT = "关于发放助学金的通报\n青山县总工会\n\n一、资金\n"
TEXT += "2019年，青山县总工会筹集金秋助学资金36.5万元，资助困难学生102名。\n"


@pytest.fixture
def settings(tmp_path: Path, seeds_data_dir: Path) -> Settings:
    shutil.copytree(seeds_data_dir, tmp_path / "data")
    return Settings(data_dir=tmp_path / "data", documents=(tmp_path / "documents",))


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    library = Library(settings)
    yield library
    library.close()


def stage(library: Library, name: str = "通报.txt", content: bytes = TEXT.encode()) -> str:
    receiving = library.begin(name)
    receiving.write(content)
    return receiving.finish().id


def wait(library: Library, job: Job, seconds: float = 60.0) -> Job:
    """Wait until a job is over."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = next(item for item in library.jobs() if item.number == job.number)
        if found.over:
            return found
        time.sleep(0.02)
    raise AssertionError(f"not over: {library.jobs()}")


def listed(library: Library) -> list[str]:
    return [document.file for document in library.store().documents()]


def test_from_upload_to_removal(settings: Settings, seeds_data_dir: Path) -> None:
    """The store is one that answers questions already, as in the server; the worker's writes must reach it."""
    seen: list[int] = []
    store = Store.open(settings.data_dir)
    shelf = Library(settings, lambda: seen.append(len(listed(shelf))), lambda: store)
    assert shelf.store() is store
    before = listed(shelf)
    staged = stage(shelf)
    preview = shelf.preview(staged)
    assert preview.title == "关于发放助学金的通报" and preview.encoding == "utf-8"
    assert len(preview.articles) == 1 and preview.articles[0].passages == preview.passages > 0
    assert (1, "关于发放助学金的通报") in preview.articles[0].headings
    assert listed(shelf) == before, "a preview does not count"
    job = wait(shelf, shelf.accept([staged]))
    assert (job.state, job.fraction) == (JobState.DONE, 1.0), job.message
    assert listed(shelf) == [*before, "通报.txt"]
    assert seen == [len(before) + 1], "whoever answers is told when it can be answered from"
    document = next(item for item in store.documents() if item.file == "通报.txt")
    assert Path(document.source) == settings.data_dir / "uploads" / "通报.txt"
    assert shelf.structure(document.id).to_json() == preview.to_json(), "what was shown is what was taken in"
    assert shelf.is_uploaded(document) and shelf.find(document.id) == document
    assert wait(shelf, shelf.remove(document)).state is JobState.DONE
    assert listed(shelf) == before and not Path(document.source).exists()
    with pytest.raises(NotFoundError):
        shelf.find(document.id)
    failed = wait(shelf, shelf.remove(document))
    assert failed.state is JobState.FAILED and "没有" in failed.message
    assert wait(shelf, shelf.accept([stage(shelf, "又.txt")])).state is JobState.DONE
    assert listed(shelf) == [*before, "又.txt"], "the second writer's work is seen as well as the first's"
    shelf.close()
    store.close()


def test_an_upload_that_was_cut_short_is_taken_up(settings: Settings) -> None:
    folder = settings.data_dir / "uploads"
    folder.mkdir()
    (folder / "通报.txt").write_text(TEXT, "utf-8")
    library = Library(settings)
    job = library.take_up()
    assert job is not None and job.names == ("通报.txt",)
    assert wait(library, job).state is JobState.DONE
    assert library.take_up() is None
    library.close()


def test_a_data_folder_named_from_elsewhere(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an older version took in under such a name is known, too."""
    monkeypatch.chdir(settings.data_dir.parent / "data")
    library = Library(settings.model_copy(update={"data_dir": Path("../data")}))
    before = listed(library)
    assert wait(library, library.accept([stage(library)])).state is JobState.DONE
    document = next(item for item in library.store().documents() if item.file == "通报.txt")
    assert document.source == str(settings.data_dir / "uploads" / "通报.txt")
    spelled = str(settings.data_dir / ".." / "data" / "uploads" / "通报.txt")
    library.store().move(document.id, spelled)
    document = library.find(document.id)
    assert document.source == spelled and library.is_uploaded(document) and library.take_up() is None
    assert wait(library, library.remove(document)).state is JobState.DONE
    assert wait(library, library.update()).state is JobState.DONE
    assert listed(library) == before and library.take_up() is None
    library.close()


def test_an_update_takes_in_what_changed_and_nothing_that_nobody_asked_for(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder that the settings name by default holds a document, but the index was made from another folder."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "别的.txt").write_text("没有人要收录这一份文件。", "utf-8")
    monkeypatch.chdir(tmp_path)
    library = Library(Settings(data_dir=settings.data_dir))
    before = listed(library)
    wait(library, library.accept([stage(library)]))
    (settings.data_dir / "uploads" / "通报.txt").write_text(TEXT.replace("36.5", "63.5"), "utf-8")
    job = wait(library, library.update())
    assert job.state is JobState.DONE and "更新 1 份" in job.message and "未变 5 份" in job.message
    assert listed(library) == [*before, "通报.txt"]
    library.close()


def test_a_file_that_cannot_be_read_waits_again_and_keeps_no_other_out(library: Library, settings: Settings) -> None:
    before = listed(library)
    bad = bytes(range(256)) * 20
    job = wait(library, library.accept([stage(library), stage(library, "坏.txt", bad)]))
    assert job.state is JobState.DONE and "新收录 1 份，失败 1 份" in job.message, job.message
    assert "无法收录“坏.txt”" in job.message and "待确认" in job.message
    assert listed(library) == [*before, "通报.txt"]
    assert [staged.name for staged in library.staged()] == ["坏.txt"] and library.take_up() is None
    job = wait(library, library.update())
    assert job.state is JobState.DONE and "失败" not in job.message
    job = wait(library, library.accept([library.staged()[0].id]))
    assert job.state is JobState.FAILED and "无法收录“坏.txt”" in job.message
    library.discard(library.staged()[0].id)
    assert not (settings.data_dir / "uploads" / "坏.txt").exists()


def test_a_file_that_broke_keeps_its_place_and_its_older_version(library: Library, settings: Settings) -> None:
    wait(library, library.accept([stage(library)]))
    job = wait(library, library.accept([stage(library, content=bytes(range(256)) * 20)]))
    assert job.state is JobState.FAILED and "待确认" not in job.message
    job = wait(library, library.update())
    assert job.state is JobState.DONE and "失败 1 份" in job.message
    assert "通报.txt" in listed(library) and library.staged() == []
    document = next(item for item in library.store().documents() if item.file == "通报.txt")
    assert wait(library, library.remove(document)).state is JobState.DONE
    assert not (settings.data_dir / "uploads" / "通报.txt").exists()


def test_an_update_takes_in_what_is_new_in_the_settings(library: Library, settings: Settings, tmp_path: Path) -> None:
    """The settings name a folder and a file that the index has nothing of, and that are not there at first."""
    named = Library(settings.model_copy(update={"documents": (tmp_path / "documents", tmp_path / "单行.txt")}))
    before = listed(library)
    assert wait(named, named.update()).state is JobState.DONE and listed(library) == before
    (tmp_path / "documents").mkdir()
    for path in (tmp_path / "documents" / "甲.txt", tmp_path / "单行.txt", tmp_path / "旁边.txt"):
        path.write_text(f"{path.stem}县总工会有会员300人。", "utf-8")
    job = wait(named, named.update())
    assert job.state is JobState.DONE and "新收录 2 份" in job.message, job.message
    assert set(listed(library)) == {*before, "甲.txt", "单行.txt"}
    document = next(item for item in library.store().documents() if item.file == "甲.txt")
    assert wait(named, named.remove(document)).state is JobState.DONE
    assert named.take_up() is None, "only who asks for an update gets back what was removed"
    assert "新收录 1 份" in wait(named, named.update()).message
    named.close()


def test_an_update_takes_out_the_last_document_of_a_folder(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "甲.txt").write_text("甲县总工会有会员300人。", "utf-8")
    (folder / "附件.pdf").write_bytes(b"%PDF")
    build_index(settings, [folder])
    before = listed(library)
    (folder / "甲.txt").unlink()
    job = wait(library, library.update())
    assert job.state is JobState.DONE and "移除 1 份" in job.message, job.message
    assert listed(library) == [name for name in before if name != "甲.txt"]


def test_indexing_by_command_finds_the_uploads(settings: Settings) -> None:
    folder = settings.data_dir / "uploads"
    folder.mkdir()
    (folder / "通报.txt").write_text(TEXT, "utf-8")
    report = build_index(settings, [SEEDS])
    assert report.added == ("通报.txt",) and len(report.unchanged) == 5
    (folder / "通报.txt").unlink()
    assert build_index(settings, [SEEDS]).removed == ("通报.txt",)


def test_what_cannot_be_read_is_said_in_words(library: Library) -> None:
    staged = stage(library, "坏.txt", bytes(range(256)) * 20)
    with pytest.raises(DocumentError, match="认不出这个文件的编码"):
        library.preview(staged)
    library.discard(staged)
    with pytest.raises(NotFoundError):
        library.preview(staged)
    with pytest.raises(NotFoundError):
        library.accept([staged])


def test_a_worker_that_dies_is_a_failed_job(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.library.process.WORKER", ["-c", "raise SystemExit('gone')"])
    job = wait(library, library.update())
    assert job.state is JobState.FAILED and "意外结束" in job.message
    monkeypatch.undo()


def test_jobs_are_done_one_after_the_other_and_the_old_ones_forgotten(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    running: list[int] = []
    most: list[int] = []

    def run(self: Tasks, task: object, progress: Callable[[object], None] = lambda _: None) -> dict[str, object]:
        running.append(threading.get_ident())
        most.append(len(running))
        time.sleep(0.005)
        running.pop()
        return {
            "added": [],
            "replaced": [],
            "unchanged": 0,
            "removed": [],
            "failed": [],
            "rejected": [],
            "seconds": 0.0,
        }

    monkeypatch.setattr(Tasks, "run", run)
    jobs = [library.update() for _ in range(40)]
    wait(library, jobs[-1])
    assert max(most) == 1 and len(most) == 40
    numbers = [job.number for job in library.jobs()]
    assert numbers == sorted(numbers, reverse=True) and numbers[0] == jobs[-1].number
    assert all(job.message.startswith("没有要做的") for job in library.jobs())
    library.update()
    assert len(library.jobs()) <= 31 + 1


def test_the_folders_and_files_of_an_index(tmp_path: Path) -> None:
    documents, other, file = tmp_path / "documents", tmp_path / "other", tmp_path / "单行.txt"
    for folder in (documents, other, tmp_path / "data" / "uploads"):
        folder.mkdir(parents=True)
    for path in (file, tmp_path / "表.xls"):
        path.write_text("有字", "utf-8")
    paths = (documents, other / ".." / "other", file, tmp_path / "表.xls", tmp_path / "没有")
    settings = Settings(data_dir=tmp_path / "data", documents=paths)
    uploads = tmp_path / "data" / "uploads"
    assert known_paths(settings, [], new=True) == [documents, other, file, uploads]
    assert known_paths(settings, [documents / "a.txt", file], new=False) == [documents, file, uploads]
    assert known_paths(settings, [tmp_path / "elsewhere.txt"], new=False) == [uploads]
    uploads.rmdir()
    assert known_paths(settings, [], new=False) == []


def test_the_health_of_the_seeds_and_of_a_bad_document(library: Library, settings: Settings, tmp_path: Path) -> None:
    health = library.health()
    assert health.documents == 5 and health.passages > 300
    assert "missing" not in health.findings and "stale" not in health.findings and "warning" not in health.findings
    store = library.store()
    for finding in (*health.findings["reprint"], *health.findings["cut"]):
        text = store.document(finding.document_id).text
        assert finding.span is not None and text[finding.span.start : finding.span.end].strip()
        assert finding.url.startswith(f"/source/{finding.document_id}?start=")
    assert all(item.kind == "stale" for item in examine(store, "another recipe").findings["stale"])
    assert len(examine(store, "another recipe").findings["stale"]) == 5
    library.accept([stage(library, "甲.txt"), stage(library, "乙.txt")])
    wait(library, library.accept([stage(library, "丙.txt", "总工会发放补助金".encode("utf-16") * 40)]))
    (settings.data_dir / "uploads" / "甲.txt").write_text("改过了，改得很彻底。", "utf-8")
    (settings.data_dir / "uploads" / "丙.txt").unlink()
    findings = library.health().findings
    assert [item.file for item in findings["changed"]] == ["甲.txt"]
    assert [item.file for item in findings["missing"]] == ["丙.txt"]
    assert [(item.file, item.detail) for item in findings["encoding"]] == [("丙.txt", "utf-16-le")]
    assert [(item.file, item.detail) for item in findings["duplicate"]] == [("甲.txt", "乙.txt")]


def test_a_damaged_index_is_said_in_words(tmp_path: Path) -> None:
    library = Library(Settings(data_dir=tmp_path))
    (tmp_path / "index.sqlite3").write_bytes(b"nothing of the kind" * 100)
    job = wait(library, library.update())
    assert job.state is JobState.FAILED and "索引已损坏" in job.message
    library.close()
