"""When a figure is of: the time that its sentence, its paragraph or its article says, in plain years and months."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.ledger.scene import Scene
from qa.reading.found import Found
from qa.text.numbers import parse_number
from qa.types import Span

_SAID = {"今": 0, "本": 0, "去": -1, "上": -1, "昨": -1, "前": -2, "明": 1, "后": 2}
_BACK = re.compile(r"(?P<said>当年|同年|次年|翌年)")
_RELATIVE = re.compile(r"(?P<said>今年|本年度?|去年|昨年|上年|上一年|前年|明年|后年)(?!龄|级|会)")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2}|[一二][九〇零][〇零一二三四五六七八九]{2})(?=年|[-./至到~—])")
_DIGITS = re.compile(r"(?:19|20)\d{2}年")
_MORE = re.compile(r"(?<![\d.])20\d{2}(?=全[国省市州县])|(?<![\d年])(?:[上下]半年|第?[一二三四]季度)")
"""Times that the reader's patterns for dates leave out."""
_MONTH = re.compile(r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月")
_DAY = re.compile(r"月(?P<day>[12]\d|3[01]|0?[1-9]|[一二]?十?[一二三四五六七八九十])[日号]")
_ONLY_DAY = re.compile(r"(?P<day>[12]\d|3[01]|0?[1-9])[日号]$")
_PART = re.compile(r"上半年|下半年|第?[一二三四1-4]季度|年[底初末中]|[底初末]$|[上中下]旬")
_TO = re.compile(r"至|到|[-~—–―]{1,2}")
_UNTIL = re.compile(r"截[至止]到?(?:[今昨]天\(?)?$")
_SINCE = re.compile(r"(?:年?度?)?(?:以来|起|开始)")
_NOW = re.compile(r"(?:截[至止]到?)?(?:目前|现在|当前)(?:为止)?|迄今(?:为止)?|截至今|至今|已经?累计")
_SPAN = re.compile(
    r"(?P<near>近|过去|这)?(?P<number>[\d一二两三四五六七八九十]+|几|多)(?:多|余)?年多?(?:来|间|以来)|近年来|历年"
)
_EVERY = re.compile(r"每(?:年|月|季度|周|天|日|学年|学期)|按[年月]")
_COMPARED = re.compile(r"(?:比|较|与|同|和)[^,。;:]{0,12}$")
_COMPARED_BEHIND = re.compile(
    r"(?:年|月|同期|水平|年底|年末)?[^,。;\d]{0,8}"
    r"(?:相比|增长|增加|下降|提高|减少|持平|上升|翻|降低|[多少高低]出?|实施前)"
)
_IN_TITLE = re.compile(r"《[^《》\n]{0,60}$")
_APART = 30
"""Characters behind a year within which a month without one is of that year, too."""
_EVENT = re.compile(r"此次|本次|这次|当[天日晚]|活动中|会上|仪式上|现场|据悉|据了解|据介绍")
_RULE = re.compile(r"不(?:得|少于|低于|超过|高于)|(?<![适相反供对响])应当?(?![对急用届])|必须|至少|原则上")


@dataclass(frozen=True, slots=True)
class Period:
    """A time, as it is shown, and its last year; ``fine`` where it names a day or month."""

    text: str = ""
    year: int | None = None
    fine: bool = False


UNKNOWN = Period()


def period_of(text: str, dates: Sequence[Found], sentences: Sequence[Span], at: int, scene: Scene) -> Period:
    """Tell when the figure at an offset is of.

    Args:
        text: a passage in normal form.
        dates: DATE and PERIOD ranges of the passage.
        sentences: of the passage, in their order.
        at: where the figure begins.
    """
    index = max((n for n, one in enumerate(sentences) if one.start <= at), default=0)
    sentence = sentences[index] if sentences else Span(0, len(text))
    spoken = _spoken(text, sentence.start, scene)
    own = _last(text, dates, sentence, at, scene, spoken)
    if scene.is_law:  # 上月, 每年 and the like are part of the rule
        return own if own is not None and _DIGITS.search(text, sentence.start, at) else UNKNOWN
    if own is not None:
        return own
    paragraph = text.rfind("\n", 0, at) + 1
    for earlier in reversed(sentences[:index]):
        if earlier.start < paragraph:
            break
        found = _last(text, dates, earlier, earlier.end, scene, spoken)
        if found is not None and _lasts(found, scene):
            carried = not found.fine or _EVENT.search(text, sentence.start, at) or len(sentences) < 8
            return found if carried else Period(f"{found.year}年", found.year) if found.year else UNKNOWN
    clause = max(text.rfind(mark, sentence.start, at) for mark in ",;") + 1 or sentence.start
    if _RULE.search(text, clause, min(at + 12, sentence.end)):
        return UNKNOWN
    return Period(f"{scene.told}年", scene.told) if scene.told is not None else UNKNOWN


def _lasts(found: Period, scene: Scene) -> bool:
    """Tell whether a time holds for the sentences behind its own: what comes again or is yet to come does not."""
    passing = "每" in found.text or (found.text.startswith("近") and found.text != "近1年")
    return not passing and not (found.year and scene.written and found.year > scene.written)


def _spoken(text: str, at: int, scene: Scene) -> int | None:
    """Tell which year a month without one is of: that of writing where it is printed, else the last one spoken of."""
    if scene.is_dated:
        return scene.written
    said = [match for match in re.finditer(r"(?<!\d)(?:19|20)\d{2}年|去年|今年", text[:at])]
    if not said or said[-1].group() == "今年":
        return scene.written
    if said[-1].group() == "去年":
        return None if scene.written is None else scene.written - 1
    year = int(said[-1].group()[:4])
    return year if scene.written is None or year <= scene.written else scene.written


def _last(
    text: str, dates: Sequence[Found], sentence: Span, at: int, scene: Scene, spoken: int | None
) -> Period | None:
    """Return the last time named in a sentence before an offset, None where there is none."""
    found: list[tuple[int, int, Period]] = []
    year: int | None = None
    said_at = -_APART
    for start, end in _longest(text, dates, sentence.start, at):
        if _is_aside(text, start, end, sentence):
            continue
        period = _read(text, start, end, scene, year if start - said_at < _APART else None, spoken)
        if period is not None:
            year, said_at = (period.year, end) if period.year is not None else (year, said_at)
            found.append((start, end, period))
    for pattern, make in ((_NOW, _now), (_SPAN, _recent), (_EVERY, _every)):
        for match in pattern.finditer(text, sentence.start, at):
            if not any(start <= match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), make(match.group(), scene, year)))
    return max(found, key=lambda one: one[0])[2] if found else None


