"""Input channels of far greater range than the others are multiplied apart, in float, and the rest in int8.

At the separator tokens one or two channels of a layer's input reach ten times the range of all others; int8 has one
scale for the whole input, so that the others would be left with a dozen of its 255 steps (Dettmers et al. 2022,
"LLM.int8()"). Of the shipped reader's span scores that halves the error, for a twelfth more time (decision 0016).
"""

import copy
from collections.abc import Mapping, Sequence
from itertools import islice

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from qa.reading.pairs import Pair, encode_pairs
from training.reader.model import SpanReader
from training.reader.schedule import invented_texts

APART: Mapping[str, int] = {".intermediate.dense": 8, ".attention.output.dense": 0, ".output.dense": 32}
"""Channels set apart by the end of the layer's name, the first that fits; a quarter of its channels at most."""

_TEXTS = 40
_QUESTION, _PASSAGE = 30, 400
"""Characters of each."""


class Apart(nn.Module):
    """A linear layer that multiplies some of its input channels apart from the others; the same in sum.

    Args:
        whole: the layer.
        channels: int64 (k,), ascending.
    """

    def __init__(self, whole: nn.Linear, channels: Tensor) -> None:
        super().__init__()
        self.linear = copy.deepcopy(whole)
        self.apart = nn.Parameter(whole.weight.detach()[:, channels].T.clone())
        self.linear.weight.data[:, channels] = 0
        mask = torch.ones(whole.in_features)
        mask[channels] = 0
        self.register_buffer("channels", channels)
        self.register_buffer("mask", mask)

    def forward(self, inputs: Tensor) -> Tensor:
        """Multiply (n, length, in_features) to (n, length, out_features)."""
        others: Tensor = self.linear(inputs * self.get_buffer("mask"))
        return others + inputs.index_select(-1, self.get_buffer("channels")) @ self.apart


def with_apart(reader: SpanReader, channels: Mapping[str, Tensor]) -> SpanReader:
    """Return a copy whose layers, by name, multiply these input channels apart: int64 (k,), ascending."""
    split = copy.deepcopy(reader)
    for name, own in channels.items():
        parent, _, last = name.rpartition(".")
        layer = split.get_submodule(name)
        if not isinstance(layer, nn.Linear):
            raise TypeError(f"{name} is a {type(layer).__name__}, not a linear layer")
        setattr(split.get_submodule(parent), last, Apart(layer, own))
    return split


def outliers(reader: SpanReader, tokenizer: Tokenizer) -> dict[str, Tensor]:
    """Find the input channels of the greatest range, by layer, on texts of our own: int64 (k,), ascending."""
    layers = {name: layer for name, layer in reader.named_modules() if isinstance(layer, nn.Linear) and _apart(name)}
    ranges = _ranges(reader, layers, _pairs(tokenizer))
    counts = {name: min(_apart(name), layer.in_features // 4) for name, layer in layers.items()}
    return {name: ranges[name].topk(count).indices.sort().values for name, count in counts.items()}


def _apart(name: str) -> int:
    return next((count for ending, count in APART.items() if name.endswith(ending)), 0)


def _pairs(tokenizer: Tokenizer) -> list[Pair]:
    texts = list(islice(invented_texts().values(), _TEXTS))
    return encode_pairs(tokenizer, [(text[:_QUESTION], text[:_QUESTION], text[:_PASSAGE]) for text in texts])


@torch.no_grad()
def _ranges(reader: SpanReader, layers: Mapping[str, nn.Linear], pairs: Sequence[Pair]) -> dict[str, Tensor]:
    """Return the greatest absolute value of each input channel of some layers, by name: (in_features,)."""
    found: dict[str, Tensor] = {}

    def watch(name: str, inputs: Tensor) -> None:
        reached = inputs.abs().flatten(0, -2).amax(0)
        found[name] = torch.maximum(found.get(name, reached), reached)

    hooks = [
        layer.register_forward_pre_hook(lambda _, inputs, name=name: watch(name, inputs[0]))
        for name, layer in layers.items()
    ]
    for pair in pairs:
        reader(torch.tensor([pair.ids]), None, torch.tensor([pair.types]))
    for hook in hooks:
        hook.remove()
    return found
