"""The small vocabulary gives the pieces of the full one, and parts them where answers end."""

import re

import pytest
from tokenizers import Tokenizer

from embeddings.bundled import bundled_model_folder
from qa.reading.pairs import encode_pairs
from tests.training.conftest import seed_texts
from training.reader.prune import SPECIAL, Answered, prune_tokenizer, wanted


@pytest.fixture(scope="module")
def full() -> Tokenizer:
    return Tokenizer.from_file(str(bundled_model_folder() / "tokenizer.json"))


@pytest.fixture(scope="module")
def texts() -> list[Answered]:
    found = []
    for text in seed_texts():
        for at in range(0, 4000, 400):
            part = text[at : at + 400]
            found.append(Answered(part, [match.span() for match in re.finditer(r"\d+年", part)]))
    return found


@pytest.fixture(scope="module")
def pruned(full: Tokenizer, texts: list[Answered]) -> tuple[Tokenizer, list[int]]:
    return prune_tokenizer(full, texts)


def test_rows_are_those_of_the_full_vocabulary(full: Tokenizer, pruned: tuple[Tokenizer, list[int]]) -> None:
    small, rows = pruned
    assert len(rows) == len(set(rows)) == small.get_vocab_size() < 32000
    assert [small.id_to_token(at) for at in range(len(rows))] == [full.id_to_token(row) for row in rows]
    assert tuple(small.id_to_token(at) for at in range(4)) == SPECIAL


def test_pieces_are_the_same_where_the_small_vocabulary_has_them(
    full: Tokenizer, pruned: tuple[Tokenizer, list[int]], texts: list[Answered]
) -> None:
    small, _ = pruned
    known = small.get_vocab()
    compared = 0
    for sentence in re.split(r"[。\n]", "".join(text.text for text in texts)):
        pieces = full.encode(sentence, add_special_tokens=False).tokens
        if all(piece in known for piece in pieces):
            compared += 1
            assert small.encode(sentence, add_special_tokens=False).tokens == pieces
    assert compared > 100


def test_offsets_point_into_the_raw_text(pruned: tuple[Tokenizer, list[int]], texts: list[Answered]) -> None:
    small, _ = pruned
    for text in texts:
        offsets = small.encode(text.text, add_special_tokens=False).offsets
        assert all(0 <= start <= end <= len(text.text) for start, end in offsets)
        covered = {at for start, end in offsets for at in range(start, end)}
        assert not [char for at, char in enumerate(text.text) if at not in covered and not char.isspace()]


def test_answers_end_at_pieces(full: Tokenizer, pruned: tuple[Tokenizer, list[int]], texts: list[Answered]) -> None:
    assert share_apart(pruned[0], texts) > 0.99
    assert share_apart(pruned[0], texts) > share_apart(full, texts)


def share_apart(tokenizer: Tokenizer, texts: list[Answered]) -> float:
    good = count = 0
    for text in texts:
        offsets = encode_pairs(tokenizer, [("", "", text.text[:400])])[0].offsets
        starts, ends = {start for start, _ in offsets}, {end for _, end in offsets}
        near = [answer for answer in text.answers if answer[1] < offsets[-1][1]]
        good += sum(start in starts and end in ends for start, end in near)
        count += len(near)
    return good / count


@pytest.mark.parametrize(
    ("piece", "seen", "kept"),
    [
        ("工会", False, True),
        ("2014", False, True),
        ("》。", True, False),
        ("と思います", True, False),
        ("▁union", True, True),
        ("▁на", False, False),
        ("%", False, True),
        ("》", False, True),
    ],
)
def test_what_is_kept(piece: str, seen: bool, kept: bool) -> None:
    assert wanted(piece, seen) is kept
