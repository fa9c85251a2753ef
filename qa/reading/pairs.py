"""A question before a passage as the neural reader takes it: <s> question </s> title </s> passage </s>."""

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

BOS, PAD, EOS = 0, 1, 2
"""Ids of <s>, <pad> and </s> in the reader's vocabulary."""

QUESTION_TOKENS = 64
TITLE_TOKENS = 32
TOKENS = 448
"""Longest input; the encoder has 512 positions, and attention costs the square of the length."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One input.

    Attributes:
        ids, types: token ids, and 1 where a token is of the passage, else 0; of one length, at most TOKENS.
        first: index of the passage's first token.
        offsets: for each token of the passage its range of code points in the passage.
    """

    ids: list[int]
    types: list[int]
    first: int
    offsets: list[tuple[int, int]]


def encode_pairs(tokenizer: Tokenizer, rows: Sequence[tuple[str, str, str]]) -> list[Pair]:
    """Encode (question, title, passage) rows; what is too long is cut at its end, an empty title left out."""
    flat = tokenizer.encode_batch([text for row in rows for text in row], add_special_tokens=False)
    return [_pair(flat[3 * at], flat[3 * at + 1], flat[3 * at + 2], row[2]) for at, row in enumerate(rows)]


def _pair(question: Encoding, title: Encoding, passage: Encoding, text: str) -> Pair:
    head = [BOS, *question.ids[:QUESTION_TOKENS], EOS]
    if title.ids:
        head += [*title.ids[:TITLE_TOKENS], EOS]
    body = passage.ids[: TOKENS - len(head) - 1]
    offsets = [_without_blanks(text, start, end) for start, end in passage.offsets[: len(body)]]
    return Pair([*head, *body, EOS], [0] * len(head) + [1] * len(body) + [0], len(head), offsets)


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the white space that a piece stands for with the word behind it; blank pieces become empty ranges."""
    while start < end and text[start].isspace():
        start += 1
    return start, end
