"""Words around a candidate that change what it means: 其中, 共, 不, 同比增长, 从…到; and its own form and place."""

import re

from qa.reading.found import UNKNOWN, Found
from qa.reading.question import Asked
from qa.reading.view import PassageView
from qa.types import AnswerKind, Span

_CHANGE = re.compile(
    r"(?:(?:同比|增长|增加|上升|提高|下降|减少|增幅|降幅|增|降|涨|新增|净增|回升|回落|[高多低少]出|[多少]了|低)了?[^\d,。;]{0,4}"
    r"|比[^\d,。;]{1,8}[多少高])$"
)
_ASKS_CHANGE = re.compile(
    r"增长|增加|增幅|增速|多了|少了|上升|下降|提高|降了|降低|[高低]了|涨|回升|回落|同比|新增|比.{2,12}(?:高|多|低|少)"
)
_SISTERS = re.compile(r"(?:[\d.]+[万亿]?[^、,。;\d]{1,4}、)+$")
"""Figures before this one in its row: what is said before the first of them is said of all (增加12人、8人、5人)."""
_OLD = re.compile(r"(?:由|从)[^,。;]{0,6}$")
_NEW = re.compile(r"[^,。;\d]{0,8}(?:至|到|为)\s*[\d零一二三四五六七八九十百]")
_ASKS_TOTAL = re.compile(r"总共|一共|累计|共计?|总数|合计|总额|全部|加起来|总计")
_ASKS_DAY = re.compile(r"哪天|哪一天|几号|几日|哪日|哪两天|何日|具体日期|几月几")
_ASKS_MONTH = re.compile(r"几月|哪个月|月份")
_ASKS_YEAR = re.compile(r"哪年|哪一年|哪两年|几几年|年份|何年|哪几年")
_SUBSET = re.compile(r"其中|包括|含(?![义量])")
_PART_OF_BODY = re.compile(
    r"其中[,:]?(?P<body>[省市州县区乡镇](?:总工会|总|本级|直)|[\u4e00-\u9fff]{2,10}?(?:工会|公司|集团|机关))"
)
"""其中市总…: what follows is said of a body within the one that the sentence is about."""
_TOTAL = re.compile(r"(?:共计?|累计|总计|合计|总共|一共|总数|总额|全年|达到?|总人数)[\u4e00-\u9fff“”\"]{0,12}$")
_NEGATION = re.compile(r"不(?!断|低于|少于|超过|仅|得|同|但|含|限|足)|没有|未(?!央|来)|无(?!偿|息|线|限)")
_SURE = frozenset({"located", "acting", "named", "title", "position", "range"})
_POOR = frozenset({"bare", "one", "part"})
_FAIR = frozenset({"relative", "quoted", "alone", "weak", "ending"})


def grain(asked: Asked, found: Found, text: str) -> float:
    """Tell whether a date is as fine as asked for (几号, 哪个月, 哪年); for 什么时候, the finer the better."""
    if found.kind is not AnswerKind.DATE:
        return UNKNOWN
    day, month, year = bool(re.search("[日号]", text)), "月" in text, bool(re.search(r"\d{4}|年", text))
    if _ASKS_DAY.search(asked.text):
        return 1.0 if day else 0.2
    if _ASKS_MONTH.search(asked.text):
        return 1.0 if month else 0.1
    if _ASKS_YEAR.search(asked.text):
        return 1.0 if year else 0.1
    return 0.9 if day else 0.8 if month else 0.1 if "relative" in found.marks else 0.6


def change(asked: Asked, before: str) -> float:
    """1 where an increase is asked for and given, 0 where only one of the two, unknown where neither."""
    wanted, there = bool(_ASKS_CHANGE.search(asked.text)), bool(_CHANGE.search(before))
    return 1.0 if wanted and there else UNKNOWN if wanted == there else 0.0


def total(asked: Asked, before: str) -> float:
    """1 where a total is asked for and given, .2 where only asked for; otherwise a total is a little better."""
    there = bool(_TOTAL.search(before))
    return (1.0 if there else 0.2) if _ASKS_TOTAL.search(asked.text) else 0.6 if there else UNKNOWN


def part(asked: Asked, lead: str) -> float:
    """1 where the sentence has gone over to one body of several (其中市总…) and the question names no such body."""
    found = _PART_OF_BODY.search(lead)
    return float(found is not None and found["body"] not in asked.text and "工会" not in asked.text)


def marks(asked: Asked, view: PassageView, found: Found, sentence: Span) -> dict[str, float]:
    """Tell of words around a candidate that change what it means, and of its own form and place."""
    clause = view.clause_at(found.start)
    before = view.plain[clause.start : found.start]
    return {
        "grain": grain(asked, found, view.plain[found.start : found.end]),
        "change": change(asked, _SISTERS.sub("", before)),
        "outdated": float(bool(_OLD.search(before) and _NEW.match(view.plain, found.end))),
        "subset": float(bool(_SUBSET.search(view.plain, max(sentence.start, found.start - 60), found.start))),
        "part": part(asked, view.plain[max(sentence.start, found.start - 60) : found.start]),
        "total": total(asked, before),
        "negation": float(bool(_NEGATION.search(before))),
        "position": 1.0 - found.start / max(len(view.plain), 1),
        "exact": 0.3 if found.marks & _POOR else 1.0 if found.marks & _SURE else 0.7 if found.marks & _FAIR else 0.9,
    }
