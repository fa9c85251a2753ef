"""Which kinds of files can be taken in: file name suffix → what makes text of its bytes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from qa.ingest.decoding import Decoded, decode

FORMATS: Mapping[str, Callable[[bytes], Decoded]] = MappingProxyType(
    {".txt": decode, ".md": decode, ".markdown": decode}
)
"""Suffix in lower case → reader of bytes, which raises DocumentError for what it cannot read."""


def is_supported(name: str) -> bool:
    """Tell by its suffix whether a file can be taken in."""
    return name.lower().endswith(tuple(FORMATS))
