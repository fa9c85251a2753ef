"""Uploaded files: whatever a browser calls them, they land in their folder or nowhere."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import DocumentError, NotFoundError
from qa.ingest.formats import is_supported
from qa.library.types import Staged
from qa.library.uploads import LONGEST_NAME, Uploads, safe_name, uploaded_folder

LIMIT = 1000


def stage(uploads: Uploads, name: str = "通知.txt", content: bytes = "有字".encode()) -> Staged:
    receiving = uploads.begin(name)
    receiving.write(content)
    return receiving.finish()


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path, LIMIT)


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_file_counts_only_once_accepted(uploads: Uploads, tmp_path: Path) -> None:
    staged = stage(uploads)
    assert uploads.all_staged() == [staged] and uploads.staged(staged.id) == staged
    assert uploaded_folder(tmp_path) == [], "nothing was uploaded that counts"
    path = uploads.accept(staged.id)
    assert path == tmp_path / "uploads" / "通知.txt" and path.read_text("utf-8") == "有字"
    assert uploads.all_staged() == [] and uploaded_folder(tmp_path) == [tmp_path / "uploads"]
    assert uploads.holds(str(path)) and not uploads.holds(str(tmp_path / "通知.txt"))
    with pytest.raises(NotFoundError):
        uploads.accept(staged.id)


def test_a_file_is_staged_only_once_it_is_whole(uploads: Uploads, tmp_path: Path) -> None:
    receiving = uploads.begin("半.txt")
    receiving.write("有".encode())
    assert uploads.all_staged() == [] and len(files_below(tmp_path)) == 1
    staged = receiving.finish()
    assert uploads.all_staged() == [staged] and staged.path.read_text("utf-8") == "有"
    assert files_below(tmp_path) == [f"staged/{staged.id}/半.txt"]


def test_what_a_killed_process_received_in_part_is_dropped(uploads: Uploads, tmp_path: Path) -> None:
    staged = stage(uploads)
    half = uploads.begin("半.txt")
    half.write(b"half")
    uploads.drop_unfinished()
    assert uploads.all_staged() == [staged] and files_below(tmp_path) == [f"staged/{staged.id}/通知.txt"]
    half.discard()


def test_an_accepted_file_is_put_back(uploads: Uploads, tmp_path: Path) -> None:
    path = uploads.accept(stage(uploads).id)
    uploads.put_back(path)
    uploads.put_back(path)
    staged = uploads.all_staged()
    assert [item.name for item in staged] == ["通知.txt"] and not path.exists()
    assert uploads.accept(staged[0].id).read_text("utf-8") == "有字"


def test_a_file_of_the_same_name_takes_the_place(uploads: Uploads) -> None:
    uploads.accept(stage(uploads).id)
    path = uploads.accept(stage(uploads, content=b"new").id)
    assert path.read_bytes() == b"new"


def test_what_is_discarded_leaves_nothing(uploads: Uploads, tmp_path: Path) -> None:
    uploads.discard(stage(uploads).id)
    receiving = uploads.begin("半.txt")
    receiving.write(b"half")
    receiving.discard()
    assert files_below(tmp_path) == []


def test_only_uploaded_files_are_deleted(uploads: Uploads, tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("own", "utf-8")
    uploads.delete(str(own))
    uploads.delete(str(tmp_path / "uploads" / ".." / "own.txt"))
    assert own.exists()
    path = uploads.accept(stage(uploads).id)
    uploads.delete(str(path))
    uploads.delete(str(path))
    assert not path.exists()


def test_a_data_folder_named_from_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    uploads = Uploads(Path("../data"), LIMIT)
    path = uploads.accept(stage(uploads).id)
    assert path == tmp_path / "data" / "uploads" / "通知.txt" and uploaded_folder(Path("../data")) == [path.parent]
    for source in (path, tmp_path / "work" / ".." / "data" / "uploads" / "通知.txt"):
        assert uploads.holds(str(source))
    uploads.delete(str(tmp_path / "work" / ".." / "data" / "uploads" / "通知.txt"))
    assert not path.exists()


def test_yesterdays_staged_files_are_dropped(uploads: Uploads) -> None:
    staged = stage(uploads)
    old = time.time() - 25 * 3600
    os.utime(staged.path.parent, (old, old))
    assert uploads.all_staged() == []
    with pytest.raises(NotFoundError):
        uploads.staged(staged.id)


@pytest.mark.parametrize("staged_id", ["", "..", "../uploads", "0" * 16, "x" * 16, "0" * 17, "\0"])
def test_ids_that_are_none(uploads: Uploads, staged_id: str) -> None:
    with pytest.raises(NotFoundError, match="刷新"):
        uploads.staged(staged_id)


def test_sizes_are_bounded(uploads: Uploads) -> None:
    receiving = uploads.begin("大.txt")
    receiving.write(b"x" * LIMIT)
    with pytest.raises(DocumentError, match="上限"):
        receiving.write(b"x")
    receiving.discard()
    empty = uploads.begin("空.txt")
    with pytest.raises(DocumentError, match="空文件"):
        empty.finish()
    empty.discard()


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("通知.txt", "通知.txt"),
        ("C:\\我的文档\\通 知.TXT", "通 知.TXT"),
        ("../../etc/通知.md", "通知.md"),
        (".隐藏.txt", "隐藏.txt"),
        ("a\u202egnp.txt", "agnp.txt"),
        ("e\u0301.txt", "\u00e9.txt"),
        ('<b>"?*|通知.txt', "b通知.txt"),
    ],
)
def test_names_become_plain(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@pytest.mark.parametrize("name", ["", ".", "..", "/", ".txt", "通知.pdf", "通知", "通" * 100 + ".txt", "x.txt/"])
def test_names_that_will_not_do(name: str) -> None:
    with pytest.raises(DocumentError, match=r"。$"):
        safe_name(name)


@given(st.text(max_size=60).map(lambda text: f"{text}.txt") | st.text(max_size=80))
def test_a_name_never_leads_out_of_its_folder(name: str) -> None:
    try:
        safe = safe_name(name)
    except DocumentError:
        return
    folder = Path("/folder")
    assert Path(os.path.normpath(folder / safe)).parent == folder
    assert is_supported(safe) and not safe.startswith(".") and len(safe.encode()) <= LONGEST_NAME
    assert safe.isprintable()
    assert safe_name(safe) == safe
