"""How a passage is known to vectors: by which number, and as which text."""

import hashlib

from qa.types import Passage


def vector_id(passage_id: str) -> int:
    """Turn a passage's id into its number: the first 63 bits of the id's SHA-256, so 0 <= number < 2**63."""
    return int.from_bytes(hashlib.sha256(passage_id.encode("utf-8", "surrogatepass")).digest()[:8], "big") >> 1


def encoding_text(passage: Passage) -> str:
    """Put together what is encoded for a passage: its context, on a line of its own, and its text."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text
