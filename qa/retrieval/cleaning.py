"""From what was typed to one clean line: half-width, simplified, without controls; or a clear no."""

import re
import unicodedata

from qa.errors import QuestionError
from qa.text.normalise import simplify

MAX_QUESTION = 1000
"""Characters; the longest sensible question is a pasted paragraph, not a document."""

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_VARIANTS = str.maketrans({"妳": "你", "祇": "只", "甚": "什"})


def clean(question: str) -> str:
    """Bring a question into one line of NFKC, simplified, lower-case text; single spaces stay as the typist's breaks.

    Lone surrogates, control, format and private characters become spaces or nothing, never an encoding error.

    Raises:
        QuestionError: the question is blank, holds no letter or digit, or is longer than MAX_QUESTION characters.
    """
    return fold_case(clean_keeping_case(question))


def fold_case(text: str) -> str:
    """Lower the case without changing the length of Chinese text."""
    return text.lower()


def clean_keeping_case(question: str) -> str:
    """Do what ``clean`` does, except for lower case (names in English questions are told by their capitals).

    Raises:
        QuestionError: as for ``clean``.
    """
    if len(question) > MAX_QUESTION:
        raise QuestionError(f"问题太长（{len(question)} 字），请缩短到 {MAX_QUESTION} 字以内，一次只问一件事。")
    visible = "".join(map(_shown, question))
    if not visible.strip():
        raise QuestionError("问题是空的，请输入要查的内容，例如“金秋助学发放了多少资金？”。")
    text = simplify(unicodedata.normalize("NFKC", visible)).translate(_VARIANTS)
    text = re.sub(r"\s+", " ", "".join(char for char in text if unicodedata.category(char) not in _DROPPED)).strip()
    if not any(char.isalnum() for char in text):
        raise QuestionError("问题里没有文字，只有符号或表情，请用文字写出要查的内容。")
    return text


def _shown(char: str) -> str:
    """Return the character, a space for one that parts words (line end, tab, other controls), or nothing."""
    category = unicodedata.category(char)
    if char.isspace() or category == "Cc":
        return " "
    return "" if category in _DROPPED else char
