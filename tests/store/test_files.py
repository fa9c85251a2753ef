"""Folders without an index, damaged ones, other versions, other encoders, full disks."""

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from qa.errors import StoreDamagedError, StoreError, StoreFullError, StoreMismatchError, StoreMissingError
from qa.store import EncoderKey, Store
from qa.store.connections import FILE_NAME
from tests.store.parts import HashEncoder, by_lines, contents, document, put

ROOT = Path(__file__).parents[2]


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    folder = tmp_path / "filled"
    with Store.open(folder, create=True, search_words=str.split) as store:
        for number in range(20):
            put(
                store,
                by_lines(document("\n".join(f"第 {number} 篇 {line} 金秋助学" for line in range(20)), f"{number}.txt")),
            )
    return folder


def test_a_folder_without_an_index(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(StoreMissingError, match="youju index"):
            Store.open(folder)
    assert not (tmp_path / "none").exists() and not list(tmp_path.iterdir())
    (tmp_path / FILE_NAME).touch()  # left by a process that was killed right at the start
    with pytest.raises(StoreMissingError):
        Store.open(tmp_path)
    Store.open(tmp_path, create=True).close()
    with Store.open(tmp_path) as store:
        assert store.generation == 0 and store.encoder is None and store.documents() == []
        assert store.vectors()[1].shape == (0, 0)


def test_an_index_is_found_again(filled: Path) -> None:
    with Store.open(filled, create=True) as store:
        assert store.info().documents == 20 and store.encoder == EncoderKey("hash", 8)
        assert store.generation == 21
    assert not (filled / f"{FILE_NAME}-wal").exists()  # closed cleanly


@pytest.mark.parametrize("content", [b"not a database at all " * 200, b"\0" * 8192, b"x" * 600])
def test_a_file_that_is_no_index(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    for create in (False, True):
        with pytest.raises(StoreDamagedError, match="--rebuild"):
            Store.open(tmp_path, create=create)
    assert (tmp_path / FILE_NAME).read_bytes() == content


def test_a_database_of_another_program(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / FILE_NAME)
    other.execute("CREATE TABLE meta (x)")
    other.close()
    for create in (False, True):
        with pytest.raises(StoreDamagedError, match="不是有据的索引"):
            Store.open(tmp_path, create=create)


def test_an_index_of_another_version(filled: Path) -> None:
    database = sqlite3.connect(filled / FILE_NAME)
    database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(StoreMismatchError, match="--rebuild"):
        Store.open(filled)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_index(filled: Path, part: float) -> None:
    path = filled / FILE_NAME
    os.truncate(path, int(path.stat().st_size * part))
    with pytest.raises(StoreDamagedError, match="--rebuild"):
        Store.open(filled)


def test_an_index_with_overwritten_pages_never_ends_in_a_traceback(filled: Path, tmp_path: Path) -> None:
    rng, noticed = random.Random(5), 0
    size = (filled / FILE_NAME).stat().st_size
    for run in range(25):
        folder = tmp_path / f"run{run}"
        shutil.copytree(filled, folder)
        with (folder / FILE_NAME).open("r+b") as file:
            file.seek(rng.randrange(100, size - 3000))
            file.write(rng.randbytes(3000))
        try:
            with Store.open(folder, search_words=str.split) as store:
                contents(store)
                store.check()
        except (StoreDamagedError, StoreMismatchError):
            noticed += 1
    assert noticed > 20  # the rest fell into free space


def test_a_damaged_index_can_be_put_aside(filled: Path) -> None:
    path = filled / FILE_NAME
    path.write_bytes(path.read_bytes()[:5000])
    with Store.open(filled, create=True, discard_unreadable=True, search_words=str.split) as store:
        assert store.documents() == [] and store.generation == 0
        put(store, by_lines(document("题\n一")))
        store.check()
    assert (filled / f"{FILE_NAME}.old").stat().st_size == 5000


def test_a_sound_index_is_not_put_aside(filled: Path) -> None:
    with Store.open(filled, create=True, discard_unreadable=True) as store:
        assert store.info().documents == 20


def test_vectors_of_another_encoder(filled: Path) -> None:
    with Store.open(filled) as store:
        before = contents(store)
        for encoder in (HashEncoder(name="other"), HashEncoder(dim=4)):
            with pytest.raises(StoreMismatchError, match=r"hash.*--rebuild"):
                store.use_encoder(encoder)
        assert contents(store) == before and store.generation == 21
        store.use_encoder(HashEncoder())
        assert store.generation == 21


def test_an_emptied_index_takes_any_encoder(store: Store) -> None:
    put(store, by_lines(document("题\n一")))
    store.remove(store.documents()[0].id)
    put(store, by_lines(document("题\n一")), HashEncoder(4, "other"))
    assert store.encoder == EncoderKey("other", 4)


def test_a_disk_that_is_full(store: Store) -> None:
    put(store, by_lines(document("题\n一")))
    before, generation = contents(store), store.generation
    with store._connections.lent() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    large = by_lines(document("题\n" + "\n".join(f"很 长 的 第 {number} 行" for number in range(3000)), "b.txt"))
    with pytest.raises(StoreFullError, match="空间"):
        put(store, large)
    assert contents(store) == before and store.generation == generation
    with store._connections.lent() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")
    put(store, large)
    store.check()


FULL = """
import resource, signal, sys
from pathlib import Path
from qa.errors import StoreFullError
from qa.store import Store
from tests.store.parts import by_lines, document, put

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
done = 0
try:
    with Store.open(Path(sys.argv[1]), create=True, search_words=str.split) as store:
        for number in range(200):
            put(store, by_lines(document("\\n".join(f"第 {number} 篇 {line}" for line in range(50)), f"{number}.txt")))
            done += 1
except StoreFullError as error:
    sys.stdout.write(f"{done} {error}")
"""


@pytest.mark.parametrize("limit", [20_000, 60_000, 400_000])
def test_a_disk_that_fills_up_in_the_middle(tmp_path: Path, limit: int) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    run = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path / "index"), str(limit)], cwd=ROOT, capture_output=True, text=True
    )
    assert run.stderr == "" and "磁盘空间不足" in run.stdout
    done = int(run.stdout.split()[0])
    with Store.open(tmp_path / "index", create=True, search_words=str.split) as store:
        assert len(store.documents()) == done
        store.check()
        put(store, by_lines(document("题\n一")))


def test_a_folder_that_cannot_be_made() -> None:
    with pytest.raises(StoreError, match="权限"):
        Store.open(Path("/proc/none/index"), create=True)


def test_a_file_in_the_folders_place(tmp_path: Path) -> None:
    (tmp_path / "index").touch()
    with pytest.raises(StoreError, match="文件夹"):
        Store.open(tmp_path / "index", create=True)
    with pytest.raises(StoreMissingError):
        Store.open(tmp_path / "index")


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    store.close()
    with pytest.raises(StoreError, match="已经关闭"):
        store.documents()