def _longest(text: str, dates: Sequence[Found], start: int, end: int) -> list[tuple[int, int]]:
    """Return the ranges of the times that begin in [start, end), without those inside longer ones, in their order."""
    inside = [(one.start, one.end) for one in dates if start <= one.start < end]
    inside += [match.span() for match in _MORE.finditer(text, start, end)]
    return sorted(
        one
        for one in set(inside)
        if not any(other != one and other[0] <= one[0] and one[1] <= other[1] for other in inside)
    )


def _is_aside(text: str, start: int, end: int, sentence: Span) -> bool:
    """Tell whether a time is one to compare with, part of a title, or of somebody's birth."""
    before = text[max(start - 60, sentence.start) : start]
    if _IN_TITLE.search(before):
        return True
    if text[end : end + 1] == "生" or text[end : end + 2] == "出生":
        return True
    return bool(_COMPARED.search(before) and _COMPARED_BEHIND.match(text, end))


def _read(text: str, start: int, end: int, scene: Scene, last: int | None, spoken: int | None) -> Period | None:
    """Put a time into words: 2016年10月–2017年1月, 截至2017年6月, 2014年以来."""
    said = text[start:end]
    halves = [half for half in _TO.split(said) if half] if "月" in said or _YEAR.search(said) else [said]
    halves = halves if 1 < len(halves) <= 2 else [said]
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
        return int(parse_number(match["year"]) or 0) or None
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


def _now(said: str, scene: Scene, year: int | None) -> Period:
    base = year if year is not None else scene.written
    return Period(f"截至{base}年" if base is not None else "截至目前", base)


def _recent(said: str, scene: Scene, year: int | None) -> Period:
    match = re.search(r"[\d一二两三四五六七八九十]+", said)
    words = f"近{_number(match.group())}年" if match and _number(match.group()) > 0 else "近年来"
    return Period(words, scene.told if words == "近1年" else scene.written)


def _every(said: str, scene: Scene, year: int | None) -> Period:
    base = year if year is not None else None if scene.is_law else scene.told
    return Period(said if base is None else f"{base}年（{said}）", base)
