"""Words to search by: jieba over normalised text, figures and Latin whole, punctuation dropped."""

import gc
import logging
import re
import threading
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from qa.text.normalise import normalise
from qa.text.places_data import place_names

_PIECE = re.compile(
    r"(?P<figure>\d+(?:,\d{3})*(?:\.\d+)?%?)"
    r"|(?P<latin>[a-z]+(?:[-_.+@&/:][a-z0-9]+|\d+|[a-z]+)*\+*)"
    r"|(?P<han>[\u4e00-\u9fff\u3400-\u4dbf〇]+)"
    r"|(?P<other>[^\W\d_]+)"
)
_FREQUENCY = 100
"""For words that jieba does not have: enough to win over a chain of shorter words, as the log-probability of each link
is paid once more, and too little to win over a common word that overlaps."""
_LINK_TAGS = frozenset({"v", "vn", "d", "p", "c", "u", "vd", "ud", "ug", "uj", "ul", "uv", "uz", "vg", "vi"})
_lock = threading.Lock()


class Token(NamedTuple):
    """A word and where it stands, [start, end), in the text that was given."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Segmenter:
    """jieba's tokeniser and what its dictionary says about words."""

    tokenizer: Any
    links: frozenset[str]


def _read_dictionary() -> tuple[dict[str, int], int, frozenset[str]]:
    """Read jieba's dictionary: frequencies with 0 for mere prefixes, their sum, and the words that are no nouns.

    jieba's own loading keeps a cache in the shared temporary folder, which is no safe place, and takes twice the time.
    """
    fields = (resources.files("jieba") / "dict.txt").read_text("utf-8").split()
    words, counts, tags = fields[0::3], [int(count) for count in fields[1::3]], fields[2::3]
    frequencies = dict(zip(words, counts, strict=True))
    links = frozenset(word for word, tag in zip(words, tags, strict=True) if tag in _LINK_TAGS)
    _add_prefixes(frequencies, words)
    return frequencies, sum(counts), links


def _add_prefixes(frequencies: dict[str, int], words: Sequence[str]) -> None:
    """Add what words begin with, at frequency 0, as jieba walks along these; one length at a time, which is quick."""
    length = 1
    while words := [word for word in words if len(word) > length]:
        for prefix in {word[:length] for word in words}:
            frequencies.setdefault(prefix, 0)
        length += 1


def _own_words() -> Iterator[str]:
    """Yield the words that jieba lacks: union vocabulary and places."""
    lines = (resources.files("qa.text") / "data" / "words.txt").read_text("utf-8").splitlines()
    yield from (word for line in lines if not line.startswith("#") for word in line.split())
    yield from (name for name in place_names() if len(name) <= 5)


@cache
def _load() -> _Segmenter:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its source has invalid escapes, which Python reports when it compiles them
        import jieba
    logging.getLogger("jieba").setLevel(logging.WARNING)
    collecting = gc.isenabled()
    gc.disable()  # half a million live objects: collections take a third of the loading time and find nothing
    try:
        frequencies, total, links = _read_dictionary()
        own = [word for word in _own_words() if not frequencies.get(word)]
        frequencies.update(dict.fromkeys(own, _FREQUENCY))
        _add_prefixes(frequencies, own)
    finally:
        if collecting:
            gc.enable()
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total + _FREQUENCY * len(own), True
    return _Segmenter(tokenizer, links)


def _segmenter() -> _Segmenter:
    with _lock:
        return _load()


def warm_up() -> None:
    """Load the dictionary now, about half a second, instead of at the first text."""
    _segmenter()


def is_link(word: str) -> bool:
    """Tell whether the dictionary has the word as something other than a noun: verb, adverb, preposition, particle."""
    return word in _segmenter().links


def is_word(word: str) -> bool:
    """Tell whether the dictionary has the word."""
    return bool(_segmenter().tokenizer.FREQ.get(word))


@lru_cache(maxsize=256)
def tokens(text: str) -> tuple[Token, ...]:
    """Split a text that is in normal form into words with their places, without punctuation."""
    found: list[Token] = []
    for piece in _PIECE.finditer(text):
        start = piece.start()
        words = _segmenter().tokenizer.cut(piece.group()) if piece.lastgroup == "han" else (piece.group(),)
        for word in words:
            found.append(Token(word, start, start + len(word)))
            start += len(word)
    return tuple(found)


def cut(text: str) -> list[str]:
    """Split a text into words in their order, normalised, without punctuation.

    A figure is one word without its thousands separators, its unit another: 12.5, 万元.
    """
    return _cut(text, search=False)


def search_words(text: str) -> list[str]:
    """Split a text into words for matching: like ``cut``, with the dictionary words inside long words before them."""
    return _cut(text, search=True)


def parts_of(word: str) -> tuple[str, ...]:
    """Return the dictionary words that a long word is made of (人民, 大会堂), none where they leave a character out."""
    parts = tuple(part for part in dict.fromkeys(search_words(word)) if part != word and len(part) > 1)
    covered = {at for part in parts for at in range(word.find(part), word.find(part) + len(part))}
    return parts if covered.issuperset(range(len(word))) else ()


def _cut(text: str, *, search: bool) -> list[str]:
    found: list[str] = []
    for piece in _PIECE.finditer(normalise(text).text):
        if piece.lastgroup != "han":
            found.append(piece.group().replace(",", ""))
        elif search:
            found += _segmenter().tokenizer.cut_for_search(piece.group())
        else:
            found += _segmenter().tokenizer.cut(piece.group())
    return found
