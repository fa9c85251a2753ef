"""The SQL scripts that make the tables."""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files


def schema(package: str) -> Iterator[str]:
    """Yield the statements of a package's schema.sql; executescript() would commit in between."""
    statement = ""
    for line in (files(package) / "schema.sql").read_text("utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
