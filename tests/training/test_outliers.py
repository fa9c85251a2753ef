from pathlib import Path

import pytest
import torch
from torch import nn

from training.reader.export import load_reader
from training.reader.outliers import Apart, outliers, with_apart

IDS = torch.arange(5, 29).reshape(2, 12)
TYPES = (IDS % 12 > 4).long()


def test_channels_apart_and_the_others_are_the_whole_in_sum() -> None:
    torch.manual_seed(3)
    whole = nn.Linear(8, 5)
    apart = Apart(whole, torch.tensor([1, 6]))
    inputs = torch.randn(2, 3, 8)
    assert torch.allclose(apart(inputs), whole(inputs), atol=1e-6)
    assert not apart.linear.weight[:, [1, 6]].any()
    assert torch.equal(apart.apart, whole.weight[:, [1, 6]].T)


def test_a_reader_scores_the_same_and_its_widest_channel_is_apart(trained: Path, encoder: Path) -> None:
    reader, tokenizer = load_reader(encoder, trained, trained / "reader-final.pt")
    norm = reader.get_submodule("encoder.encoder.layer.1.attention.output.LayerNorm")
    norm.get_parameter("weight").data[11] *= 50  # what the layer's first feed-forward matrix is multiplied with
    split = with_apart(reader, outliers(reader, tokenizer))
    with torch.no_grad():
        pairs = zip(reader(IDS, None, TYPES), split(IDS, None, TYPES), strict=True)
        assert all(torch.allclose(one, other, atol=1e-4) for one, other in pairs)
    found = {name: layer for name, layer in split.named_modules() if isinstance(layer, Apart)}
    assert {name.split("layer.")[1] for name in found} == {
        "0.intermediate.dense",
        "0.output.dense",
        "1.intermediate.dense",
        "1.output.dense",
    }
    assert 11 in found["encoder.encoder.layer.1.intermediate.dense"].get_buffer("channels").tolist()
    assert not any(isinstance(layer, Apart) for layer in reader.modules())


def test_only_a_linear_layer_has_channels_apart(trained: Path, encoder: Path) -> None:
    reader, _ = load_reader(encoder, trained, trained / "reader-final.pt")
    with pytest.raises(TypeError, match=r"encoder\.embeddings is a BertEmbeddings"):
        with_apart(reader, {"encoder.embeddings": torch.tensor([0])})
