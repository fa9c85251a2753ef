"""Remembers that the first index of a data folder is being made, so that an interrupted one is taken up again."""

from contextlib import suppress
from pathlib import Path

MARK = "first-index-unfinished"
"""Lies in the data folder from the beginning of the first run until any run has succeeded."""


def begin(folder: Path) -> None:
    """Note that the first index of a data folder is being made."""
    with suppress(OSError):  # whatever is wrong with the folder, the store says it better
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MARK).touch()


def finish(folder: Path) -> None:
    """Note that the data folder has an index, whatever is in it."""
    (folder / MARK).unlink(missing_ok=True)


def is_unfinished(folder: Path) -> bool:
    """Tell whether the first index was begun and no run has succeeded since."""
    return (folder / MARK).exists()
