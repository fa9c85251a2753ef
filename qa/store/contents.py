"""What a store holds, read back as the types that were put in."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from embeddings.protocols import Ids, Vectors
from qa.errors import NotFoundError
from qa.store import codec
from qa.store.connections import Connections
from qa.store.failures import decoded, translated
from qa.types import SET_ASIDE, Article, Block, BlockKind, Document, IndexInfo, Passage

T = TypeVar("T")


class EncoderKey(NamedTuple):
    """Which encoder the vectors of an index came from."""

    name: str
    dim: int


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the index, without its text.

    Attributes:
        articles, passages: how many it has.
        set_aside: how many of its blocks are not searched (contents, page furniture, reprints), blank ones not counted.
        indexed_at: ISO 8601, UTC, to the second.
        recipe: what made its passages; see qa/indexing/recipe.py.
    """

    id: str
    file: str
    source: str
    title: str
    encoding: str
    sha256: str
    size: int
    articles: int
    passages: int
    set_aside: int
    warnings: tuple[str, ...]
    indexed_at: str
    recipe: str = ""


class StoreContents:
    """The reading half of a store; every method raises StoreError or one of its kinds when the file cannot be read."""

    def __init__(self, folder: Path, connections: Connections) -> None:
        self.folder = folder
        self._connections = connections

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let this thread's reads inside see one generation, whatever other processes commit meanwhile."""
        with self._connections.snapshot():
            yield

    @property
    def id(self) -> str:
        """32 hex digits, another one for each index that was ever made."""
        return self._meta("store_id")

    @property
    def generation(self) -> int:
        """Number of changes committed so far, 0 for a new index."""
        return int(self._meta("generation"))

    @property
    def encoder(self) -> EncoderKey | None:
        """Which encoder the vectors came from; None before the first."""
        with self.snapshot():
            name, dim = self._meta("encoder"), self._meta("dim")
        return EncoderKey(name, int(dim)) if name else None

    def info(self) -> IndexInfo:
        """Tell generation, sizes and encoder ("" before the first)."""
        with self.snapshot():
            (documents, passages), *_ = self._rows(
                "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM passages)"
            )
            encoder = self.encoder
            return IndexInfo(self.generation, documents, passages, encoder.name if encoder else "")

    def documents(self) -> list[StoredDocument]:
        """List all documents by file name."""
        aside = ",".join(f"'{kind.value}'" for kind in sorted(SET_ASIDE - {BlockKind.BLANK}))
        rows = self._rows(f"""
            SELECT id, file, source, title, encoding, sha256, size,
                   (SELECT count(*) FROM articles WHERE document_id = d.id),
                   (SELECT count(*) FROM passages WHERE document_id = d.id),
                   (SELECT count(*) FROM blocks WHERE document_id = d.id AND kind IN ({aside})),
                   warnings, indexed_at, recipe
            FROM documents AS d""")
        with decoded(self.folder):
            found = [_stored_document(row) for row in rows]
        return sorted(found, key=lambda document: (document.file, document.source))

    def document(self, document_id: str) -> Document:
        """Give a document with its text.

        Raises:
            NotFoundError: there is none with this id.
        """
        query = f"SELECT {codec.DOCUMENT_COLUMNS} FROM documents WHERE id = ?"
        return self._one(codec.to_document, query, document_id, what="文档")

    def blocks(self, document_id: str, kind: BlockKind | None = None) -> list[Block]:
        """List a document's blocks, or those of a kind, in their order; none where there is no such document."""
        query = f"SELECT {codec.BLOCK_COLUMNS} FROM blocks WHERE document_id = ?1 AND (?2 IS NULL OR kind = ?2)"
        return self._all(codec.to_block, f"{query} ORDER BY ordinal", document_id, kind and kind.value)

    def articles(self, document_id: str | None = None) -> list[Article]:
        """List the articles of a document, or of all documents, in their order."""
        query = f"SELECT {codec.ARTICLE_COLUMNS} FROM articles WHERE ? IS NULL OR document_id = ?"
        return self._all(codec.to_article, f"{query} ORDER BY document_id, ordinal", document_id, document_id)

    def articles_of(self, vector_ids: Iterable[int]) -> list[Article]:
        """List the articles that passages stand in, by the passages' numbers, each article once, in their order."""
        passages = "SELECT article_id FROM passages WHERE vector_id IN (SELECT value FROM json_each(?))"
        query = f"SELECT {codec.ARTICLE_COLUMNS} FROM articles WHERE id IN ({passages}) ORDER BY document_id, ordinal"
        return self._all(codec.to_article, query, json.dumps([int(id_) for id_ in vector_ids]))

    def article(self, article_id: str) -> Article:
        """Give an article.

        Raises:
            NotFoundError: there is none with this id.
        """
        query = f"SELECT {codec.ARTICLE_COLUMNS} FROM articles WHERE id = ?"
        return self._one(codec.to_article, query, article_id, what="文章")

    def passages(self, vector_ids: Iterable[int]) -> dict[int, Passage]:
        """Give passages by their numbers, in the order asked for; those that are not there are left out."""
        wanted = list(dict.fromkeys(int(id_) for id_ in vector_ids))
        query = f"SELECT {codec.PASSAGE_COLUMNS} FROM passages WHERE vector_id = ?"
        found: dict[int, Passage] = {}
        with decoded(self.folder), self._connections.lent() as connection:
            for id_ in wanted:
                row = connection.execute(query, (id_,)).fetchone()
                if row is not None:
                    found[id_] = codec.to_passage(row)
        return found

    def all_passages(self, document_id: str | None = None) -> list[Passage]:
        """List all passages, or those of a document, in their order; see keys.vector_id for their numbers."""
        query = f"SELECT {codec.PASSAGE_COLUMNS} FROM passages WHERE ? IS NULL OR document_id = ?"
        return self._all(codec.to_passage, f"{query} ORDER BY document_id, ordinal", document_id, document_id)

    def vectors(self, document_id: str | None = None) -> tuple[Ids, Vectors]:
        """Give all vectors, or those of a document: numbers int64 (n,), ascending, and float32 (n, dim)."""
        query = "SELECT vector_id, vector FROM vectors WHERE ?1 IS NULL"
        query += " OR vector_id IN (SELECT vector_id FROM passages WHERE document_id = ?1) ORDER BY vector_id"
        with self.snapshot(), decoded(self.folder):
            encoder = self.encoder
            rows = self._rows(query, document_id)
            ids = np.array([row[0] for row in rows], dtype=np.int64)
            return ids, codec.unpack_vectors([row[1] for row in rows], encoder.dim if encoder else 0)

    def _meta(self, key: str) -> str:
        rows = self._rows("SELECT value FROM meta WHERE key = ?", key)
        return codec.unpack(rows[0][0]) if rows else ""

    def _rows(self, query: str, *values: object) -> list[codec.Row]:
        with translated(self.folder), self._connections.lent() as connection:
            return connection.execute(query, codec.pack_values(values)).fetchall()

    def _all(self, convert: Callable[[codec.Row], T], query: str, *values: object) -> list[T]:
        rows = self._rows(query, *values)
        with decoded(self.folder):
            return [convert(row) for row in rows]

    def _one(self, convert: Callable[[codec.Row], T], query: str, id_: str, *, what: str) -> T:
        found = self._all(convert, query, id_)
        if not found:
            raise NotFoundError(f"索引中没有编号为“{_shown(id_)}”的{what}：请用 youju docs list 查看现有的文档。")
        return found[0]


def _stored_document(row: codec.Row) -> StoredDocument:
    id_, file, source, title, encoding, sha256, size, articles, passages, set_aside, warnings, indexed_at, recipe = row
    return StoredDocument(
        id=id_,
        file=codec.unpack(file),
        source=codec.unpack(source),
        title=codec.unpack(title),
        encoding=encoding,
        sha256=sha256,
        size=size,
        articles=articles,
        passages=passages,
        set_aside=set_aside,
        warnings=tuple(codec.unpack_json(warnings)),
        indexed_at=indexed_at,
        recipe=recipe,
    )


def _shown(text: str) -> str:
    """Make a text printable, with lone surrogates replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
