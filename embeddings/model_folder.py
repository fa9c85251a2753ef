"""A packed model written as a folder that sentence-transformers loads: weights, tokeniser, settings."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from embeddings.packed import Packed, Shape, Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.normalizers import Normalizer

_EMBEDDINGS = {
    "word": "word_embeddings.weight",
    "pos": "position_embeddings.weight",
    "type": "token_type_embeddings.weight",
    "ln.w": "LayerNorm.weight",
    "ln.b": "LayerNorm.bias",
}
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_SPECIAL_TOKENS = {
    "bos_token": "<s>",
    "cls_token": "<s>",
    "eos_token": "</s>",
    "sep_token": "</s>",
    "pad_token": "<pad>",
    "unk_token": "<unk>",
    "mask_token": "<mask>",
}
_KEPT = "～"
"""NFKC would make it "~"; the model's own normalisation leaves it alone, and it is common in Chinese text."""
_STAND_IN = "\ue0f0"


def write_model(packed: Packed, folder: Path) -> None:
    """Write weights (float32), tokeniser and settings into an empty folder."""
    from safetensors.numpy import save_file

    save_file(dict(_weights(packed)), folder / "model.safetensors", {"format": "pt"})
    tokeniser(packed.vocabulary).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _settings(packed.shape, packed.vocabulary).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")


def _weights(packed: Packed) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Give each tensor the name and shape that BertModel knows."""
    hidden = packed.shape.hidden
    for name in [*packed.plain, *packed.blocks]:
        yield _torch_name(name), _shaped(name, packed.floats(name), packed.shape)
    # BertModel has a pooler, which mean pooling leaves out; the wheel does not carry one.
    yield "pooler.dense.weight", np.zeros((hidden, hidden), np.float32)
    yield "pooler.dense.bias", np.zeros(hidden, np.float32)


def _torch_name(name: str) -> str:
    place, _, rest = name.partition(".")
    if place == "emb":
        return f"embeddings.{_EMBEDDINGS[rest]}"
    part, _, end = rest.partition(".")
    return f"encoder.layer.{place[1:]}.{_LAYER[part]}.{'weight' if end == 'w' else 'bias'}"


def _shaped(name: str, values: NDArray[np.float32], shape: Shape) -> NDArray[np.float32]:
    if name.endswith(("ln.w", ".b")):
        return values
    columns = shape.intermediate if name.endswith(".fo.w") else shape.hidden
    return values.reshape(-1, columns)


def tokeniser(vocabulary: Vocabulary) -> "Tokenizer":
    """Build the Unigram tokeniser of XLM-RoBERTa, which multilingual-e5 uses."""
    from tokenizers import Tokenizer
    from tokenizers.models import Unigram
    from tokenizers.pre_tokenizers import Metaspace
    from tokenizers.processors import TemplateProcessing

    built = Tokenizer(Unigram(vocabulary.pieces, unk_id=vocabulary.unk))
    built.normalizer = _normaliser(vocabulary)
    built.pre_tokenizer = Metaspace(prepend_scheme="always")
    built.post_processor = TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", vocabulary.bos), ("</s>", vocabulary.eos)],
    )
    built.add_special_tokens(list(dict.fromkeys(_SPECIAL_TOKENS.values())))
    return built


def _normaliser(vocabulary: Vocabulary) -> "Normalizer":
    """Say the file's character map in rules: NFKC, but for characters that vanish or turn into a space."""
    from tokenizers import Regex, normalizers

    odd = {source: target for source, target in vocabulary.characters.items() if normalize("NFKC", source) != target}
    return normalizers.Sequence(
        [
            normalizers.Replace(Regex(_class(source for source, target in odd.items() if not target)), ""),
            normalizers.Replace(Regex(_class(source for source, target in odd.items() if target == " ")), " "),
            normalizers.Replace(_KEPT, _STAND_IN),
            normalizers.NFKC(),
            normalizers.Replace(_STAND_IN, _KEPT),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )


def _class(characters: Iterator[str]) -> str:
    return "[" + "".join(map(re.escape, sorted(characters))) + "]"


def _settings(shape: Shape, vocabulary: Vocabulary) -> dict[str, object]:
    """Give the content of the JSON files, by path."""
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.intermediate,
            "vocab_size": shape.rows,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": shape.epsilon,
            "pad_token_id": vocabulary.pad,
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            **_SPECIAL_TOKENS,
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "1_Pooling/config.json": {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True},
        "2_Normalize/config.json": {},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    }
