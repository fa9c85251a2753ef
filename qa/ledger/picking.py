"""Which of the figures that the patterns find are facts to keep: no names, no ordinals, no numbers of items."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.ledger.lists import listed
from qa.reading.found import Found
from qa.reading.resources import characters
from qa.reading.view import PassageView
from qa.text.numbers import parse_number
from qa.types import AnswerKind, Value

_HAN = "零〇一二三四五六七八九十百千万亿两半"
_ROUND = re.compile(r"[十百千万亿]+[^\d余多来几]*")
_SHORT_QUOTE = re.compile(r"[“‘\"「][^“”‘’\"「」]{1,14}[”’\"」]|《[^《》]{1,60}》")
_BIG = re.compile("[万亿]")
_TOTAL_NAMED = re.compile(r"(?:[数量]|总量|总额|金额|人次|规模)(?:达到?|为|有|是|共|已|超过?|约)?[:,]?$")
_MONEY_NEAR = re.compile(
    r"资金|经费|投资|投入|拨|款|费|[^资]金|筹|捐|薪|工资|收入|产值|利润|贷|补助|补贴|救助|发放|奖励|财政"
)
_PEOPLE = re.compile(
    r"(?:[\u4e00-\u9fff]{0,6}?)(?:农民工|职工|员工|工人|会员|劳模|学生|学子|群众|人口|劳动者|产业工人|干部|妇女)"
)
_MEETING = re.compile(r"(?:全体|执委|委员|代表|中央|全会|会议|党代|职代|常委|次)")
_MARKER = re.compile(r"(?:^|[\n。;:])\(?$")
_END = rf"[\d,.]+(?:[万亿千百]+零?[\d,.]+)*[万亿千百]*|[{_HAN}]+"
_RANGE = re.compile(rf"(?P<low>{_END})[^\d{_HAN}]*?(?:至|到|[-~—–―]{{1,2}}|以上)(?P<high>{_END})")
_ORDINAL = re.compile(r"第\d+[-~—、至和]+$")
_NO_MONEY = re.compile("角[洲形度色落力]")
_GOES_ON = re.compile("[万亿]")
_FACTOR = re.compile("[万亿千百]+$")
_PLAIN = re.compile(r"[\d,.]+")
_VAGUE = re.compile("[多余来几约近超逾]|左右|上下|以上|以下|以内|之内|至少|最多|不[超低少得]|将近")


@dataclass(frozen=True, slots=True)
class Picked:
    """A figure worth a row, [start, end) of the view's plain text.

    Attributes:
        upper: the upper end of a range, else None.
    """

    start: int
    end: int
    kind: AnswerKind
    value: Value
    upper: float | None
    approximate: bool


def pick(view: PassageView) -> list[Picked]:
    """Return the figures of a passage that are facts, in their order, none within another."""
    quotes = [match.span() for match in _SHORT_QUOTE.finditer(view.plain)]
    picked: list[Picked] = []
    for found in sorted(view.figures, key=lambda one: (one.start, one.kind is not AnswerKind.AMOUNT)):
        if "pair" in found.marks or (picked and found.start < picked[-1].end) or _is_serial(view, found):
            continue
        picked += _picked(view.plain, found, quotes)
    return _merged(view.plain, picked)


def _merged(text: str, picked: list[Picked]) -> list[Picked]:
    """Make one range of 一万元以上 and 五万元以下 side by side."""
    merged: list[Picked] = []
    for one in picked:
        last = merged[-1] if merged else None
        if (
            last
            and last.end == one.start
            and (last.upper, one.upper, last.value.unit) == (None, None, one.value.unit)
            and text.endswith("以上", 0, last.end)
            and text.endswith("以下", 0, one.end)
            and last.value.number <= one.value.number
        ):
            merged[-1] = replace(last, end=one.end, upper=one.value.number)
        else:
            merged.append(one)
    return merged


def _is_serial(view: PassageView, found: Found) -> bool:
    """Tell whether a number is a line's own, before a name that begins with a unit: 3 张强 in a list of names."""
    at = found.end - 1
    return (
        found.unit in characters("surnames")
        and at in view.gaps
        and view.plain[found.start : at].isdigit()
        and view.plain[found.start - 1 : found.start] in ("", "\n")
        and any(person.start == at for person in view.persons)
    )


