"""What a figure measures, and the verb that governs it."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from qa.ledger.lists import alternation, family_verbs, listed
from qa.ledger.picking import Picked
from qa.reading.resources import families
from qa.text.words import Token, is_link, tokens
from qa.types import AnswerKind, Span

_STOP = re.compile(r"[,。;:!?\n《》\t]|——|\((?![\u4e00-\u9fff、]{1,6}\))")
_CONNECT = re.compile(rf"(?:{alternation('links')}|[:“”\"])+$")
_MEASURE = re.compile(rf"(?:{alternation('measures')})$")
_LEAD = re.compile(rf"(?:(?!各级)(?:{alternation('lead')})|第[一二三四五六七八九十百零]{{1,6}}[条章])+")
_TRAIL = re.compile(rf"(?:{alternation('trail')})+$")
_JOINS = frozenset("和 与 及 以及 的 、".split())
_PER_HEAD = re.compile(
    r"(?:每(?:人|名|位|户|家|个|所|生|班)|人均|户均|各(?:送|发|奖|补|捐))[^,。;:\d]{0,14}$"
    r"|(?:人均|户均|平均每|按每)[^,。;]{0,14}$|每(?![多次小])[\u4e00-\u9fff]{1,5}$"
)
_PER_HEAD_BEHIND = re.compile(r"(?:/|每)(?:人|户|名|位|生)|/(?:天|月|年|次)")
_PER_TIME = re.compile(r"每(?:年|月|天|日|周|季度|次|到|逢|当|期|届|学年|学期)")
_EACH = re.compile(
    r"每[\u4e00-\u9fff]{1,8}?(?:补助|补贴|发放|奖励|资助|配备|投入|拨付|提供|缴纳|给予)(?=[\u4e00-\u9fff]{2})"
)
_FROM = re.compile(r"从(?P<source>[\u4e00-\u9fff]{2,14}?)(?:中|里|内)(?:分别|各|共)?[\u4e00-\u9fff]{0,3}$")
_ONLY_LINKS = re.compile(r"(?:分别|各|均|已|也|就|共|总共|累计|合计|达到?|为|由|从|是|有|仅|近|约|提高到?|[:“”\"])*")
_THEN = r"(?:上一?年度?|[去前]年|上月|上个?季度|年初|(?:19|20)\d{2}年)(?:年?[底初末]|同期)?"
_COMPARED = re.compile(rf"(?:[比较]{_THEN}(?:相[比较])?|[与同和]{_THEN}(?:相[比较]|比较?))[净多少高低]?$")
"""With what a figure is compared, right before it: the thing stands before that."""
_UNION_GOES_ON = re.compile("[、和与及]|以及|系统|组织")
_EITHER = re.compile(r"\([次套人名个户家所件]\)")
"""The other unit of 56名(次)."""
_LONGEST = 26
_WORTH = re.compile(r"(?:价值|总价|市值)(?:达到?|为|约|共|近|超过?)*$")
_NAMES = frozenset("收入 营收 出版".split())
"""Verbs that mostly stand as nouns beside figures."""
_SHORT = frozenset("村 县 市 省 州 校 厂 队 站 班 组 镇 乡".split())
_THINGLESS = frozenset("次 场次 批 期 批次 届 场".split())


@cache
def _money_verbs() -> frozenset[str]:
    return frozenset(form for forms in families()[0].values() for form in forms)


@cache
def _verbs() -> frozenset[str]:
    return listed("verbs") | family_verbs()


def per_head(text: str, one: Picked, clause: Span) -> bool:
    """Tell whether a figure is said of each one: 每人发放3000元, 人均收入, 500元/人."""
    if _PER_HEAD_BEHIND.match(text, one.end):
        return True
    if one.kind is AnswerKind.PERCENT:
        return False
    found = _PER_HEAD.search(text[clause.start : one.start])
    return found is not None and not _PER_TIME.match(found.group())


def verb_of(text: str, one: Picked, clause: Span, sentence: Span, what: Span) -> str:
    """Return the verb that governs a figure, as printed, "" for none.

    It is the nearest before the figure in its clause, else behind it there, else before it in its sentence.

    Args:
        what: the measured thing, whose own words are no verbs (农民工讨薪周转金).
    """
    found = [
        word
        for word in _words(text)
        if sentence.start <= word.start < sentence.end
        and word.text in _verbs() - _NAMES
        and not (what.start <= word.start and word.end <= what.end)
    ]
    before = [word for word in found if clause.start <= word.start and word.end <= one.start]
    if one.kind is AnswerKind.AMOUNT:
        before = [word for word in before if word.text in _money_verbs()] or before
    if before:
        return before[-1].text
    behind = [word for word in found if one.end <= word.start < clause.end]
    if behind:
        return behind[0].text
    further = [word for word in found if word.end <= min(clause.start, one.start)]
    return further[-1].text if further and one.start - further[-1].end < 40 else ""


def what_of(text: str, one: Picked, clause: Span, floor: int, ceiling: int) -> Span:
    """Return where the measured thing stands: behind a count (224项优秀成果), else before (经费109.7万元); maybe empty.

    Args:
        floor: where the figure before this one ends; nothing is taken from before it.
        ceiling: where the next figure begins; nothing is taken from behind it.
    """
    start = max(clause.start, floor)
    behind = _behind(text, one.end, max(min(clause.end, ceiling), one.end), one)
    if behind and (one.kind is AnswerKind.COUNT or _is_described(text, one, start)):
        return behind
    if one.kind is AnswerKind.PERCENT and (source := _FROM.search(text, start, one.start)):
        return Span(*source.span("source"))
    before = _before(text, start, one.start)
    if not before and start == clause.start and _carries_on(text, start, one):
        low = max(text.rfind(mark, 0, max(start - 1, 0)) + 1 for mark in ",。;:\n")
        before = _before(text, low, max(start - 1, low))
    return before or (None if one.kind is AnswerKind.COUNT else behind) or Span(one.start, one.start)


def without_unions(text: str, what: Span, ends: Sequence[int]) -> Span:
    """Cut a thing behind the last union in it, as that says whose it is: 青山市总工会帮扶资金; empty for a mere verb.

    Args:
        ends: where the names of the unions end.
    """
    start = max((end for end in ends if what.start < end < what.end), default=what.start)
    rest = _without_verb(text, _trimmed(text, start, what.end))
    if start == what.start or len(rest) < 2 or _UNION_GOES_ON.match(text, start):
        return what
    return Span(what.end, what.end) if text[rest.start : rest.end] in family_verbs() - _NAMES else rest


def _is_described(text: str, one: Picked, start: int) -> bool:
    """Tell whether an amount describes what stands behind it: 3000元的助学金, 价值46万元慰问物资."""
    if one.kind is not AnswerKind.AMOUNT:
        return False
    return text[one.end : one.end + 1] == "的" or one.upper is not None or bool(_WORTH.search(text, start, one.start))


def _carries_on(text: str, start: int, one: Picked) -> bool:
    """Tell whether a clause only goes on with what the one before it names: 比例,分别由12.3%提高到15%."""
    links = _ONLY_LINKS.fullmatch(text, start, one.start)
    return links is not None and (
        one.kind is not AnswerKind.COUNT or re.search("分别|[达为由]", links.group()) is not None
    )


def _behind(text: str, start: int, end: int, one: Picked) -> Span | None:
    """Take the words right behind a figure up to a verb, a particle or a stop."""
    match = _STOP.search(text, start, end)
    limit = min(match.start() if match else end, start + _LONGEST)
    start = either.end() if (either := _EITHER.match(text, start)) else start
    start += text[start : start + 1] == "的"
    if text[start : start + 1] in _SHORT and any(
        word.start == start + 1 and _stops(word.text) for word in _inside(text, start, limit)
    ):
        return Span(start, start + 1)  # 4个村建立…, where 个村 is a word of the dictionary
    at, noun = start, False
    for word in _inside(text, start, limit):
        gap = text[at : word.start]
        if gap.strip('“”"、·()') or ("、" in gap and (at == start or one.kind is AnswerKind.AMOUNT)):
            break
        if word.text[0].isdigit() or (word.text in listed("bounds") and word.text != "人"):
            break
        stops = _stops(word.text)
        if word.text == "组织" and noun:
            stops = False  # 非公经济组织
        if stops and (noun or word.text in _verbs() or _takes_no_verb(one)):
            break
        at, noun = word.end, noun or not stops
    return _solid(text, _trimmed(text, start, _without_act(text, start, at))) if noun else None


def _takes_no_verb(one: Picked) -> bool:
    """Tell whether what stands behind a figure must begin with a noun to be its thing (not so 12家破产企业)."""
    return one.kind is AnswerKind.PERCENT or one.value.unit in _THINGLESS


def _without_act(text: str, start: int, end: int) -> int:
    """Return where a thing ends before a verb that leads on to the next figure: 123万元资金帮扶371名学生."""
    words = _inside(text, start, end)
    if len(words) > 1 and text[end : end + 1].isdigit() and words[-1].text in family_verbs() - _NAMES:
        return words[-1].start
    return end


def _before(text: str, start: int, end: int) -> Span | None:
    """Take the words before a figure back to a verb, a particle or a stop; 人数达到 and the like are passed over."""
    stops = [match.end() for match in _STOP.finditer(text, start, end)]
    low = stops[-1] if stops else start
    connect = _CONNECT.search(text, low, end)
    high = connect.start() if connect else end
    compared = _COMPARED.search(text, max(low, high - 16), high)
    high = compared.start() if compared else high
    at = high
    for word in reversed(_inside(text, low, high)):
        gap = text[word.end : at]
        if gap.strip('“”"、·()') or word.text in listed("bounds") or high - word.start > _LONGEST:
            break
        if any(char.isdigit() for char in word.text) or _stops(word.text):
            break
        at = word.start
    what = _without_verb(text, _trimmed(text, at, high))
    return None if text[what.start : what.end] in family_verbs() - _NAMES else _solid(text, what)


def _solid(text: str, what: Span) -> Span | None:
    """Drop what is too short to say anything."""
    return what if len(what) > 1 or text[what.start : what.end] in _SHORT else None


def _without_verb(text: str, what: Span) -> Span:
    """Drop a verb that a thing begins with (慰问困难企业), as long as more than a mere measure is left (帮扶资金)."""
    each = _EACH.match(text, what.start, what.end)
    if each:
        return Span(each.end(), what.end)
    first = next(iter(_inside(text, what.start, what.end)), None)
    if first is None or first.start != what.start or not _is_verb(first.text):
        return what
    rest = text[first.end : what.end]
    return what if len(rest) < 2 or _MEASURE.fullmatch(rest) or rest[0] in "班的和、" else Span(first.end, what.end)


def _is_verb(word: str) -> bool:
    """Tell whether a word is a verb that figures go with, or two of them (走访慰问)."""
    return word in _verbs() or (len(word) == 4 and word[:2] in _verbs() and word[2:] in _verbs())


def _stops(word: str) -> bool:
    """Tell whether a word ends a noun phrase: a verb, an adverb, a particle other than 的 and 和."""
    if word in _JOINS or _MEASURE.search(word) or word in listed("nouns"):
        return False
    return word in _verbs() or is_link(word)


def _inside(text: str, start: int, end: int) -> list[Token]:
    return [word for word in _words(text) if start <= word.start and word.end <= end]


@lru_cache(maxsize=256)
def _words(text: str) -> tuple[Token, ...]:
    """Split a text into words, a verb from its object where the dictionary has both as one: 筹集资金."""
    return tuple(part for word in tokens(text) for part in _parts(word))


def _parts(word: Token) -> tuple[Token, ...]:
    if word.text not in listed("phrases"):
        return (word,)
    cut = word.start + 2
    return Token(word.text[:2], word.start, cut), Token(word.text[2:], cut, word.end)


def _trimmed(text: str, start: int, end: int) -> Span:
    end += text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")"
    for opening, closing in ("“”", "()"):
        piece = text[start:end]
        if piece.count(opening) != piece.count(closing):
            cut = max(piece.rfind(closing), piece.rfind(opening)) + 1
            start += cut if cut < len(piece) else 0
    lead = _LEAD.match(text[start:end])
    start += lead.end() if lead else 0
    start -= text[start - 1 : start] == "“" and text[start:end].count("”") > text[start:end].count("“")
    trail = _TRAIL.search(text[start:end])
    end -= len(trail.group()) if trail else 0
    return Span(start, max(end, start))
