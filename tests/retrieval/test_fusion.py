"""The hybrid retriever over a store one can work out by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.exact_store import ExactStore
from embeddings.protocols import Ids, Vectors
from qa.retrieval.fusion import HybridRetriever, Weights, fused, z_scores
from qa.types import AnswerKind, Article, BlockKind, Fact, Filters, Hit, IndexInfo, Passage, Query, Span

if TYPE_CHECKING:
    from qa.engine import Engine


def passage(number: int, text: str, article: str = "d:0", context: str = "") -> Passage:
    return Passage(f"d-{number:05d}", "d", article, BlockKind.PARAGRAPH, (Span(0, len(text)),), text, context)


def article(number: int, *places: str) -> Article:
    facts = tuple(Fact(place, "title") for place in places)
    return Article(f"d:{number}", "d", "", None, facts, (), (Span(0, 1),))


class HandStore:
    """Passages in memory; BM25 is the count of matching words."""

    def __init__(self, passages: dict[int, Passage], articles: Sequence[Article] = ()) -> None:
        self.held = passages
        self.listed = articles
        self.generation = 1
        self.reads: list[int] = []

    def match_words(self, query_words: Sequence[str], k: int, allowed: Ids | None) -> list[tuple[int, float]]:
        found = [(number, float(sum(word in one.text for word in query_words))) for number, one in self.held.items()]
        found = [pair for pair in found if pair[1] and (allowed is None or pair[0] in allowed)]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]

    def passage_counts(self, query_words: Iterable[str]) -> dict[str, int]:
        return {word: sum(word in one.text for one in self.held.values()) for word in query_words}

    def info(self) -> IndexInfo:
        return IndexInfo(self.generation, 1, len(self.held), "axis")

    def allowed(self, limits: Filters) -> Ids | None:
        return None if limits == Filters() else np.asarray([int(name) for name in limits.files], np.int64)

    def passages(self, vector_ids: Iterable[int]) -> dict[int, Passage]:
        wanted = list(vector_ids)
        self.reads += wanted
        return {number: self.held[number] for number in wanted if number in self.held}

    def articles(self, document_id: str | None = None) -> Sequence[Article]:
        return self.listed


class AxisEncoder:
    """Encodes a text as the share of 甲, 乙 and 丙 in it, and a little of each."""

    name = "axis"
    dim = 3

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        counts = np.asarray([[text.count(char) + 0.1 for char in "甲乙丙"] for text in texts], np.float32)
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)

    encode_passages = encode_queries


def retriever(store: HandStore, **weights: float) -> HybridRetriever:
    vectors = ExactStore(3)
    texts = [one.text for one in store.held.values()]
    vectors.add(np.asarray(list(store.held), np.int64), AxisEncoder().encode_passages(texts))
    chosen = replace(Weights(0, 0, 0, 0), **weights) if weights else Weights()
    return HybridRetriever(store, vectors, AxisEncoder(), weights=chosen)


def ask(text: str, *words: str, **fields: object) -> Query:
    return replace(Query(text, text, words, (AnswerKind.COUNT,)), **fields)  # type: ignore[arg-type]


def numbers(hits: Sequence[Hit]) -> list[int]:
    return [int(hit.passage.id[-5:]) for hit in hits]


STORE = {1: "甲 工会", 2: "乙 职工", 3: "甲乙 工会 职工", 4: "丙"}


def store() -> HandStore:
    return HandStore({number: passage(number, text) for number, text in STORE.items()})


def test_each_part_alone_gives_its_own_order() -> None:
    assert numbers(retriever(store(), dense=1).retrieve(ask("甲"), 2)) == [1, 3]
    assert numbers(retriever(store(), lexical=1).retrieve(ask("丙", "工会", "职工"), 3)) == [3, 1, 2]
    assert numbers(retriever(store(), coverage=1).retrieve(ask("丙", "工会", "乙"), 1)) == [3]


def test_parts_are_told_and_fused() -> None:
    hits = retriever(store()).retrieve(ask("甲", "工会"), 9)
    assert numbers(hits) == [1, 3, 2, 4]
    assert [hit.parts["lexical"] for hit in hits] == [1, 1, 0, 0]
    assert [hit.parts["coverage"] for hit in hits] == [1, 1, 0, 0]
    assert hits[0].parts["dense"] > hits[1].parts["dense"] > hits[2].parts["dense"]
    assert {hit.parts["metadata"] for hit in hits} == {0.0}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_filters_are_hard() -> None:
    limits = Filters(files=("2", "4"))
    assert sorted(numbers(retriever(store()).retrieve(ask("甲", "工会", filters=limits), 9))) == [2, 4]
    nothing = Filters(files=("77",))
    assert retriever(store()).retrieve(ask("甲", "工会", filters=nothing), 9) == []


def test_the_place_asked_about_is_a_soft_factor() -> None:
    held = {
        1: passage(1, "甲 工会", "d:0"),
        2: passage(2, "甲 工会", "d:1"),
        3: passage(3, "甲 工会", "d:2"),
        4: passage(4, "甲 工会 晋城", "d:2"),
    }
    articles = [article(0, "长治市"), article(1, "晋城市"), article(2)]
    hits = retriever(HandStore(held, articles)).retrieve(ask("甲", "工会", places=("晋城市",)), 9)
    assert numbers(hits) == [4, 2, 3, 1]


def test_ties_go_by_passage_id() -> None:
    held = {number: passage(9 - number, "甲 工会") for number in range(1, 9)}
    assert numbers(retriever(HandStore(held)).retrieve(ask("甲", "工会"), 9)) == list(range(1, 9))


def test_an_empty_store_finds_nothing() -> None:
    empty = HybridRetriever(HandStore({}), ExactStore(3), AxisEncoder())
    assert empty.retrieve(ask("甲", "工会"), 5) == []


def test_at_least_one_hit_must_be_asked_for() -> None:
    with pytest.raises(ValueError, match="k must"):
        retriever(store()).retrieve(ask("甲"), 0)


def test_passages_are_read_once_per_generation() -> None:
    held = store()
    searcher = retriever(held)
    searcher.retrieve(ask("甲"), 9)
    searcher.retrieve(ask("乙"), 9)
    assert sorted(held.reads) == [1, 2, 3, 4]
    held.held[1] = passage(1, "丁")
    held.generation = 2
    assert "丁" in {hit.passage.text for hit in searcher.retrieve(ask("甲"), 9)}


def test_vectors_without_a_passage_are_left_out() -> None:
    held = store()
    searcher = retriever(held)
    del held.held[1]
    assert 1 not in numbers(searcher.retrieve(ask("甲", "工会"), 9))


@given(values=st.lists(st.floats(-1e6, 1e6), max_size=30))
def test_z_scores_have_mean_zero_and_deviation_one_or_zero(values: list[float]) -> None:
    scaled = z_scores(values)
    assert scaled.shape == (len(values),)
    if scaled.any():
        assert scaled.mean() == pytest.approx(0, abs=1e-6)
        assert scaled.std() == pytest.approx(1, abs=1e-6)


eighths = st.integers(-8, 8).map(lambda value: value / 8)


@given(rows=st.lists(st.tuples(eighths, eighths, eighths, eighths), min_size=1, max_size=12), data=st.data())
def test_neither_the_order_nor_the_scale_of_the_parts_matters(
    rows: list[tuple[float, ...]], data: st.DataObject
) -> None:
    """A BM25 twice as large everywhere, or cosines all shifted, say nothing about which passage is better."""
    passages = [passage(number, "甲") for number in range(len(rows))]
    parts = [dict(zip(("dense", "coverage", "lexical", "metadata"), row, strict=True)) for row in rows]
    expected = {hit.passage.id: hit.score for hit in fused(passages, parts, Weights())}
    order = data.draw(st.permutations(range(len(rows))))
    moved = [parts[at] | {"lexical": 4 * parts[at]["lexical"], "dense": parts[at]["dense"] + 0.5} for at in order]
    hits = fused([passages[at] for at in order], moved, Weights())
    assert {hit.passage.id: hit.score for hit in hits} == pytest.approx(expected, abs=1e-9)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@given(rows=st.lists(st.tuples(eighths, eighths), min_size=2, max_size=12))
def test_a_passage_that_is_no_worse_anywhere_comes_first(rows: list[tuple[float, ...]]) -> None:
    best = {"dense": 1.0, "coverage": 1.0, "lexical": 2.0, "metadata": 1.0}
    parts = [{"dense": a, "coverage": 0.5, "lexical": b, "metadata": a * b} for a, b in rows]
    hits = fused([passage(number, "甲") for number in range(len(rows) + 1)], [best, *parts], Weights())
    assert hits[0].score == max(hit.score for hit in hits)
    assert hits[0].parts == best


def test_the_seeds_answer_through_the_real_parts(seeds_engine: "Engine") -> None:
    """Store, FAISS, model and query analysis together; 晋城 stands in the title only."""
    found = seeds_engine.search("晋城市金秋助学发放了多少资金？", k=3)
    assert "377.2" in found[0].text
    assert found[0].parts["metadata"] > 0
    assert found[0].parts["coverage"] > 0.5
    limited = seeds_engine.search("金秋助学发放了多少资金？", k=5, filters=Filters(files=("003_*",)))
    assert limited
    assert {one.citation.file[:3] for one in limited} == {"003"}
