"""A typed question as rules read it: cleaned, in Chinese, unions in full."""

import re
from functools import partial

from qa.errors import QuestionError
from qa.retrieval.cleaning import clean_keeping_case
from qa.retrieval.content import is_stop
from qa.retrieval.english import is_english, translate
from qa.retrieval.known import Known
from qa.retrieval.names import chinese_name
from qa.retrieval.subjects import expand_unions

_ABOUT = re.compile(r"^(?:(?:and|so|but|then|ok|okay)[, ]+)?(?:what|how)\s+about\s+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}$")
_ENDING = "?？.!！ "


def line(question: str, known: Known) -> str:
    """Clean a question; empty where it cannot be asked, which is said when it is analysed."""
    try:
        return expand_unions(_in_chinese(clean_keeping_case(question), known))
    except QuestionError:
        return ""


def _in_chinese(text: str, known: Known) -> str:
    """Translate simple English; "What about …?" becomes "…呢"."""
    about = _ABOUT.match(text)
    if about is None and not is_english(text, is_stop):
        return text
    named = text[about.end() :] if about is not None else text
    chinese = translate(named.rstrip(_ENDING), partial(chinese_name, known=known), is_stop).text
    chinese = _YEAR.sub(r"\g<0>年", chinese)
    return f"{chinese}呢" if about is not None and chinese else chinese
