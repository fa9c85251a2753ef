"""The words by which a follow-up is told from a new topic, out of ``data/words.txt``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class DialogueWords:
    """Words that bring up no topic of their own.

    Attributes:
        verbs: what is done with nearly every topic (发放, 参加).
        nouns: what nearly every topic has (人数, 资金, 时间).
        light: question words, particles, pronouns.
        counted: the nouns among them that say what is counted (会员, 企业), not how (人数, 个).
        asks: for a noun, the words that ask for it ("人数" → "有多少人").
    """

    verbs: frozenset[str]
    nouns: frozenset[str]
    light: frozenset[str]
    counted: frozenset[str]
    asks: Mapping[str, str]

    def is_topic(self, word: str) -> bool:
        """Tell whether a word brings up a topic."""
        return word not in self.verbs and word not in self.nouns and word not in self.light


@cache
def dialogue_words() -> DialogueWords:
    """Return the words that come with the package."""
    return parse_words((resources.files(__package__) / "data" / "words.txt").read_text("utf-8"))


def parse_words(text: str) -> DialogueWords:
    """Read the format that stands at the head of the data file.

    Raises:
        ValueError: a section is missing, unknown or repeated, or a line of [asks] has no "=".
    """
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[] "), [])
        elif line.strip() and not line.startswith("#"):
            lines.append(line)
    if set(sections) != {"verbs", "nouns", "light", "counted", "asks"}:
        raise ValueError(f"sections must be verbs, nouns, light, counted and asks, found {sorted(sections)}")
    pairs = [line.partition("=") for line in sections["asks"]]
    if not all(noun.strip() and mark and ask.strip() for noun, mark, ask in pairs):
        raise ValueError("a line of [asks] is NOUN = QUESTION")
    plain = {name: frozenset(" ".join(sections[name]).split()) for name in ("verbs", "nouns", "light", "counted")}
    return DialogueWords(**plain, asks={noun.strip(): ask.strip() for noun, _, ask in pairs})
