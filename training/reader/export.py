"""A trained reader into one ONNX file: graph, weights (int8 or fp32), and the tokenizer in the metadata."""

import hashlib
import json
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path

import onnx
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from qa.reading.neural import TOKENIZER_KEY
from training.reader.model import SpanReader, reader_config
from training.reader.outliers import outliers, with_apart

OPSET = 17
INPUTS = ("input_ids", "token_type_ids")
OUTPUTS = ("start", "end", "relevance")


class _Unpadded(nn.Module):
    """The reader without an attention mask: it is run on one passage at a time."""

    def __init__(self, reader: SpanReader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, input_ids: Tensor, token_type_ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Score a batch of inputs of one length."""
        scores: tuple[Tensor, Tensor, Tensor] = self.reader(input_ids, None, token_type_ids)
        return scores


def load_reader(encoder: Path, work: Path, weights: Path) -> tuple[SpanReader, Tokenizer]:
    """Read what training wrote: the tokenizer of the work folder, and one of its reader-….pt files."""
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    reader = SpanReader(reader_config(encoder, tokenizer.get_vocab_size()))
    reader.load_state_dict(torch.load(weights, weights_only=True))
    return reader.eval(), tokenizer


def export(
    reader: SpanReader,
    tokenizer: Tokenizer,
    out: Path,
    *,
    int8: bool,
    apart: Mapping[str, Tensor] | None = None,
) -> str:
    """Write the file and, beside it, ``<stem>.json`` with its SHA-256, which is returned.

    Args:
        apart: the channels that an int8 file multiplies apart; found where not given.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "reader.onnx"
        if int8:
            apart = outliers(reader, tokenizer) if apart is None else apart
            _write_graph(with_apart(reader, apart), plain)
            _quantise(plain, out)
            plain = out
        else:
            _write_graph(reader, plain)
        model = onnx.load(str(plain))
    entry = model.metadata_props.add()
    entry.key, entry.value = TOKENIZER_KEY, tokenizer.to_str()
    onnx.save(model, str(out))
    checksum = hashlib.sha256(out.read_bytes()).hexdigest()
    card = {"sha256": checksum, "bytes": out.stat().st_size, "weights": "int8" if int8 else "float32"}
    out.with_suffix(".json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    return checksum


def _write_graph(reader: SpanReader, path: Path) -> None:
    ids = torch.arange(5, 29).reshape(2, 12)
    types = torch.zeros_like(ids)
    types[:, 6:] = 1
    axes = {name: {0: "n", 1: "length"} for name in (*INPUTS, "start", "end")} | {"relevance": {0: "n"}}
    with warnings.catch_warnings():
        # The newer exporter needs onnxscript; the older one says at each call that it is the older one.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Unpadded(reader),
            (ids, types),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )


def _quantise(source: Path, target: Path) -> None:
    """Dynamic int8: weights once, activations at run time; embeddings included, what is multiplied apart is not.

    One scale for each output channel: with one for a whole matrix, five points of exact match are lost.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    names = {node.name for node in onnx.load(str(source)).graph.node if node.op_type == "MatMul"}
    apart = [name for name in names if f"{name.removesuffix('/MatMul')}/linear/MatMul" in names]
    quantize_dynamic(
        str(source), str(target), weight_type=QuantType.QInt8, per_channel=True, nodes_to_exclude=sorted(apart)
    )
