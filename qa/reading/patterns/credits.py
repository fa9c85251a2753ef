"""Who wrote a text or took a picture: credits at the head and the end of articles, and the questions for them."""

import re
from functools import cache
from typing import Literal

from qa.reading.patterns.persons import name_pattern
from qa.types import Span

Credit = Literal["", "text", "picture", "both"]

_ASKS_PICTURE = re.compile(
    r"谁[拍摄](?!卖|板)|(?:照片|图片|插图|配图)[^,。?]{0,6}(?:谁|哪[个位])|(?:摄影|拍摄)(?:师|者|记者)(?:是谁|叫|姓|$)"
    r"|(?:摄影|供图)(?:是谁|$)|拍照片?的(?:人|记者)?(?:是谁|叫|姓|是哪|$)"
)
_ASKS_TEXT = re.compile(
    r"(?<![工合协])作者(?:是|叫|有|姓|为|[? ]|$)|(?<![给为替向])谁写(?:的(?!信|回信)|$)|谁(?:撰|执笔)"
    r"|(?:撰文|撰稿|供稿|执笔)(?:人|者|是|的|$)"
    r"|(?:文章|稿子?|综述|纪实|评论|那篇|这篇|一文)[^,。?]{0,8}(?:谁|哪[位名两几]位?)[^,。?]{0,5}写"
    r"|哪[位名两几]位?(?:记者|通讯员)[^,。?]{0,2}(?:写|采写|报道)|写.{0,30}(?:记者|通讯员)(?:是谁|叫|姓|$)"
)
_TEXT_LABEL = (
    "(?<![工合])作者|撰文|撰稿|采写|供稿|执笔|文字|(?:本报|特约|全媒|见习|实习)?(?:首席)?记者|通讯员|实习生|文(?=[:/ ])"
)
_PICTURE_LABEL = "(?:封面)?摄影(?:记者)?|供图|图片|照片|图(?=[:/ ])"
_BEFORE = 40
_DATELINE = re.compile(r"[电讯] ?\($")
_LABELS = "责任编辑|责编|编辑|校对|记者|通讯员|实习生|摄影|主持人"
"""Whose label stands before the name (编辑:某某, 主持人(某某))."""


@cache
def _labelled() -> re.Pattern[str]:
    """The last label before the name; other names may stand between, without a space in normal form."""
    labels = rf"(?:(?P<both>图文|文/图|图/文|摄影报道)|(?P<picture>{_PICTURE_LABEL})|(?P<text>{_TEXT_LABEL}))"
    return re.compile(rf"(?:.*[^/])?{labels}[:/ ]? *(?:{name_pattern()}[、, ]*){{0,3}}$", re.DOTALL)


@cache
def _marked() -> re.Pattern[str]:
    """A label behind the name, and what ends the credit."""
    return re.compile(
        rf"(?:[、, ]*{name_pattern()}){{0,3}}?[ /(]*(?!图/|文/)"
        r"(?:(?P<both>摄影报道|图文|文/图|图/文)|(?P<picture>摄影?|供图|图)|(?P<text>文|撰文|撰稿|报道|采写|供稿))(?=$|[\s)。,/])"
    )


@cache
def _only_names() -> re.Pattern[str]:
    return re.compile(rf"[□(\[/]* ?{name_pattern()}(?:[、, ]*{name_pattern()}){{0,2}}[)\]]?")


def asked_credit(text: str) -> Credit:
    """Tell whether a question in normal form asks who wrote something, or who took a picture."""
    if _ASKS_PICTURE.search(text):
        return "picture"
    return "text" if _ASKS_TEXT.search(text) else ""


def credit_of(text: str, start: int, end: int) -> Credit:
    """Tell what a name, [start, end) of a text in normal form, is credited with: "" for a name in running text.

    A label stands before it (记者 …, 作者:…) or behind it (… 摄), a □ before it, or names alone are in its line; or it
    stands in brackets behind a dateline (8月14日电(…)) or at the end.
    """
    line = _line(text, start, end)
    behind = _marked().match(text, end, line.end)
    before = _labelled().match(text[max(line.start, start - _BEFORE) : start])
    for hit in (behind, before):
        if hit is not None:
            return "both" if hit["both"] else "picture" if hit["picture"] else "text"
    alone = _only_names().fullmatch(text[line.start : line.end].strip()) is not None
    bracketed = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    at_edge = not text[end + 1 : line.end].strip() or _DATELINE.search(text, max(line.start, start - 4), start)
    return "text" if alone or (bracketed and at_edge) or text[:start].endswith("□") else ""


def label_of(text: str, start: int) -> str:
    """Return the label that stands last before the name at start in its line, "" where none does: 编辑, 通讯员, 主持人.

    Only names may stand between: 记者某某 通讯员某某、某某.
    """
    low = max(text.rfind("\n", 0, start) + 1, start - _BEFORE)
    hit = _last_label().search(text[low:start])
    return hit["label"] if hit is not None else ""


@cache
def _last_label() -> re.Pattern[str]:
    return re.compile(rf"(?P<label>{_LABELS})[:/|(: ]{{0,3}}(?:{name_pattern()}[、, ]{{0,2}}){{0,3}}$")


def _line(text: str, start: int, end: int) -> Span:
    close = text.find("\n", end)
    return Span(text.rfind("\n", 0, start) + 1, len(text) if close < 0 else close)
