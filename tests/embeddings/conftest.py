"""The real model in each way it can be run, and real paragraphs."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.bundled import bundled_model_folder, packed_file
from embeddings.packed import Packed, read_packed
from embeddings.sentence_encoder import SentenceEncoder, load_encoder

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def paragraphs() -> list[str]:
    """All paragraphs of the seeds, in order."""
    texts = (path.read_text("utf-8") for path in sorted(SEEDS.glob("*.txt")))
    return [line.strip() for text in texts for line in text.splitlines() if line.strip()]


@pytest.fixture(scope="session")
def hundred(paragraphs: list[str]) -> list[str]:
    """A hundred paragraphs from all seeds that fit into one window of the model."""
    fitting = [text for text in paragraphs if 10 <= len(text) <= 90]
    chosen = fitting[:: len(fitting) // 100][:100]
    assert len(chosen) == 100
    return chosen


@pytest.fixture(scope="session")
def packed() -> Packed:
    return read_packed(packed_file())


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache of its own with the model folder in it."""
    cache = tmp_path_factory.mktemp("cache") / "models"
    bundled_model_folder(cache)
    yield cache


@pytest.fixture(scope="session")
def default_encoder() -> SentenceEncoder:
    encoder = load_encoder()
    assert isinstance(encoder, SentenceEncoder)
    return encoder


@pytest.fixture(scope="session")
def torch_encoder(model_cache: Path) -> SentenceEncoder:
    """The same model in sentence-transformers, float32."""
    encoder = load_encoder(cache=model_cache, precision="float32", backend="sentence-transformers")
    assert isinstance(encoder, SentenceEncoder)
    return encoder