def _picked(text: str, found: Found, quotes: list[tuple[int, int]]) -> Iterator[Picked]:
    quoted = any(start <= found.start and found.end <= end for start, end in quotes)
    if found.kind is AnswerKind.PERIOD or _is_name(text, found, quoted):
        return
    if "bare" in found.marks:
        yield from _bare(text, found)
        return
    said = text[found.start : found.end]
    ends = _ends(said, found) if "range" in found.marks else (found.value, None)
    if ends is not None and ends[0] is not None:
        yield Picked(found.start, found.end, found.kind, ends[0], ends[1], bool(_VAGUE.search(said)))


def _is_name(text: str, found: Found, quoted: bool) -> bool:
    """Tell whether a number is part of a name or a way of speaking: 十三届, “三项机制”, 万家, 四个方面, 一名."""
    said = text[found.start : found.end]
    if found.kind is not AnswerKind.COUNT:
        return _NO_MONEY.match(text, found.end - 1) is not None or (quoted and _in_title(text, found))
    if found.unit in listed("idle_units") or _is_part(text, found):
        return True
    number = said[: len(said) - len(found.unit)] if found.unit else said
    han = bool(number) and all(char in _HAN for char in number)
    if quoted and (han or "bare" in found.marks or _in_title(text, found)):
        return True
    if not han:
        return number == "1" and not found.unit
    idle = any(text.startswith(word, found.end) for word in listed("idle_things"))
    return idle or number == "一" or _ROUND.fullmatch(number) is not None


def _is_part(text: str, found: Found) -> bool:
    """Tell whether number and unit belong to a longer word: 零首付, 两部分, 前十名, 第9-10期, 十六届五次会议."""
    before, behind = text[found.start - 1 : found.start], text[found.end : found.end + 1]
    if before == "前" or found.unit + behind in ("首付", "部分"):
        return True
    if found.unit == "次" and (before in ("届", "第") or _MEETING.match(text, found.end)):
        return True
    return _ORDINAL.search(text[max(found.start - 8, 0) : found.start]) is not None


def _in_title(text: str, found: Found) -> bool:
    return text.rfind("《", 0, found.start) > text.rfind("》", 0, found.start)


def _bare(text: str, found: Found) -> Iterator[Picked]:
    """Keep a number without a unit where it says itself what it is: money by its clause, people by the next word."""
    if found.value is None:
        return
    number = found.value.number
    if more := _GOES_ON.match(text, found.end):
        number *= parse_number("1" + more.group()) or 1.0
        found = replace(found, end=more.end())
    said = text[found.start : found.end]
    clause = text[max(found.start - 24, 0) : found.start]
    approximate = bool(_VAGUE.search(said))
    if _PEOPLE.match(text, found.end):
        if found.kind is AnswerKind.COUNT and (_BIG.search(said) or not _MARKER.search(clause)):
            yield Picked(found.start, found.end, AnswerKind.COUNT, Value(number, "人"), None, approximate)
    elif _BIG.search(said) and found.kind is AnswerKind.AMOUNT and _MONEY_NEAR.search(clause):
        yield Picked(found.start, found.end, AnswerKind.AMOUNT, Value(number, "元"), None, approximate)
    elif found.kind is AnswerKind.COUNT and _TOTAL_NAMED.search(clause):
        yield Picked(found.start, found.end, AnswerKind.COUNT, Value(number, ""), None, approximate)


def _ends(said: str, found: Found) -> tuple[Value, float] | None:
    """Read both ends of a range; the first one shares the second's 万 or 亿 where it has none (3至5万元)."""
    from qa.reading.patterns.figures import units

    match = _RANGE.search(said)
    if match is None:
        return None
    _, base, factor = units()[found.unit]
    low, high = parse_number(match["low"]), parse_number(match["high"])
    if low is None or high is None:
        return None
    shared = _FACTOR.search(match["high"])
    if shared and _PLAIN.fullmatch(match["low"]) and low < high:
        scale = (parse_number("1" + shared.group()) or 1.0) if low * 10 < high else 1.0
        low = low * scale if low * scale <= high else low
    return (Value(round(low * factor, 6), base), round(high * factor, 6)) if low <= high else None
