"""Connections to the one database file: many readers, one writer, in any threads and processes.

A connection is lent to one thread at a time and goes back to a pool, so threads that come and go leave none behind.
Inside ``snapshot()`` and ``transaction()`` a thread keeps the one it has, and so sees one state of the index only.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from qa.errors import StoreError, StoreMismatchError, StoreMissingError
from qa.store.failures import damaged, translated
from qa.store.scripts import at_once, later, schema

FILE_NAME = "index.sqlite3"
APPLICATION_ID = 0x596F756A  # "Youj"
SCHEMA_VERSION = 2
_BUSY_SECONDS = 10.0
_WAL_LIMIT_BYTES = 64 * 1024 * 1024


def connect(folder: Path, *, create: bool = False) -> sqlite3.Connection:
    """Open the database file of a folder; sqlite3.Error where that fails."""
    uri = f"{(folder / FILE_NAME).resolve().as_uri()}?mode={'rwc' if create else 'rw'}"
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    # FULL: a commit that was reported stays after a power cut, so that a derived file can never be ahead of the truth.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA journal_size_limit = {_WAL_LIMIT_BYTES}")
    return connection


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _is_blank(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _initialise(connection: sqlite3.Connection, store_id: str) -> None:
    """Make the tables, all or none; a second process that comes at the same time finds them made."""
    connection.execute("PRAGMA journal_mode = WAL")
    with at_once(connection):
        if _is_blank(connection):
            for statement in schema("qa.store"):
                connection.execute(statement)
            values = {"store_id": store_id, "generation": "0"}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", values.items())
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _upgrade(connection: sqlite3.Connection) -> None:
    """Give an older index what came later: the table that version 2 added, which Store.fill_ledger() fills; indexes.

    An index of version 2 that lacks some of the latter is only slower, so one that cannot be written now will do.
    """
    application, version = _pragma(connection, "application_id"), _pragma(connection, "user_version")
    if application != APPLICATION_ID or version not in (1, SCHEMA_VERSION):
        return
    held = {name for (name,) in connection.execute("SELECT name FROM sqlite_master").fetchall()}
    missing = [statement for name, statement in later("qa.store").items() if name not in held]
    if not missing:
        return
    with suppress(sqlite3.OperationalError) if version == SCHEMA_VERSION else nullcontext(), at_once(connection):
        for statement in missing:
            connection.execute(statement)
        if version == 1:
            connection.execute("INSERT OR REPLACE INTO meta VALUES ('ledger', 'missing')")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def check_file(connection: sqlite3.Connection, folder: Path) -> None:
    """Make sure that the file is a store of this version.

    Raises:
        StoreMissingError: it holds nothing yet.
        StoreMismatchError: another version of Youju made it.
        StoreDamagedError: it is another program's.
    """
    application, version = _pragma(connection, "application_id"), _pragma(connection, "user_version")
    if application == 0 and _is_blank(connection):
        raise missing(folder)
    if application != APPLICATION_ID:
        raise damaged(folder, f"{FILE_NAME} 不是有据的索引文件")
    if version != SCHEMA_VERSION:
        raise StoreMismatchError(
            f"索引（{folder}）是另一个版本的有据建立的（格式 {version}，需要 {SCHEMA_VERSION}）："
            "请运行 youju index --rebuild 并给出原来的文档，重新建立索引。"
        )


def missing(folder: Path) -> StoreMissingError:
    """Make the error for a folder without an index."""
    return StoreMissingError(f"还没有建立索引（{folder}）：请先运行 youju index 文件或文件夹，再提问。")


_HEADER = 512
"""Bytes of the smallest page."""


def _size_at_rest(path: Path) -> int:
    """Return the bytes of a database that no log stands beside, 0 where there is none.

    Only looked at, never opened: POSIX drops the locks of a process, SQLite's too, when any handle of a file is closed.
    """
    log = path.with_name(f"{path.name}-wal")
    if not path.exists() or (log.exists() and log.stat().st_size):
        return 0
    return path.stat().st_size


def _check_whole(connection: sqlite3.Connection, folder: Path, size: int) -> None:
    """Raise where a file at rest does not end with a page: SQLite takes the rest of a cut one for zeros."""
    page = int(connection.execute("PRAGMA page_size").fetchone()[0])
    if size >= _HEADER and size % page:  # too short for a header, SQLite itself is the better judge
        raise damaged(folder, "文件不完整")


def prepare(folder: Path, store_id: str, *, create: bool) -> sqlite3.Connection:
    """Open a folder's database, made first where ``create`` allows, and check it.

    Raises:
        StoreError: or one of its kinds; see check_file() and translated().
    """
    with translated(folder):
        if not create and not (folder / FILE_NAME).is_file():
            raise missing(folder)
        folder.mkdir(parents=True, exist_ok=True)
        size = _size_at_rest(folder / FILE_NAME)
        connection = connect(folder, create=create)
        try:
            _check_whole(connection, folder, size)
            if create and _is_blank(connection):
                _initialise(connection, store_id)
            _upgrade(connection)
            check_file(connection, folder)
        except BaseException:
            connection.close()
            raise
        return connection


def put_aside(folder: Path) -> None:
    """Rename a folder's database, so that a new one can be made; one put aside before makes room."""
    path = folder / FILE_NAME
    with translated(folder):
        # The database goes first: SQLite drops a log that lies beside no database, but would play it into a new one.
        os.replace(path, path.with_name(f"{FILE_NAME}.old"))
        for suffix in ("-wal", "-shm"):
            path.with_name(FILE_NAME + suffix).unlink(missing_ok=True)


