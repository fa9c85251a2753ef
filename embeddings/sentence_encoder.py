"""Encoders by name: the bundled model, a folder, or any sentence-transformers model of the hub."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

import numpy as np

from embeddings.bundled import NAME, bundled_model_folder, verified_packed_file
from embeddings.cores import usable_cores
from embeddings.errors import EncoderError
from embeddings.protocols import Encoder, Vectors

Precision = Literal["auto", "float32", "bfloat16"]

Backend = Literal["auto", "packed", "sentence-transformers"]
"""How a model is run; see ``load_encoder``."""

MOST_THREADS = 8
"""More bring nothing for models and batches of this size."""

PROBE = "某市总工会筹集资金，为困难职工家庭的大学新生发放助学金。"
"""Encoded in both precisions when a model is loaded."""
LEAST_COSINE = 0.998
"""bfloat16 must come at least this near to float32 on the probe, else float32 is used."""


class Runtime(Protocol):
    """Runs one model; all that differs between the ways to run it."""

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    @property
    def prompts(self) -> tuple[str, str]:
        """What is put before a query and before a passage."""
        ...

    @property
    def max_tokens(self) -> int:
        """Most tokens of a text, special ones included, that the model reads."""
        ...

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Give where each token stands in its text, without special tokens and never cut off."""
        ...

    def forward(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Encode one batch, the prompt before each text: float32 (len(texts), dim), unit rows."""
        ...

    def set_precision(self, precision: Literal["float32", "bfloat16"]) -> None:
        """Convert the weights; may be called once from float32 to bfloat16 and back."""
        ...

    @property
    def fast_bfloat16(self) -> bool:
        """Whether this machine multiplies bfloat16 natively."""
        ...


class SentenceEncoder:
    """An Encoder over a runtime: prompts, batches sorted by length, windows over long texts.

    A text longer than the model reads is not cut off: it is encoded window by window, and the windows' vectors are
    averaged by their length in tokens, which is what mean pooling over the whole text would come to.
    """

    def __init__(self, runtime: Runtime, name: str, *, precision: Precision = "auto", batch_size: int = 16) -> None:
        if batch_size < 1:
            raise ValueError(f"batch_size must be at least 1, got {batch_size}")
        self._runtime = runtime
        self._name = name
        self._batch_size = batch_size
        self._query_prompt, self._passage_prompt = runtime.prompts
        self.precision = _settle_precision(runtime, precision)

    @property
    def name(self) -> str:
        """Identify the model; the precision is left out, as its vectors stay comparable."""
        return self._name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._runtime.dim

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: float32 (len(texts), dim), unit rows."""
        return self._encode(texts, self._query_prompt)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Encode passages: float32 (len(texts), dim), unit rows."""
        return self._encode(texts, self._passage_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.empty((0, self.dim), np.float32)
        windows, owners, weights = self._windows([_clean(text) for text in texts], prompt)
        # A batch is padded to its longest text, so texts of like length go together; longest first, so that a lack
        # of memory shows at once.
        order = sorted(range(len(windows)), key=lambda index: -weights[index])
        vectors = np.empty((len(windows), self.dim), np.float32)
        for start in range(0, len(order), self._batch_size):
            batch = order[start : start + self._batch_size]
            vectors[batch] = self._runtime.forward([windows[index] for index in batch], prompt)
        pooled = np.zeros((len(texts), self.dim), np.float32)
        np.add.at(pooled, owners, vectors * np.asarray(weights, np.float32)[:, None])
        return unit(pooled)

    def _windows(self, texts: list[str], prompt: str) -> tuple[list[str], list[int], list[int]]:
        """Split what is too long: windows, for each the index of its text and its length in tokens."""
        spans = self._runtime.token_spans([prompt, *texts])
        room = max(self._runtime.max_tokens - len(spans[0]) - 2, 1)
        windows: list[str] = []
        owners: list[int] = []
        weights: list[int] = []
        for index, (text, tokens) in enumerate(zip(texts, spans[1:], strict=True)):
            for start in range(0, max(len(tokens), 1), room):
                part = tokens[start : start + room]
                windows.append(text if len(tokens) <= room else text[part[0][0] : part[-1][1]])
                owners.append(index)
                weights.append(max(len(part), 1))
        return windows, owners, weights


def _clean(text: str) -> str:
    """Leave out what tokenisers choke on: lone surrogates; and white space around the text, which says nothing."""
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def unit(vectors: Vectors) -> Vectors:
    """Scale rows to unit length; a row of zeros stays as it is."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), np.float32)


def _settle_precision(runtime: Runtime, wanted: Precision) -> Literal["float32", "bfloat16"]:
    """Convert the runtime to what was asked for; "auto" takes bfloat16 where it is fast and near enough."""
    if wanted == "float32" or (wanted == "auto" and not runtime.fast_bfloat16):
        return "float32"
    if wanted not in ("auto", "bfloat16"):
        raise EncoderError(f"精度只能是 auto、float32 或 bfloat16，不能是 {wanted}")
    prompt = runtime.prompts[1]
    before = runtime.forward([PROBE], prompt)
    runtime.set_precision("bfloat16")
    if wanted == "auto" and float((runtime.forward([PROBE], prompt) * before).sum()) < LEAST_COSINE:
        runtime.set_precision("float32")
        return "float32"
    return "bfloat16"


def load_encoder(
    name: str = NAME,
    cache: Path | None = None,
    *,
    precision: Precision = "auto",
    backend: Backend = "auto",
    threads: int | None = None,
) -> Encoder:
    """Load an encoder.

    Args:
        name: "multilingual-e5-small" for the bundled model; a folder; or the name of a model on the hub.
        cache: where sentence-transformers finds the bundled model unpacked, see ``bundled_model_folder``.
        precision: for sentence-transformers; "auto" is bfloat16 where the CPU has it and the vectors stay near enough.
        backend: "packed" runs the bundled model as it is in ONNX Runtime, which needs neither torch nor a cache;
            "sentence-transformers" runs any model; "auto" is "packed" for the bundled model. Both give its vectors to
            a cosine of 0.999, so an index made one way serves the other.
        threads: that one text or batch is computed on, at least 1; by default one a core, MOST_THREADS at most.

    Raises:
        EncoderError: the model is missing, damaged or of the wrong kind, or the hub cannot be reached.
        ValueError: there is no thread to compute on.
    """
    threads = min(usable_cores(), MOST_THREADS) if threads is None else threads
    if threads < 1:
        raise ValueError(f"threads must be at least 1, got {threads}")
    if name == NAME and backend != "sentence-transformers":
        from embeddings.packed_runtime import PackedRuntime

        return SentenceEncoder(PackedRuntime(verified_packed_file(), threads), NAME)
    if backend == "packed":
        raise EncoderError(f"只有内置模型 {NAME} 能直接运行；模型 {name} 请用 sentence-transformers 运行")
    from embeddings.st_runtime import SentenceTransformerRuntime

    source = bundled_model_folder(cache) if name == NAME else name
    shown = name if name == NAME else _shown_name(name)
    return SentenceEncoder(SentenceTransformerRuntime(source, threads), shown, precision=precision)


def _shown_name(name: str) -> str:
    folder = Path(name).expanduser()
    return str(folder.resolve()) if folder.is_dir() else name
