"""Where the command line writes: answers to stdout, everything else to stderr."""

import sys
from collections.abc import Iterable
from functools import cache

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

UNLIMITED = 10_000
"""Columns, where nobody looks at columns."""


@cache
def out() -> Console:
    """Return the console of results; what does not go to a terminal is not cut to a width."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else UNLIMITED)


@cache
def err() -> Console:
    """Return the console of progress and complaints."""
    return Console(stderr=True, highlight=False)


def complain(sentence: str) -> None:
    """Say what went wrong, in one line of plain words."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(Text(sentence, style="red"))


def lines(console: Console, texts: Iterable[Text], indent: int = 0) -> None:
    """Print lines, wrapped within the indent on a terminal, whole and without trailing blanks elsewhere."""
    for text in texts:
        if not text:
            console.print()
        elif console.is_terminal:
            console.print(Padding(text, (0, 0, 0, indent)))
        else:
            console.print(Text(" " * indent).append_text(text), soft_wrap=True)


def table(*columns: str, title: str | None = None) -> Table:
    """Make a plain table whose cells are wrapped, never cut; without columns, one of names and values."""
    made = Table(title=title, title_justify="left", show_header=bool(columns), box=None, padding=(0, 2, 0, 0))
    for column in columns or ("", ""):
        made.add_column(column, overflow="fold")
    return made


def write_json(value: object) -> None:
    """Write data to stdout, unwrapped and unstyled."""
    from qa.schema import dumps  # pydantic: not wanted for --help

    sys.stdout.write(f"{dumps(value, indent=2)}\n")
