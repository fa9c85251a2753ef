"""What puts a document into the tables and takes it out again, always inside a transaction."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from embeddings.protocols import Vectors
from qa.store import codec
from qa.store.keys import vector_id
from qa.store.words import SearchWords, tokens
from qa.types import Ingested


def check(ingested: Ingested, vectors: Vectors, dim: int) -> None:
    """Make sure that the parts of a document fit together.

    Raises:
        ValueError: vectors are not finite float32 (passages, dim), an id is repeated, or a passage or an article names
            a document or an article that is not there.
    """
    shape = (len(ingested.passages), dim)
    if vectors.shape != shape or vectors.dtype != np.float32 or not np.isfinite(vectors).all():
        raise ValueError(f"need finite float32 vectors of shape {shape}, got {vectors.dtype} {vectors.shape}")
    articles = {article.id for article in ingested.articles}
    passages = {passage.id for passage in ingested.passages}
    if len(articles) != len(ingested.articles) or len(passages) != len(ingested.passages):
        raise ValueError("an article's or a passage's id is repeated")
    if not {passage.article_id for passage in ingested.passages} <= articles:
        raise ValueError("a passage names an article that the document does not have")
    documents = {article.document_id for article in ingested.articles}
    documents |= {passage.document_id for passage in ingested.passages}
    if not documents <= {ingested.document.id}:
        raise ValueError("an article or a passage names another document")


def delete(connection: sqlite3.Connection, document_id: str) -> bool:
    """Take a document out of every table; tell whether it was there."""
    connection.execute(
        "DELETE FROM passage_words WHERE rowid IN (SELECT vector_id FROM passages WHERE document_id = ?)",
        (document_id,),
    )
    return connection.execute("DELETE FROM documents WHERE id = ?", (document_id,)).rowcount > 0


def word_rows(ingested: Ingested, search_words: SearchWords) -> list[tuple[str, str]]:
    """Give the words of each passage's text and context, as insert() needs them."""
    return [
        (tokens(search_words(passage.text)), tokens(search_words(passage.context))) for passage in ingested.passages
    ]


def insert(
    connection: sqlite3.Connection, ingested: Ingested, vectors: Vectors, words: Sequence[tuple[str, str]], recipe: str
) -> None:
    """Put a checked document into every table; ``words`` are word_rows()'s."""
    document = ingested.document
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(
        f"INSERT INTO documents ({codec.DOCUMENT_COLUMNS}, recipe, indexed_at) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (*codec.document_row(document), recipe, now),
    )
    connection.executemany(
        f"INSERT INTO blocks (document_id, ordinal, {codec.BLOCK_COLUMNS}) VALUES (?,?,?,?,?,?)",
        [(document.id, ordinal, *codec.block_row(block)) for ordinal, block in enumerate(ingested.blocks)],
    )
    connection.executemany(
        f"INSERT INTO articles (ordinal, {codec.ARTICLE_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)",
        [(ordinal, *codec.article_row(article)) for ordinal, article in enumerate(ingested.articles)],
    )
    ids = [vector_id(passage.id) for passage in ingested.passages]
    connection.executemany(
        f"INSERT INTO passages (vector_id, ordinal, {codec.PASSAGE_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)",
        [(ids[ordinal], ordinal, *codec.passage_row(passage)) for ordinal, passage in enumerate(ingested.passages)],
    )
    connection.executemany(
        "INSERT INTO vectors VALUES (?,?)",
        [(id_, codec.pack_vector(vector)) for id_, vector in zip(ids, vectors, strict=True)],
    )
    connection.executemany(
        "INSERT INTO passage_words (rowid, text, context) VALUES (?,?,?)",
        [(id_, text, context) for id_, (text, context) in zip(ids, words, strict=True)],
    )
