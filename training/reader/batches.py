"""Examples into batches of like length, so that little of a batch is padding."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from qa.reading.pairs import PAD, Pair, encode_pairs
from qa.text.normalise import simplify
from training.reader.data import Example

POOL = 64
"""Batches whose examples are sorted by length together; all in one pool would make every epoch start alike."""

WIDTH_STEP = 16
_SLICE = 2000
Matrix = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """An input with the token positions of its answer; 0 and 0 where there is none."""

    pair: Pair
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Batch:
    """int64 matrices (n, length) and label vectors (n,)."""

    ids: Matrix
    mask: Matrix
    types: Matrix
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def label(tokenizer: Tokenizer, examples: Sequence[Example]) -> list[Labelled]:
    """Encode examples; those whose answer was cut off with the end of a passage too long are left out."""
    found: list[Labelled] = []
    for at in range(0, len(examples), _SLICE):
        part = examples[at : at + _SLICE]
        pairs = encode_pairs(tokenizer, [(simplify(row.question), row.title, row.passage) for row in part])
        for row, pair in zip(part, pairs, strict=True):
            span = token_span(pair, *row.target) if row.target is not None else (0, 0)
            if span is not None:
                found.append(Labelled(pair, *span))
    return found


def token_span(pair: Pair, start: int, end: int) -> tuple[int, int] | None:
    """Find the first and last token of the characters [start, end) of the passage; None where they were cut off."""
    first = [index for index, (low, high) in enumerate(pair.offsets) if low <= start < high]
    last = [index for index, (low, high) in enumerate(pair.offsets) if low <= end - 1 < high]
    return (pair.first + first[-1], pair.first + last[-1]) if first and last else None


def batches(rows: Sequence[Labelled], size: int, seed: int) -> list[list[Labelled]]:
    """Divide rows into batches of like length, in random order; the same seed gives the same batches."""
    rng = random.Random(seed)
    order = list(rows)
    rng.shuffle(order)
    made: list[list[Labelled]] = []
    for at in range(0, len(order), size * POOL):
        pool = sorted(order[at : at + size * POOL], key=lambda row: len(row.pair.ids))
        made.extend(pool[low : low + size] for low in range(0, len(pool), size))
    rng.shuffle(made)
    return made


def collate(rows: Sequence[Labelled]) -> Batch:
    """Lay rows into matrices."""
    ids, mask, types = pad_pairs([row.pair for row in rows], WIDTH_STEP)
    starts = np.array([row.start for row in rows], dtype=np.int64)
    return Batch(ids, mask, types, starts, np.array([row.end for row in rows], dtype=np.int64))


def pad_pairs(pairs: Sequence[Pair], multiple: int = 1) -> tuple[Matrix, Matrix, Matrix]:
    """Lay pairs into int64 matrices (len(pairs), width): ids, attention mask (1 = real), token types.

    The width is that of the longest pair, rounded up to a multiple: few widths let kernels be used again.
    """
    width = -(-max(len(pair.ids) for pair in pairs) // multiple) * multiple
    ids = np.full((len(pairs), width), PAD, dtype=np.int64)
    mask, types = np.zeros_like(ids), np.zeros_like(ids)
    for row, pair in enumerate(pairs):
        size = len(pair.ids)
        ids[row, :size], mask[row, :size], types[row, :size] = pair.ids, 1, pair.types
    return ids, mask, types
