"""What a question names by more than its words – a measure, each one's share, an ordinal, the future – must be there.

A candidate may score well and still speak of another thing: a number of people where square metres are asked for, the
sum where the share of each is, the second congress where the third is.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from qa.answering.alternatives import alternative_test
from qa.answering.posts import post_test
from qa.answering.terms import meaning_test, plain
from qa.reading.question import asked
from qa.retrieval.programmes import named_programmes
from qa.text.normalise import normalise
from qa.text.numbers import parse_number
from qa.types import FIGURE_KINDS, LONG_KINDS, AnswerKind, Candidate, Query

_FIGURES = FIGURE_KINDS | {AnswerKind.PERIOD}
_DIMENSIONS = {
    "area": "平方米 平米 ㎡ m2 平方公里 公顷 亩 平方",
    "length": "公里 千米 km 米 厘米 毫米 公尺 公分 里 海里 英里 英尺 英寸 光年",
    "weight": "吨 公斤 千克 kg 斤 克 毫克 磅 盎司",
    "volume": "立方米 升 公升 毫升 立方 加仑",
    "age": "岁 周岁",
}
_DIMENSION = {unit: name for name, units in _DIMENSIONS.items() for unit in units.split()}
_SHARE_ASKED = re.compile("率|比例|比重|占比")
_MONEY_ASKED = re.compile(
    r"多少(?:万|亿)?(?:元|块|钱)|几(?:万|千|百)?(?:元|块)|[几多][个少]亿(?!人|户|次|吨|斤|亩|立|千|度)|(?:投|花|拨|掏|罚|捐|赔|垫|筹|发)了?多少钱|值多少|成交额"
    r"|多少[\u4e00-\u9fff]{0,5}(?:资金|经费|金额|金|款|费|钱|工资|补贴|津贴)(?:$|[?？。,，])"
)
_EACH_ASKED = re.compile(
    r"(?:每|平均每?一?|人均)(?:一)?(?:个|位|名|户|家|人|生|份|月|年|天|次|亩|平)?[^，。？?]{0,8}(?:多少|几)|人均|户均"
)
_EACH = re.compile(
    r"每|均|各(?!类|级|界|种|方|地(?![区市州])|项(?!目))|一(?:个|名|人|户|家|次|份)|不(?:低|少|高|超)|标准|以[上下内]|至|元/|单价|按|(?<!第)一等奖"
)
_AVERAGE_ASKED = re.compile("均|每|各")
_AVERAGE = re.compile(r"(?:[户人]均|平均)[^\d,，。；、]*$")
_RECIPIENT_ASKED = re.compile(
    "评上|获评|获得|荣获|被评|被授|被命名|被表彰|得了|拿[到了下过]|入选|以.{0,6}命名|谁的名字"
)
_GIVES = re.compile(r"(?:已|还|又|共)?(?:授予|命名|评为|表彰|颁发|认定)")
_NAMES = frozenset({AnswerKind.PERSON, AnswerKind.ORGANISATION, AnswerKind.PLACE})
_CHANGE_ASKED = re.compile(
    r"比[^，。？?]{1,12}(?:多|少|高|低|增|减|降|涨|升|提高|增长|增加|减少|下降|上升)(?:出|了)?(?:多少|几)"
    r"|(?:增长|增加|提高|减少|下降|降低|上升|上涨|多|少|涨|降)了(?:多少|几)|(?:增长|增加|提高|减少|下降|上升|上涨)(?:多少|几)"
)
_WHO = re.compile(r"谁|哪一?(?:位|个人|名)|叫(?:什么|啥)|姓名|何人")
_CHOICE = re.compile(r"还是|或者?|[、和与跟]|之间|以及")
_ORDINAL = re.compile(r"第?\s*(?P<number>[一二三四五六七八九十]+|\d+)\s*(?P<rank>期|届|批|轮)(?!间)")
_NEXT = re.compile(r"下一?(?:次|届|期|批|轮|年度?|个?月|季度?|步)(?!岗)|明年|后年|将来|未来|今后(?!.{0,4}怎)")
_PLANNED = re.compile(r"下一|下[次届期]|明年|来年|次年|后年|将于|拟于|定于|未来|今后")
_SOME_TIME = re.compile("将来|未来|今后|下一?步")
_INTENDED = re.compile(f"{_PLANNED.pattern}|接下来|(?<![即行])将(?![军士领近])|计划|打算|力争")


def fits(query: Query) -> Callable[[Candidate], bool]:
    """Return the test for what the question names by more than its words; a question that names nothing passes all."""
    tests = [
        test
        for test in (
            _measure(query),
            _money(query),
            _each(query),
            _average(query),
            _recipient(query),
            _change(query),
            _echo(query),
            _ordinal(query),
            _next(query),
            _programme(query),
            _items(query),
            meaning_test(query),
            alternative_test(query),
            post_test(query),
        )
        if test is not None
    ]
    return lambda candidate: all(test(candidate) for test in tests)


def _measure(query: Query) -> Callable[[Candidate], bool] | None:
    """Area, length, weight: another dimension is no answer."""
    asked = {_DIMENSION[unit] for unit in query.units if unit in _DIMENSION}
    if _SHARE_ASKED.search(query.text) or not asked or len(asked) < len({*query.units} & _DIMENSION.keys()) / 4:
        return None
    units = [unit for unit, name in _DIMENSION.items() if name in asked]

    def test(candidate: Candidate) -> bool:
        if candidate.kind not in _FIGURES:
            return True
        if candidate.value is None:  # the reader's own words, not cut out by a pattern
            return any(unit in candidate.text for unit in units)
        return candidate.value.unit in units

    return test


def _money(query: Query) -> Callable[[Candidate], bool] | None:
    if query.kinds[0] is not AnswerKind.AMOUNT or not _MONEY_ASKED.search(query.text):
        return None
    return lambda candidate: candidate.kind is not AnswerKind.COUNT


def _each(query: Query) -> Callable[[Candidate], bool] | None:
    """What each one gets is not what all get."""
    if not _EACH_ASKED.search(query.text) or query.kinds[0] is not AnswerKind.AMOUNT:
        return None

    def test(candidate: Candidate) -> bool:
        text = candidate.hit.passage.text
        around = text[max(candidate.sentence.start, candidate.start - 20) : candidate.end + 6]
        return candidate.kind is not AnswerKind.AMOUNT or _EACH.search(around) is not None

    return test


def _average(query: Query) -> Callable[[Candidate], bool] | None:
    """What there is on the average for each is not what there is."""
    if _AVERAGE_ASKED.search(query.text):
        return None

    def test(candidate: Candidate) -> bool:
        before = candidate.hit.passage.text[max(candidate.sentence.start, candidate.start - 8) : candidate.start]
        return candidate.kind not in FIGURE_KINDS or _AVERAGE.search(before) is None

    return test


def _recipient(query: Query) -> Callable[[Candidate], bool] | None:
    """Who gives an honour or a name did not get it."""
    if not _RECIPIENT_ASKED.search(query.text):
        return None

    def test(candidate: Candidate) -> bool:
        behind = candidate.hit.passage.text[candidate.end : candidate.end + 6]
        return candidate.kind not in _NAMES or _GIVES.match(behind) is None

    return test


def _change(query: Query) -> Callable[[Candidate], bool] | None:
    """By how much something grew is not how much it is; what the rules found nothing out about passes."""
    if not _CHANGE_ASKED.search(query.text):
        return None
    return lambda candidate: candidate.kind not in FIGURE_KINDS or candidate.features.get("change", 1.0) > 0.0


def _echo(query: Query) -> Callable[[Candidate], bool] | None:
    """Somebody whom the question names is not who it asks for, unless it leaves the choice between several."""
    if query.kinds[0] is not AnswerKind.PERSON or not _WHO.search(query.text) or _CHOICE.search(query.text):
        return None
    asked = plain(query.text)
    return lambda candidate: candidate.kind is not AnswerKind.PERSON or plain(candidate.text) not in asked


def _ordinal(query: Query) -> Callable[[Candidate], bool] | None:
    """第三届 asked for: a passage that tells of another 届, and not of that one, is about that other one."""
    asked = ordinals(query.text)
    if not asked:
        return None

    def test(candidate: Candidate) -> bool:
        found = _ordinals_of(candidate)
        ranks = {rank for _, rank in found}
        return all(one in found or one[1] not in ranks for one in asked)

    return test


def asks_for_next(query: Query) -> bool:
    """Tell whether a question asks for what is still to come."""
    return _NEXT.search(query.text) is not None


def _next(query: Query) -> Callable[[Candidate], bool] | None:
    """The future is told of only where a plan is; for no certain time, any plan will do."""
    if not asks_for_next(query):
        return None
    planned = _INTENDED if _SOME_TIME.search(query.text) else _PLANNED
    return lambda candidate: (
        planned.search(candidate.hit.passage.text[candidate.sentence.start : candidate.sentence.end]) is not None
    )


def _programme(query: Query) -> Callable[[Candidate], bool] | None:
    """What is said of 送温暖 is not said of 金秋助学: a passage must tell of the programme that is asked about."""
    asked = named_programmes(query.text)
    if not asked or query.kinds[0] in LONG_KINDS:
        return None

    def test(candidate: Candidate) -> bool:
        passage = candidate.hit.passage
        return any(any(form in plain(passage.text) or form in plain(passage.context) for form in one) for one in asked)

    return test


def _items(query: Query) -> Callable[[Candidate], bool] | None:
    """Ten things asked for are not the three of another list; one found in part may have more than half of them."""
    wanted = asked(query).items if AnswerKind.LIST in query.kinds else None
    if wanted is None:
        return None
    return lambda candidate: candidate.kind is not AnswerKind.LIST or 2 * candidate.features["group_size"] > wanted


@lru_cache(maxsize=2048)
def ordinals(text: str) -> frozenset[tuple[int, str]]:
    """Find the ordinals of a text, however written: 第九期 and 第 9 期 are (9, "期")."""
    numbers = ((parse_number(match["number"]), match["rank"]) for match in _ORDINAL.finditer(normalise(text).text))
    return frozenset((int(number), rank) for number, rank in numbers if number is not None)


def kept(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that fit, in their order; none where no passage tells of the ordinal asked about.

    Where B is asked about, x of 「A、B分别为x、y」 is no answer.
    """
    asked = ordinals(query.text)
    if asked and not any(asked <= _ordinals_of(candidate) for candidate in candidates):
        return []
    test = fits(query)
    dates = [one for one in candidates if one.kind is AnswerKind.DATE] if query.kinds[0] is AnswerKind.DATE else []
    fit = [one for one in candidates if test(one) and not any(_is_part(one, date) for date in dates)]
    aligned = {one.hit.passage.id for one in fit if one.features.get("aligned") == 1.0 and not query.many}
    return [one for one in fit if one.hit.passage.id not in aligned or one.features.get("aligned") != 0.0]


def signed(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that name who signed an article, where that is asked and any does; else all of them."""
    names = [one for one in ranked if one.features.get("signed") == 1.0]
    return [one for one in ranked if any(overlap(one, name) for name in names)] if names else list(ranked)


def overlap(one: Candidate, other: Candidate) -> bool:
    """Tell whether two candidates share characters of one passage."""
    return one.hit.passage.id == other.hit.passage.id and one.start < other.end and other.start < one.end


def _is_part(item: Candidate, date: Candidate) -> bool:
    """Tell whether an item of a list is but a part of a date: 8月3日、4日 is one answer to 哪两天."""
    within = date.start <= item.start and item.end <= date.end and item.hit.passage.id == date.hit.passage.id
    return within and item.kind is AnswerKind.LIST


def _ordinals_of(candidate: Candidate) -> frozenset[tuple[int, str]]:
    passage = candidate.hit.passage
    return ordinals(passage.text) | ordinals(passage.context)
