"""Puts what was spoken of in the place of a pronoun: 该市, 他, 这笔钱."""

import re

from qa.dialogue.anatomy import Anatomy
from qa.dialogue.slots import stem
from qa.dialogue.words import dialogue_words
from qa.retrieval.known import Known

_THERE = re.compile(r"该[市州县省区]|当地|那里|那儿|这里|这儿|那边")
_PRONOUN = re.compile(
    r"(?:他们|她们|它们|他|她|它)(?!人|乡|们)|[这那该](?:个|项|次|笔|些|件|届|份|种|位|名|场|条|支)(?P<noun>[\u4e00-\u9fff]{0,4})"
)


def pronoun(asked: Anatomy, before: Anatomy, known: Known) -> str:
    """Put what was spoken of in a pronoun's place."""
    if asked.where:
        return ""
    there = _THERE.search(asked.text)
    if there is not None and before.where:
        return _replaced(asked.text, there, before.where[0].text)
    found = _PRONOUN.search(asked.text)
    if found is None or any(topic.start < found.start() for topic in asked.topics):
        return ""  # what the pronoun stands for is in the question itself
    about = stem(before)
    noun = _general(found["noun"] or "")
    own = [topic for topic in asked.topics if topic.text not in before.text]
    if own and found.start() <= own[0].start <= found.end():
        return ""
    if found[0][0] in "他她它":
        return _replaced(asked.text, found, about)
    end = found.end() - len(found["noun"] or "") + len(noun)
    kept = f"的{noun}" if noun in {"钱", "资金", "款", "人", "职工", "学生"} else ""
    return asked.text[: found.start()] + about + kept + asked.text[end:]


def _general(text: str) -> str:
    """Return the general noun that a text begins with, or ""."""
    nouns = dialogue_words().nouns
    return next((text[:width] for width in range(len(text), 0, -1) if text[:width] in nouns), "")


def _replaced(text: str, found: re.Match[str], by: str) -> str:
    return text[: found.start()] + by + text[found.end() :]
