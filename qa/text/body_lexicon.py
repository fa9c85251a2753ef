"""What names of bodies end with and are made of, from data/organisations.txt and data/name_words.txt."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

_CLASS = re.compile(
    r"[不几各].|首[个家批次届名]|全[国省市县区州矿厂]?|各[级省市县区州地自]?|我[省市县区州]?|[一两几数]?[座所间起支批项条家户届些]|[省市县区州厅科处]级|[两三四]级|"
    r"[本该其这那某每等个名位和与及或在由对向从到为被把将以于的了是有并让使给同跟随即还也都来去请]|一?行|以[上下及来]|"
    r"[上下中内外里后前时年月日人次好新大小实]|[一二三四五六七八九十百千万两]+"
)
"""Short words that are never part of a name: determiners, measures, particles."""


@dataclass(frozen=True, slots=True)
class BodyLexicon:
    """What names of bodies are made of.

    Attributes:
        kinds: suffix or whole name → kind.
        whole: those that are names by themselves.
        suffix: finds any of them, the longest first.
        inner: verbs that are common in names.
        outside: words that are never part of one.
        sector: matches, at its end, what a union without a place is of.
        parent: matches, at its end, what may stand before the place in a company's name.
    """

    kinds: Mapping[str, str]
    whole: frozenset[str]
    suffix: re.Pattern[str]
    inner: frozenset[str]
    outside: frozenset[str]
    sector: re.Pattern[str]
    parent: re.Pattern[str]

    def is_outside(self, word: str) -> bool:
        """Tell whether a word is never part of a name, though it may be no verb."""
        return word in self.outside or word.isdecimal() or bool(_CLASS.fullmatch(word))


def _sections(name: str) -> Iterator[tuple[str, str]]:
    """Yield section and line of a data file."""
    section = ""
    for line in (resources.files("qa.text") / "data" / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            yield section, line


def _any_of(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def body_lexicon() -> BodyLexicon:
    """Read the data files."""
    kinds: dict[str, str] = {}
    whole: set[str] = set()
    for kind, line in _sections("organisations.txt"):
        words = line.removeprefix("=").split()
        kinds.update((word, kind) for word in words if word not in kinds)
        whole.update(words if line.startswith("=") else ())
    parts: dict[str, list[str]] = {}
    for section, line in _sections("name_words.txt"):
        parts.setdefault(section, []).extend(line.split())
    return BodyLexicon(
        kinds,
        frozenset(whole),
        re.compile(_any_of(list(kinds))),
        frozenset(parts["inner"]),
        frozenset(parts["outside"]),
        re.compile(f"(?:{_any_of(parts['sector'])})$"),
        re.compile(f"(?:{_any_of(parts['parent'])})$"),
    )
