import os
from pathlib import Path
from typing import Any

import pytest

from qa.errors import DocumentError
from qa.ingest.files import absolute, find_files, walk


def write(path: Path, text: str = "工会") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def names(*paths: Path) -> list[str]:
    return [source.name for source in find_files(paths)]


def test_a_folder_is_walked_and_sorted_by_name(tmp_path: Path) -> None:
    for name in ("乙.txt", "子/甲.md", "a.TXT", "子/b.markdown"):
        write(tmp_path / name)
    assert names(tmp_path) == ["a.TXT", "乙.txt", "子/b.markdown", "子/甲.md"]
    assert find_files([tmp_path])[0].path == tmp_path / "a.TXT"


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    for name in ("a.txt", ".b.txt", ".git/c.txt"):
        write(tmp_path / name)
    found = walk([tmp_path])
    assert [source.name for source in found.files] == ["a.txt"]
    assert found.unsupported == []


def test_unsupported_files_are_listed_apart(tmp_path: Path) -> None:
    for name in ("a.txt", "b.docx", "c", "d.txt.bak"):
        write(tmp_path / name)
    assert [source.name for source in walk([tmp_path]).unsupported] == ["b.docx", "c", "d.txt.bak"]


def test_a_file_that_is_named_goes_by_its_own_name(tmp_path: Path) -> None:
    path = write(tmp_path / "深/处/甲.txt")
    assert names(path) == ["甲.txt"]


def test_a_file_given_twice_is_found_once(tmp_path: Path) -> None:
    path = write(tmp_path / "甲.txt")
    assert names(path, tmp_path, path) == ["甲.txt"]


def test_a_path_has_one_spelling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "甲/一.txt")
    (tmp_path / "乙").mkdir()
    monkeypatch.chdir(tmp_path / "乙")
    for given in (Path("../甲"), Path("../甲/一.txt"), tmp_path / "乙" / ".." / "甲", tmp_path / "没有" / ".." / "甲"):
        assert absolute(given).is_relative_to(tmp_path / "甲")
    for given in (Path("../甲"), Path("../甲/一.txt"), tmp_path / "甲"):
        assert [source.path for source in find_files([given])] == [path]


def test_what_follows_a_link_stays_the_same_file(tmp_path: Path) -> None:
    path = write(tmp_path / "远/甲/一.txt")
    (tmp_path / "远" / "乙").mkdir()
    (tmp_path / "近").symlink_to(tmp_path / "远" / "乙", target_is_directory=True)
    assert [source.path for source in find_files([tmp_path / "近" / ".." / "甲"])] == [path.resolve()]


def test_two_files_never_share_a_name(tmp_path: Path) -> None:
    for name in ("一/甲.txt", "二/甲.txt", "三/二/甲.txt"):
        write(tmp_path / name, name)
    found = names(tmp_path / "一", tmp_path / "二", tmp_path / "三" / "二")
    assert found[0].endswith("三/二/甲.txt")
    assert set(found[1:]) == {"二/甲.txt", "甲.txt"}


def test_links_are_followed_but_not_in_circles(tmp_path: Path) -> None:
    write(tmp_path / "子/甲.txt")
    (tmp_path / "子" / "圈").symlink_to(tmp_path, target_is_directory=True)
    other = tmp_path.parent / f"{tmp_path.name}-other"
    write(other / "乙.txt")
    (tmp_path / "外").symlink_to(other, target_is_directory=True)
    (tmp_path / "断.txt").symlink_to(tmp_path / "没有.txt")
    assert names(tmp_path) == ["外/乙.txt", "子/甲.txt"]


def test_a_missing_path(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="不存在"):
        find_files([tmp_path / "没有"])


@pytest.mark.parametrize("name", ["a.docx", "a"])
def test_an_unsupported_file_that_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentError, match="不支持"):
        find_files([write(tmp_path / name)])


def test_a_folder_without_documents(tmp_path: Path) -> None:
    write(tmp_path / "a.docx")
    with pytest.raises(DocumentError, match="没有可收录的文档"):
        find_files([tmp_path])
    assert walk([tmp_path]).files == [], "whoever takes removals over goes on"


def test_nothing_given() -> None:
    with pytest.raises(DocumentError):
        find_files([])


def test_a_path_that_is_too_long(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        find_files([tmp_path / ("长" * 300)])


def test_a_path_with_a_null_character(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        find_files([tmp_path / "a\0b"])


def test_neither_file_nor_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.txt")
    with pytest.raises(DocumentError, match="既不是文件也不是文件夹"):
        find_files([tmp_path / "管.txt"])
    write(tmp_path / "a.txt")
    assert names(tmp_path) == ["a.txt"]


def test_a_folder_without_permission_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt")
    write(tmp_path / "锁" / "b.txt")
    scan = os.scandir

    def refuse(path: str) -> Any:  # a folder's mode would not stop root
        if path.endswith("锁"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = walk([tmp_path])
    assert [source.name for source in found.files] == ["a.txt"]
    assert "锁" in found.warnings[0] and found.warnings[0].endswith("：没有权限")


def test_a_name_that_is_no_utf8_is_read_as_gb18030(tmp_path: Path) -> None:
    raw = os.path.join(os.fsencode(tmp_path), "工会.txt".encode("gb18030"))
    with open(raw, "wb") as file:
        file.write(b"x")
    assert names(tmp_path) == ["工会.txt"]
