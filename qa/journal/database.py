"""The journal's SQLite file: a pool of connections, many readers, one writer at a time."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from qa.errors import JournalError, os_reason
from qa.store.scripts import at_once, schema

FILE_NAME = "journal.sqlite3"
APPLICATION_ID = 0x596F754A  # "YouJ"
SCHEMA_VERSION = 1
_BUSY_SECONDS = 10.0
_FOREIGN = (sqlite3.NotSupportedError, sqlite3.ProgrammingError)
logger = logging.getLogger(__name__)


class Database:
    """Connections to the journal of one folder; safe to use from any thread and process.

    The file is opened, and made where there is none, at the first use: who only asks over the API leaves none behind.

    Raises:
        JournalError: from every use, where the file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._idle: list[sqlite3.Connection] = []
        self._ready = False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state of the file."""
        with self._lent() as connection, at_once(connection, "BEGIN"):
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection whose changes are kept together at the end, or not at all."""
        with self._writing, self._lent() as connection, at_once(connection):
            yield connection

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        with self._lock:
            self._ready = False
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        with self._translated():
            with self._lock:
                if not self._ready:
                    self.path.parent.mkdir(parents=True, exist_ok=True)
                    self._idle.append(self._open())
                    self._ready = True
                connection = self._idle.pop() if self._idle else self._connect()
            try:
                yield connection
            finally:
                self._give_back(connection)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if self._ready:
                self._idle.append(connection)
                return
        connection.close()

    def _open(self) -> sqlite3.Connection:
        """Open the file, made first where there is none; a damaged one is put aside, for answering must go on."""
        try:
            return self._prepared()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "") not in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
                raise
        aside = self.path.with_name(f"{FILE_NAME}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        self.path.rename(aside)
        for suffix in ("-wal", "-shm"):
            self.path.with_name(FILE_NAME + suffix).unlink(missing_ok=True)
        logger.error("对话记录已损坏，改名存为 %s，从头记起；如有备份，请停止服务后放回 %s。", aside, self.path)
        return self._prepared()

    def _prepared(self) -> sqlite3.Connection:
        connection = self._connect()
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            with at_once(connection):
                self._check_or_make(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _check_or_make(self, connection: sqlite3.Connection) -> None:
        application, version = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
        )
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in schema("qa.journal"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        elif application != APPLICATION_ID:
            raise JournalError(f"{self.path} 不是有据的对话记录：请把它移走，然后重新启动。")
        elif version != SCHEMA_VERSION:
            raise JournalError(
                f"对话记录 {self.path} 是另一个版本的有据写的（格式 {version}，需要 {SCHEMA_VERSION}）："
                "请换用原来的版本，或把它移走后重新启动。"
            )

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Let errors of SQLite and of the file system leave the block as JournalError."""
        try:
            yield
        except _FOREIGN:
            raise  # a defect of ours, not of the file
        except sqlite3.Error as error:
            raise JournalError(
                f"对话记录读写失败（{self.path}，{error}）：请检查磁盘空间和文件夹权限，然后重试。"
            ) from error
        except OSError as error:
            raise JournalError(f"无法使用对话记录 {self.path}：{os_reason(error)}，请检查文件夹的权限。") from error
