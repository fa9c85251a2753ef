"""What is put in comes out again, exactly, whatever its texts hold."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import NotFoundError
from qa.store import Store, vector_id
from qa.types import SET_ASIDE, Article, Block, BlockKind, Document, Fact, Ingested, Passage, Span
from tests.store.parts import HashEncoder, by_lines, document, put

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)  # lone surrogates, NUL, everything
SPAN = st.tuples(st.integers(0, 2**40), st.integers(0, 2**40)).map(lambda pair: Span(min(pair), max(pair)))
SPANS = st.lists(SPAN, max_size=3).map(tuple)
FACT = st.builds(Fact, TEXT, TEXT, st.none() | SPAN)
FACTS = st.lists(FACT, max_size=3).map(tuple)


@st.composite
def ingested(draw: st.DrawFn) -> Ingested:
    id_ = draw(st.text("0123456789abcdef", min_size=16, max_size=16))
    held = Document(
        id_, draw(TEXT), draw(TEXT), draw(TEXT), draw(TEXT), "gb18030", "0" * 64, draw(st.integers(0, 2**40)),
        tuple(draw(st.lists(TEXT, max_size=2))),
    )  # fmt: skip
    block = st.builds(Block, st.sampled_from(BlockKind), SPANS, st.integers(0, 6), TEXT)
    articles = tuple(
        Article(f"{id_}:{i}", id_, draw(TEXT), draw(st.none() | FACT), draw(FACTS), draw(FACTS), draw(SPANS),
                draw(st.none() | st.just("x:0")))
        for i in range(draw(st.integers(1, 3)))
    )  # fmt: skip
    passages = tuple(
        Passage(f"{id_}-{i:05}", id_, draw(st.sampled_from(articles)).id, draw(st.sampled_from(BlockKind)), draw(SPANS),
                draw(TEXT), draw(TEXT), draw(TEXT))
        for i in range(draw(st.integers(0, 4)))
    )  # fmt: skip
    return Ingested(held, tuple(draw(st.lists(block, max_size=3))), articles, passages)


@settings(max_examples=60, deadline=None)
@given(ingested())
def test_everything_comes_back_exactly(parts: Ingested) -> None:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), create=True) as store:
        put(store, parts)
        id_ = parts.document.id
        assert store.document(id_) == parts.document
        assert store.blocks(id_) == list(parts.blocks)
        for kind in BlockKind:
            assert store.blocks(id_, kind) == [block for block in parts.blocks if block.kind is kind]
        assert store.articles(id_) == store.articles() == list(parts.articles)
        assert [store.article(article.id) for article in parts.articles] == list(parts.articles)
        assert store.all_passages() == list(parts.passages)
        ids = [vector_id(passage.id) for passage in parts.passages]
        assert store.passages(ids) == dict(zip(ids, parts.passages, strict=True))
        held_ids, vectors = store.vectors()
        order = np.argsort(np.array(ids, dtype=np.int64))
        assert held_ids.tolist() == sorted(ids) and held_ids.dtype == np.int64
        expected = HashEncoder().encode_passages([passage.text for passage in parts.passages])[order]
        np.testing.assert_array_equal(vectors, expected)
        assert vectors.dtype == np.float32
        store.check()


def test_two_lone_surrogates_stay_two(store: Store) -> None:
    pair = "\ud83d\ude00"  # not the one character that they would be in UTF-16
    assert len(pair) == 2
    parts = by_lines(document(f"{pair}\n{pair}"))
    article = replace(parts.articles[0], organisation=Fact(pair, pair), places=(Fact(pair, pair),))
    held = Ingested(replace(parts.document, file=pair, warnings=(pair,)), parts.blocks, (article,), parts.passages)
    put(store, held)
    assert store.document(held.document.id) == held.document
    assert store.articles() == [article] and store.all_passages() == list(parts.passages)
    assert store.documents()[0].file == pair and store.documents()[0].warnings == (pair,)


def test_the_list_of_documents_tells_what_is_stored(store: Store) -> None:
    parts = by_lines(document("标题\n一\n二", "b.txt"))
    aside = Block(BlockKind.FURNITURE, (Span(0, 1),), reason="页眉")
    blank = Block(BlockKind.BLANK, (Span(0, 1),))
    put(store, Ingested(parts.document, (*parts.blocks, aside, blank), parts.articles, parts.passages))
    put(store, by_lines(document("标题", "a.txt")))
    first, second = store.documents()
    assert (first.file, second.file) == ("a.txt", "b.txt")
    assert (first.articles, first.passages, first.set_aside) == (1, 0, 0)
    assert (second.articles, second.passages, second.set_aside) == (1, 2, 1)
    assert second.source == "/texts/b.txt" and second.sha256 == parts.document.sha256
    assert {BlockKind.FURNITURE, BlockKind.BLANK} <= SET_ASIDE
    info = store.info()
    assert (info.documents, info.passages, info.encoder) == (2, 2, "hash")


def test_ids_that_name_nothing(store: Store) -> None:
    for id_ in ("", "0" * 16, "\ud800", "' OR 1=1"):
        with pytest.raises(NotFoundError, match="没有"):
            store.document(id_)
        with pytest.raises(NotFoundError, match="没有"):
            store.article(id_)
        assert store.blocks(id_) == [] and store.articles(id_) == [] and store.remove(id_) is False
    assert store.passages([1, 2]) == {}


def test_parts_that_do_not_fit_are_refused(store: Store) -> None:
    parts = by_lines(document("标题\n一\n二"))
    good = HashEncoder().encode_passages(["一", "二"])
    with pytest.raises(ValueError, match="use_encoder"):
        store.put(parts, good)
    store.use_encoder(HashEncoder())
    bad = good.copy()
    bad[0, 0] = np.nan
    wide: Any = good.astype(np.float64)
    for vectors in (good[:1], wide, good[:, :4], bad):
        with pytest.raises(ValueError, match="vectors"):
            store.put(parts, vectors)
    twice = Ingested(parts.document, (), parts.articles, (parts.passages[0], parts.passages[0]))
    with pytest.raises(ValueError, match="repeated"):
        store.put(twice, good)
    with pytest.raises(ValueError, match="article"):
        store.put(Ingested(parts.document, (), (), parts.passages), good)
    other = by_lines(document("另一篇\n一\n二"))
    with pytest.raises(ValueError, match="another document"):
        store.put(Ingested(parts.document, (), other.articles, other.passages), good)
    assert store.documents() == [] and store.generation == 1
