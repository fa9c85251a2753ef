"""Indexing runs that are interrupted, killed, or run out of disk."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from qa.indexing import Progress
from qa.store import EncoderKey, Store
from tests.store.parts import FILES, HashEncoder, an_indexer, contents, index, write_files

ROOT = Path(__file__).parents[2]


def test_a_rebuild_that_is_interrupted_leaves_the_old_index(store: Store, tmp_path: Path) -> None:
    write_files(tmp_path, FILES)
    index(store, tmp_path)
    before, generation = contents(store), store.generation

    class Interrupted(HashEncoder):
        def encode_passages(self, texts: list[str]) -> object:  # type: ignore[override]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index(store, tmp_path, Interrupted(4, "other"), rebuild=True)
    assert contents(store) == before and store.generation == generation
    assert index(store, tmp_path).unchanged == ("a.txt", "b.txt", "c.txt")


def test_an_interrupted_run_keeps_what_was_stored(store: Store, tmp_path: Path) -> None:
    many = {f"{number:02}.txt": "\n".join(f"{number} 行{line}" for line in range(70)) for number in range(10)}
    sources = write_files(tmp_path, many)

    def interrupt(progress: Progress) -> None:
        if progress.documents_done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        an_indexer(store).index(sources, interrupt)
    assert 1 <= len(store.documents()) < 10
    store.check()
    assert len(an_indexer(store).index(sources).unchanged) >= 1 and store.info().documents == 10


KILLED = """
import sys
from pathlib import Path
from qa.indexing import Indexer
from qa.ingest.files import SourceFile
from qa.store import Store
from tests.store.parts import HashEncoder, by_lines

folder, texts, rebuild = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "rebuild"
encoder = HashEncoder(8, "other" if rebuild else "hash")
with Store.open(folder, create=True, search_words=str.split) as store:
    sys.stdout.write("go\\n")
    sys.stdout.flush()
    sources = [SourceFile(path, path.name) for path in sorted(texts.glob("*.txt"))]
    Indexer(store, encoder, ingest=by_lines).index(sources, rebuild=rebuild)
    sys.stdout.write("done\\n")
"""


@pytest.mark.parametrize("how", ["update", "rebuild"])
def test_a_run_killed_at_any_moment(tmp_path: Path, how: str) -> None:
    rng, texts = random.Random(3), tmp_path / "texts"
    old = {f"{number:02}.txt": "\n".join(f"旧 {number} 行{line}" for line in range(60)) for number in range(12)}
    write_files(texts, old)
    finished = 0
    for run in range(6):
        folder = tmp_path / f"run{run}"
        with Store.open(folder, create=True, search_words=str.split) as store:
            took = index(store, write_and_give(texts, old)).seconds
        write_and_give(texts, {name: text.replace("旧", "新") for name, text in old.items()})
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(folder), str(texts), how], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None and process.stdout.readline() == b"go\n"
        time.sleep(rng.random() * took)
        process.send_signal(signal.SIGKILL)
        finished += b"done" in process.communicate()[0]
        with Store.open(folder, search_words=str.split) as store:
            store.check()
            versions = {document.file: document.title[0] for document in store.documents()}
            assert len(versions) == 12
            for document in store.documents():
                assert {passage.text[0] for passage in store.all_passages(document.id)} == {versions[document.file]}
            if how == "rebuild":  # all old or all new
                assert len(set(versions.values())) == 1
                assert store.encoder == EncoderKey("hash" if "旧" in versions.values() else "other", 8)
    assert finished < 6


def write_and_give(folder: Path, texts: dict[str, str]) -> Path:
    write_files(folder, texts)
    return folder


def test_an_index_on_a_disk_that_fills_up(tmp_path: Path) -> None:
    texts = write_and_give(
        tmp_path / "texts",
        {f"{number:02}.txt": "\n".join(f"字 {number} {line}" for line in range(90)) for number in range(40)},
    )
    code = "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    code += "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))\n"
    code += "from qa.errors import StoreFullError\ntry:\n    exec(CODE)\nexcept StoreFullError as error:\n"
    code += "    sys.stdout.write(str(error))\n"
    run = subprocess.run(
        [sys.executable, "-c", f"CODE = {KILLED!r}\n{code}", str(tmp_path / "index"), str(texts), "update"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert run.stderr == "" and "磁盘空间不足" in run.stdout
    with Store.open(tmp_path / "index", search_words=str.split) as store:
        assert 1 <= len(store.documents()) < 40
        store.check()
        assert index(store, texts).documents == 40
