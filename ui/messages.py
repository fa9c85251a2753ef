"""The catalogue of what the page says."""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def catalogue() -> Mapping[str, str]:
    """Return all messages by key."""
    content = resources.files("ui").joinpath("messages_zh.json").read_text(encoding="utf-8")
    messages: dict[str, str] = json.loads(content)
    return messages


def message(key: str, **values: object) -> str:
    """Return a message with its values filled in.

    Raises:
        KeyError: there is no such message, or a value is missing.
    """
    return catalogue()[key].format(**values)