class Connections:
    """A pool of connections to one folder's database, one of them at a time the writer."""

    def __init__(self, folder: Path, first: sqlite3.Connection) -> None:
        self._folder = folder
        self._idle = [first]
        self._lock = threading.Lock()
        self._writing = threading.RLock()
        self._local = threading.local()
        self._closed = False

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise StoreError(f"索引已经关闭（{self._folder}）：请重新打开。")
            if self._idle:
                return self._idle.pop()
        with translated(self._folder):
            return connect(self._folder)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    @contextmanager
    def lent(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection to this thread; inside snapshot() and transaction() it is theirs."""
        current = self._current()
        if current is not None:
            yield current
            return
        connection = self._take()
        try:
            yield connection
        finally:
            self._give_back(connection)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let this thread's reads see one state of the index, whatever others commit meanwhile."""
        if self._current() is not None:
            yield
            return
        with self.lent() as connection, self._held(connection, "BEGIN", "COMMIT", "ROLLBACK"):
            yield

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Let this thread's writes be committed together at the end, or not at all.

        One inside another is undone alone where it fails, and committed with the outer one.
        """
        with self._writing, self.lent() as connection:
            if self._current() is None:
                self._local.writing = True
                words = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
            elif self._local.writing:
                words = ("SAVEPOINT inner", "RELEASE inner", "ROLLBACK TO inner; RELEASE inner")
            else:
                raise RuntimeError("a transaction cannot begin inside a snapshot")
            with self._held(connection, *words):
                yield connection

    def _current(self) -> sqlite3.Connection | None:
        return getattr(self._local, "connection", None)

    @contextmanager
    def _held(self, connection: sqlite3.Connection, begin: str, commit: str, undo: str) -> Iterator[None]:
        outer = self._current()
        with translated(self._folder):
            connection.execute(begin)
        self._local.connection = connection
        done = False
        try:
            yield
            with translated(self._folder):
                connection.execute(commit)
            done = True
        finally:
            self._local.connection = outer
            self._local.writing = outer is not None and self._local.writing
            if not done and connection.in_transaction:
                for statement in undo.split(";"):
                    connection.execute(statement)

    def close(self) -> None:
        """Close what is idle now and the rest when it comes back; may be called twice."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
