"""Several processes and threads at once, and processes that are killed."""

import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa.errors import StoreError
from qa.store import Store
from qa.store.lock import index_lock
from tests.store.parts import HashEncoder, by_lines, contents, document, put

ROOT = Path(__file__).parents[2]
LINES = 40

WRITER = """
import sys
from itertools import count
from pathlib import Path
from qa.store import Store
from tests.store.parts import by_lines, document, put

with Store.open(Path(sys.argv[1]), create=True, search_words=str.split) as store:
    for number in count():
        text = "\\n".join([f"题 v{number}"] + [f"v{number} 行{line}" for line in range(int(sys.argv[2]))])
        put(store, by_lines(document(text, f"{number % 3}.txt")))
"""


def start_writer(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(LINES)], cwd=ROOT, stderr=subprocess.PIPE)


def wait_for(folder: Path) -> Store:
    for _ in range(600):
        try:
            store = Store.open(folder, search_words=str.split)
        except StoreError:
            time.sleep(0.02)
            continue
        if store.generation >= 4:
            return store
        store.close()
        time.sleep(0.02)
    raise AssertionError("the writer does not write")


def assert_whole(store: Store) -> int:
    """Check that each document is all of one version, in every table, and give the generation."""
    with store.snapshot():
        for held in store.documents():
            version = store.document(held.id).title.split()[1]
            passages = store.all_passages(held.id)
            assert len(passages) == LINES
            assert all(passage.text.startswith(f"{version} ") for passage in passages)
            assert store.passage_counts([version]) == {version: LINES}
            assert len(store.match_words([version], 1000)) == LINES
        assert len(store.vectors()[0]) == LINES * len(store.documents())
        return store.generation


def test_a_writer_killed_at_any_moment_leaves_whole_documents(tmp_path: Path) -> None:
    rng = random.Random(7)
    for _ in range(8):
        writer = start_writer(tmp_path)
        with wait_for(tmp_path) as store:
            begun = store.generation
            while store.generation == begun:
                time.sleep(0.002)
        time.sleep(rng.random() * 0.1)
        writer.send_signal(signal.SIGKILL)
        assert writer.communicate()[1] == b""
        with Store.open(tmp_path, create=True, search_words=str.split) as store:
            assert assert_whole(store) > begun
            store.check()


def test_a_reader_sees_whole_generations_while_another_process_writes(tmp_path: Path) -> None:
    writer = start_writer(tmp_path)
    try:
        with wait_for(tmp_path) as store:
            generations = [assert_whole(store) for _ in range(60)]
    finally:
        writer.kill()
        assert writer.communicate()[1] == b""
    assert generations == sorted(generations) and generations[-1] > generations[0]


def test_a_snapshot_stays_while_another_process_writes(tmp_path: Path) -> None:
    writer = start_writer(tmp_path)
    try:
        with wait_for(tmp_path) as store:
            with store.snapshot():
                before, generation = contents(store), store.generation
                time.sleep(0.3)
                assert contents(store) == before and store.generation == generation
            assert store.generation > generation
    finally:
        writer.kill()
        assert writer.communicate()[1] == b""


def test_threads_read_while_one_writes(store: Store) -> None:
    stop = threading.Event()

    def write() -> None:
        for number in range(60):
            text = "\n".join([f"题 v{number}"] + [f"v{number} 行{line}" for line in range(LINES)])
            put(store, by_lines(document(text, f"{number % 3}.txt")))
        stop.set()

    def read() -> int:
        reads = 0
        while not stop.is_set():
            assert_whole(store)
            reads += 1
        return reads

    store.use_encoder(HashEncoder())
    with ThreadPoolExecutor(5) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        pool.submit(write).result()
        assert all(reader.result() for reader in readers)
    assert store.generation == 61
    store.check()


def test_threads_that_write_wait_for_each_other(store: Store) -> None:
    store.use_encoder(HashEncoder())

    def write(name: int) -> None:
        for number in range(10):
            put(store, by_lines(document(f"题\n{name} {number}", f"{name}.txt")))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert store.generation == 41 and len(store.documents()) == 4


def test_short_lived_threads_leave_no_connections_behind(store: Store) -> None:
    for _ in range(50):
        thread = threading.Thread(target=store.documents)
        thread.start()
        thread.join()
    assert len(store._connections._idle) == 1


def test_a_snapshot_cannot_become_a_transaction(store: Store) -> None:
    with store.snapshot(), pytest.raises(RuntimeError, match="snapshot"):
        put(store, by_lines(document("题\n一")))


HOLDER = """
import sys, time
from pathlib import Path
from qa.store.lock import index_lock

with index_lock(Path(sys.argv[1])):
    sys.stdout.write("held\\n")
    sys.stdout.flush()
    time.sleep(60)
"""


def test_the_lock_goes_with_its_process(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert holder.stdout is not None and holder.stdout.readline() == b"held\n"
    with pytest.raises(StoreError, match="正在"), index_lock(tmp_path):
        pytest.fail("two hold the lock")
    holder.kill()
    holder.communicate()
    with index_lock(tmp_path), pytest.raises(StoreError, match="正在"), index_lock(tmp_path):
        pytest.fail("two hold the lock")
    with index_lock(tmp_path):
        pass
