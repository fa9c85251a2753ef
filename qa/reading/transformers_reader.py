"""Any extractive question-answering model of transformers, by name or folder, in the shipped reader's place."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from qa.errors import ModelError
from qa.reading.decoding import Scores
from qa.reading.neural import PASSAGES
from qa.reading.span_scores import PassageScores
from qa.text.normalise import simplify
from qa.types import Hit, Query

TOKENS = 512
"""Longest input of BERT-like models."""


class TransformersReader:
    """Implements qa.reading.span_scores.SpanScorer.

    Its no-answer score is that of the first token, as SQuAD 2 models are trained; a model trained without unanswerable
    questions still ranks spans, but its refusals mean little.

    Args:
        name: a folder, or a name that the machine's model hub knows.
        passages: hits read, at least 1.
    """

    def __init__(self, name: str | Path, *, passages: int = PASSAGES) -> None:
        if passages < 1:
            raise ValueError(f"passages must be at least 1, got {passages}")
        self._passages = passages
        self._model, self._tokenizer = _load(str(name))

    def scores(self, query: Query, hits: Sequence[Hit]) -> list[PassageScores]:
        """Score the first ``passages`` hits, in their order; their context is not read."""
        texts = [hit.passage.text for hit in hits[: self._passages]]
        if not texts:
            return []
        import torch

        question = simplify(query.to_read)
        batch = self._tokenizer(
            [question] * len(texts),
            texts,
            truncation="only_second",
            max_length=TOKENS,
            padding=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )
        offsets = batch.pop("offset_mapping").tolist()
        with torch.inference_mode():
            output = self._model(**batch)
        starts, ends = output.start_logits.float().numpy(), output.end_logits.float().numpy()
        return [
            _passage_scores(text, batch.sequence_ids(row), offsets[row], starts[row], ends[row])
            for row, text in enumerate(texts)
        ]


def _passage_scores(
    text: str, sequence: Sequence[int | None], offsets: Sequence[Sequence[int]], starts: Scores, ends: Scores
) -> PassageScores:
    body = [at for at, part in enumerate(sequence) if part == 1]
    null = float(starts[0]) + float(ends[0])
    ranges = tuple((int(offsets[at][0]), int(offsets[at][1])) for at in body)
    best = float(np.max(starts[body]) + np.max(ends[body])) - null if body else float("-inf")
    return PassageScores(len(text), ranges, starts[body], ends[body], null, best)


def _load(name: str) -> tuple[Any, Any]:
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    if name.startswith((".", "/", "~")) and not Path(name).expanduser().is_dir():
        raise ModelError(f"没有阅读模型的文件夹 {name}；请检查 reader 的设置，或把它设为 rules")
    try:
        tokenizer = AutoTokenizer.from_pretrained(name, use_fast=True)
        model = AutoModelForQuestionAnswering.from_pretrained(name)
    except Exception as error:  # the hub, the file system and the loaders raise a dozen kinds
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelError(f"阅读模型 {name} 加载不了（{reason}）；请检查名称或目录，或把 reader 设为 rules") from error
    if not tokenizer.is_fast:
        raise ModelError(
            f"阅读模型 {name} 的分词器不给出字符位置（不是 fast tokenizer），不能用来引用原文；请换一个模型"
        )
    return model.eval(), tokenizer
