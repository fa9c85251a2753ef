"""The standing programmes of unions that a question names, each with the ways to write it."""

from functools import cache
from importlib import resources


@cache
def _programmes() -> tuple[tuple[str, ...], ...]:
    lines = (resources.files(__package__) / "data" / "programmes.txt").read_text("utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines if line and not line.startswith("#"))


def named_programmes(text: str) -> tuple[tuple[str, ...], ...]:
    """Return, for each programme that a cleaned text names by its first form, all of its forms."""
    return tuple(forms for forms in _programmes() if forms[0] in text)
