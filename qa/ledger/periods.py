"""When a figure is of: the time that its sentence, its paragraph or its article says, in plain years and months."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.ledger.scene import Scene
from qa.ledger.times import UNKNOWN, Period, read_time
from qa.reading.found import Found
from qa.reading.patterns.dates import ERA, find_dates
from qa.text.normalise import normalise
from qa.text.numbers import parse_number
from qa.types import Span

_DIGITS = re.compile(r"(?:19|20)\d{2}年(?!代)")
_MORE = re.compile(
    r"(?<![\d.])20\d{2}(?=全[国省市州县])|(?<![\d年])(?:[上下]半年|前[两二三23]个?季度|(?<!前)第?[一二三四]季度)"
)
"""Times that the reader's patterns for dates leave out."""
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
_TOPIC = re.compile(
    r"(?:度|以来)?[^,。;:!?《》“”\d]{0,10}?(?:工作(?!会|报告)|回顾|总结|情况|成[绩效果]|计划|安排|任务|打算|部署|收支|[预决]算|大事)|度?$"
)
_TOWARDS = re.compile(r"(?:[到至向]|迎接|贯彻|落实|学习)$")
_BESIDE = re.compile(r"[和与及](?:(?:19|20)\d{2}年|今年|明年|去年)")
_PAST_YEAR = re.compile(r"过去的?一年|一年来")
_IN_TITLE = re.compile(r"《[^《》\n]{0,60}$")
_APART = 30
"""Characters behind a year within which a month without one is of that year, too."""
_EVENT = re.compile(r"此次|本次|这次|当[天日晚]|活动中|会上|仪式上|现场|据悉|据了解|据介绍")
_RULE = re.compile(r"不(?:得|少于|低于|超过|高于)|(?<![适相反供对响])应当?(?![对急用届])|必须|至少|原则上")


def headed(section: str, scene: Scene) -> Period | None:
    """Tell which time the headings above a passage give its work: 一、2015年工作回顾; the innermost that names one.

    Args:
        section: the headings, as printed, the outermost first, joined with " › ".

    Returns:
        UNKNOWN where a heading names several years, or something else beside a year (存在问题及2015年打算);
        None where none names any.
    """
    for heading in reversed(section.split("›")):
        text = normalise(heading).text
        found = [
            period
            for start, end in _longest(text, find_dates(text), 0, len(text))
            if _TOPIC.match(text, end) and not _TOWARDS.search(text[:start]) and not _IN_TITLE.search(text[:start])
            if (period := read_time(text, start, end, scene, None, None)) and (period.year or ERA.match(period.text))
        ]
        if found:
            return found[0] if len({one.year for one in found}) == 1 and not _BESIDE.search(text) else UNKNOWN
        if _PAST_YEAR.search(text):  # of a report's own year where it closes that year, else of the one before
            ended = scene.told is not None and scene.told != scene.written
            return Period(f"{scene.told}年", scene.told) if ended else UNKNOWN
    return None


def period_of(
    text: str, dates: Sequence[Found], sentences: Sequence[Span], at: int, scene: Scene, heading: Period | None = None
) -> Period:
    """Tell when the figure at an offset is of.

    Args:
        text: a passage in normal form.
        dates: DATE and PERIOD ranges of the passage.
        sentences: of the passage, in their order.
        at: where the figure begins.
        heading: the time that the headings above the passage give, see ``headed``.
    """
    if heading is not None:
        scene = replace(scene, told=heading.year)
    index = max((n for n, one in enumerate(sentences) if one.start <= at), default=0)
    sentence = sentences[index] if sentences else Span(0, len(text))
    spoken = heading.year if heading is not None and heading.year else _spoken(text, sentence.start, scene)
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
    told = Period(f"{scene.told}年", scene.told) if scene.told is not None else UNKNOWN
    return heading if heading is not None else told


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
        period = read_time(text, start, end, scene, year if start - said_at < _APART else None, spoken)
        if period is not None:
            year, said_at = (period.year, end) if period.year is not None else (year, said_at)
            found.append((start, end, period))
    if any(one.year is None for _, _, one in found):
        scene = replace(scene, told=None)  # every year of a decade is not the year that the article tells of
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


def _now(said: str, scene: Scene, year: int | None) -> Period:
    base = year if year is not None else scene.written
    return Period(f"截至{base}年" if base is not None else "截至目前", base)


def _recent(said: str, scene: Scene, year: int | None) -> Period:
    match = re.search(r"[\d一二两三四五六七八九十]+", said)
    number = int(parse_number(match.group()) or 0) if match else 0
    words = f"近{number}年" if number > 0 else "近年来"
    return Period(words, scene.told if words == "近1年" else scene.written)


def _every(said: str, scene: Scene, year: int | None) -> Period:
    base = year if year is not None else None if scene.is_law else scene.told
    return Period(said if base is None else f"{base}年（{said}）", base)
