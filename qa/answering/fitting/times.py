"""When something is, is told by the clock, the day or the rhythm asked for: what is told otherwise is left out.

Only where another candidate tells it as asked, in the same passage or, as the reader believes, anywhere: where none
does, a month will do for a day.
"""

import re
from collections.abc import Callable, Sequence

from qa.answering.terms import plain
from qa.types import AnswerKind, Candidate, Query

_TIMES = frozenset({AnswerKind.DATE, AnswerKind.PERIOD})
_BEHIND = 40
"""Characters behind a date in which a statute says what was done then."""

_CLOCK_ASKED = re.compile("几[点时](?![个钟]|要求|建议|意见|经验|体会|看法|希望|内容|措施|思考)|几点钟")
_CLOCK = re.compile(r"[\d一二三四五六七八九十](?:[时点]|:\d)")
_DAY_ASKED = re.compile("哪一?[天日](?!内)|几[号日](?!内)|何日")
_DAY = re.compile(
    r"[\d一二三四五六七八九十](?:日|号)|周[一二三四五六日天末]|星期|[今昨明前当]天|[今昨明当]日|节当?天"
    r"|\d[.\-/]\d+[.\-/]\d"
)
_OFTEN_ASKED = re.compile("(?:多久|多长时间|多少[天年]|隔多久|几[天年]|几个月)[^,。?]{0,16}?一[次回趟届轮]")
_OFTEN = re.compile("每|隔|逢|[次回趟届轮]")
_PLAN_ASKED = re.compile(
    "(?:计划|打算|准备|拟定?|约定|约好|说好|商定|定于|定在|将于?|预计)(?:在|于)?(?:哪|什么时候|啥时候|何时|几[月号日点])"
)
_PLANNED = re.compile("计划|打算|准备|拟于|拟定|约定|商定|定于|定在|将|预计|下[周月]")
_PASSED_ASKED = re.compile("(?<!修[订改正])通过")
_REVISION_ASKED = re.compile("修[订改正]|最[近新后]")
_REVISED = re.compile("修[订改正]")
_PASSED = re.compile("通过|批准")
_PUBLISHED_ASKED = re.compile(
    r"(?:哪天|哪一?[天日]|何时|几[号日]|什么时候|啥时候)(?:发布?|刊发|刊登|播发?|登|报道)的?(?![放起现展生给出])"
    r"|(?:消息|报道|新闻|稿子?|通讯)(?:是)?(?:哪一?[天日]|何时|几[号日]|什么时候|啥时候)(?:发|刊|登|播|报)"
)
_DATELINE = re.compile(r"(?:\d{1,2}[日号])?[电讯](?=[\s(:,\d]|[\u4e00-\u9fff])(?!话|动|影|视|台|网|力|器|子|息|问)")

Tells = Callable[[Candidate], bool]


def timely(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out the times that are not told as the question asks, where any is."""
    kept = list(candidates)
    if query.kinds[0] in _TIMES:
        for asks, tells in _TESTS:
            if asks(plain(query.text)):
                kept = _those_who(tells, kept)
    return kept


def _those_who(tells: Tells, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out what is not told so, in passages where something is, and everywhere where the reader believes it."""
    told = [one.kind not in _TIMES or tells(one) for one in candidates]
    telling = [one for one, yes in zip(candidates, told, strict=True) if yes and one.kind in _TIMES]
    where = {one.hit.passage.id for one in telling}
    believed = any(one.features.get("span", -1.0) > 0.0 for one in telling)
    return [
        one for one, yes in zip(candidates, told, strict=True) if yes or not (believed or one.hit.passage.id in where)
    ]


def _by_the_clock(candidate: Candidate) -> bool:
    return _CLOCK.search(plain(candidate.text)) is not None


def _to_the_day(candidate: Candidate) -> bool:
    return _DAY.search(plain(candidate.text)) is not None


def _again_and_again(candidate: Candidate) -> bool:
    """Tell whether it is said how often: 每年, 三年一次; a term (十日内) never is."""
    text, end = candidate.hit.passage.text, candidate.end
    around = f"{text[max(candidate.start - 1, 0) : candidate.start]}{candidate.text}"
    return _OFTEN.search(around) is not None or text[end : end + 1] == "一"


def _planned(candidate: Candidate) -> bool:
    return _PLANNED.search(candidate.hit.passage.text, candidate.sentence.start, candidate.sentence.end) is not None


def _passed(candidate: Candidate) -> bool:
    """Tell whether a law was passed then, for the first time: what follows the date says so and of no revision."""
    behind = _behind(candidate)
    return _PASSED.search(behind) is not None and _REVISED.search(behind) is None


def _behind(candidate: Candidate) -> str:
    """Return what stands behind a date in its line, up to the next figure of a year."""
    text = candidate.hit.passage.text[candidate.end : candidate.end + _BEHIND]
    return re.split(r"\n|\d{4}年", text, maxsplit=1)[0]


def _published(candidate: Candidate) -> bool:
    return _DATELINE.match(candidate.hit.passage.text, candidate.end) is not None


_TESTS: tuple[tuple[Callable[[str], bool], Tells], ...] = (
    (lambda text: _CLOCK_ASKED.search(text) is not None, _by_the_clock),
    (lambda text: _DAY_ASKED.search(text) is not None, _to_the_day),
    (lambda text: _OFTEN_ASKED.search(text) is not None, _again_and_again),
    (lambda text: _PLAN_ASKED.search(text) is not None, _planned),
    (lambda text: _PASSED_ASKED.search(text) is not None and not _REVISION_ASKED.search(text), _passed),
    (lambda text: _PUBLISHED_ASKED.search(text) is not None, _published),
)
"""What a question asks for, and whether a candidate tells it so."""
