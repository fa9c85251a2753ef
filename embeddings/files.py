"""Files that are whole or not there: a kind, a checksum, the content, written beside its place and moved there."""

import hashlib
import os
import tempfile
from pathlib import Path

_DIGEST = 32
_KIND = 8


def write_checked(path: Path, kind: bytes, payload: bytes | memoryview) -> None:
    """Write kind (8 bytes), SHA-256 and payload; a crash leaves the old file or the new one.

    Raises:
        OSError: the folder cannot be written or is full; the old file is left as it was.
    """
    if len(kind) != _KIND:
        raise ValueError(f"a kind has {_KIND} bytes, got {kind!r}")
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    draft = Path(name)
    try:
        with open(handle, "wb") as file:
            file.write(kind + hashlib.sha256(payload).digest())
            file.write(payload)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def read_checked(path: Path, kind: bytes) -> memoryview:
    """Read what write_checked wrote.

    Raises:
        ValueError: the file is of another kind, or its content is not what was written.
        OSError: it cannot be read.
    """
    content = memoryview(path.read_bytes())
    if bytes(content[:_KIND]) != kind:
        raise ValueError(f"向量文件 {path} 不是这种格式（应以 {kind.decode()} 开头）；删掉它，会自动重建")
    payload = content[_KIND + _DIGEST :]
    if hashlib.sha256(payload).digest() != content[_KIND : _KIND + _DIGEST]:
        raise ValueError(f"向量文件 {path} 已损坏（校验和不对）；删掉它，会自动重建")
    return payload
