"""Which passages a question's filters allow.

Files and articles are hard facts. A place or a year allows a passage whose article is about it, and also one whose
own text names it or has a figure of it in the ledger: an article on a whole province has items on single cities, and
去年 or 市总 name neither year nor place.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase

import numpy as np

from embeddings.protocols import Ids
from qa.store.codec import pack, unpack, unpack_facts
from qa.types import Fact, Filters

_PASSING = "body"
"""Where a fact was read that is a mere mention; it speaks for its passage, not for the whole article."""

_SIEVED = 8
"""So many characters of a mention are looked for one by one, to find the few passages that are worth reading."""


def allowed(connection: sqlite3.Connection, filters: Filters) -> Ids | None:
    """Find the ids of the passages within all filters, ascending; None where there is no filter."""
    limits: list[set[int]] = []
    if filters.files:
        limits.append(_in_files(connection, filters.files))
    if filters.articles:
        limits.append(_in_articles(connection, set(filters.articles)))
    if filters.places:
        limits.append(_about(connection, "place", _place_test(filters.places), _mentions(filters.places)))
    if filters.years:
        years = tuple(str(year) for year in filters.years)
        limits.append(_about(connection, "year", lambda value: value in years, [f"{year}年" for year in years]))
    if not limits:
        return None
    return np.array(sorted(set.intersection(*limits)), dtype=np.int64)


def _in_files(connection: sqlite3.Connection, wanted: Sequence[str]) -> set[int]:
    names = connection.execute("SELECT id, file FROM documents").fetchall()
    documents = [id_ for id_, file in names if any(_is_file(unpack(file), name) for name in wanted)]
    return _passages(connection, "document_id", documents)


def _is_file(file: str, wanted: str) -> bool:
    """Tell whether a file is meant: by its whole name, its last part, or a pattern with * ? [ for either."""
    names = (file, file.rpartition("/")[2])
    return wanted in names or any(fnmatchcase(name, wanted) for name in names)


def _in_articles(connection: sqlite3.Connection, wanted: set[str]) -> set[int]:
    return _passages(connection, "article_id", sorted(wanted))


def _passages(connection: sqlite3.Connection, column: str, values: Iterable[str]) -> set[int]:
    statement = f"SELECT vector_id FROM passages WHERE {column} = ?"
    return {int(row[0]) for value in values for row in connection.execute(statement, (pack(value),)).fetchall()}


def _about(connection: sqlite3.Connection, kind: str, test: Callable[[str], bool], mentions: Sequence[str]) -> set[int]:
    rows = connection.execute(f"SELECT id, {kind}s FROM articles").fetchall()
    articles = [id_ for id_, facts in rows if any(test(fact.value) for fact in _leading(unpack_facts(facts)))]
    told = _passages(connection, "article_id", articles)
    return told | _naming(connection, mentions) | _counted(connection, kind, test)


def _leading(facts: Sequence[Fact]) -> list[Fact]:
    """Give the facts that speak for a whole article: the likeliest one, and those not read off its body."""
    return [fact for ordinal, fact in enumerate(facts) if ordinal == 0 or fact.where != _PASSING]


def _naming(connection: sqlite3.Connection, mentions: Sequence[str]) -> set[int]:
    """Find the passages whose text names one of the mentions, whatever white space stands in either."""
    found: set[int] = set()
    for plain in {"".join(mention.split()) for mention in mentions} - {""}:
        sieve = list(dict.fromkeys(plain))[:_SIEVED]
        where = " AND ".join(["instr(text, ?)"] * len(sieve))
        rows = connection.execute(f"SELECT vector_id, text FROM passages WHERE {where}", [pack(char) for char in sieve])
        found |= {int(id_) for id_, text in rows if plain in "".join(unpack(text).split())}
    return found


def _counted(connection: sqlite3.Connection, kind: str, test: Callable[[str], bool]) -> set[int]:
    """Find the passages with a figure in the ledger whose place or year is meant."""
    values = connection.execute(f"SELECT DISTINCT {kind} FROM figures WHERE {kind} != ''").fetchall()
    meant = [value for (value,) in values if test(unpack(value) if isinstance(value, bytes) else str(value))]
    statement = f"""
        SELECT passages.vector_id FROM figures JOIN passages ON passages.id = figures.passage_id
        WHERE figures.{kind} = ?"""
    return {int(row[0]) for value in meant for row in connection.execute(statement, (value,)).fetchall()}


def _place_test(wanted: Sequence[str]) -> Callable[[str], bool]:
    from qa.text.places import contains_place, same_place

    def test(place: str) -> bool:
        return any(place == name or same_place(name, place) or contains_place(name, place) for name in wanted)

    return test


def _mentions(places: Sequence[str]) -> list[str]:
    """Give the ways to write places that a text is looked through for: as given, and in normal form."""
    from qa.text.places import find_places

    normal = (mention.name for place in places for mention in find_places(place))
    return [name for name in dict.fromkeys((*places, *normal)) if name]
