"""What closes a row of items: 等, 等5个项目, 共3家, 四大服务."""

import re
from collections.abc import Sequence

from qa.text.numbers import parse_number
from qa.text.words import is_link, is_word, tokens
from qa.types import Span

_HAN = "一二三四五六七八九十两"
_CLASSES = "个|项|种|家|名|位|类|方面|支|款|样|段|步|条|部分|人"
_COUNT = rf"(?<![\d.,{_HAN}第前])(?:(?:\d{{1,2}}|[{_HAN}])大|(?:\d+|[{_HAN}]+)(?:{_CLASSES}))"
_CLOSING = re.compile(rf"(?P<lead>等?(?:[一总]?共|这)?|的)(?P<count>{_COUNT})|等")
_OTHERS = re.compile("等")
_OWN_COUNT = re.compile(rf"{_COUNT}|\d[万亿]?[余多]?[\u4e00-\u9fff]{{1,2}}$")
"""A figure that belongs to an item: 3个市, 大米200袋."""
_NOT_BEHIND = "和及与或各每"
"""A count behind one of these is a figure of the item that it begins, or of each item."""
_SAME = frozenset("级于待候额同值价效量")
"""What makes one word with 等 before it (等级, 等额选举); 等到我省指导 behind an item is 等 and what comes next."""


def find_others(text: str, part: Span) -> int | None:
    """Find where the 等 stands that closes a list inside its last part, not at its head (等五项, 等荣誉)."""
    hits = _OTHERS.finditer(text, part.start + 1, part.end)
    return next((hit.start() for hit in hits if not _in_word(text, part, hit.start(), is_others=True)), None)


def find_closing(text: str, parts: Sequence[Span]) -> re.Match[str] | None:
    """Find what closes a row inside its last part, not at its head: 等 or a count of the items, or both."""
    last = parts[-1]
    for hit in _CLOSING.finditer(text, last.start + 1, last.end):
        if _in_word(text, last, hit.start(), is_others=text[hit.start()] == "等"):
            continue
        if hit["count"] is None or hit["lead"] not in {"", "的"} or _counts_items(text, parts, hit):
            return hit
    return None


def said_behind(text: str, end: int) -> int | None:
    """Read how many items the words behind a row speak of (等5个, 五大): None where they don't."""
    hit = _CLOSING.match(text, end)
    return _value(hit) if hit and hit["lead"] != "的" else None


def _value(closing: re.Match[str]) -> int | None:
    number = re.match(rf"\d+|[{_HAN}]+", closing["count"] or "")
    value = parse_number(number.group()) if number else None
    return int(value) if value else None


def _in_word(text: str, part: Span, at: int, is_others: bool) -> bool:
    """Tell whether a place stands inside a word of the dictionary, or 等 at the head of one: 平等, 进一步, 等级."""
    for word in tokens(text[part.start : part.end]):
        low, high = part.start + word.start, part.start + word.end
        if low <= at < high:
            return is_word(word.text) and (low < at or (is_others and word.text[1:2] in _SAME))
    return False


def _counts_items(text: str, parts: Sequence[Span], count: re.Match[str]) -> bool:
    """Tell whether a bare count is that of the row's items, and no figure of the item that it stands in.

    It is a figure of that item where it heads it (A和5名B), where an item before has one too (12家、120个), and behind
    a verb (派驻2名) unless there are as many items.
    """
    value, last = _value(count), parts[-1]
    if value is None or value < 2 or text[count.start() - 1] in _NOT_BEHIND:
        return False
    size = count.end() - last.start + 2  # the first piece may begin long before its item
    if any(_OWN_COUNT.search(text, max(part.start, part.end - size), part.end) for part in parts[:-1]):
        return False
    before = tokens(text[last.start : count.start()])
    return value in {len(parts), len(parts) + 1} or not (before and is_link(before[-1].text))
