"""The folders of uploaded files: half received, staged (which wait to be looked at), and those that count."""

import os
import re
import secrets
import shutil
import time
import unicodedata
from pathlib import Path

from qa.errors import DocumentError, NotFoundError, os_reason
from qa.ingest.files import absolute
from qa.ingest.formats import FORMATS, is_supported
from qa.library.types import Staged

FOLDER, STAGED, RECEIVING = "uploads", "staged", "receiving"
"""Below the data folder."""
LONGEST_NAME = 200
"""Bytes of UTF-8; file systems take 255, and a copy of the name may get a suffix."""
_KEPT_SECONDS = 24 * 3600
"""Staged files that nobody took in or threw away are dropped after so long."""
_ID = re.compile(r"[0-9a-f]{16}")


class Upload:
    """A file that is being received, apart from the staged ones; leaves nothing behind unless finished."""

    def __init__(self, receiving: Path, staged: Path, name: str, limit: int) -> None:
        self._name = name
        self._limit = limit
        self._size = 0
        self._id = secrets.token_hex(8)
        self._folder = receiving / self._id
        self._target = staged / self._id
        try:
            self._folder.mkdir(parents=True)
            self._file = (self._folder / name).open("wb")
        except OSError as error:
            raise _cannot(name, error) from error

    def write(self, chunk: bytes) -> None:
        """Add bytes.

        Raises:
            DocumentError: they are too many, or the disk is full.
        """
        self._size += len(chunk)
        if self._size > self._limit:
            limit = self._limit / 2**20
            raise DocumentError(f"“{self._name}”超过了 {limit:g} MB 的上限，请拆成几个文件再上传。")
        try:
            self._file.write(chunk)
        except OSError as error:
            raise _cannot(self._name, error) from error

    def finish(self) -> Staged:
        """Put what was received, now that it is whole, among the staged files.

        Raises:
            DocumentError: it is empty, or the disk is full.
        """
        try:
            self._file.close()
            if not self._size:
                raise DocumentError(f"“{self._name}”是空文件，未上传。")
            self._target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(self._folder, self._target)
        except OSError as error:
            raise _cannot(self._name, error) from error
        return Staged(self._id, self._name, self._target / self._name, self._size)

    def discard(self) -> None:
        """Drop what was received."""
        self._file.close()
        shutil.rmtree(self._folder, ignore_errors=True)


class Uploads:
    """The uploaded files of a data folder."""

    def __init__(self, data_dir: Path, limit: int) -> None:
        self.folder = uploads_folder(data_dir)
        self._staged = self.folder.with_name(STAGED)
        self._receiving = self.folder.with_name(RECEIVING)
        self._limit = limit

    def drop_unfinished(self) -> None:
        """Drop what a process that was killed had received in part; only for who is about to receive."""
        shutil.rmtree(self._receiving, ignore_errors=True)

    def begin(self, name: str) -> Upload:
        """Begin to receive a file under a name as browsers give it.

        Raises:
            DocumentError: the name or the kind of file will not do.
        """
        return Upload(self._receiving, self._staged, safe_name(name), self._limit)

    def staged(self, staged_id: str) -> Staged:
        """Find a staged file.

        Raises:
            NotFoundError: it was taken in, thrown away or never there.
        """
        if _ID.fullmatch(staged_id):
            folder = self._staged / staged_id
            for path in sorted(folder.iterdir()) if folder.is_dir() else ():
                return Staged(staged_id, path.name, path, path.stat().st_size)
        raise NotFoundError("这个上传的文件已经收录或丢弃，请刷新页面。")

    def all_staged(self) -> list[Staged]:
        """List the staged files by name; those of yesterday are dropped."""
        found = []
        for folder in self._staged.iterdir() if self._staged.is_dir() else ():
            if time.time() - folder.stat().st_mtime > _KEPT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
            elif any(folder.iterdir()):
                found.append(self.staged(folder.name))
        return sorted(found, key=lambda staged: (staged.name, staged.id))

    def accept(self, staged_id: str) -> Path:
        """Let a staged file count: move it to the uploads, in place of one of its name; return where it is now."""
        staged = self.staged(staged_id)
        target = self.folder / staged.name
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            os.replace(staged.path, target)
        except OSError as error:
            raise _cannot(staged.name, error) from error
        shutil.rmtree(staged.path.parent, ignore_errors=True)
        return target

    def put_back(self, path: Path) -> None:
        """Undo accept(): stage a file again; no effect where it is gone already."""
        folder = self._staged / secrets.token_hex(8)
        try:
            folder.mkdir(parents=True)
            os.replace(path, folder / path.name)
        except FileNotFoundError:
            folder.rmdir()
        except OSError as error:
            raise _cannot(path.name, error) from error

    def discard(self, staged_id: str) -> None:
        """Throw a staged file away."""
        shutil.rmtree(self.staged(staged_id).path.parent, ignore_errors=True)

    def holds(self, source: str) -> bool:
        """Tell whether a document's file is one of the uploads."""
        return absolute(source).is_relative_to(self.folder)

    def delete(self, source: str) -> None:
        """Delete an uploaded file; no effect on any other file, or where it is gone already."""
        if not self.holds(source):
            return
        try:
            Path(source).unlink(missing_ok=True)
        except OSError as error:
            raise DocumentError(f"删不掉“{Path(source).name}”：{os_reason(error)}，请检查数据文件夹的权限。") from error


def uploads_folder(data_dir: Path) -> Path:
    """Give the folder of the uploaded files that count, spelled as their sources are."""
    return absolute(data_dir) / FOLDER


def uploaded_folder(data_dir: Path) -> list[Path]:
    """Give the folder of the uploaded files that count; an empty list where nothing was ever uploaded."""
    folder = uploads_folder(data_dir)
    return [folder] if folder.is_dir() else []


def safe_name(name: str) -> str:
    """Make a file name of what a browser calls a file: no folders, no controls, nothing hidden.

    Raises:
        DocumentError: nothing is left of it, it is too long, or files of its kind cannot be taken in.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(char for char in last if unicodedata.category(char)[0] != "C" and char not in '<>:"|?*')
    plain = " ".join(plain.split()).lstrip(". ")
    if not plain:
        raise DocumentError("文件没有名称，请改名后再上传。")
    if len(plain.encode("utf-8")) > LONGEST_NAME:
        raise DocumentError(f"文件名“{plain[:20]}…”太长，请改短后再上传。")
    if not is_supported(plain):
        raise DocumentError(f"不支持“{plain}”这种文件，目前可收录 {'、'.join(FORMATS)}，请先转换为文本。")
    return plain


def _cannot(name: str, error: OSError) -> DocumentError:
    return DocumentError(f"存不下“{name}”：{os_reason(error)}，请检查磁盘空间和数据文件夹的权限。")
