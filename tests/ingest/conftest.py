"""Documents for the tests of ingest: the seeds as they are read, and texts of the same kinds made up here."""

import hashlib
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.ingest.files import SourceFile
from qa.ingest.pipeline import ingest
from qa.ingest.readers import read_document
from qa.types import Document, Ingested

SEEDS = Path(__file__).parents[2] / "seeds"


def seed_document(number: str) -> Document:
    path = next(SEEDS.glob(f"{number}_*.txt"))
    return read_document(SourceFile(path, path.name))


def text_document(text: str, file: str = "made-up.txt") -> Document:
    """Make a document of a text, titled by its first line, as the reader does."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    title = next((line.strip("# \t\r") for line in text.splitlines() if line.strip()), file)
    return Document(sha256[:16], file, f"/{file}", title[:40], text, "utf-8", sha256, len(text))


def line_numbers(document: Document) -> Callable[[int], int]:
    """Return what numbers the line of an offset, from 1."""
    starts = [0] + [at + 1 for at, char in enumerate(document.text) if char == "\n"]
    return lambda offset: bisect_right(starts, offset)


@pytest.fixture(scope="session")
def seeds() -> dict[str, Ingested]:
    return {number: ingest(seed_document(number)) for number in ("000", "001", "002", "003", "004")}
