"""The derived vector file: used when it is the store's present state, made again whenever it is not."""

import json
import logging
import os
from collections.abc import Callable
from pathlib import Path
from typing import Self

import numpy as np
import pytest

from embeddings.exact_store import ExactStore
from embeddings.faiss_store import FaissStore
from embeddings.protocols import Ids, Vectors, VectorStore
from qa.errors import StoreMismatchError
from qa.indexing import load_vectors
from qa.indexing.vectors import FILE_NAME, SIDECAR_NAME, saved_generation
from qa.store import Store
from tests.store.parts import HashEncoder, by_lines, document, put

ENCODER = HashEncoder()


class Counting(FaissStore):
    """The real one; notes what was made anew."""

    made = 0

    def add(self, ids: Ids, vectors: Vectors) -> None:
        type(self).made += 1
        super().add(ids, vectors)


def made_by(action: Callable[[], VectorStore]) -> int:
    before = Counting.made
    action()
    return Counting.made - before


@pytest.fixture
def filled(store: Store) -> Store:
    for number in range(3):
        put(store, by_lines(document(f"题\n一 {number}\n二 {number}", f"{number}.txt")))
    return store


def load(store: Store) -> VectorStore:
    return load_vectors(store, ENCODER, kind=Counting)


def assert_fits(vectors: VectorStore, store: Store) -> None:
    ids, rows = store.vectors()
    exact = ExactStore(ENCODER.dim)
    exact.add(ids, rows)
    queries = ENCODER.encode_queries(["一", "二", "三"])
    assert len(vectors) == len(ids)
    (scores, found), (expected, nearest) = vectors.search(queries, 10), exact.search(queries, 10)
    np.testing.assert_allclose(scores, expected, rtol=1e-5)
    assert found.tolist() == nearest.tolist()


def test_the_file_is_made_once_and_used(filled: Store) -> None:
    assert made_by(lambda: load(filled)) == 1
    assert (filled.folder / FILE_NAME).exists() and (filled.folder / SIDECAR_NAME).exists()
    assert made_by(lambda: load(filled)) == 0
    assert_fits(load(filled), filled)


def test_every_change_of_the_store_makes_it_anew(filled: Store) -> None:
    load(filled)
    put(filled, by_lines(document("题\n新", "9.txt")))
    assert made_by(lambda: load(filled)) == 1
    filled.remove(filled.documents()[0].id)
    assert made_by(lambda: load(filled)) == 1
    assert made_by(lambda: load(filled)) == 0
    assert_fits(load(filled), filled)


def test_a_file_of_another_index_is_not_used(filled: Store, tmp_path: Path) -> None:
    load(filled)
    with Store.open(tmp_path / "other", create=True, search_words=str.split) as other:
        for number in range(3):
            put(other, by_lines(document(f"题\n三 {number}\n四 {number}", f"{number}.txt")))
        assert other.generation == filled.generation
        for name in (FILE_NAME, SIDECAR_NAME):
            (other.folder / name).write_bytes((filled.folder / name).read_bytes())
        assert made_by(lambda: load(other)) == 1
        assert_fits(load(other), other)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", [FILE_NAME, SIDECAR_NAME])
@pytest.mark.parametrize("damage", [_cut, _flip, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_damaged_file_is_made_anew(filled: Store, name: str, damage: Callable[[Path], object]) -> None:
    load(filled)
    assert saved_generation(filled.folder) == filled.generation
    damage(filled.folder / name)
    assert name == SIDECAR_NAME or saved_generation(filled.folder) is None
    assert made_by(lambda: load(filled)) == 1
    assert made_by(lambda: load(filled)) == 0
    assert_fits(load(filled), filled)


@pytest.mark.parametrize("note", ["[]", "null", "7", '"text"', "{}"])
def test_a_note_that_is_no_note(filled: Store, note: str) -> None:
    load(filled)
    (filled.folder / SIDECAR_NAME).write_text(note)
    assert made_by(lambda: load(filled)) == 1


@pytest.mark.parametrize("key", ["store", "generation", "encoder", "dim", "count", "kind", "sha256"])
def test_each_part_of_the_note_counts(filled: Store, key: str) -> None:
    load(filled)
    path = filled.folder / SIDECAR_NAME
    note = json.loads(path.read_text())
    path.write_text(json.dumps(note | {key: "other"}))
    assert made_by(lambda: load(filled)) == 1


def test_an_empty_index_has_empty_vectors(store: Store) -> None:
    assert len(load(store)) == 0 and load(store).dim == ENCODER.dim


def test_another_encoder_is_refused(filled: Store) -> None:
    for encoder in (HashEncoder(name="other"), HashEncoder(dim=4)):
        with pytest.raises(StoreMismatchError, match="--rebuild"):
            load_vectors(filled, encoder)


def test_a_folder_that_cannot_be_written_only_costs_time(filled: Store, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        vectors = load_vectors(filled, ENCODER, Path("/proc/none"))
    assert_fits(vectors, filled)
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


def test_nothing_is_left_when_writing_fails(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert_fits(load(filled), filled)
    assert {path.name for path in filled.folder.iterdir()} <= {
        "index.sqlite3", "index.sqlite3-wal", "index.sqlite3-shm",
    }  # fmt: skip


def test_another_kind_may_stand_behind_it(filled: Store) -> None:
    class Slow(ExactStore):
        @classmethod
        def load(cls, path: Path) -> Self:
            raise ValueError("never")

    assert_fits(load_vectors(filled, ENCODER, kind=Slow), filled)
    assert_fits(load_vectors(filled, ENCODER), filled)
