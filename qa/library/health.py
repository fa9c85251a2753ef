"""The health of the corpus: what an administrator should look at, each with the place where it stands."""

import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from qa.store.contents import StoreContents, StoredDocument
from qa.types import BlockKind, Passage, Span, spans_text

Kind = Literal["warning", "encoding", "duplicate", "stale", "missing", "changed", "empty", "reprint", "cut"]
KINDS: tuple[Kind, ...] = (
    "missing",
    "changed",
    "stale",
    "warning",
    "encoding",
    "duplicate",
    "empty",
    "reprint",
    "cut",
)
"""The gravest first."""
USUAL_ENCODINGS = frozenset({"utf-8", "utf-8-sig", "gb18030", "gbk", "ascii"})
SHOWN = 50
"""Characters of a place."""
_ENDS = frozenset("。！？；：…”’』」）)】》〉!?;:.—")
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_SHORTEST = 25
"""Characters below which a paragraph without a full stop is a line of a list, a table or a signature."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    Attributes:
        detail: an encoding, a file name, a reason …, depending on the kind; may be empty.
        text: the words in question; empty where the whole document is meant.
        span: where they begin; None likewise.
    """

    kind: Kind
    document_id: str
    file: str
    detail: str = ""
    text: str = ""
    span: Span | None = None

    @property
    def url(self) -> str:
        """Path of the page that shows the place."""
        address = f"/source/{self.document_id}"
        return f"{address}?start={self.span.start}&end={self.span.end}" if self.span else address


@dataclass(slots=True)
class Health:
    """What was found, by kind, and how much was looked at."""

    documents: int = 0
    passages: int = 0
    findings: dict[Kind, list[Finding]] = field(default_factory=lambda: defaultdict(list))

    def add(self, finding: Finding) -> None:
        """Note a finding."""
        self.findings[finding.kind].append(finding)


def examine(store: StoreContents, recipe: str) -> Health:
    """Look through all documents of a store, a few hundred a second.

    Args:
        store: the index.
        recipe: what documents are made by at present; see qa/indexing/recipe.py.

    Raises:
        StoreError: the index cannot be read.
    """
    health = Health()
    documents = store.documents()
    health.documents = len(documents)
    for finding in (*_copies(documents), *(found for document in documents for found in _of_file(document, recipe))):
        health.add(finding)
    for document in documents:
        passages = store.all_passages(document.id)
        health.passages += len(passages)
        if not passages:
            health.add(Finding("empty", document.id, document.file))
        for finding in (*_reprints(store, document), *_cuts(document, passages)):
            health.add(finding)
    return health


def _of_file(document: StoredDocument, recipe: str) -> Iterator[Finding]:
    """Find what is the matter with a document as a whole, or with the file it came from."""
    for warning in document.warnings:
        yield Finding("warning", document.id, document.file, warning)
    if document.encoding.lower() not in USUAL_ENCODINGS:
        yield Finding("encoding", document.id, document.file, document.encoding)
    if document.recipe != recipe:
        yield Finding("stale", document.id, document.file)
    try:
        found = os.stat(document.source)
    except OSError:
        yield Finding("missing", document.id, document.file, document.source)
        return
    if found.st_size != document.size or found.st_mtime > datetime.fromisoformat(document.indexed_at).timestamp() + 1:
        if _sha256(document.source) != document.sha256:
            yield Finding("changed", document.id, document.file, document.source)


def _sha256(source: str) -> str:
    import hashlib

    try:
        with Path(source).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _copies(documents: Sequence[StoredDocument]) -> Iterator[Finding]:
    """Find documents with the same bytes as another one."""
    first: dict[str, StoredDocument] = {}
    for document in documents:
        original = first.setdefault(document.sha256, document)
        if original is not document:
            yield Finding("duplicate", document.id, document.file, original.file)


def _reprints(store: StoreContents, document: StoredDocument) -> Iterator[Finding]:
    blocks = store.blocks(document.id, BlockKind.REPRINT)
    text = store.document(document.id).text if blocks else ""
    for block in blocks:
        yield Finding(
            "reprint",
            document.id,
            document.file,
            block.reason,
            _brief(spans_text(text, block.spans)),
            Span(block.spans[0].start, block.spans[-1].end) if len(block.spans) == 1 else block.spans[0],
        )


def _cuts(document: StoredDocument, passages: Sequence[Passage]) -> Iterator[Finding]:
    """Find paragraphs that end within a sentence: their other half was not found."""
    for passage in passages:
        for start, line in _lines(passage.text):
            plain = line.rstrip(" \u3000*")
            if passage.kind in _RUNNING and len(plain) >= _SHORTEST and plain[-1] not in _ENDS:
                yield Finding(
                    "cut", document.id, document.file, "", "…" + plain[-SHOWN:], _place(passage, start, plain)
                )


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1


def _place(passage: Passage, start: int, line: str) -> Span:
    """Find the end of a line of a passage in the document: the last stretch that it has there."""
    from qa.types import project

    low = start + max(len(line) - SHOWN, 0)
    return project(passage.spans, low, start + len(line))[-1]


def _brief(text: str) -> str:
    whole = " ".join(text.split())
    return whole if len(whole) <= SHOWN else f"{whole[:SHOWN]}…"
