"""One time as it is printed, read: 去年3月, 2013年1-6月, “十三五”末, in plain years and months."""

import re
from dataclasses import dataclass

from qa.ledger.scene import Scene
from qa.reading.patterns.dates import ERA
from qa.text.numbers import parse_number
from qa.text.plans import FIRST_OF_FIVE_YEARS, last_year

_SAID = {"今": 0, "本": 0, "去": -1, "上": -1, "昨": -1, "前": -2, "明": 1, "后": 2}
_BACK = re.compile(r"(?P<said>当年|同年|次年|翌年)")
_RELATIVE = re.compile(r"(?P<said>今年|本年度?|去年|昨年|上年|上一年|前年|明年|后年)(?!龄|级|会)")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2}|[一二][九〇零○0][〇零○0一二三四五六七八九]{2})(?=年(?!代)|[-./至到~—])")
_MONTH = re.compile(r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月")
_BARE_MONTH = re.compile(r"(?<!\d)\d{1,2}$")
_DAY = re.compile(r"月(?P<day>[12]\d|3[01]|0?[1-9]|[一二]?十?[一二三四五六七八九十])[日号]")
_ONLY_DAY = re.compile(r"(?P<day>[12]\d|3[01]|0?[1-9])[日号]$")
_PART = re.compile(r"上半年|下半年|前[两二三23]个?季度|第?[一二三四1-4]季度|年[底初末中]|[底初末]$|[上中下]旬")
_PLAN_END = re.compile(r"(?P<plan>[一二三四五六七八九十]+)五[”\"]?(?:规划|计划)?期?末")
_TO = re.compile(r"至|到|[-~—–―]{1,2}")
_UNTIL = re.compile(r"截[至止]到?(?:[今昨]天\(?)?$")
_SINCE = re.compile(r"(?:年?度?)?(?:以来|起|开始)")


@dataclass(frozen=True, slots=True)
class Period:
    """A time, as it is shown, and its last year; ``fine`` where it names a day or month."""

    text: str = ""
    year: int | None = None
    fine: bool = False


UNKNOWN = Period()


def read_time(text: str, start: int, end: int, scene: Scene, last: int | None, spoken: int | None) -> Period | None:
    """Put the time at [start, end) into words: 2016年10月–2017年1月, 截至2017年6月, 2014年以来; None for no time.

    Args:
        text: in normal form.
        last: the year named shortly before it.
        spoken: the year of a month without one.
    """
    said = text[start:end]
    if ERA.match(said) and not _YEAR.search(said):
        return _era(said)
    halves = [half for half in _TO.split(said) if half] if "月" in said or _YEAR.search(said) else [said]
    halves = halves if 1 < len(halves) <= 2 else [said]
    if "月" not in halves[0] and _MONTH.match(halves[-1]) and _BARE_MONTH.search(halves[0]):
        halves[0] += "月"  # 2013年1-6月
    parts: list[str] = []
    year, fine = None, False
    for half in halves:
        only = _ONLY_DAY.match(half) if parts else None
        if only:
            parts.append(f"{_number(only['day'])}日")
            continue
        words, then, detail = _point(half, scene, year if year is not None else last, spoken)
        parts += [words.removeprefix(f"{year}年") or words] if words and year == then else [words] if words else []
        year, fine = then if then is not None else year, fine or detail
    if not parts:
        return None
    until = "截至" if _UNTIL.search(text, max(start - 7, 0), start) else ""
    since = (
        "以来" if not until and len(parts) == 1 and _SINCE.match(text, end) and "起" not in text[end : end + 1] else ""
    )
    return Period(until + "–".join(parts) + since, year, fine)


def _era(said: str) -> Period:
    """Show a decade or a five-year plan as printed; only the end of a plan is of one year: “十三五”末 is 2020."""
    ends = _PLAN_END.search(said)
    plan = _number(ends["plan"]) if ends else 0
    return Period(said, last_year(plan) if plan >= FIRST_OF_FIVE_YEARS else None)


def _point(said: str, scene: Scene, last: int | None, spoken: int | None) -> tuple[str, int | None, bool]:
    """Read one point of time: its words with the year put in, its year, whether it has a month."""
    year = _year(said, scene, last, spoken)
    month, day, part = _MONTH.search(said), _DAY.search(said), _PART.search(said)
    words = ""
    if month:
        words = f"{_number(month['month'])}月" + (f"{_number(day['day'])}日" if day else "")
        if part and part.group().endswith(("旬", "底", "初", "末")) and not day:
            words += part.group()[-2:] if part.group().endswith("旬") else part.group()[-1]
    elif part:
        words = part.group().removeprefix("年")
    if not words and year is None:
        return "", None, False
    if year is None and not month:
        return (words, None, False) if words and scene.written is None else ("", None, False)
    return (f"{year}年{words}" if year is not None else words), year, bool(month)


def _year(said: str, scene: Scene, last: int | None, spoken: int | None) -> int | None:
    if match := _YEAR.search(said) or re.match(r"(?P<year>(?:19|20)\d{2})$", said):
        return _number(match["year"].replace("0", "〇") if match["year"][0] in "一二" else match["year"]) or None
    if match := _RELATIVE.search(said):
        return None if scene.written is None else scene.written + _SAID[match["said"][0]]
    if match := _BACK.search(said):
        base = last if last is not None else scene.told
        return None if base is None else base + (match["said"] in ("次年", "翌年"))
    if re.search("[月日号]|季度|半年|年[底初末]", said) or re.search("[今昨明当]|上月|本月|本周|下周", said):
        return last if last is not None else spoken
    return None


def _number(text: str) -> int:
    return int(parse_number(text) or 0)
