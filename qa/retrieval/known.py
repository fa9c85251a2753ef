"""What the corpus itself calls things: its words, to mend typos by, and to read pinyin as names."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from importlib import resources
from itertools import product
from typing import Protocol, Self

from qa.text.places_data import CLEAR, place_forms
from qa.types import Article

MAX_READINGS = 4
"""Spellings kept of a word with several polyphonic characters; the common ones come first."""

_LONGEST = 6
_NEAR = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"))
"""Initials and finals that many speakers do not tell apart."""


@cache
def _readings() -> Mapping[int, str]:
    from pypinyin.constants import PINYIN_DICT

    readings: Mapping[int, str] = PINYIN_DICT
    return readings


@cache
def char_pinyin(char: str) -> tuple[str, ...]:
    """Return a character's toneless readings, the commonest first; a character without any is its own reading."""
    marked = _readings().get(ord(char), char)
    plain = "".join(c for c in unicodedata.normalize("NFD", marked) if not unicodedata.combining(c))
    return tuple(dict.fromkeys(plain.split(",")))


def spellings(word: str) -> tuple[str, ...]:
    """Return the pinyin of a word, joined, in at most MAX_READINGS readings: "长治" gives "zhangzhi", "changzhi"."""
    found: list[str] = []
    for reading in product(*(char_pinyin(char)[:2] for char in word)):
        found.append("".join(reading))
        if len(found) == MAX_READINGS:
            break
    return tuple(dict.fromkeys(found))


def blur(spelling: str) -> str:
    """Fold the sounds that are mixed up most: "shang" and "san" become one."""
    for exact, near in _NEAR:
        spelling = spelling.replace(exact, near)
    return spelling


@cache
def lookalikes() -> Mapping[str, frozenset[str]]:
    """Return for each character those that it is mistaken for."""
    table: dict[str, set[str]] = {}
    text = (resources.files(__package__) / "data" / "lookalikes.txt").read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            group = line.split()
            for char in group:
                table.setdefault(char, set()).update(other for other in group if other != char)
    return {char: frozenset(others) for char, others in table.items()}


def is_han_word(word: str) -> bool:
    """Tell whether a word is made of Han characters only, two to six of them."""
    return 2 <= len(word) <= _LONGEST and all("\u4e00" <= char <= "\u9fff" for char in word)


class Documents(Protocol):
    """What is needed of the store."""

    def vocabulary(self) -> Mapping[str, int]:
        """Return each word and in how many passages it stands, 1 or more."""
        ...

    def articles(self) -> Sequence[Article]:
        """Return every article."""
        ...


class Known:
    """The vocabulary of the indexed documents; immutable, its pinyin index is made when first needed.

    Args:
        words: each word and in how many passages it stands, 1 or more.
        organisations: names of bodies as the documents write them.
        titles: of articles.
        places: official names of the places that articles are about.
    """

    def __init__(
        self,
        words: Mapping[str, int] | None = None,
        organisations: Iterable[str] = (),
        titles: Iterable[str] = (),
        places: Iterable[str] = (),
    ) -> None:
        self.words: Mapping[str, int] = {} if words is None else words
        self.organisations = frozenset(organisations)
        self.titles = tuple(titles)
        self.places = tuple(dict.fromkeys(places))

    @classmethod
    def from_store(cls, store: Documents) -> Self:
        """Gather the vocabulary of everything stored."""
        articles = store.articles()
        return cls(
            store.vocabulary(),
            organisations=(article.organisation.value for article in articles if article.organisation is not None),
            titles=(article.title for article in articles),
            places=(place.value for article in articles for place in article.places),
        )

    def count(self, word: str) -> int:
        """In how many passages a word stands, 0 where it is not known; at least 1 for forms of a known place's name."""
        return self.words.get(word, 0) or int(word in self.place_forms)

    @cached_property
    def place_forms(self) -> frozenset[str]:
        """The ways to write the places that articles are about: 晋城市, 晋城."""
        names = frozenset(self.places)
        return frozenset(
            form
            for form, meanings in place_forms().items()
            if any(meaning.place.name in names and meaning.degree <= CLEAR for meaning in meanings)
        )

    @cached_property
    def _by_pinyin(self) -> Mapping[str, tuple[str, ...]]:
        table: dict[str, list[str]] = {}
        for word in filter(is_han_word, {*self.words, *self.organisations, *self.place_forms}):
            for spelling in spellings(word):
                for key in {spelling, "~" + blur(spelling)}:
                    table.setdefault(key, []).append(word)
        return {key: tuple(sorted(words, key=lambda word: (-self.count(word), word))) for key, words in table.items()}

    def by_pinyin(self, spelling: str) -> tuple[str, ...]:
        """Return the words that are spelt so (joined, toneless, lower case), the commonest first."""
        return self._by_pinyin.get(spelling, ())

    def homophones(self, word: str, *, near: bool = False) -> tuple[str, ...]:
        """Return known words of the same length and sound, the commonest first, without the word itself.

        Args:
            word: of Han characters; the commonest reading of each counts.
            near: sounds that many speakers do not tell apart count as the same.
        """
        spelling = spellings(word)[0]
        found = dict.fromkeys(self.by_pinyin(spelling))
        if near:
            found |= dict.fromkeys(self.by_pinyin("~" + blur(spelling)))
        usual = (other for other in found if blur(spellings(other)[0]) == blur(spelling))
        return tuple(other for other in usual if other != word and len(other) == len(word))

    def similar(self, word: str) -> tuple[str, ...]:
        """Return known words in which one character is replaced by a look-alike, the commonest first."""
        variants = (
            word[:at] + other + word[at + 1 :]
            for at, char in enumerate(word)
            for other in lookalikes().get(char, frozenset())
        )
        found = {variant for variant in variants if self.count(variant) or variant in self.organisations}
        return tuple(sorted(found, key=lambda variant: (-self.count(variant), variant)))


NOTHING_KNOWN = Known()
"""For questions without an index: nothing is mended."""
