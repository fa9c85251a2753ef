"""Sentences that define, give a reason or tell how: one to three in a row, with the features of their ranking."""

import re
from collections.abc import Iterator

from qa.reading.features import gram_cover, term_match
from qa.reading.found import UNKNOWN, Found
from qa.reading.matching import Matcher
from qa.reading.question import Asked
from qa.reading.subject import all_named, place_match, year_match
from qa.types import AnswerKind, Query, Span

_WHY = re.compile(r"为什么|为啥|为何|原因|凭什么|凭啥|缘何|缘故|为什麽|咋会|怎么会")
_HOW = re.compile(r"怎么|怎样|如何|咋|办法|方式|途径|流程|程序|步骤|谁推荐|听谁的")
_WHAT = re.compile(r"什么意思|啥意思|定义|指什么|指的是|是什么|干什么|什么叫|叫什么|含义|概念|是啥|干啥")
_MAY = re.compile(r"能不能|可不可以|可以吗|行不行|算不算|能否|是否|吗$|吗\?|要不要|该不该|会不会|允许")
_CUES = (
    (
        _WHY,
        re.compile(
            r"因为|由于|为了|为(?=[^主期]{2,12}[,,])|因(?=[^此而公])|原因|所以|于是|以便|旨在|目的|表达|障碍|从而|以此|缺少|是[^,,。是]{2,30}(?:举措|抓手|载体|需要|途径|前提)"
        ),
    ),
    (
        _HOW,
        re.compile(
            r"通过|采取|采用|按照|依据|根据|方式|由[^于此]|应当|可以|向[^上下来]|申请|推荐|协商|先[^进后]|再|以[^来及上下内往]|负责|实行|办法|程序|为准|配备|解决"
        ),
    ),
    (
        _WHAT,
        re.compile(r"是指|所称|即|就是|称为|指的是|是以|是由|是一|是为|是对|代表|意味着|包括|[“”(]|机制|制度|简称"),
    ),
    (_MAY, re.compile(r"不得|可以|应当|不能|严禁|禁止|必须|计入|视为|享受|有权|无需|不予|允许|属于")),
)
_OPENS = re.compile(r"^(?:[他她它其这那该此于并同具]|因此|所以|于是|另外|同时|对于|也就|即)")
LONGEST = 3
"""Sentences in a row at most."""


def wanted_cues(text: str) -> list[re.Pattern[str]]:
    """Return the cue words that an answer may hold: of reasons for 为什么, of means for 怎么, …; none for others."""
    return [cues for question, cues in _CUES if question.search(text)]


def windows(count: int) -> Iterator[tuple[int, int]]:
    """Yield [first, last] of every run of one to three among ``count`` sentences."""
    for first in range(count):
        for last in range(first, min(first + LONGEST, count)):
            yield first, last


def explain_features(query: Query, matcher: Matcher, asked: Asked, first: int, last: int) -> dict[str, float]:
    """Describe the sentences first..last of a passage as an answer: the words inside them count."""
    view = matcher.view
    span = Span(view.sentences[first].start, view.sentences[last].end)
    text = view.plain[span.start : span.end]
    found = Found(span.start, span.start, AnswerKind.EXPLAIN)
    place, place_conflict = place_match(query, view, span, found)
    year, year_conflict = year_match(query, view, span)
    cues = wanted_cues(query.text)
    inside = matcher.share(span.start, span.end)
    return {
        "cover_sentence": inside,
        "cover_clause": _best_clause(matcher, span),
        "cover_passage": max(matcher.share(0, len(view.plain)), inside),
        "grams": gram_cover(asked, text),
        "cue": sum(bool(cue.search(text)) for cue in cues) / len(cues) if cues else UNKNOWN,
        "term": term_match(asked, text),
        "brevity": 1.0 / (1.0 + max(len(text) - 60, 0) / 120.0),
        "style": 1.0 if last == first else 0.85 if _OPENS.search(view.plain[view.sentences[last].start :][:4]) else 0.6,
        "position": 1.0 - span.start / max(len(view.plain), 1),
        "place": place,
        "place_conflict": place_conflict,
        "year": year,
        "year_conflict": year_conflict,
        "organisation": all_named(query.organisations, view, span),
        "number": all_named(query.numbers, view, span),
        **matcher.missing,
    }


def _best_clause(matcher: Matcher, span: Span) -> float:
    """Return the largest share of the question's words that one clause of the sentences holds."""
    starts = [at for at in matcher.view.clause_starts if span.start <= at < span.end] or [span.start]
    return max(matcher.share(at, matcher.view.clause_at(at).end) for at in starts)
