"""Money, counts, percentages and durations: a number with its unit, softening words included.

One expression finds them all, because only the unit behind a number tells what it is; ``units.json`` says which.
"""

import itertools
import re
from functools import cache

from qa.reading.found import Found
from qa.reading.patterns.number_forms import (
    AND_HALF,
    ARABIC,
    BEFORE,
    BEHIND,
    COINS,
    FRACTION,
    HAN_DIGITS,
    LASTING,
    MANY,
    MIXED,
    NOT_BEFORE,
    NUMBER,
    PER,
    SPACED,
    TO,
)
from qa.reading.resources import table
from qa.text.numbers import parse_number
from qa.types import AnswerKind, Value

_TERM = re.compile(r"[“‘\"][一二三四五六七八九十两双]+个?$")


@cache
def units() -> dict[str, tuple[AnswerKind, str, float]]:
    """Map every unit to its kind, its base unit and the factor to it: 平米 → (COUNT, 平米, 1), 块 → (AMOUNT, 元, 1)."""
    data = table("units")
    known = {unit: (AnswerKind.AMOUNT, "元", float(factor)) for unit, factor in data["money"].items()}
    known |= {unit: (AnswerKind.AMOUNT, unit, 1.0) for unit in data["foreign"]}
    known |= {
        unit: (AnswerKind.PERCENT, _percent_base(unit), float(factor)) for unit, factor in data["percent"].items()
    }
    known |= {unit: (AnswerKind.PERIOD, base, 1.0) for unit, base in data["duration"].items()}
    plain = (*data["measures"], *data["people"], *data["classifiers"])
    return {unit: (AnswerKind.COUNT, unit, 1.0) for unit in plain} | known


def _percent_base(unit: str) -> str:
    return "个百分点" if unit in {"个百分点", "个点"} else "%"


@cache
def _pattern() -> re.Pattern[str]:
    unit = "|".join(re.escape(one) for one in sorted(units(), key=len, reverse=True))
    half = "(?:多|余|半)?"
    return re.compile(
        rf"{NOT_BEFORE}(?P<before>{BEFORE})(?=[\d{HAN_DIGITS}半数上几过])"
        rf"(?:(?P<fraction>{FRACTION})|(?P<lasting>{LASTING})|(?P<coins>{COINS})"
        rf"|(?P<low>{NUMBER})(?:(?P<lowunit>{unit})(?:{PER})?)?(?P<to>{TO})"
        rf"(?P<high>{NUMBER})(?P<highunit>{unit})(?:{PER})?"
        rf"|(?P<number>{SPACED}|{NUMBER}){half}(?P<unit>{unit})(?P<and>{AND_HALF})"
        rf"|(?P<bare>{MANY}|(?:{MIXED}|{ARABIC}(?:万亿|[万亿千])?)(?:多|余)?(?![\d.:/a-z%‰年月日号时路]|[-万亿千]\d)))"
        rf"(?P<behind>{BEHIND})"
    )


def find_figures(text: str) -> list[Found]:
    """Find every figure of a text in normal form: AMOUNT, COUNT, PERCENT and PERIOD (durations).

    A range gives one Found without a value; two figures side by side (712户2090人) give each one and both as a "pair".
    """
    found = [one for hit in _pattern().finditer(text) for one in _of(hit, text)]
    return found + _pairs(found)


def _of(hit: re.Match[str], text: str) -> list[Found]:
    start, end = hit.span()
    if _TERM.search(text[max(start - 1, 0) : start] + hit.group()[:4]) and "”" in text[end : end + 12]:
        return []  # “四个转变”, “六个一” are names, not figures
    marks = {"approximate"} if hit["before"] or hit["behind"] else set()
    if hit["fraction"]:
        return [Found(start, end, AnswerKind.PERCENT, _fraction(hit["fraction"]), "%", frozenset(marks))]
    if hit["lasting"]:
        return [Found(start, end, AnswerKind.PERIOD, None, _first_unit(hit["lasting"]), frozenset(marks))]
    if hit["coins"]:
        return [Found(start, end, AnswerKind.AMOUNT, _coins(hit["coins"]), "元", frozenset(marks))]
    if hit["low"]:
        if hit["lowunit"] and not _is_range(hit["lowunit"], hit["to"], hit["highunit"]):
            return _apart(hit, text)
        kind = units()[hit["highunit"]][0]
        return [Found(start, end, kind, None, hit["highunit"], frozenset(marks | {"range"}))]
    if hit["bare"]:
        return _bare(hit, marks)
    return _single(hit, text, marks)


def _is_range(low: str, to: str, high: str) -> bool:
    """Tell whether two figures are the ends of one range: of one kind, and of one unit where only 以上 parts them."""
    (kind, base, _), (other, measure, _) = units()[low], units()[high]
    return kind is other and (to != "以上" or kind is not AnswerKind.COUNT or base == measure)


def _apart(hit: re.Match[str], text: str) -> list[Found]:
    """Read what looks like a range and is none, as its ends have different units: 三人以上五家."""
    halves = (
        _pattern().match(text, hit.start(), hit.start("high")),
        _pattern().match(text, hit.start("high"), hit.end()),
    )
    return [one for half in halves if half is not None for one in _of(half, text)]


