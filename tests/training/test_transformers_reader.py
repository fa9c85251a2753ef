"""A question-answering model by folder takes the shipped reader's place."""

from pathlib import Path

import pytest

from qa.errors import ModelError
from qa.reading.transformers_reader import TransformersReader
from tests.training.test_reader import QUERY, hits


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tokenizers import BertWordPieceTokenizer
    from transformers import BertConfig, BertForQuestionAnswering, PreTrainedTokenizerFast

    made = tmp_path_factory.mktemp("model")
    characters = sorted({char for hit in hits(10) for char in hit.passage.text if not char.isspace()})
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    vocabulary = {piece: at for at, piece in enumerate([*special.values(), "[MASK]", *characters])}
    pieces = BertWordPieceTokenizer(vocabulary)
    PreTrainedTokenizerFast(tokenizer_object=pieces._tokenizer, **special).save_pretrained(made)  # type: ignore[no-untyped-call]
    config = BertConfig(
        vocab_size=len(characters) + 5, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertForQuestionAnswering(config).save_pretrained(made)
    return made


def test_spans_are_parts_of_their_passages(folder: Path) -> None:
    found = TransformersReader(folder, passages=2).scores(QUERY, hits(4))
    assert len(found) == 2
    for scores, hit in zip(found, hits(2), strict=True):
        text = hit.passage.text
        spans = scores.top(text, 3)
        assert spans
        for span in spans:
            assert text[span.first : span.last + 1].strip()
            assert scores.span(span.first, span.last + 1) == pytest.approx(span.score, abs=1e-3)
            assert span.score <= scores.relevance + 1e-4


def test_nothing_to_read(folder: Path) -> None:
    assert TransformersReader(folder).scores(QUERY, []) == []


def test_a_missing_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="没有阅读模型的文件夹"):
        TransformersReader(tmp_path / "none")
