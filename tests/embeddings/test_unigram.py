"""The plain tokeniser against the tokenizers library and the wheel's own counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from embeddings.model_folder import tokeniser
from embeddings.packed import Packed, Vocabulary
from embeddings.unigram import Unigram


@pytest.fixture(scope="session")
def unigram(packed: Packed) -> Unigram:
    return Unigram(packed.vocabulary)


@pytest.fixture(scope="session")
def library(packed: Packed) -> Tokenizer:
    return tokeniser(packed.vocabulary)


def small(characters: dict[str, str] | None = None) -> Unigram:
    pieces = [("<unk>", 0.0), ("▁", -2.0), ("工", -3.0), ("会", -3.0), ("工会", -4.0), ("▁工", -4.5), ("a", -1.0)]
    return Unigram(Vocabulary(pieces, 0, 0, 0, 0, characters or {}))


def test_the_likeliest_pieces_win() -> None:
    """▁ 工会 scores -6, ▁工 会 -7.5, ▁ 工 会 -8."""
    assert small().encode("工会") == ([1, 4], [(0, 1), (0, 2)])


def test_unknown_characters_cost_most_and_are_one_token_together() -> None:
    assert small().encode("工?会!?") == ([5, 0, 3, 0], [(0, 1), (1, 2), (2, 3), (3, 5)])


def test_characters_are_replaced_and_traced_back() -> None:
    ids, spans = small({"Ａ": "a", "x": "", "z": "aa"}).encode("Ａxza  a")
    assert ids == [1, 6, 6, 6, 6, 1, 6]
    assert spans == [(0, 1), (0, 1), (2, 3), (2, 3), (3, 4), (4, 5), (6, 7)]


def test_tokens_are_those_of_the_library_on_all_seeds(
    unigram: Unigram, library: Tokenizer, paragraphs: list[str]
) -> None:
    for text in ["passage: " + paragraph for paragraph in paragraphs] + ["五～六月", "ＡＢＣ①\u3000㎡  x", "𠮷野家"]:
        assert unigram.encode(text)[0] == library.encode(text, add_special_tokens=False).ids, text


def test_special_tokens_in_a_text_are_text(unigram: Unigram, packed: Packed) -> None:
    assert not {packed.vocabulary.bos, packed.vocabulary.eos} & set(unigram.encode("</s><s> 工会 <mask>")[0])


@given(text=st.text(max_size=80))
def test_spans_lie_in_order_inside_the_text(unigram: Unigram, text: str) -> None:
    ids, spans = unigram.encode(text)
    assert len(ids) == len(spans) > 0
    before = 0
    for start, end in spans:
        assert before <= start < end <= max(len(text), 1)
        before = start
