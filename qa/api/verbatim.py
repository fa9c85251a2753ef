"""Whether what is quoted is what the file holds now."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from qa.types import Document, Span

State = Literal["same", "kept", "changed", "missing"]
"""same: the file's bytes are those that were indexed; kept: they are not, but they still hold the quotation."""


def file_state(document: Document, spans: Sequence[Span]) -> State:
    """Compare a document with its file as it is on the disk at this moment.

    Args:
        spans: of the quotation; without any, a changed file is "changed".
    """
    try:
        content = Path(document.source).read_bytes()
    except (OSError, ValueError):
        return "missing"
    if hashlib.sha256(content).hexdigest() == document.sha256:
        return "same"
    text = content.decode(document.encoding, "replace")
    quotes = [document.text[span.start : span.end] for span in spans]
    return "kept" if quotes and _in_order(text, quotes) else "changed"


def _in_order(text: str, quotes: Sequence[str]) -> bool:
    position = 0
    for quote in quotes:
        found = text.find(quote, position)
        if found < 0:
            return False
        position = found + len(quote)
    return True
