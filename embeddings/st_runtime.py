"""sentence-transformers as a runtime: any of its models, from a folder or from the hub."""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from embeddings.errors import EncoderError
from embeddings.protocols import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_PROMPTS = (
    # Model cards: https://huggingface.co/intfloat/multilingual-e5-small, https://huggingface.co/BAAI/bge-base-zh-v1.5
    ("e5-", ("query: ", "passage: ")),
    ("bge-small-zh", ("为这个句子生成表示以用于检索相关文章：", "")),
    ("bge-base-zh", ("为这个句子生成表示以用于检索相关文章：", "")),
    ("bge-large-zh", ("为这个句子生成表示以用于检索相关文章：", "")),
)
"""For models whose own settings carry no prompts, by a part of the name."""


class SentenceTransformerRuntime:
    """Loads a model on the CPU.

    Raises:
        EncoderError: there is no such model here and none to fetch, or it does not load.
    """

    def __init__(self, model: str | Path, threads: int) -> None:
        self._model = _load(str(model))
        self._prompts = _prompts(self._model, str(model))
        self._threads = threads

    @property
    def dim(self) -> int:
        """Length of a vector."""
        dim = self._model.get_embedding_dimension()
        if dim is None:
            raise EncoderError("这个模型没有说明向量的长度，不能用作句向量模型；请换一个 sentence-transformers 模型")
        return dim

    @property
    def prompts(self) -> tuple[str, str]:
        """What is put before a query and before a passage."""
        return self._prompts

    @property
    def max_tokens(self) -> int:
        """Most tokens that the model reads; where it names no limit, a million."""
        limit = self._model.max_seq_length
        return 1_000_000 if limit is None else limit

    @property
    def fast_bfloat16(self) -> bool:
        """Whether this machine multiplies bfloat16 natively (AVX512_BF16 or AMX)."""
        return cpu_multiplies_bfloat16()

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        """Give where each token stands; a tokeniser that cannot tell counts characters."""
        tokenizer: Any = self._model.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            return [[(index, index + 1) for index in range(len(text))] for text in texts]
        found = tokenizer(list(texts), add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        return [[(start, end) for start, end in offsets] for offsets in found["offset_mapping"]]

    def forward(self, texts: Sequence[str], prompt: str) -> Vectors:
        """Encode one batch: float32 (len(texts), dim), unit rows."""
        import torch

        torch.set_num_threads(self._threads)
        vectors = self._model.encode(
            list(texts), prompt=prompt, batch_size=len(texts), show_progress_bar=False, convert_to_tensor=True
        )
        return np.asarray(torch.nn.functional.normalize(vectors.float(), dim=1).numpy(), np.float32)

    def set_precision(self, precision: Literal["float32", "bfloat16"]) -> None:
        """Convert the weights."""
        import torch

        self._model.to(torch.bfloat16 if precision == "bfloat16" else torch.float32)


def cpu_multiplies_bfloat16() -> bool:
    """Whether the CPU has instructions for products of bfloat16 (Linux on x86; elsewhere the answer is no)."""
    try:
        flags = Path("/proc/cpuinfo").read_text("ascii", "replace")
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags


def _load(model: str) -> "SentenceTransformer":
    """Load from a folder if there is one of that name, else from the hub or its local cache."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # a fork after encoding would print a warning
    # OpenMP threads that spin while they wait make every step a hundred times slower on a busy machine.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    with _quiet():
        from sentence_transformers import SentenceTransformer

        folder = Path(model).expanduser()
        local = folder.is_dir()
        try:
            return SentenceTransformer(str(folder) if local else model, device="cpu", local_files_only=local)
        except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
            raise EncoderError(_what_to_do(model, local=local)) from error


def _what_to_do(model: str, *, local: bool) -> str:
    if local:
        return f"目录 {model} 里的模型装载不了；请检查它是否是完整的 sentence-transformers 模型目录"
    if Path(model).is_absolute() or model.startswith((".", "~")):
        return f"没有模型目录 {model}；请检查路径"
    return (
        f"取不到模型 {model}：模型库连接不上，本机缓存里也没有。请检查名称和网络（可用环境变量 HF_ENDPOINT 指定镜像），"
        "或先在能联网的机器上下载，再给出它的目录；不需要网络的内置模型是 multilingual-e5-small"
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the loading bars and notices of the libraries off the user's terminal."""
    from transformers.utils import logging as transformers_logging

    names = ("transformers", "sentence_transformers", "huggingface_hub")
    levels = {name: logging.getLogger(name).level for name in names}
    bars = transformers_logging.is_progress_bar_enabled()
    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    for name in names:
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        if bars:
            transformers_logging.enable_progress_bar()  # type: ignore[no-untyped-call]


def _prompts(model: "SentenceTransformer", name: str) -> tuple[str, str]:
    own = {key: value for key, value in model.prompts.items() if value}
    if own:
        passage = next((own[key] for key in ("document", "passage", "corpus") if key in own), "")
        return own.get("query", ""), passage
    return next((prompts for part, prompts in _PROMPTS if part in name.lower()), ("", ""))
