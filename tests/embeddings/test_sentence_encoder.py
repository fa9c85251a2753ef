"""Encoders: prompts, windows and order on a runtime worked out by hand; the rest on real models."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embeddings.cores import usable_cores
from embeddings.errors import EncoderError
from embeddings.protocols import Vectors
from embeddings.sentence_encoder import LEAST_COSINE, Precision, SentenceEncoder, load_encoder


class LetterRuntime:
    """Every letter is a token; a text's vector counts its a, b and c, the prompt left out."""

    dim = 3
    prompts = ("Q", "PP")
    max_tokens = 10
    fast_bfloat16 = True

    def __init__(self, loss: float = 0.0) -> None:
        self.calls: list[tuple[list[str], str]] = []
        self.precision = "float32"
        self._loss = loss

    def token_spans(self, texts: Sequence[str]) -> list[list[tuple[int, int]]]:
        return [[(at, at + 1) for at in range(len(text))] for text in texts]

    def forward(self, texts: Sequence[str], prompt: str) -> Vectors:
        self.calls.append((list(texts), prompt))
        counts = np.asarray([[text.count(letter) for letter in "abc"] for text in texts], float)
        counts[:, 0] += ~counts.any(axis=1)
        counts[:, 1] += self._loss if self.precision == "bfloat16" else 0.0
        return np.asarray(counts / np.linalg.norm(counts, axis=1, keepdims=True), np.float32)

    def set_precision(self, precision: Literal["float32", "bfloat16"]) -> None:
        self.precision = precision


def letters(runtime: LetterRuntime, **options: int) -> SentenceEncoder:
    return SentenceEncoder(runtime, "letters", precision="float32", **options)


def test_queries_and_passages_get_their_prompts() -> None:
    runtime = LetterRuntime()
    encoder = letters(runtime)
    encoder.encode_queries(["ab"])
    encoder.encode_passages(["ab"])
    assert runtime.calls == [(["ab"], "Q"), (["ab"], "PP")]


def test_no_texts_give_no_rows() -> None:
    assert letters(LetterRuntime()).encode_passages([]).shape == (0, 3)


def test_batches_hold_texts_of_like_length_and_rows_keep_the_order() -> None:
    runtime = LetterRuntime()
    vectors = letters(runtime, batch_size=2).encode_queries(["a", "bbb", "cc", "aaaa"])
    assert [texts for texts, _ in runtime.calls] == [["aaaa", "bbb"], ["cc", "a"]]
    assert vectors.tolist() == [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]


def test_long_texts_are_read_to_their_end_window_by_window() -> None:
    """Ten tokens less a prompt of two and two special ones leave six: aaaaaa, bbbbbb, ccc, weighing 6, 6 and 3."""
    runtime = LetterRuntime()
    vectors = letters(runtime).encode_passages(["aaaaaabbbbbbccc"])
    assert sorted(runtime.calls[0][0]) == ["aaaaaa", "bbbbbb", "ccc"]
    assert vectors[0] == pytest.approx(np.asarray([6, 6, 3]) / 9)


def test_blanks_and_lone_surrogates_reach_no_model() -> None:
    runtime = LetterRuntime()
    letters(runtime).encode_queries([" a\n", "\ud800b", ""])
    assert sorted(runtime.calls[0][0]) == ["", "?b", "a"]


@pytest.mark.parametrize(
    ("wanted", "loss", "settled"),
    [
        ("auto", 0.001, "bfloat16"),
        ("auto", 0.2, "float32"),
        ("bfloat16", 0.2, "bfloat16"),
        ("float32", 0.0, "float32"),
    ],
)
def test_auto_takes_bfloat16_only_where_it_is_near_enough(wanted: Precision, loss: float, settled: str) -> None:
    runtime = LetterRuntime(loss)
    assert SentenceEncoder(runtime, "letters", precision=wanted).precision == settled
    assert runtime.precision == settled


def test_bad_settings_are_refused() -> None:
    with pytest.raises(ValueError, match="batch_size"):
        letters(LetterRuntime(), batch_size=0)
    with pytest.raises(EncoderError, match="精度只能是"):
        SentenceEncoder(LetterRuntime(), "letters", precision="int8")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="threads"):
        load_encoder(threads=0)


