"""What is no question to documents: greetings, requests to write, sums; patterns in ``data/smalltalk.txt``."""

import re
from functools import cache
from importlib import resources

from qa.types import Query


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    lines = (resources.files(__package__) / "data" / "smalltalk.txt").read_text("utf-8").splitlines()
    return tuple(re.compile(line) for line in lines if line and not line.startswith("#"))


def is_smalltalk(text: str) -> bool:
    """Tell whether a cleaned, lower-case question is small talk."""
    return any(pattern.search(text) for pattern in _patterns())


def asks_nothing(query: Query) -> bool:
    """Tell whether a question asks nothing of documents: small talk, or nothing to look for."""
    return query.names_nothing or is_smalltalk(query.text)
