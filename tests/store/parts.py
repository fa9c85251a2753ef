"""Small parts whose results one can work out: an encoder by hashing, documents of a line a passage."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from embeddings.protocols import Vectors
from qa.indexing import Indexer, IndexReport
from qa.ingest.files import SourceFile
from qa.ingest.readers import document_id
from qa.store import Store
from qa.types import Article, Block, BlockKind, Document, Fact, Ingested, Passage, Span


class HashEncoder:
    """Gives each text the direction that its SHA-256 points in: the first dim bytes minus 127.5, at unit length."""

    def __init__(self, dim: int = 8, name: str = "hash") -> None:
        self.name = name
        self.dim = dim
        self.encoded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        digests = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[: self.dim] for text in texts]
        rows = np.array([list(digest) for digest in digests], dtype=np.float32).reshape(len(texts), self.dim) - 127.5
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def document(text: str, file: str = "a.txt", source: str | None = None) -> Document:
    """Make a document as the reader would, of a text that may hold anything."""
    data = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(data).hexdigest()
    return Document(
        id=document_id(file, digest),
        file=file,
        source=source if source is not None else f"/texts/{file}",
        title=text.split("\n", 1)[0],
        text=text,
        encoding="utf-8",
        sha256=digest,
        size=len(data),
    )


def by_lines(document: Document) -> Ingested:
    """Take a document apart: the first line is the heading and the context, each further line is a passage."""
    blocks: list[Block] = []
    passages: list[Passage] = []
    start = 0
    article_id = f"{document.id}:0"
    for ordinal, line in enumerate(document.text.split("\n")):
        spans = (Span(start, start + len(line)),)
        start += len(line) + 1
        kind = BlockKind.PARAGRAPH if ordinal else BlockKind.HEADING
        blocks.append(Block(kind, spans, 0 if ordinal else 1))
        if ordinal and line.strip():
            id_ = f"{document.id}-{len(passages):05}"
            passages.append(Passage(id_, document.id, article_id, kind, spans, line, document.title, document.title))
    facts = (Fact("晋城市", "title", Span(0, 0)), Fact("山西省", "body"))
    article = Article(article_id, document.id, document.title, None, facts, (), (Span(0, len(document.text)),))
    return Ingested(document, tuple(blocks), (article,), tuple(passages))


def put(store: Store, ingested: Ingested, encoder: HashEncoder | None = None) -> bool:
    """Put a document with the vectors of its passages' texts."""
    encoder = encoder or HashEncoder()
    store.use_encoder(encoder)
    return store.put(ingested, encoder.encode_passages([passage.text for passage in ingested.passages]))


def write_files(folder: Path, texts: dict[str, str]) -> list[SourceFile]:
    """Write texts to files and give them as sources."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    return [SourceFile(folder / name, name) for name in sorted(texts)]


def contents(store: Store) -> dict[str, object]:
    """Give everything that a store holds and finds, but for when it came to be."""
    ids, vectors = store.vectors()
    words = sorted({word for passage in store.all_passages() for word in f"{passage.text} {passage.context}".split()})
    return {
        "documents": [replace(document, indexed_at="") for document in store.documents()],
        "texts": [store.document(document.id) for document in store.documents()],
        "blocks": [store.blocks(document.id) for document in store.documents()],
        "articles": store.articles(),
        "passages": store.all_passages(),
        "vectors": dict(zip(ids.tolist(), vectors.tolist(), strict=True)),
        "found": {word: store.match_words([word], 1000) for word in words},
        "found together": store.match_words(words, 1000),
        "counts": store.passage_counts(words),
        "encoder": store.encoder,
    }


FILES = {"a.txt": "甲 题\n一 行\n二 行", "b.txt": "乙 题\n三 行", "c.txt": "丙 题\n四 行\n五 行"}


def an_indexer(store: Store, encoder: HashEncoder | None = None, recipe: str = "r1") -> Indexer:
    """Give an indexer that takes a document apart by lines."""
    return Indexer(store, encoder or HashEncoder(), ingest=by_lines, recipe=lambda: recipe)


def index(store: Store, folder: Path, encoder: HashEncoder | None = None, *, rebuild: bool = False) -> IndexReport:
    """Index the .txt files of a folder."""
    sources = [SourceFile(path, path.name) for path in sorted(folder.glob("*.txt"))]
    return an_indexer(store, encoder).index(sources, folders=[folder], rebuild=rebuild)