def test_the_default_needs_no_torch() -> None:
    """Importing torch and sentence-transformers takes longer than a whole start may."""
    import subprocess
    import sys

    code = (
        "import sys; from embeddings.sentence_encoder import load_encoder; "
        "load_encoder().encode_queries(['工会']); sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    )
    root = Path(__file__).parents[2]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0


def test_vectors_have_unit_length_and_repeat_exactly(default_encoder: SentenceEncoder, hundred: list[str]) -> None:
    vectors = default_encoder.encode_passages(hundred[:20])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(20), abs=1e-6)
    assert np.array_equal(vectors, default_encoder.encode_passages(hundred[:20]))


def test_a_vector_does_not_depend_on_the_texts_beside_it(default_encoder: SentenceEncoder, hundred: list[str]) -> None:
    together = default_encoder.encode_passages(hundred[:8])
    for text, vector in zip(hundred[:8], together, strict=True):
        assert np.array_equal(default_encoder.encode_passages([text])[0], vector)


def test_the_end_of_a_long_text_counts(default_encoder: SentenceEncoder, paragraphs: list[str]) -> None:
    start = "".join(paragraphs[:30])[:1500]
    one, other = default_encoder.encode_passages([start + paragraphs[400] * 3, start + paragraphs[600] * 3])
    assert float(one @ other) < 0.9999


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_can_be_encoded(default_encoder: SentenceEncoder, text: str) -> None:
    vector = default_encoder.encode_queries([text])
    assert vector.shape == (1, 384)
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-5)


def test_a_question_finds_its_paragraph(default_encoder: SentenceEncoder, hundred: list[str]) -> None:
    paragraph = "市总工会为困难职工家庭的大学新生发放助学金，共计三百多万元。"
    passages = default_encoder.encode_passages([*hundred, paragraph])
    scores = passages @ default_encoder.encode_queries(["给考上大学的贫困职工子女发了多少钱？"])[0]
    assert int(scores.argmax()) == len(hundred)


def test_both_backends_give_the_same_vectors(
    default_encoder: SentenceEncoder, torch_encoder: SentenceEncoder, hundred: list[str]
) -> None:
    assert default_encoder.name == torch_encoder.name == "multilingual-e5-small"
    assert default_encoder.dim == torch_encoder.dim == 384
    cosines = (default_encoder.encode_passages(hundred) * torch_encoder.encode_passages(hundred)).sum(axis=1)
    assert cosines.min() >= 0.999


def test_bfloat16_stays_near_float32(torch_encoder: SentenceEncoder, model_cache: Path, hundred: list[str]) -> None:
    half = load_encoder(cache=model_cache, precision="bfloat16", backend="sentence-transformers")
    vectors = half.encode_passages(hundred[:40])
    cosines = (vectors * torch_encoder.encode_passages(hundred[:40])).sum(axis=1)
    assert LEAST_COSINE <= cosines.min() < 0.9999999
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(40), abs=1e-6)


def tiny_model(folder: Path) -> Path:
    """A random BERT of two layers without prompts, in transformers' own layout (no sentence-transformers files)."""
    import torch
    from tokenizers import Regex, Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    letters = {token: number for number, token in enumerate(["[PAD]", "[UNK]", *"工会职工助学金abc"])}
    tokenizer = Tokenizer(WordLevel(dict.fromkeys(letters, 0) | letters, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", model_max_length=16
    )
    fast.save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=20, hidden_size=8, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=16,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder)
    return folder


def test_any_model_folder_can_be_used(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path / "tiny")
    encoder = load_encoder(str(folder), precision="float32")
    assert (encoder.name, encoder.dim) == (str(folder), 8)
    vectors = encoder.encode_passages(["工会", "职工助学金" * 20, "abc"])
    assert vectors.shape == (3, 8)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(3), abs=1e-6)
    assert encoder.encode_queries(["工会"])[0] == pytest.approx(vectors[0], abs=1e-6)  # no prompts


def test_a_folder_without_a_model_says_so(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="装载不了"):
        load_encoder(str(tmp_path))


def test_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="没有模型目录"):
        load_encoder(str(tmp_path / "nowhere"))


def test_an_unreachable_hub_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderError, match=r"取不到模型 nobody/nothing.*HF_ENDPOINT.*multilingual-e5-small"):
        load_encoder("nobody/nothing")


def test_one_thread_a_core_where_the_system_does_not_tell_which_are_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert load_encoder().encode_queries(["职工人数"]).shape == (1, 384)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert usable_cores() == 1


def test_only_the_bundled_model_runs_packed() -> None:
    with pytest.raises(EncoderError, match="只有内置模型"):
        load_encoder("BAAI/bge-small-zh-v1.5", backend="packed")
