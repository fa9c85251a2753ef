"""The normal form that search runs on, with a map back to the raw text; never shown to anybody.

Per character: NFKC, traditional → simplified, lower case, controls and zero-width characters dropped. Then white
space: what OCR put inside numbers and between Han characters goes ("123.4 万元", "张 三").
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol, cast

from qa.types import Span

_SPACES = re.compile(r"[ \t\n]+")
_LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_WIDE = 3
"""Columns from which a gap parts table cells instead of stretching a word; an ideographic space has two, a tab three.
"""
_SHORT = 256
"""Code points up to which a text is remembered: words, names and sentences, which come again and again."""
_DOTS = dict.fromkeys("・•‧∙⋅", "·") | dict.fromkeys("‐‑‒–", "-") | dict.fromkeys("〝〞", '"')


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@cache
def _opencc() -> _Converter:
    import opencc

    return cast(_Converter, opencc.OpenCC("t2s"))


def is_han(char: str) -> bool:
    """Tell whether a character is a Han character (〇 included)."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇" or char >= "\U00020000"


def _fold(char: str) -> str:
    """Map one character that is no white space to its normal form, white space inside the form dropped."""
    category = unicodedata.category(char)
    if category in {"Cc", "Cf", "Cs", "Cn"} or char == "\ufffe":
        return ""
    if char in _DOTS:
        return _DOTS[char]
    plain = unicodedata.normalize("NFKC", char)
    if category == "No" and plain.isdigit() and char not in "²³¹" and unicodedata.decomposition(char)[:8] == "<circle>":
        plain = f"({plain})"  # ①2017 must not become 12017
    if is_han(plain[0]) and plain != "乾":  # simplified too: 乾县, 乾隆
        plain = _opencc().convert(plain)
    return "".join(part for part in plain.lower() if not part.isspace())


def _stable(char: str) -> str:
    """Fold again until nothing changes, so that the normal form of a normal form is itself."""
    if char in _LINE_ENDS:
        return "\n"
    if char.isspace():
        return "\t" if char == "\t" else " "
    form = _fold(char)
    while (again := "".join(map(_fold, form))) != form:
        form = again
    return form


class _Table(dict[str, str]):
    """Normal forms of single characters, worked out when first met."""

    def __missing__(self, char: str) -> str:
        form = self[char] = _stable(char)
        return form


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text in normal form.

    Attributes:
        text: lower case, simplified, half-width; single spaces only between letters or digits, a tab for a wide gap,
            a line feed for line ends.
        origins: for each character of ``text``, the index of the raw character it comes from; never falling.
    """

    text: str
    origins: Sequence[int]

    def raw_span(self, start: int, end: int) -> Span:
        """Map [start, end) of ``text`` to the raw text: from its first character's origin to behind its last one's.

        Raises:
            ValueError: the range reaches beyond the text.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"[{start}, {end}) is no part of a text of {len(self.text)} characters")
        if start < end:
            return Span(self.origins[start], self.origins[end - 1] + 1)
        at = self.origins[start] if start < len(self.origins) else self.origins[-1] + 1 if self.origins else 0
        return Span(at, at)

    def normal_span(self, start: int, end: int) -> Span:
        """Map [start, end) of the raw text to the characters of ``text`` that come from it."""
        return Span(bisect_left(self.origins, start), bisect_left(self.origins, end))


def _gap(run: str, width: int, before: str, after: str) -> str:
    """Tell what is left of a run of white space between two characters ("" at the text's ends)."""
    if not before or not after:
        return ""
    if "\n" in run:
        return "\n"
    if width >= _WIDE:
        return "\t"
    if after == "%" or not (_stands_apart(before) and _stands_apart(after)):
        return ""
    return " "


def _stands_apart(char: str) -> bool:
    """Tell whether a space beside this character means something: beside Latin, digits and their punctuation."""
    return char < "\u2e80" and char not in "“”‘’…—·"


def _width(run: str) -> int:
    return sum(3 if char == "\t" else 2 if char == "\u3000" else 1 for char in run)


def normalise(raw: str) -> Normalised:
    """Bring a text of any length into normal form; short ones are remembered.

    The form is a fixed point: ``normalise(normalise(raw).text).text == normalise(raw).text``.
    """
    return _normalise_short(raw) if len(raw) <= _SHORT else _normalise(raw)


@lru_cache(maxsize=4096)
def _normalise_short(raw: str) -> Normalised:
    return _normalise(raw)


def _normalise(raw: str) -> Normalised:
    forms = [_TABLE[char] for char in raw]
    text = "".join(forms)
    if len(text) == len(raw) and "" not in forms:
        origins = list(range(len(raw)))
    else:
        origins = [at for at, form in enumerate(forms) for _ in form]
    pieces: list[str] = []
    kept: list[int] = []
    last = 0
    for run in _SPACES.finditer(text):
        start, end = run.span()
        pieces.append(text[last:start])
        kept += origins[last:start]
        width = _width(raw[origins[start] : origins[end - 1] + 1])
        gap = _gap(run.group(), width, text[start - 1 : start], text[end : end + 1])
        if gap:
            pieces.append(gap)
            kept.append(origins[start])
        last = end
    pieces.append(text[last:])
    kept += origins[last:]
    return Normalised("".join(pieces), kept)


def simplify(text: str) -> str:
    """Turn traditional Chinese into simplified with OpenCC's phrase table; what is simplified stays as it is.

    Lone surrogates, which OpenCC cannot take, become question marks.
    """
    return _opencc().convert(text.encode("utf-8", "replace").decode("utf-8"))
