"""What passages and figures are made by, as one short word: a new version of it makes the stored ones stale."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_PARTS = ("qa.text", "qa.ingest", "qa.ledger")
_ALSO = (
    ("qa.store", "keys.py"),
    ("qa", "types.py"),
    ("qa.reading.patterns", "figures.py"),
    ("qa.reading.patterns", "dates.py"),
    ("qa.reading.data", "units.json"),
    ("qa.reading.data", "verbs.json"),
)


@cache
def current_recipe() -> str:
    """Give 16 hex digits of the SHA-256 over the code and data files that make passages, their words and figures."""
    digest = hashlib.sha256()
    for package in _PARTS:
        _add(digest, files(package))
    for package, name in _ALSO:
        _add(digest, files(package) / name)
    return digest.hexdigest()[:16]


def _add(digest: "hashlib._Hash", part: Traversable) -> None:
    if part.is_file():
        digest.update(f"{part.name}\0".encode())
        digest.update(hashlib.sha256(part.read_bytes()).digest())
    elif not part.name.startswith(("__pycache__", ".")):
        for child in sorted(part.iterdir(), key=lambda item: item.name):
            _add(digest, child)
