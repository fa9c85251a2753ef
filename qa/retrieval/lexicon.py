"""Words that count for one another, read from ``data/synonyms.txt``: general knowledge, never an answer."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Self

RELATED = "~"
ONE_WAY = ">"
_LONGEST_ENTRY = 20


class Lexicon:
    """Synonyms of two strengths; immutable.

    Args:
        same: word → words that say the same.
        related: word → words that often stand where it is asked for.
    """

    def __init__(self, same: Mapping[str, tuple[str, ...]], related: Mapping[str, tuple[str, ...]]) -> None:
        self._same = same
        self._related = related
        self.entries = frozenset(same) | frozenset(related)
        self._longest = max(map(len, self.entries), default=0)

    @classmethod
    def load(cls) -> "Lexicon":
        """Return the lexicon that comes with the package."""
        return _load()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the format that stands at the head of the data file.

        Raises:
            ValueError: a group has fewer than two words, or a word that is too long to be one.
        """
        same: dict[str, dict[str, None]] = {}
        related: dict[str, dict[str, None]] = {}
        for number, line in enumerate(text.splitlines(), 1):
            words = line.split()
            if not words or line.startswith("#"):
                continue
            mark = words.pop(0) if words[0] in {RELATED, ONE_WAY} else ""
            if len(words) < 2 or any(len(word) > _LONGEST_ENTRY for word in words):
                raise ValueError(f"line {number} is no group of words: {line!r}")
            _enter(related if mark == RELATED else same, words, heads=words[:1] if mark == ONE_WAY else words)
        return cls({key: tuple(found) for key, found in same.items()}, {key: tuple(v) for key, v in related.items()})

    def same(self, word: str) -> tuple[str, ...]:
        """Return the words that say the same, without the word itself."""
        return self._same.get(word, ())

    def related(self, word: str) -> tuple[str, ...]:
        """Return the words that often stand in its place and say not quite the same."""
        return self._related.get(word, ())

    def synonyms(self, word: str) -> tuple[str, ...]:
        """Return both strengths, the same ones first."""
        return tuple(dict.fromkeys(self.same(word) + self.related(word)))

    def __contains__(self, word: str) -> bool:
        return word in self.entries

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, text: str) -> list[tuple[int, str]]:
        """Find entries of two characters or more in a text: (start, entry), longest first, none within another."""
        found: list[tuple[int, str]] = []
        at = 0
        while at < len(text):
            width = next((n for n in range(min(self._longest, len(text) - at), 1, -1) if text[at : at + n] in self), 0)
            if width:
                found.append((at, text[at : at + width]))
            at += max(width, 1)
        return found


def _enter(table: dict[str, dict[str, None]], words: list[str], heads: Iterable[str]) -> None:
    """Let each head stand for all the other words; dicts keep the order of the file and drop repetitions."""
    for head in heads:
        table.setdefault(head, {}).update(dict.fromkeys(word for word in words if word != head))


@cache
def _load() -> Lexicon:
    return Lexicon.parse((resources.files(__package__) / "data" / "synonyms.txt").read_text("utf-8"))
