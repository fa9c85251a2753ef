"""Dense search over vectors one can work out by hand."""

from collections.abc import Sequence

import numpy as np
import pytest

from embeddings.exact_store import ExactStore
from embeddings.protocols import Vectors
from qa.retrieval.dense import DenseSearch


class AxisEncoder:
    """Encodes a text as the share of 甲, 乙 and 丙 in it."""

    name = "axis"
    dim = 3

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        counts = np.asarray([[text.count(char) for char in "甲乙丙"] for text in texts], np.float32)
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)

    encode_passages = encode_queries


@pytest.fixture
def search() -> DenseSearch:
    store = ExactStore(3)
    store.add(np.asarray([10, 20, 30, 40], np.int64), AxisEncoder().encode_passages(["甲", "乙", "甲乙", "丙"]))
    return DenseSearch(store, AxisEncoder())


def test_the_nearest_with_their_cosines(search: DenseSearch) -> None:
    found = search.search("甲甲甲乙", 2, None)
    assert found == pytest.approx({10: 0.9487, 30: 0.8944}, abs=1e-4)


def test_named_ids_are_scored_whatever_their_rank(search: DenseSearch) -> None:
    assert search.search("甲", 1, None, also=[40, 10, 999]) == pytest.approx({10: 1.0, 40: 0.0})


def test_only_allowed_ids_are_searched(search: DenseSearch) -> None:
    assert search.search("甲", 3, np.asarray([20, 40], np.int64)) == {20: 0.0, 40: 0.0}
    assert search.search("甲", 3, np.empty(0, np.int64)) == {}


def test_vectors_of_another_dimension_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        DenseSearch(ExactStore(4), AxisEncoder())
