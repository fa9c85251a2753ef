"""Words of passages in FTS5: how they are written, matched and counted.

A word is kept as one token whatever it holds: the tokeniser of schema.sql splits at ASCII spaces and control
characters only, and those are replaced here. ASCII letters match in either case.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence

from embeddings.protocols import Ids

SearchWords = Callable[[str], Sequence[str]]
"""Takes a text apart into the words to search by."""

TEXT_WEIGHT = 1.0
CONTEXT_WEIGHT = 0.6
"""What a word in the context counts against one in the text, before BM25's saturation."""

MAX_WORD = 200
"""Code points of a word that count; the rest is cut off, in passages and in questions alike."""

_PICTURES = {code: 0x2400 + code for code in range(0x21)} | {0x7F: 0x2421}  # Unicode's pictures of control characters
_SMALL = {code: code + 0x20 for code in range(ord("A"), ord("Z") + 1)}  # as the tokeniser does it: ASCII only
_TOKEN = _PICTURES | _SMALL


def token(word: str) -> str:
    """Give the token that stands for a word: no ASCII capitals, spaces or control characters, no lone surrogates."""
    safe = word[:MAX_WORD].translate(_TOKEN)
    return safe.encode("utf-8", "replace").decode("utf-8")


def tokens(words: Iterable[str]) -> str:
    """Put words together as a column of passage_words holds them."""
    return " ".join(token(word) for word in words if word)


def match_expression(words: Iterable[str]) -> str:
    """Write the FTS5 query for any of the words, each once; empty for no words."""
    distinct = dict.fromkeys(token(word) for word in words if word)
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in distinct)


_MATCH = "SELECT rowid, -bm25(passage_words, ?, ?) AS score FROM passage_words WHERE passage_words MATCH ?"
# The unary plus keeps SQLite from looking up ids one by one, each with a full-text query of its own.
_ALLOWED = "AND +rowid IN (SELECT value FROM json_each(?))"
_BEST = "ORDER BY score DESC, rowid LIMIT ?"


def match_words(
    connection: sqlite3.Connection, words: Sequence[str], k: int, allowed: Ids | None
) -> list[tuple[int, float]]:
    """Find the k passages that match any of the words best; see Store.match_words()."""
    expression = match_expression(words)
    if not expression or k < 1 or (allowed is not None and not len(allowed)):
        return []
    weights = (TEXT_WEIGHT, CONTEXT_WEIGHT)
    if allowed is None:
        rows = connection.execute(f"{_MATCH} {_BEST}", (*weights, expression, k))
    else:
        rows = connection.execute(
            f"{_MATCH} {_ALLOWED} {_BEST}", (*weights, expression, json.dumps(allowed.tolist()), k)
        )
    return [(int(id_), float(score)) for id_, score in rows.fetchall()]


def passage_counts(connection: sqlite3.Connection, words: Iterable[str]) -> dict[str, int]:
    """Count the passages that each word stands in; see Store.passage_counts()."""
    counts: dict[str, int] = {}
    for word in words:
        row = connection.execute("SELECT doc FROM passage_vocabulary WHERE term = ?", (token(word),)).fetchone()
        counts[word] = int(row[0]) if row and word else 0
    return counts


def vocabulary(connection: sqlite3.Connection) -> dict[str, int]:
    """Count for every word the passages it stands in; see Store.vocabulary()."""
    return dict(connection.execute("SELECT term, doc FROM passage_vocabulary").fetchall())
