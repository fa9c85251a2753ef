"""The stored index of one folder: the truth that everything else is derived from."""

import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self, TypeVar

from embeddings.protocols import Encoder, Ids, Vectors
from qa.errors import StoreDamagedError, StoreMismatchError
from qa.ledger.types import Figure
from qa.store import codec, filters, words, writing
from qa.store.connections import Connections, prepare, put_aside
from qa.store.contents import EncoderKey
from qa.store.failures import damaged, decoded, translated
from qa.store.figures import StoreFigures
from qa.store.figures import insert as insert_figures
from qa.store.lock import index_lock
from qa.types import Filters, Ingested

T = TypeVar("T")


def _default_search_words(text: str) -> Sequence[str]:
    from qa.text.words import search_words  # loads jieba

    return search_words(text)


class Store(StoreFigures):
    """Documents, articles, passages, words and vectors in one SQLite file; safe to use from any thread.

    Every method raises StoreError or one of its kinds when the file cannot be read or written.
    """

    def __init__(self, folder: Path, connections: Connections, search_words: words.SearchWords) -> None:
        super().__init__(folder, connections)
        self._search_words = search_words

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        create: bool = False,
        discard_unreadable: bool = False,
        search_words: words.SearchWords | None = None,
    ) -> Self:
        """Open the index of a folder.

        Args:
            folder: holds index.sqlite3 and what is derived from it.
            create: whether to make folder and index where there are none.
            discard_unreadable: put an index that is damaged or of another version aside, and make an empty one.
            search_words: takes texts apart for word search; by default qa.text.words.search_words.

        Raises:
            StoreMissingError: there is none, and ``create`` is off.
            StoreDamagedError: the file is not a readable index.
            StoreMismatchError: another version of Youju made it.
            StoreError: the folder cannot be read or written.
        """
        try:
            return cls._open(folder, create=create, search_words=search_words or _default_search_words)
        except (StoreDamagedError, StoreMismatchError):
            if not discard_unreadable:
                raise
        with index_lock(folder):
            put_aside(folder)
        return cls._open(folder, create=True, search_words=search_words or _default_search_words)

    @classmethod
    def _open(cls, folder: Path, *, create: bool, search_words: words.SearchWords) -> Self:
        first = prepare(folder, uuid.uuid4().hex, create=create)
        store = cls(folder, Connections(folder, first), search_words)
        try:
            _ = store.info()
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Let go of the file; may be called twice."""
        self._connections.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def check(self) -> None:
        """Read everything and look for damage; takes about a second for 100 MB.

        Raises:
            StoreDamagedError: something does not hold together.
        """
        with decoded(self.folder), self._connections.snapshot(), self._connections.lent() as connection:
            problems = [row[0] for row in connection.execute("PRAGMA quick_check").fetchall() if row[0] != "ok"]
            problems += [f"{row[0]} 缺少所属记录" for row in connection.execute("PRAGMA foreign_key_check").fetchall()]
            for table in ("vectors", "passage_words"):
                column = "vector_id" if table == "vectors" else "rowid"
                missing = f"SELECT count(*) FROM passages WHERE vector_id NOT IN (SELECT {column} FROM {table})"
                problems += [f"{table} 不完整"] if connection.execute(missing).fetchone()[0] else []
            if problems:
                raise damaged(self.folder, str(problems[0]))
            self.vectors()

    # Changes

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit this thread's changes inside together, or none of them where an error leaves the block."""
        with self._connections.transaction():
            yield

    def use_encoder(self, encoder: Encoder, *, replace: bool = False) -> None:
        """Settle that the index's vectors are this encoder's; needed once before the first put().

        Args:
            encoder: its name and dimension are kept.
            replace: allow another encoder than the stored vectors are of; only inside a transaction() that puts
                every document anew.

        Raises:
            StoreMismatchError: the index holds vectors of another one.
        """
        key = EncoderKey(encoder.name, encoder.dim)
        if self.encoder == key:
            return
        with self._writing() as connection:
            held = self.encoder
            if held is not None and held != key and not replace and self.info().documents:
                raise mismatch(self.folder, held, key)
            for name, value in (("encoder", codec.pack(key.name)), ("dim", str(key.dim))):
                connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def put(self, ingested: Ingested, vectors: Vectors, *, recipe: str = "", figures: Sequence[Figure] = ()) -> bool:
        """Add a document, in place of one with its id or of the same source file; tell whether there was one.

        Args:
            ingested: the document and its parts.
            vectors: float32 (len(ingested.passages), dim), finite, in the order of the passages.
            recipe: what made the passages; see qa/indexing/recipe.py.
            figures: the document's rows of the ledger.

        Raises:
            ValueError: the parts do not fit together, or no encoder was settled.
            StoreFullError: the disk is full; nothing was changed.
        """
        encoder = self.encoder
        if encoder is None:
            raise ValueError("call use_encoder() before the first put()")
        writing.check(ingested, vectors, encoder.dim)
        word_rows = writing.word_rows(ingested, self._search_words)
        document = ingested.document
        with self._writing() as connection:
            query = "SELECT id FROM documents WHERE id = ? OR source = ?"
            held = connection.execute(query, (document.id, codec.pack(document.source))).fetchall()
            for (old,) in held:
                writing.delete(connection, old)
            writing.insert(connection, ingested, vectors, word_rows, recipe)
            insert_figures(connection, ingested, figures)
            return bool(held)

    def move(self, document_id: str, source: str) -> None:
        """Note that a document's file lies elsewhere now, at an absolute path that no other document has."""
        with self._writing() as connection:
            connection.execute("UPDATE documents SET source = ? WHERE id = ?", (codec.pack(source), document_id))

    def remove(self, document_id: str) -> bool:
        """Take a document out of everything; tell whether it was there."""
        if not self._rows("SELECT 1 FROM documents WHERE id = ?", document_id):
            return False
        with self._writing() as connection:
            return writing.delete(connection, document_id)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Begin a change; its end makes the next generation."""
        with self._connections.transaction() as connection, translated(self.folder):
            yield connection
            connection.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")

    # Search

    def match_words(self, query_words: Sequence[str], k: int, allowed: Ids | None = None) -> list[tuple[int, float]]:
        """Find the k passages that match any of the words best, by BM25, ties by smaller number.

        The score is FTS5's: k1 = 1.2, b = 0.75, inverse document frequency over all passages, at least 1e-6; a word
        in the context counts CONTEXT_WEIGHT of one in the text. A word given twice counts once.

        Args:
            query_words: as search_words gives them; anything may stand in them.
            k: at least 0.
            allowed: only passages with these numbers; None allows all.

        Returns:
            At most k pairs of a passage's number and its score, higher is better, above 0.
        """
        with translated(self.folder), self._connections.lent() as connection:
            return words.match_words(connection, query_words, k, allowed)

    def passage_counts(self, query_words: Iterable[str]) -> dict[str, int]:
        """Count for each word the passages in whose text or context it stands."""
        with self.snapshot(), translated(self.folder), self._connections.lent() as connection:
            return words.passage_counts(connection, query_words)

    def vocabulary(self) -> dict[str, int]:
        """Give every word of texts and contexts and in how many passages it stands, 1 or more; 0.1 s for 100,000 words.

        Words are as the index holds them: without ASCII capitals, spaces and control characters, cut to MAX_WORD.
        """
        with translated(self.folder), self._connections.lent() as connection:
            return words.vocabulary(connection)

    def allowed(self, limits: Filters) -> Ids | None:
        """Find the numbers of the passages within all filters, ascending; None where nothing is limited.

        Files match by name, by the name's last part, or by a pattern (``*``, ``?``, ``[…]``); places also by a larger
        place around them; places and years by what the article is about, or what the passage names or has figures of.
        """
        with self.snapshot(), decoded(self.folder), self._connections.lent() as connection:
            return filters.allowed(connection, limits)


def mismatch(folder: Path, held: EncoderKey, wanted: EncoderKey) -> StoreMismatchError:
    """Make the error for vectors of another encoder."""
    return StoreMismatchError(
        f"索引（{folder}）是用向量模型 {held.name}（{held.dim} 维）建立的，"
        f"与现在的 {wanted.name}（{wanted.dim} 维）不一致："
        "请改回原来的模型，或运行 youju index --rebuild 重新建立索引。"
    )
