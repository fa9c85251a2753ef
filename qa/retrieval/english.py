"""Simple English questions: the words that carry the question, put into Chinese by a small dictionary."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources

_TOKEN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|[\u4e00-\u9fff]+|第?\d[\d.,]*%?")
_LATIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)\b")
_LEVELS = {
    "city": "市shi",
    "county": "县xian",
    "district": "区qu",
    "province": "省sheng",
    "town": "镇zhen",
    "village": "村cun",
}
"""Words behind the name of a place that belong to it, with their pinyin."""
_LONGEST_PHRASE = 5
_LONGEST_NAME = 4
MIN_ENGLISH_WORDS = 2
MIN_RECOGNISED = 1 / 3
"""Of its Latin words, so many must be English we know; brand names do not make a Chinese question English."""


@cache
def dictionary() -> Mapping[str, str]:
    """Return English phrase (lower case, single spaces) → Chinese words, spaces between several."""
    return _table("english.tsv")


@cache
def english_places() -> Mapping[str, str]:
    """Return English place name → Chinese one, where pinyin does not tell."""
    return _table("places_en.tsv")


def _table(name: str) -> Mapping[str, str]:
    text = (resources.files(__package__) / "data" / name).read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


def bases(word: str) -> tuple[str, ...]:
    """Return a word and what it may be a plural, past or -ing form of, the nearest first."""
    found = [word]
    for ending, replacements in (("'s", ("",)), ("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ed", ("", "e"))):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            found += [word[: -len(ending)] + replacement for replacement in replacements]
    if word.endswith("ing") and len(word) > 5:
        found += [word[:-3], word[:-3] + "e"]
    return tuple(dict.fromkeys(found))


def is_english(text: str, is_stop: Callable[[str], bool]) -> bool:
    """Tell whether a cleaned question is asked in English."""
    latin = [word.lower().replace("’", "'") for word in _LATIN.findall(text)]
    if len(latin) < MIN_ENGLISH_WORDS:
        return False
    recognised = sum(is_stop(word) or any(base in dictionary() for base in bases(word)) for word in latin)
    return recognised >= max(MIN_ENGLISH_WORDS, MIN_RECOGNISED * len(latin))


def translate(text: str, name_of: Callable[[str], str | None], is_stop: Callable[[str], bool]) -> str:
    """Put the known words of an English question into Chinese, in its order, spaces between.

    Args:
        text: with its capitals; Chinese inside it stays.
        name_of: Chinese name for a joined, lower-case pinyin spelling ("changzhi"), or None.
        is_stop: whether a lower-case English word carries nothing.
    """
    tokens = [token.replace("’", "'") for token in _TOKEN.findall(_ORDINAL.sub(r"第\1", text))]
    found: list[str] = []
    at = 0
    while at < len(tokens):
        chinese, width = _phrase(tokens, at) or _name(tokens, at, name_of) or ("", 1)
        if chinese:
            found.append(chinese)
        elif not (tokens[at].isalpha() and is_stop(tokens[at].lower())):
            found.append(tokens[at])
        at += width
    return " ".join(found)


def _phrase(tokens: Sequence[str], at: int) -> tuple[str, int] | None:
    """Look up the longest phrase that begins here; its last word may be inflected."""
    for width in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
        *first, last = (token.lower() for token in tokens[at : at + width])
        for base in bases(last):
            phrase = " ".join([*first, base])
            chinese = english_places().get(phrase) or dictionary().get(phrase)
            if chinese is not None:
                return chinese, width
    return None


def _name(tokens: Sequence[str], at: int, name_of: Callable[[str], str | None]) -> tuple[str, int] | None:
    """Read a run of capitalised words as the pinyin of a name, the longest that means something."""
    run = 0
    while run < _LONGEST_NAME and at + run < len(tokens) and tokens[at + run][:1].isupper():
        run += 1
    for width in range(run, 0, -1):
        joined = "".join(re.sub(r"'s$|[^a-z]", "", token.lower()) for token in tokens[at : at + width])
        level = _LEVELS.get(tokens[at + width].lower(), "") if at + width < len(tokens) else ""
        whole = name_of(joined + level[1:]) if level else None
        if whole is not None:
            return whole, width + 1
        chinese = name_of(joined)
        if chinese is not None:
            return chinese + level[:1], width + bool(level)
    return None
