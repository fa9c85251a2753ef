"""What SQLite and the file system say when they fail, turned into the store's own errors."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.errors import StoreDamagedError, StoreError, StoreFullError, os_reason

# A write that fails for another reason than ENOSPC – a quota, a file size limit – comes as an I/O error of SQLite.
_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"}
_BUSY = {"SQLITE_BUSY", "SQLITE_LOCKED"}
_READ_ONLY = {"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"}
_DAMAGED = {"SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT", "SQLITE_IOERR_SHORT_READ"}
_LONGEST_DETAIL = 80
_FULL_ERRNO = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def full(folder: Path) -> StoreFullError:
    """Make the error for a full disk."""
    return StoreFullError(
        f"磁盘空间不足，已经存好的文档不变，没存完的没有写入：请在 {folder} 所在的磁盘上腾出空间，然后重新运行。"
    )


def damaged(folder: Path, detail: str) -> StoreDamagedError:
    """Make the error for an index that cannot be read."""
    return StoreDamagedError(
        f"索引已损坏，无法读取（{folder}，{detail}）：请运行 youju index --rebuild 并给出原来的文档，重新建立索引。"
    )


def _kind(name: str, names: set[str]) -> bool:
    return any(name == other or name.startswith(other + "_") for other in names)


def from_sqlite(error: sqlite3.Error, folder: Path) -> StoreError:
    """Find the store's error for one of SQLite."""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    if _kind(name, _FULL):
        return full(folder)
    if _kind(name, _BUSY):
        return StoreError(f"另一个程序正在写入索引（{folder}）：请等它结束后再试。")
    if _kind(name, _READ_ONLY):
        return StoreError(f"无法打开或写入索引（{folder}）：请检查该文件夹的访问权限。")
    if "no such module" in str(error):
        return StoreError("当前 Python 的 SQLite 没有 FTS5 全文检索：请换用 python.org 或系统自带的 Python。")
    if _kind(name, {"SQLITE_IOERR"}) and not _kind(name, _DAMAGED):
        return StoreError(f"读写索引时磁盘出错（{folder}，{error}）：请检查磁盘，然后重试。")
    return damaged(folder, _brief(error))


def _brief(error: Exception) -> str:
    """Take the head of what an error says: about text that is no UTF-8 it quotes all of it."""
    line = str(error).partition("\n")[0]
    return line if len(line) <= _LONGEST_DETAIL else line[:_LONGEST_DETAIL] + "…"


def from_os(error: OSError, folder: Path) -> StoreError:
    """Find the store's error for one of the file system."""
    if error.errno in _FULL_ERRNO:
        return full(folder)
    return StoreError(f"无法读写索引文件夹 {folder}（{os_reason(error)}）：请检查路径和访问权限。")


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Let errors of SQLite and of the file system leave the block as the store's own.

    Raises:
        StoreError: or one of its kinds, for what happened.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise from_sqlite(error, folder) from error
    except OSError as error:
        raise from_os(error, folder) from error


@contextmanager
def decoded(folder: Path) -> Iterator[None]:
    """Like translated(), for a block that only reads: a stored value that makes no sense is damage, too."""
    try:
        with translated(folder):
            yield
    except (ValueError, TypeError) as error:
        raise damaged(folder, f"存储的内容不合规：{_brief(error)}") from error
