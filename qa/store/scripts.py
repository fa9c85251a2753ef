"""The SQL scripts that make the tables, and how to run them."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

_LATER = re.compile(r"^CREATE \w+ IF NOT EXISTS (\w+)", re.MULTILINE)


def schema(package: str) -> Iterator[str]:
    """Yield the statements of a package's schema.sql; executescript() would commit in between."""
    statement = ""
    for line in (files(package) / "schema.sql").read_text("utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def later(package: str) -> dict[str, str]:
    """Give the statements that may also run on an older database, each under the name of what it makes."""
    named = ((_LATER.search(statement), statement) for statement in schema(package))
    return {match[1]: statement for match, statement in named if match}


@contextmanager
def at_once(connection: sqlite3.Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """Commit the changes inside together, or none of them; with "BEGIN", let reads see one state."""
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
