"""The neighbour index as a file: derived from the store, and made again whenever it is not exactly that."""

import hashlib
import json
import logging
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from embeddings.protocols import Encoder, VectorStore
from qa.errors import os_reason
from qa.store.contents import EncoderKey
from qa.store.store import Store, mismatch

logger = logging.getLogger(__name__)

FILE_NAME = "vectors.faiss"
SIDECAR_NAME = "vectors.json"


class VectorStoreKind(Protocol):
    """A class of vector stores: made empty, or loaded."""

    def __call__(self, dim: int) -> VectorStore:
        """Make an empty one."""
        ...

    def load(self, path: Path) -> VectorStore:
        """Read one that was saved; ValueError where it is damaged."""
        ...


@dataclass(frozen=True, slots=True)
class _State:
    """Which state of which index a file holds."""

    store: str
    generation: int
    encoder: str
    dim: int
    count: int
    kind: str


def load_vectors(
    store: Store, encoder: Encoder, folder: Path | None = None, kind: VectorStoreKind | None = None
) -> VectorStore:
    """Give the vectors of the store's present generation, from a file where there is one that fits.

    Args:
        store: the truth.
        encoder: the one that questions will be encoded with.
        folder: where the file lies; the store's own by default. A folder that cannot be written only costs time.
        kind: what to make; FaissStore by default.

    Raises:
        StoreMismatchError: the store's vectors are another encoder's.
        StoreDamagedError: the store cannot be read.
    """
    folder = store.folder if folder is None else folder
    kind = _faiss() if kind is None else kind
    wanted = EncoderKey(encoder.name, encoder.dim)
    with store.snapshot():
        info, held = store.info(), store.encoder
        if held is not None and held != wanted and info.documents:
            raise mismatch(store.folder, held, wanted)
        name = str(getattr(kind, "__name__", kind))
        state = _State(store.id, info.generation, *wanted, info.passages, name)
        loaded = _load(folder, state, kind)
        if loaded is not None:
            return loaded
        ids, rows = store.vectors()
    made = kind(encoder.dim)
    if len(ids):
        made.add(ids, rows)
    _save(folder, state, made)
    return made


def saved_generation(folder: Path) -> int | None:
    """Tell which generation of the index the file in a folder holds; None where there is no whole one."""
    try:
        note = json.loads((folder / SIDECAR_NAME).read_text("utf-8"))
        return int(note["generation"]) if note["sha256"] == _sha256(folder / FILE_NAME) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _faiss() -> VectorStoreKind:
    from embeddings.faiss_store import FaissStore  # loads faiss

    return FaissStore


def _load(folder: Path, state: _State, kind: VectorStoreKind) -> VectorStore | None:
    """Load the file where its note says that it holds this state, and it does."""
    try:
        note = json.loads((folder / SIDECAR_NAME).read_text("utf-8"))
        if note != asdict(state) | {"sha256": _sha256(folder / FILE_NAME)}:
            return None
        loaded = kind.load(folder / FILE_NAME)
    except (OSError, ValueError) as error:
        logger.info("vectors are made anew: %s", error)
        return None
    return loaded if len(loaded) == state.count and loaded.dim == state.dim else None


def _save(folder: Path, state: _State, vectors: VectorStore) -> None:
    """Write the file, then the note on it; a crash in between leaves a pair that does not fit, and so is not used."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        vectors.save(folder / FILE_NAME)
        note = asdict(state) | {"sha256": _sha256(folder / FILE_NAME)}
        _write(folder / SIDECAR_NAME, json.dumps(note, ensure_ascii=True, indent=1))
    except (OSError, RuntimeError) as error:
        reason = os_reason(error) if isinstance(error, OSError) else str(error)
        logger.warning("向量文件存不进 %s（%s），每次启动都要重新生成：请检查权限和磁盘空间。", folder, reason)


def _write(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