def _single(hit: re.Match[str], text: str, marks: set[str]) -> list[Found]:
    unit, number = hit["unit"], hit["number"]
    start, end = hit.span()
    if _is_idle(number, unit, text, hit.start("number"), hit.end("unit")):
        return []
    kind, base, factor = units()[unit]
    value = _with_rest(parse_number(number), hit["and"])
    if number in {"一", "两", "半"}:
        marks = marks | {"one"}
    measured = None if value is None else Value(round(value * factor, 6), base)
    return [Found(start, end, kind, measured, unit, frozenset(marks))]


def _with_rest(value: float | None, rest: str) -> float | None:
    """Add what stands behind the unit: half of it (三米半), or tenths (四成三)."""
    if value is None or not rest:
        return value
    return value + (0.5 if rest == "半" else (parse_number(rest) or 0.0) / 10)


def _first_unit(text: str) -> str:
    """Return the first unit of a duration of several: 小时 of 1小时30分."""
    return next(unit for unit in ("年", "小时", "分钟", "秒") if unit[0] in text)


def _bare(hit: re.Match[str], marks: set[str]) -> list[Found]:
    """A number without a unit: a count, and money too where 万 or 亿 says that it is a sum (投入176万)."""
    start, end = hit.span()
    bare = frozenset(marks | {"bare"})
    if hit["bare"][0] in "数上":
        return [Found(start, end, AnswerKind.COUNT, None, "", bare)]
    value = parse_number(hit["bare"])
    if value is None:
        return []
    found = [Found(start, end, AnswerKind.COUNT, Value(value, ""), "", bare)]
    if re.search("[万亿]", hit["bare"]):
        found.append(Found(start, end, AnswerKind.AMOUNT, Value(value, "元"), "", bare))
    return found


_IDLE_AFTER = {
    "个": "人体性别百",
    "年": "级度代报鉴终初底中",
    "面": "对积貌临",
    "天": "然津气",
    "日": "报",
    "里": "面程",
    "分": "别为布",
    "度": "假",
    "层": "层",
    "把": "关",
    "步": "步",
}
_NAME_GOES_ON = re.compile("[\u4e00-\u9fff](?<![钱整以至到的及和或])")
_IDLE_HAN = "一二三四五六七八九十百千万亿两半"


def _is_idle(number: str, unit: str, text: str, start: int, end: int) -> bool:
    """Tell whether number and unit are part of a word or a year: 一次性, 2017年, 十分, 一面, 万里, 百年."""
    if unit == "年" and re.fullmatch(r"\d{4}|[一二][一二三四五六七八九〇零]{3}|0?\d{2}", number) and len(number) != 2:
        return True
    if text[end : end + 1] in tuple(_IDLE_AFTER.get(unit, "")) and text[end : end + 1]:
        return True
    if not all(char in _IDLE_HAN for char in number):
        return False
    if unit == "元" and len(number) == 1 and _NAME_GOES_ON.match(text, end):
        return True  # 三元煤业, 二元结构
    return (
        (number in {"一", "十", "百", "千", "万", "亿", "半"} and unit not in _STRICT)
        or (text[start - 1 : start] in tuple("统唯同第每逐单进万之某这那另任专其有若十") and number == "一")
        or text[end : end + 2] in {"性的", "时间"}
    )


_STRICT = {
    "元",
    "名",
    "位",
    "人",
    "户",
    "家",
    "份",
    "年",
    "个月",
    "天",
    "个工作日",
    "小时",
    "个小时",
    "个半月",
    "个多月",
    "个半小时",
    "个多小时",
    "万元",
    "支",
    "座",
    "册",
    "元钱",
    "块钱",
    "人次",
    "所",
    "岁",
    "周岁",
    "倍",
    "成",
}
"""Units that make even a lone Chinese numeral a figure."""


_GROUPS = {"户", "家", "批", "对", "个", "支", "期"}
"""What holds people: 712户2090人 is one answer, 30个5.5万平方米 is not."""


def _fraction(text: str) -> Value | None:
    """Read 百分之六十 as 60 %, 三分之二 and 2/3 as 66.67 %, 半数 as 50 %."""
    if "半" in text:
        return Value(50.0, "%")
    below, above = text.split("分之", 1) if "分之" in text else reversed(text.split("/", 1))
    bottom, top = parse_number(below), parse_number(above)
    return None if not bottom or top is None else Value(round(100 * top / bottom, 2), "%")


def _coins(text: str) -> Value | None:
    """Read 3元5角 as 3.5 元, 两块三毛五分 as 2.35 元."""
    total = 0.0
    for place, part in enumerate(re.split("[元块圆角毛分]", text.removesuffix("钱"))):
        digits = parse_number(part) if part else 0.0
        if digits is None:
            return None
        total += digits / 10**place
    return Value(round(total, 6), "元")


def _pairs(found: list[Found]) -> list[Found]:
    """Join two counts that stand side by side with different units, as in 712户2090人."""
    counts = [one for one in found if one.kind is AnswerKind.COUNT and one.unit]
    return [
        Found(one.start, other.end, AnswerKind.COUNT, one.value, one.unit, frozenset({"pair"}))
        for one, other in itertools.pairwise(counts)
        if one.end == other.start and one.unit in _GROUPS and other.unit not in _GROUPS
    ]
