"""An exported int8 file back into weights, so that training can go on from the reader that ships."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from tokenizers import Tokenizer

from qa.reading.neural import TOKENIZER_KEY
from training.reader.model import SpanReader, reader_config

_QUANTISED, _SCALE, _ZERO = "_quantized", "_scale", "_zero_point"
_CHANNELS = ".channels"


def restored(model: Path, encoder: Path) -> tuple[SpanReader, Tokenizer]:
    """Read a reader out of the int8 file that ``training.reader.export`` wrote, its weights multiplied out.

    Args:
        model: the ONNX file.
        encoder: sentence-transformers folder of the BertModel that the reader was made from, for its configuration.

    Raises:
        KeyError: the file carries no tokenizer.
        RuntimeError: its weights are not those of a SpanReader.
    """
    graph = onnx.load(str(model))
    kept = {entry.key: entry.value for entry in graph.metadata_props}
    tokenizer = Tokenizer.from_str(kept[TOKENIZER_KEY])
    reader = SpanReader(reader_config(encoder, tokenizer.get_vocab_size()))
    weights = {name: torch.from_numpy(np.array(array, dtype=np.float32)) for name, array in _whole(_weights(graph))}
    buffers = dict(reader.named_buffers())
    reader.load_state_dict(weights | {name: value for name, value in buffers.items() if name in reader.state_dict()})
    return reader, tokenizer


def channels_apart(model: Path) -> dict[str, torch.Tensor]:
    """Read which input channels an exported file multiplies apart, by layer: int64 (k,), ascending.

    ``training.reader.export`` finds them anew, as training moves them, unless it is given them.
    """
    found = dict(_weights(onnx.load(str(model))))
    names = [name for name in found if name.endswith(_CHANNELS)]
    return {name.removesuffix(_CHANNELS): torch.from_numpy(found[name].astype(np.int64)) for name in names}


def _whole(found: Iterable[tuple[str, NDArray[np.float32]]]) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Put the channels that a layer multiplies apart back into its weights (``training.reader.outliers``)."""
    arrays = dict(found)
    for name in [name for name in arrays if name.endswith(_CHANNELS)]:
        layer = name.removesuffix(_CHANNELS)
        whole = np.array(arrays.pop(f"{layer}.linear.weight"))
        whole[:, arrays.pop(name).astype(np.int64)] = arrays.pop(f"{layer}.weight").T
        yield f"{layer}.weight", whole
        yield f"{layer}.bias", arrays.pop(f"{layer}.linear.bias")
    yield from arrays.items()


def _weights(graph: onnx.ModelProto) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Yield every weight under its name in the module, which the node that uses it tells: ``/reader/…/query/MatMul``.

    Their own names do not: equal ones are stored once, and matrices to multiply with lie transposed and nameless.
    """
    arrays = {one.name: numpy_helper.to_array(one) for one in graph.graph.initializer}
    same = ((node.output[0], node.input[0]) for node in graph.graph.node if node.op_type == "Identity")
    arrays |= {name: arrays[other] for name, other in same if other in arrays}
    for node in graph.graph.node:
        path = ".".join(node.name.split("/")[2:-1])
        held = [name for name in node.input if name in arrays]
        quantised = next((name for name in held if name.endswith(_QUANTISED)), None)
        if quantised is not None:
            stem = quantised.removesuffix(_QUANTISED)
            array = (arrays[quantised].astype(np.float32) - arrays[stem + _ZERO]) * arrays[stem + _SCALE]
            yield f"{path}.weight", array.T if node.op_type == "MatMulInteger" else array
        elif node.op_type == "LayerNormalization":
            yield f"{path}.weight", arrays[held[0]]
            yield f"{path}.bias", arrays[held[1]]
        elif node.op_type == "Add" and path and held:
            yield f"{path}.bias", arrays[held[0]]
        elif node.op_type == "MatMul" and held:
            yield f"{path}.weight", arrays[held[0]]
        elif node.op_type == "Gather" and held and arrays[held[0]].ndim == 1:
            yield path + _CHANNELS, arrays[held[0]]
