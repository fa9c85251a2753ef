"""One contract for every VectorStore, and FAISS held against the NumPy oracle."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from embeddings.exact_store import ExactStore
from embeddings.faiss_store import FaissStore
from embeddings.protocols import Ids, Vectors, VectorStore

AXES = np.eye(3, dtype=np.float32)


def ids(*numbers: int) -> Ids:
    return np.asarray(numbers, np.int64)


def filled(make: Callable[[int], VectorStore]) -> VectorStore:
    store = make(3)
    store.add(ids(7, 2, 9), AXES)
    return store


class VectorStoreContract:
    """What protocols.VectorStore promises; a subclass names the class under test."""

    store_class: type[ExactStore] | type[FaissStore]

    def test_nearest_first_with_dot_products(self) -> None:
        scores, found = filled(self.store_class).search(np.asarray([[0.1, 0.7, 0.2]], np.float32), 2)
        assert found.tolist() == [[2, 9]]
        assert scores.tolist() == pytest.approx(np.asarray([[0.7, 0.2]]))
        assert scores.dtype == np.float32
        assert found.dtype == np.int64

    def test_places_beyond_the_rows_hold_minus_one(self) -> None:
        scores, found = filled(self.store_class).search(AXES[:2], 5)
        assert found[:, 3:].tolist() == [[-1, -1], [-1, -1]]
        assert np.isneginf(scores[:, 3:]).all()
        assert np.isfinite(scores[:, :3]).all()

    def test_an_empty_store_finds_nothing(self) -> None:
        scores, found = self.store_class(3).search(AXES, 2)
        assert (found == -1).all()
        assert np.isneginf(scores).all()

    def test_no_queries(self) -> None:
        scores, found = filled(self.store_class).search(np.empty((0, 3), np.float32), 2)
        assert scores.shape == found.shape == (0, 2)

    def test_ties_go_to_the_smaller_id_even_at_the_cut(self) -> None:
        store = self.store_class(3)
        store.add(np.arange(99, -1, -1, dtype=np.int64), np.repeat(AXES[:1], 100, axis=0))
        scores, found = store.search(AXES[:1], 3)
        assert found.tolist() == [[0, 1, 2]]
        assert scores.tolist() == [[1.0, 1.0, 1.0]]

    @pytest.mark.parametrize(
        ("allowed", "expected"), [((9, 2), [2, 9, -1]), ((9, 9, 1234), [9, -1, -1]), ((), [-1, -1, -1])]
    )
    def test_only_allowed_ids_are_found(self, allowed: tuple[int, ...], expected: list[int]) -> None:
        query = np.asarray([[0.9, 0.7, 0.2]], np.float32)
        _, found = filled(self.store_class).search(query, 3, ids(*allowed))
        assert found.tolist() == [expected]

    def test_removed_rows_are_not_found_and_can_come_back(self) -> None:
        store = filled(self.store_class)
        assert store.remove(ids(2, 12345)) == 1
        assert len(store) == 2
        assert 2 not in store.search(AXES, 3)[1]
        store.add(ids(2), AXES[2:])
        assert store.search(AXES[2:], 1)[1].tolist() == [[2]]
        assert store.remove(ids()) == 0

    def test_large_ids_survive(self) -> None:
        store = self.store_class(3)
        store.add(ids(2**63 - 1), AXES[:1])
        assert store.search(AXES[:1], 1)[1].tolist() == [[2**63 - 1]]

    @pytest.mark.parametrize(
        ("numbers", "vectors"),
        [
            (ids(1, 1), AXES[:2]),
            (ids(7, 1), AXES[:2]),
            (ids(-1), AXES[:1]),
            (ids(1, 3), AXES[:1]),
            (np.asarray([1], np.int32), AXES[:1]),
            (ids(1), AXES[:1].astype(np.float64)),
            (ids(1), np.ones((1, 4), np.float32)),
            (ids(1), AXES[0]),
            (ids(1), np.asarray([[0, np.nan, 0]], np.float32)),
            (ids(1), np.asarray([[0, np.inf, 0]], np.float32)),
        ],
    )
    def test_bad_rows_are_refused_and_nothing_is_added(self, numbers: Ids, vectors: Vectors) -> None:
        store = filled(self.store_class)
        with pytest.raises(ValueError, match=r"ids|vectors"):
            store.add(numbers, vectors)
        assert len(store) == 3
        assert sorted(store.search(AXES[:1], 9)[1][0].tolist()) == [-1] * 6 + [2, 7, 9]

    @pytest.mark.parametrize(("queries", "k"), [(AXES, 0), (np.ones((1, 2), np.float32), 1), (AXES[0], 1)])
    def test_bad_searches_are_refused(self, queries: Vectors, k: int) -> None:
        with pytest.raises(ValueError, match=r"k must|vectors must"):
            filled(self.store_class).search(queries, k)

    def test_a_store_needs_a_dimension(self) -> None:
        with pytest.raises(ValueError, match="dim"):
            self.store_class(0)

    @pytest.mark.parametrize("count", [0, 3])
    def test_saved_and_loaded_it_is_the_same(self, tmp_path: Path, count: int) -> None:
        store = self.store_class(3)
        store.add(ids(7, 2, 9)[:count], AXES[:count])
        store.save(tmp_path / "vectors")
        again = self.store_class.load(tmp_path / "vectors")
        assert (again.dim, len(again)) == (3, count)
        assert again.search(AXES, 4)[1].tolist() == store.search(AXES, 4)[1].tolist()
        again.add(ids(100), AXES[:1])
        assert len(again) == count + 1
        with pytest.raises(ValueError, match="held already"):
            again.add(ids(100), AXES[:1])

    @pytest.mark.parametrize("at", [0, 20, 60, -1])
    def test_a_flipped_byte_is_noticed(self, tmp_path: Path, at: int) -> None:
        path = tmp_path / "vectors"
        filled(self.store_class).save(path)
        content = bytearray(path.read_bytes())
        content[at] ^= 1
        path.write_bytes(content)
        with pytest.raises(ValueError, match="向量文件"):
            self.store_class.load(path)

    @pytest.mark.parametrize("size", [0, 4, 8, 40, 90])
    def test_a_cut_off_file_is_noticed(self, tmp_path: Path, size: int) -> None:
        path = tmp_path / "vectors"
        filled(self.store_class).save(path)
        path.write_bytes(path.read_bytes()[:size])
        with pytest.raises(ValueError, match="向量文件"):
            self.store_class.load(path)

    def test_a_failed_save_leaves_the_old_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "vectors"
        filled(self.store_class).save(path)
        before = path.read_bytes()

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("embeddings.files.os.fsync", full)
        with pytest.raises(OSError, match="No space"):
            self.store_class(3).save(path)
        assert path.read_bytes() == before
        assert list(tmp_path.iterdir()) == [path]


class TestExactStore(VectorStoreContract):
    store_class = ExactStore


class TestFaissStore(VectorStoreContract):
    store_class = FaissStore


def test_one_store_does_not_load_the_others_file(tmp_path: Path) -> None:
    filled(ExactStore).save(tmp_path / "exact")
    with pytest.raises(ValueError, match="不是这种格式"):
        FaissStore.load(tmp_path / "exact")


coarse = st.integers(-3, 3).map(lambda value: value / 2)
fine = st.floats(-100, 100, width=32)


@settings(deadline=None, max_examples=150)
@given(data=st.data(), values=st.sampled_from([coarse, fine]), dim=st.integers(1, 9), k=st.integers(1, 70))
def test_faiss_gives_the_oracles_order_and_scores(
    data: st.DataObject, values: st.SearchStrategy[float], dim: int, k: int
) -> None:
    """Coarse values make many exact ties, fine ones near-ties and cancellation."""
    count = data.draw(st.integers(0, 60))
    numbers = np.asarray(
        data.draw(st.lists(st.integers(0, 10**12), min_size=count, max_size=count, unique=True)), np.int64
    )
    vectors = data.draw(arrays.arrays(np.float32, (count, dim), elements=values))
    queries = data.draw(arrays.arrays(np.float32, (2, dim), elements=values))
    chosen = data.draw(st.none() | st.lists(st.sampled_from([*numbers.tolist(), 5]), max_size=20))
    gone = ids(*data.draw(st.lists(st.sampled_from([*numbers.tolist(), 5]), max_size=5)))
    allowed = None if chosen is None else ids(*chosen)
    exact, faiss = ExactStore(dim), FaissStore(dim)
    for store in (exact, faiss):
        store.add(numbers, vectors)
        store.remove(gone)
    expected, actual = exact.search(queries, k, allowed), faiss.search(queries, k, allowed)
    np.testing.assert_array_equal(actual[1], expected[1])
    np.testing.assert_array_equal(actual[0], expected[0])


def test_many_repeated_rows_keep_the_oracles_order() -> None:
    """Reprints make rows equal; more of them than any first fetch holds."""
    random = np.random.default_rng(3)
    few = random.normal(size=(7, 384)).astype(np.float32)
    vectors = few[random.integers(0, 7, 3000)]
    numbers = random.permutation(3000).astype(np.int64)
    exact, faiss = ExactStore(384), FaissStore(384)
    exact.add(numbers, vectors)
    faiss.add(numbers, vectors)
    queries = np.concatenate([few, random.normal(size=(30, 384)).astype(np.float32)])
    np.testing.assert_array_equal(faiss.search(queries, 50)[1], exact.search(queries, 50)[1])
