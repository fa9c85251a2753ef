"""The catalogues of what the pages say, one for each language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Messages:
    """What the pages say in one language."""

    language: Language
    texts: Mapping[str, str]

    def text(self, key: str, **values: object) -> str:
        """Return a message with its values filled in.

        Raises:
            KeyError: there is no such message, or a value is missing.
        """
        return self.texts[key].format(**values)

    def named(self, prefix: str, name: str) -> str:
        """Return what something is called here, such as "kind_amount"; its own name where nobody gave it another."""
        return self.texts.get(f"{prefix}_{name}", name)

    def of_script(self) -> dict[str, str]:
        """Return the messages that the script in the browser shows, without their prefix "js_"."""
        return {key.removeprefix("js_"): text for key, text in self.texts.items() if key.startswith("js_")}


@cache
def messages(language: Language = "zh") -> Messages:
    """Return the catalogue of a language."""
    content = resources.files("ui").joinpath(f"messages_{language}.json").read_text(encoding="utf-8")
    texts: dict[str, str] = json.loads(content)
    return Messages(language, texts)
