import hashlib
import os
from pathlib import Path

import pytest

from qa.errors import DocumentError, EncodingError
from qa.ingest.files import SourceFile, find_files
from qa.ingest.formats import FORMATS
from qa.ingest.readers import document_id, read_document, title_of

SEEDS = Path(__file__).parents[2] / "seeds"


def source(tmp_path: Path, data: bytes, name: str = "甲.txt") -> SourceFile:
    path = tmp_path / name
    path.write_bytes(data)
    return SourceFile(path, name)


def test_the_seeds_are_read_untouched() -> None:
    for found in find_files([SEEDS]):
        document = read_document(found)
        data = found.path.read_bytes()
        assert document.text.encode("utf-8") == data
        assert (document.file, document.encoding, document.size) == (found.name, "utf-8", len(data))
        assert document.sha256 == hashlib.sha256(data).hexdigest()
        assert document.title and document.title in document.text
        assert document.source == str(found.path)


def test_the_id_comes_from_name_and_content() -> None:
    assert document_id("a.txt", "00") == hashlib.sha256(b"a.txt\x0000").hexdigest()[:16]
    ids = {document_id(name, digest) for name in ("a.txt", "b.txt") for digest in ("00", "01")}
    assert len(ids) == 4


def test_encoding_and_warnings_are_reported(tmp_path: Path) -> None:
    text = "青海省总工会召开全委会，部署全年工作任务，表彰先进集体和先进个人。\r\n" * 10
    document = read_document(source(tmp_path, text.encode("gb18030") + b"\xff"))
    assert document.encoding == "gb18030"
    assert document.text.startswith(text)
    assert len(document.warnings) == 1


def test_every_format_reads_text(tmp_path: Path) -> None:
    for suffix in FORMATS:
        assert read_document(source(tmp_path, "工会".encode(), f"甲{suffix.upper()}")).text == "工会"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "空文件"),
        (b" \n\t\r\n", "没有文字"),
        (b"\xef\xbb\xbf", "没有文字"),
        ("\u3000".encode(), "没有文字"),
        (b"# - #\n* *", "没有文字"),
        (b"\xff\xfe\x00\xd8", "没有文字"),
    ],
)
def test_files_without_words(tmp_path: Path, data: bytes, problem: str) -> None:
    with pytest.raises(DocumentError, match=problem):
        read_document(source(tmp_path, data))


def test_binary_files_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(EncodingError, match=r"甲\.txt.*PDF"):
        read_document(source(tmp_path, b"%PDF-1.7"))


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)  # holds nothing on disk
    with pytest.raises(DocumentError, match=r"200\.0 MB.*50 MB"):
        read_document(SourceFile(path, "大.txt"))
    with pytest.raises(DocumentError, match="上限"):
        read_document(source(tmp_path, b"abc"), limit=2)
    assert read_document(source(tmp_path, b"abc"), limit=3).size == 3


def test_missing_and_odd_files(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="不存在"):
        read_document(SourceFile(tmp_path / "没有.txt", "没有.txt"))
    (tmp_path / "夹.txt").mkdir()
    os.mkfifo(tmp_path / "管.txt")
    for name in ("夹.txt", "管.txt"):
        with pytest.raises(DocumentError, match="不是普通文件"):
            read_document(SourceFile(tmp_path / name, name))
    with pytest.raises(DocumentError, match="不支持"):
        read_document(source(tmp_path, b"x", "a.docx"))


def test_an_input_error_is_told_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = source(tmp_path, b"x")

    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(DocumentError, match=r"无法读取“甲\.txt”：没有权限，"):
        read_document(found)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("开会\n\n# 工会条例 #\n正文", "工会条例"),
        ("\n\n工会条例\n第一条 为了……。", "工会条例"),
        ("第一条 为了保障职工合法权益，制定本条例。\n工会条例\n", "工会条例"),
        ("**工会条例**\n正文。", "工会条例"),
        ("这是一句完整的话。", "甲"),
        ("12345\n67890", "甲"),
        ("", "甲"),
        ("工" * 50, "甲"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert title_of(text, "夹/甲.txt") == title
