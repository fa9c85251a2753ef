"""Coined names (五比一创, “六个一”): a document that only mentions one does not say what it stands for."""

import re
from collections.abc import Callable
from functools import lru_cache

from qa.retrieval.content import named_terms
from qa.text.normalise import normalise
from qa.text.numbers import parse_number
from qa.types import LONG_KINDS, Candidate, Query

CERTAIN = 1.0
"""The reader's log-odds, in -1..1, from which it may be believed that words say what a name stands for."""

_MEANING_ASKED = re.compile(
    r"(?<![^指说讲叫]的)是(?:什么|啥|哪)|指(?:什么|啥|哪|的)|分别|具体|意思|含义|哪[一二两三四五六七八九十]"
)
_CLOSING = "”\"』」》’'"
_SAID_BEHIND = re.compile(
    rf"[{_CLOSING}]*[\u4e00-\u9fff]{{0,8}}?(?:[(:]|——|[,]?(?:即|是指|指的?是|就是|包括|分别[是为]))"
    rf"|[{_CLOSING}]*[^。!?]{{0,25}}?[,(](?:即|也就是|具体[是为])"
    rf"|[^\n]{{0,80}}?(?:一是|第一[,、]|首先|\(一\)|(?<!\d)1[.、])"
)
"""A bracket, a colon, 即 … right behind the name, or a numbered list soon after it."""
_OF_IT = re.compile(rf"[{_CLOSING}]*的(?!含义|意思|内容|内涵|具体|定义|全称|要求|标准|目标)[\u4e00-\u9fff]")
"""What is asked of something that has a name: “爱心接力站”的服务对象."""
_WHO_ASKED = re.compile(r"是由?哪(?:[些几]个?|一?[个家])?(?:单位|部门|机构|公司|企业|学校|人|地方)")
_PARTS = re.compile(r"[一二两三四五六七八九十\d]+[^一二两三四五六七八九十\d]+")
_COUNTED = re.compile(r"(?P<number>[一二两三四五六七八九十])个?[“‘]?(?P<head>[\u4e00-\u9fff]{1,3})")
_FEWEST = 3
"""Clauses that begin alike, where that is more than chance."""
_TITLE = 24
"""Characters of the longest sentence that is a heading in a paragraph: 唱好帮扶“四季歌”。"""
_LISTED = re.compile(r"[^。!?\n]*[、,][^。!?\n、,]{2,20}(?:等|共|这|的|以及)?[“\"『「《‘']*$")


@lru_cache(maxsize=2048)
def plain(text: str) -> str:
    """Return a passage's text in normal form, remembered whatever its length: many candidates stand in one passage."""
    return normalise(text).text


@lru_cache(maxsize=1024)
def is_explained(text: str, term: str) -> bool:
    """Tell whether a passage says what a name stands for, and does not merely mention it.

    Args:
        text: of the passage, normalised.
        term: normalised; counts as not explained where it does not stand in the text.
    """
    if any(_explained_at(text, at.start(), at.end()) for at in re.finditer(re.escape(term), text)):
        return True
    parts = _PARTS.findall(term)
    if len(parts) == 1 and _has_heads(text, parts[0]):
        return True
    return len(parts) > 1 and "".join(parts) == term and all(_part_explained(text, part) for part in parts)


def _has_heads(text: str, term: str) -> bool:
    """Tell whether as many clauses or items of a sentence begin alike as a name counts: three with 不加 for 三不加."""
    counted = _COUNTED.fullmatch(term)
    number = int(parse_number(counted["number"]) or 0) if counted else 0
    if counted is None or number < _FEWEST:
        return False
    head = counted["head"]
    begun = re.compile(rf"(?:^|[、,;:“‘(]|[一二三四五六七八九]是){re.escape(head)}")
    return any(
        sentence.count(head) >= number and len(begun.findall(sentence)) >= number - 1  # a word may lead to the first
        for sentence in re.split("[。!?\n]", text)
    )


def _part_explained(text: str, part: str) -> bool:
    """Tell whether half of a name (三比 of 三比一学) is explained: 是 right behind its quotation marks will do."""
    quoted = re.search(rf"[“\"‘「『]{re.escape(part)}[{_CLOSING}][,]?是", text)
    return quoted is not None or any(
        _explained_at(text, at.start(), at.end()) for at in re.finditer(re.escape(part), text)
    )


def _explained_at(text: str, start: int, end: int) -> bool:
    if _SAID_BEHIND.match(text, end):
        return True
    sentence = max(text.rfind(mark, 0, start) for mark in "。!?\n") + 1
    rest = text[end:].lstrip(_CLOSING)
    if rest[:1] in ("。", "\n") and end - sentence < _TITLE and len(rest) > 1:
        return True
    quoted = text[start - 1 : start] in ("“", '"', "「", "『")
    if quoted:
        return _items_before(text[sentence : start - 1], text[start:end])
    return _LISTED.match(text, sentence, start) is not None


def _items_before(before: str, term: str) -> bool:
    """Tell whether a list of as many items as a name counts leads to it: 比安全,比质量、比进度的“三比”.

    The items are parted by 、, or begin alike; else they may be but the clauses of a sentence that mentions the name.
    """
    number = int(next((parse_number(char) for char in term if parse_number(char)), None) or 2)
    items = re.split("[、,]", before)[-number:]
    heads = {item[:1] for item in items[1:]}
    alike = len(heads) == 1 and next(iter(heads)) in items[0]
    return before.endswith("的") and len(items) == number > 1 and (alike or before.count("、") >= number - 1)


def asked_terms(query: Query) -> tuple[str, ...]:
    """Return the coined or quoted names whose meaning a question asks for, normalised."""
    if query.kinds[0] not in LONG_KINDS or not _MEANING_ASKED.search(query.text) or _WHO_ASKED.search(query.text):
        return ()
    terms = [
        term for term in named_terms(query.text) if not (_counts(term, query.text) or _only_names(term, query.text))
    ]
    parts = [part for term in terms for part in re.split(r"[、,]", normalise(term).text) if part]
    return tuple(dict.fromkeys(parts))


def _only_names(term: str, text: str) -> bool:
    """Tell whether a term merely says whose goal, place or people are asked for."""
    return bool(re.search(re.escape(term) + _OF_IT.pattern, text))


def _counts(term: str, text: str) -> bool:
    """Tell whether it is no name but what is asked to be listed: 有哪五大功能."""
    return (
        re.search(rf"[“\"「『《‘']{re.escape(term)}", text) is None
        and re.search(rf"[哪有比]{re.escape(term)}", text) is not None
    )


def meaning_test(query: Query) -> Callable[[Candidate], bool] | None:
    """Return the test for candidates of a question that asks what a name stands for."""
    terms = asked_terms(query)
    if not terms:
        return None

    def test(candidate: Candidate) -> bool:
        passage = candidate.hit.passage
        text, context = plain(passage.text), plain(passage.context)
        if any(term in context for term in terms) or candidate.features.get("holds", -1.0) >= CERTAIN:
            return True
        return any(is_explained(text, term) for term in terms) and normalise(candidate.text).text not in terms

    return test
