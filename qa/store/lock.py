"""One indexing run at a time on one folder."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa.errors import StoreError
from qa.store.failures import translated

FILE_NAME = "index.lock"


@contextmanager
def index_lock(folder: Path) -> Iterator[None]:
    """Keep other processes and threads from indexing into the same folder meanwhile.

    The lock is the operating system's (flock), so it goes with the process, however that ends; the file stays.

    Raises:
        StoreError: another one holds it, or the folder cannot be written.
    """
    with translated(folder):
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / FILE_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _lock(handle, folder)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    import fcntl  # Unix only; reading an index needs no lock and works without

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            raise StoreError(f"另一个程序正在为同一文件夹建立索引（{folder}）：请等它结束后再试。") from error
        with translated(folder):
            raise
