"""The reader: a BERT encoder with a span head, a no-answer score at the first token, and a relevance score."""

from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from training.reader.prune import SPECIAL, Answered, prune_tokenizer

RELEVANCE_WEIGHT = 0.3
_BLOCKED = -1e4
"""Stands for minus infinity; finite, so that bf16 and int8 copies stay free of NaN."""


class SpanReader(nn.Module):
    """Scores where an answer starts and ends, and whether the passage holds one."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.span = nn.Linear(config.hidden_size, 2)
        self.relevance = nn.Linear(config.hidden_size, 1)

    def freeze(self, layers: int) -> None:
        """Keep the embeddings and the lowest layers as they are, which saves their backward pass; 0 frees all."""
        lowest = [self.encoder.embeddings, *self.encoder.encoder.layer[:layers]] if layers else []
        self.requires_grad_(True)
        for part in lowest:
            part.requires_grad_(False)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor | None, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Score a batch.

        Args:
            input_ids, attention_mask, token_type_ids: int64 (n, length); type 1 marks the passage; no mask, no padding.

        Returns:
            start (n, length) and end (n, length), float32 logits, blocked outside the passage but for position 0, where
            the no-answer score stands; relevance (n,), a float32 logit.
        """
        hidden = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        scores = self.span(hidden).float()
        allowed = token_type_ids.clone()
        allowed[:, 0] = 1
        scores = scores + ((1 - allowed) * _BLOCKED).unsqueeze(-1).float()
        return scores[..., 0], scores[..., 1], self.relevance(hidden[:, 0]).float().squeeze(-1)


def reader_loss(outputs: tuple[Tensor, Tensor, Tensor], starts: Tensor, ends: Tensor) -> Tensor:
    """Mean cross entropy of start and end, and a share of that of relevance.

    Args:
        outputs: of SpanReader.
        starts, ends: int64 (n,), token positions; 0 where the passage holds no answer.
    """
    start, end, relevance = outputs
    span = nn.functional.cross_entropy(start, starts) + nn.functional.cross_entropy(end, ends)
    there = nn.functional.binary_cross_entropy_with_logits(relevance, (starts > 0).float())
    return span / 2 + RELEVANCE_WEIGHT * there


def reader_config(encoder: Path, rows: int) -> BertConfig:
    """Give the configuration for a smaller vocabulary; plain attention has the fastest backward pass on a CPU."""
    config = BertConfig.from_pretrained(encoder)
    config.vocab_size = rows
    config.pad_token_id = SPECIAL.index("<pad>")
    # No dropout: on a CPU its random numbers cost a tenth of the step, and the schedule is a few epochs only.
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    config._attn_implementation = "eager"
    return config


def initial_reader(encoder: Path, texts: list[Answered]) -> tuple[SpanReader, Tokenizer]:
    """Make an untrained reader out of a sentence-transformers folder of a BertModel, its vocabulary cut down."""
    full = BertModel.from_pretrained(encoder, add_pooling_layer=False, dtype=torch.float32)
    tokenizer, rows = prune_tokenizer(Tokenizer.from_file(str(encoder / "tokenizer.json")), texts)
    reader = SpanReader(reader_config(encoder, len(rows)))
    state = full.state_dict()
    state["embeddings.word_embeddings.weight"] = state["embeddings.word_embeddings.weight"][rows].clone()
    reader.encoder.load_state_dict(state)
    for head in (reader.span, reader.relevance):
        nn.init.normal_(head.weight, std=0.02)
        nn.init.zeros_(head.bias)
    return reader, tokenizer
