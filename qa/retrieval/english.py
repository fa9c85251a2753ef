"""Simple English questions: the words that carry the question, put into Chinese by a small dictionary."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType

from qa.retrieval.english_order import Piece, Role, arrange

_TOKEN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|[\u4e00-\u9fff]+|第?\d[\d.,]*%?|[(),;:]")
_LATIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_ASIDE = re.compile(
    r"[(,] ?(?:and )?(?:not|rather than|excluding|apart from|other than|except for)\b[^(),;?]{1,80}(?:[),]|(?=[;?]|$))",
    re.IGNORECASE,
)
"""What is said not to be meant."""
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)\b")
_LEVELS = {
    "city": "市shi",
    "county": "县xian",
    "district": "区qu",
    "prefecture": "州zhou",
    "province": "省sheng",
    "town": "镇zhen",
    "village": "村cun",
}
"""Words behind the name of a place that belong to it, with their pinyin."""
_LONGEST_NAME = 4
_QUESTION = re.compile(r"多少|哪|谁|什么|为什么|怎么|几|多[大长远高久]")
MIN_ENGLISH_WORDS = 2
MIN_RECOGNISED = 1 / 3
"""Of its Latin words, so many must be English we know; brand names do not make a Chinese question English."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A question in Chinese words.

    Attributes:
        text: in an order near to that of Chinese, spaces between the words.
        others: for a word of the text, what else the English word may stand as in the documents.
        unread: English words, in lower case, that nothing is known of and that are in no document.
    """

    text: str
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()


@cache
def dictionary() -> Mapping[str, str]:
    """Return English phrase (lower case, single spaces, no hyphens) → Chinese words, other ones behind slashes."""
    return _table("english.tsv")


@cache
def english_places() -> Mapping[str, str]:
    """Return English place name → Chinese one, where pinyin does not tell."""
    return _table("places_en.tsv")


def _table(name: str) -> Mapping[str, str]:
    text = (resources.files(__package__) / "data" / name).read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@cache
def _longest_phrase() -> int:
    return max(phrase.count(" ") + 1 for phrase in (*dictionary(), *english_places()))


def bases(word: str) -> tuple[str, ...]:
    """Return a word and what it may be a plural, past or -ing form of, the nearest first."""
    found = [word]
    for ending, replacements in (
        ("'s", ("",)),
        ("ies", ("y",)),
        ("es", ("", "e")),
        ("s", ("",)),
        ("ied", ("y",)),
        ("ed", ("", "e")),
        ("d", ("",)),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            found += [word[: -len(ending)] + replacement for replacement in replacements]
    if word.endswith("ing") and len(word) > 5:
        found += [word[:-3], word[:-3] + "e"]
    found += [base[:-1] for base in found[1:] if len(base) > 3 and base[-1] == base[-2]]  # planned, planning
    found += [form.replace("isation", "ization") for form in found if "isation" in form]
    found += [form.replace("labour", "labor") for form in found if "labour" in form]
    return tuple(dict.fromkeys(found))


def is_english(text: str, is_stop: Callable[[str], bool]) -> bool:
    """Tell whether a cleaned question is asked in English."""
    latin = [word.lower().replace("’", "'") for word in _LATIN.findall(text)]
    if len(latin) < MIN_ENGLISH_WORDS:
        return False
    recognised = sum(is_stop(word) or any(base in dictionary() for base in bases(word)) for word in latin)
    return recognised >= max(MIN_ENGLISH_WORDS, MIN_RECOGNISED * len(latin))


def translate(
    text: str,
    name_of: Callable[[str], str | None],
    is_stop: Callable[[str], bool],
    is_there: Callable[[str], bool] = lambda _: False,
) -> Translation:
    """Put the known words of an English question into Chinese.

    What is not known stays as it is where it may be a name, a figure or a word of the documents; other English words
    are left out, unless they are most of the question.

    Args:
        text: with its capitals; Chinese inside it stays.
        name_of: Chinese name for a joined, lower-case pinyin spelling ("changzhi"), or None.
        is_stop: whether a lower-case English word carries nothing.
        is_there: whether a lower-case word stands in the documents as it is.
    """
    tokens = [token.replace("’", "'") for token in _TOKEN.findall(_ORDINAL.sub(r"第\1", _ASIDE.sub(" ", text)))]
    tokens = [part for token in tokens for part in (token.split("-") if _is_compound(token, name_of) else [token])]
    pieces = _pieces(tokens, name_of, is_stop)
    unread = [piece for piece in pieces if piece.role is Role.UNREAD and not is_there(piece.text)]
    if len(unread) < sum(piece.role in (Role.WORD, Role.PLACE) for piece in pieces):
        pieces = [piece for piece in pieces if piece not in unread]
    others = {piece.text: piece.others for piece in pieces if piece.others}
    return Translation(arrange(pieces), MappingProxyType(others), tuple(dict.fromkeys(piece.text for piece in unread)))


def _is_compound(token: str, name_of: Callable[[str], str | None]) -> bool:
    return "-" in token and not (token[:1].isupper() and name_of(token.replace("-", "").lower()))


def _pieces(tokens: Sequence[str], name_of: Callable[[str], str | None], is_stop: Callable[[str], bool]) -> list[Piece]:
    found: list[Piece] = []
    at = 0
    while at < len(tokens):
        token, word = tokens[at], tokens[at].lower()
        piece, width = (
            _phrase(tokens, at)
            or _name(tokens, at, name_of)
            or (Piece(word, Role.SMALL) if is_stop(word) or not word[:1].isalnum() else _rest(token, at), 1)
        )
        found.append(piece)
        at += width
    return found


def _rest(token: str, at: int) -> Piece:
    """Read what no table holds: a capital tells a name, but for the first word."""
    plain = token.isascii() and token.replace("'", "").isalpha() and (token.islower() or at == 0)
    return Piece(token.lower(), Role.UNREAD) if plain else Piece(token, Role.WORD)


def _phrase(tokens: Sequence[str], at: int) -> tuple[Piece, int] | None:
    """Look up the longest phrase that begins here; its last word may be inflected."""
    if tokens[at] == "may":  # the month has a capital
        return None
    for width in range(min(_longest_phrase(), len(tokens) - at), 0, -1):
        *first, last = (token.lower() for token in tokens[at : at + width])
        for base in bases(last):
            phrase = " ".join([*first, base])
            place = english_places().get(phrase)
            if place is not None:
                return Piece(place, Role.PLACE), width
            chinese = dictionary().get(phrase)
            if chinese is not None:
                word, *others = chinese.split("/")
                role = Role.QUESTION if _QUESTION.match(word) else Role.WORD
                return Piece(word, role, tuple(others), phrase), width
    return None


def _name(tokens: Sequence[str], at: int, name_of: Callable[[str], str | None]) -> tuple[Piece, int] | None:
    """Read a run of capitalised words as the pinyin of a name, the longest that means something."""
    run = 0
    while run < _LONGEST_NAME and at + run < len(tokens) and tokens[at + run][:1].isupper():
        run += 1
    for width in range(run, 0, -1):
        joined = "".join(re.sub(r"'s$|[^a-z]", "", token.lower()) for token in tokens[at : at + width])
        level = _LEVELS.get(tokens[at + width].lower(), "") if at + width < len(tokens) else ""
        whole = name_of(joined + level[1:]) if level else None
        if whole is not None:
            return Piece(whole, Role.PLACE), width + 1
        chinese = name_of(joined)
        if chinese is not None:
            return Piece(chinese + level[:1], Role.PLACE), width + bool(level)
    return None
