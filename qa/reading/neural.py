"""The shipped span reader: an ONNX encoder over a question and each of its best passages.

Each passage is one run, several at a time on threads of their own: against one padded batch that saves a third of the
time (no padding, attention scores that fit the cache), and makes a passage's scores independent of its neighbours.

One file holds all of it: the graph with its int8 weights, and in its metadata the tokenizer. Which file is right is
written beside it (``<name>.json``, with its SHA-256), so that a damaged or swapped file is told before it answers.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from tokenizers import Tokenizer

from qa.errors import ModelError
from qa.reading.decoding import Scores
from qa.reading.pairs import Pair, encode_pairs
from qa.reading.span_scores import PassageScores
from qa.text.normalise import simplify
from qa.types import Hit, Query

SHIPPED = Path(__file__).parents[1] / "models" / "reader.onnx"
PASSAGES = 8
"""Passages read for a question; the ones behind them add little and cost their share of a quarter second."""

MOST_THREADS = 4

SLOW_FUSIONS = ("SkipLayerNormFusion",)
"""onnxruntime's rewrites that cost time: its joint add-and-normalise takes five times as long as the two apart."""

TOKENIZER_KEY = "tokenizer.json"
"""Key of the tokenizer in the ONNX file's metadata."""


class _Session(Protocol):
    def run(self, outputs: list[str] | None, feed: dict[str, Any]) -> list[Any]: ...


class NeuralReader:
    """Implements qa.reading.span_scores.SpanScorer over an ONNX file.

    Args:
        path: the model; beside it ``<stem>.json`` with its checksum.
        passages: hits read, at least 1; ``scores`` leaves the ones after them out.
        threads: passages read at a time, at least 1; by default one a core, MOST_THREADS at most.
    """

    def __init__(self, path: Path = SHIPPED, *, passages: int = PASSAGES, threads: int | None = None) -> None:
        threads = min(os.cpu_count() or 1, MOST_THREADS) if threads is None else threads
        if passages < 1 or threads < 1:
            raise ValueError(f"passages and threads must be at least 1, got {passages}, {threads}")
        self._passages = passages
        self._session, self._tokenizer = _open(path)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader")

    def scores(self, query: Query, hits: Sequence[Hit]) -> list[PassageScores]:
        """Score the first ``passages`` hits, in their order."""
        read = [hit.passage for hit in hits[: self._passages]]
        question = simplify(query.to_read)  # as it was trained; passages are read as they stand
        return self.score_texts([(question, passage.context, passage.text) for passage in read])

    def score_texts(self, rows: Sequence[tuple[str, str, str]]) -> list[PassageScores]:
        """Score (question in simplified characters, title, passage) rows, in their order."""
        pairs = encode_pairs(self._tokenizer, rows) if rows else []
        return list(self._pool.map(self._score, pairs, [len(row[2]) for row in rows]))

    def _score(self, pair: Pair, size: int) -> PassageScores:
        feed = {
            "input_ids": np.array([pair.ids], dtype=np.int64),
            "token_type_ids": np.array([pair.types], dtype=np.int64),
        }
        start, end, relevance = self._session.run(["start", "end", "relevance"], feed)
        return passage_scores(pair, size, start[0], end[0], float(relevance[0]))


def passage_scores(pair: Pair, size: int, start: Scores, end: Scores, relevance: float) -> PassageScores:
    """Cut the passage's tokens out of the scores of a whole input; position 0 holds the no-answer scores."""
    body = slice(pair.first, pair.first + len(pair.offsets))
    null = float(start[0]) + float(end[0])
    return PassageScores(size, tuple(pair.offsets), start[body], end[body], null, relevance)


def _open(path: Path) -> tuple[_Session, Tokenizer]:
    import onnxruntime

    data = _checked(path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(
            data, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
        )
        state = session.get_modelmeta().custom_metadata_map[TOKENIZER_KEY]
        return session, Tokenizer.from_str(state)
    except Exception as error:  # onnxruntime and tokenizers raise bare exceptions of their own
        raise ModelError(f"阅读模型 {path} 打不开（{error}）；请重新安装 youju，或把 reader 设为 rules") from error


def _checked(path: Path) -> bytes:
    """Read a model file, its checksum compared with the card beside it."""
    try:
        card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError(f"读不到阅读模型 {path}（{error}）；请重新安装 youju，或把 reader 设为 rules") from error
    if not isinstance(card, dict) or hashlib.sha256(data).hexdigest() != card.get("sha256"):
        raise ModelError(
            f"阅读模型 {path} 与其校验和不符，文件已损坏或被替换；请重新安装 youju，或把 reader 设为 rules"
        )
    return data
