"""Sentence boundaries in raw text, OCR'd or clean.

A sentence ends at 。！？!? or a row of dots, with the closing quotes and brackets behind it, and at every line end.
A semicolon ends none: callers that want clauses split them themselves. A short quotation or bracket stays whole.
"""

import re

from qa.types import Span

LONGEST = 400
"""Code points after which a sentence is split at a semicolon or comma: text without full stops must stay readable."""
_SHORT = 60
"""Quotations and brackets up to this length are never broken."""
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_STOP = re.compile(
    r"(?:[。！？｡!?…．]|\.{3,})+|(?<=[\u4e00-\u9fff”’」』）)】》])\.(?![A-Za-z.])(?!\d+(?!\d*[.、．](?!\d)))|(?<=[a-z]{3})\.(?=\s)"
)
_CLOSERS = "”’」』）)】》〉］]\"'｣"
_PAIRS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "【": "】",
    "《": "》",
    "〈": "〉",
    "［": "］",
}
_SPEECH = '“「『"'
_GOES_ON = "，,、；;：:。！？!?的地得等）)"
_SOFT = ("；;", "，,：:", "、 　")


def sentence_spans(text: str) -> list[Span]:
    """Split a text into sentences: ordered, disjoint, trimmed, each at most ``LONGEST`` long.

    Every character that is not white space lies in one of them.
    """
    found: list[Span] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for end in (*_ends(text, line.start(), line.end()), line.end()):
            found += _within_limit(text, start, end)
            start = end
    return found


def _ends(text: str, start: int, end: int) -> list[int]:
    """Find where the sentences of the line [start, end) end, the last one aside."""
    shelters = _shelters(text, start, end)
    ends: list[int] = []
    begin = start
    for stop in _STOP.finditer(text, start, end):
        behind = stop.end()
        while behind < end and _closes(text, behind, begin):
            behind += 1
        if behind >= end or _is_inside_word(text, stop) or text[behind] in _GOES_ON:
            continue
        if any(
            low < stop.start() < high and not _ends_speech(text, begin, low, high, behind) for low, high in shelters
        ):
            continue
        ends.append(behind)
        begin = behind
    return ends


def _closes(text: str, at: int, begin: int) -> bool:
    """Tell whether the character closes a quote or bracket; a straight quote closes when an odd one is open."""
    char = text[at]
    if char in "\"'":
        return text.count(char, begin, at) % 2 == 1
    return char in _CLOSERS


def _is_inside_word(text: str, stop: re.Match[str]) -> bool:
    """Tell whether an ASCII ! or ? stands inside a web address or a name, or dots in the middle of a sentence."""
    before, after = text[stop.start() - 1 : stop.start()], text[stop.end() : stop.end() + 1]
    if stop.group() in {"!", "?", "．"}:
        return before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
    return set(stop.group()) <= {"…", "."} and len(stop.group()) > 0 and not after.isspace() and stop.group() != "."


def _shelters(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find the short quotations and brackets of a line: offsets of the opening and behind the closing character."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[int, str]] = []
    for at in range(start, end):
        char = text[at]
        if char in _PAIRS:
            opened.append((at, _PAIRS[char]))
        elif opened and char == opened[-1][1]:
            low, _ = opened.pop()
            if at + 1 - low <= _SHORT:
                found.append((low, at + 1))
        elif char == '"':
            _straight(opened, found, at)
    return found


def _straight(opened: list[tuple[int, str]], found: list[tuple[int, int]], at: int) -> None:
    """Open or close a straight double quote."""
    if opened and opened[-1][1] == '"':
        low, _ = opened.pop()
        if at + 1 - low <= _SHORT:
            found.append((low, at + 1))
    else:
        opened.append((at, '"'))


def _ends_speech(text: str, begin: int, low: int, high: int, behind: int) -> bool:
    """Tell whether the stop ends both a quotation and the sentence that leads up to it (他说：“好。”).

    A quotation at the sentence's own start does not: who said it comes behind (“好！”他说。).
    """
    return behind >= high and text[low] in _SPEECH and bool(text[begin:low].strip())


def _within_limit(text: str, start: int, end: int) -> list[Span]:
    """Trim [start, end) and split it at its last soft break while it is too long; nothing where it is blank."""
    found: list[Span] = []
    while True:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end - start <= LONGEST:
            return [*found, Span(start, end)] if start < end else found
        cut = _soft_break(text, start, start + LONGEST)
        low, high = start, cut
        while high > low and text[high - 1].isspace():
            high -= 1
        found.append(Span(low, high))
        start = cut


def _soft_break(text: str, start: int, end: int) -> int:
    """Find the best place to cut in the second half of [start, end)."""
    for marks in _SOFT:
        at = max(text.rfind(mark, start + LONGEST // 2, end) for mark in marks)
        if at >= 0:
            return at + 1
    return end
