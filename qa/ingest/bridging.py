"""Does a word stand across the gap between two pieces of text? Evidence for joining a sentence cut by a page break."""

import math
from functools import cache

from qa.ingest.patterns import FRAGMENT_FREE
from qa.text import words

_LONGEST_WORD = 6
_REACH = 6


@cache
def _log_frequencies() -> tuple[dict[str, int], float]:
    tokenizer = words._segmenter().tokenizer
    return tokenizer.FREQ, math.log(tokenizer.total)


def _cost(text: str) -> float:
    """Return the log probability of the likeliest segmentation under jieba's unigram dictionary (Sun Junyi, jieba)."""
    frequencies, total = _log_frequencies()
    best = [0.0] + [-math.inf] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            count = frequencies.get(text[start:end], 0)
            if count or end - start == 1:
                best[end] = max(best[end], best[start] + (math.log(count) if count else -1.0) - total)
    return best[-1]


def word_gain(before: str, after: str) -> float:
    """Measure how much likelier two pieces are when read without the gap: 0 where no word stands across it.

    The gain is log P(before + after) - log P(before) - log P(after) of the likeliest segmentations, which is the
    pointwise mutual information of the two halves of the word across the gap. Natural logarithm; never negative.
    """
    left, right = _han_end(before), _han_start(after)
    if not left or not right:
        return 0.0
    return max(0.0, _cost(left + right) - _cost(left) - _cost(right))


def starts_in_word(text: str) -> bool:
    """Tell whether a text starts with a single Han character that starts no sentence (会弘扬…, 目99项…)."""
    start = _han_start(text)
    if not start or start[0] in FRAGMENT_FREE:
        return False
    alone = _cost(start[:1]) + _cost(start[1:])
    return alone >= _cost(start) - 1e-9


def last_word(text: str) -> str:
    """Return the last word of a text, "" where it does not end with a Han character."""
    found = words.tokens(_han_end(text))
    return found[-1].text if found else ""


def _han_end(text: str) -> str:
    start = len(text)
    while start > 0 and len(text) - start < _REACH and "\u4e00" <= text[start - 1] <= "\u9fff":
        start -= 1
    return text[start:]


def _han_start(text: str) -> str:
    end = 0
    while end < min(len(text), _REACH) and "\u4e00" <= text[end] <= "\u9fff":
        end += 1
    return text[:end]


def phrase_across(before: str, after: str, corpus: str) -> int:
    """Return the length of the longest phrase across the gap that the corpus holds, two or more on a side; else 0."""
    longest = 0
    for left in range(2, min(len(before), _REACH) + 1):
        if before[-left:] + after[:1] not in corpus:
            break
        for right in range(2, min(len(after), _REACH) + 1):
            if before[-left:] + after[:right] not in corpus:
                break
            longest = max(longest, left + right)
    return longest
