"""A figure must be of the measure asked for: square metres, not people; each one's share, not the sum; the growth."""

import re
from collections.abc import Callable
from typing import TypeAlias

from qa.answering.terms import plain
from qa.reading.found import free_of
from qa.reading.patterns.dates import find_dates
from qa.reading.patterns.figures import find_figures
from qa.retrieval.compound import asked_apart
from qa.types import FIGURE_KINDS, AnswerKind, Candidate, Query

Test: TypeAlias = Callable[[Candidate], bool] | None

MEASURED = FIGURE_KINDS | {AnswerKind.PERIOD}
"""Kinds of answers that measure something, durations too."""
_SUMS = frozenset({AnswerKind.AMOUNT, AnswerKind.COUNT})
_DIMENSIONS = {
    "area": "平方米 平米 ㎡ m2 平方公里 公顷 亩 平方",
    "length": "公里 千米 km 米 厘米 毫米 公尺 公分 里 海里 英里 英尺 英寸 光年",
    "weight": "吨 公斤 千克 kg 斤 克 毫克 磅 盎司",
    "volume": "立方米 升 公升 毫升 立方 加仑",
    "age": "岁 周岁",
}
_DIMENSION = {unit: name for name, units in _DIMENSIONS.items() for unit in units.split()}
_LOOSE = frozenset(
    "个 块 道 层 度 点 片 分 组 段 面 倍 成 折 % 元 里 站 路 级 样 米长 小时 天 日 年 月 个月 周".split()
)
"""What is no classifier of things, or may stand for a measure: 几个平方米."""
_SHARE_ASKED = re.compile("率|比例|比重|占比")
_MONEY_ASKED = re.compile(
    r"多少(?:万|亿)?(?:元|块|钱)|几(?:万|千|百)?(?:元|块)|[几多][个少]亿(?!人|户|次|吨|斤|亩|立|千|度)|(?:投|花|拨|掏|罚|捐|赔|垫|筹|发)了?多少钱|值多少|成交额"
    r"|(?:奖金|金额|经费|费用|工资|补贴|津贴|单价|价格)(?:是|为|有|共|合计)?多少(?![\u4e00-\u9fff])"
    r"|多少(?![笔户家名位人件次])[\u4e00-\u9fff]{0,5}(?:资金|经费|金额|金|款|费|钱|工资|补贴|津贴)(?:$|[?？。,，])"
)
_EACH_ASKED = re.compile(
    r"(?:每(?!个?[省市州县区年期]|个?(?:企业|单位|工会|季度)|家(?:企业|单位|公司|工会))|平均每?一?|人均)(?:一)?(?:个|位|名|户|家|人|生|份|月|天|次|亩|平)?[^，。？?]{0,8}(?:多少|几)|人均|户均"
)
_EACH = re.compile(
    r"每|均|各(?!类|级|界|种|方|地(?![区市州])|项(?!目))|一(?:个|名|人|户|家|次|份)|不(?:低|少|高|超)|标准|以[上下内]|至|元/|单价|按|(?<!第)一等奖"
)
_AVERAGE_ASKED = re.compile("均|每|各")
_AVERAGE = re.compile(r"(?:[户人]均|平均每)[^\d,，。；、]*$")
_CHANGE_ASKED = re.compile(
    r"比[^，。？?]{1,12}(?:多|少|高|低|增|减|降|涨|升|提高|增长|增加|减少|下降|上升)(?:出|了)?(?:多少|几)"
    r"|(?:增长|增加|提高|减少|下降|降低|上升|上涨|多|少|涨|降)了(?:多少|几)|(?:增长|增加|提高|减少|下降|上升|上涨)(?:多少|几)"
)
_MAY_BE_MONEY = frozenset({"", "分", "倍", "折", "块", "成"})
_HOW_MANY = re.compile("多少|几")
_PIECES = "张 枚 本 册 份 亩 台 辆 艘 套 栋 幢 间 棵 株 头 只 瓶 盒 袋 箱 桶 项 件 户 名 位 人".split()
"""Units of what something is given for or holds something, each: 每张, 一户."""
_APIECE = re.compile(rf"(?:一|每一?)(?P<unit>{'|'.join(_PIECES)})(?!次|数)[^,，。;；?？]{{0,16}}(?:多少|几)")
_LASTED = re.compile("了(?:多久|多长时间)|[用耗历费]时(?:多久|多长|多少)|花(?:多久|多长时间)")
_SUM = re.compile("[\\d十百千万亿]元")
_TELLING = 10
"""Figures from this one on are hardly the same by chance."""


def measure_tests(query: Query) -> tuple[Test, ...]:
    """Return a test for candidates for each thing that a question says of the figure that it asks for."""
    return (
        _measure(query),
        _money(query),
        _each(query),
        _average(query),
        _change(query),
        _given(query),
        _apiece(query),
        _things(query),
        _lasted(query),
        _share(query),
    )


def _measure(query: Query) -> Test:
    """Area, length, weight: another dimension is no answer."""
    asked = {_DIMENSION[unit] for unit in query.units if unit in _DIMENSION}
    if _SHARE_ASKED.search(query.text) or not asked or len(asked) < len({*query.units} & _DIMENSION.keys()) / 4:
        return None
    units = [unit for unit, name in _DIMENSION.items() if name in asked]

    def test(candidate: Candidate) -> bool:
        if candidate.kind not in MEASURED:
            return True
        if candidate.value is None:  # the reader's own words, not cut out by a pattern
            return any(unit in candidate.text for unit in units)
        return candidate.value.unit in units

    return test


def _money(query: Query) -> Test:
    """Money is not a number of people, unless the question asks for that as well: 资助了多少人，发了多少钱."""
    if query.kinds[0] is not AnswerKind.AMOUNT or not _MONEY_ASKED.search(query.text):
        return None
    if any(part.kinds[0] is AnswerKind.COUNT for part in asked_apart(query)):
        return None
    others = {AnswerKind.COUNT, AnswerKind.PERCENT, AnswerKind.PERIOD}
    return lambda candidate: candidate.kind not in others and not _counts(candidate)


def _counts(candidate: Candidate) -> bool:
    """Tell whether what the reader takes for money in its own words only counts something: 41件, 不超过四次."""
    if candidate.kind is not AnswerKind.AMOUNT or candidate.value is not None:
        return False
    figures = find_figures(plain(candidate.text))
    counted = {AnswerKind.COUNT, AnswerKind.PERIOD}
    return bool(figures) and all(one.kind in counted and one.unit not in _MAY_BE_MONEY for one in figures)


def _each(query: Query) -> Test:
    """What each one gets is not what all get."""
    if not _EACH_ASKED.search(query.text) or query.kinds[0] is not AnswerKind.AMOUNT:
        return None

    def test(candidate: Candidate) -> bool:
        text = candidate.hit.passage.text
        around = text[max(candidate.sentence.start, candidate.start - 20) : candidate.end + 6]
        return candidate.kind is not AnswerKind.AMOUNT or _EACH.search(around) is not None

    return test


def _average(query: Query) -> Test:
    """What there is on the average for each is not what there is."""
    if _AVERAGE_ASKED.search(query.text):
        return None

    def test(candidate: Candidate) -> bool:
        before = candidate.hit.passage.text[max(candidate.sentence.start, candidate.start - 8) : candidate.start]
        return candidate.kind not in _SUMS or _AVERAGE.search(before) is None

    return test


def _change(query: Query) -> Test:
    """By how much something grew is not how much it is; what the rules found nothing out about passes."""
    if not _CHANGE_ASKED.search(query.text):
        return None
    return lambda candidate: candidate.kind not in FIGURE_KINDS or candidate.features.get("change", 1.0) > 0.0


def _given(query: Query) -> Test:
    """A figure that the question names is not how many of it something is: 480万亩里有多少亩."""
    if not _HOW_MANY.search(query.text):
        return None
    text = plain(query.text)
    figures = free_of(find_figures(text), list(find_dates(text)))
    given = {one.value for one in figures if one.value is not None and one.value.number >= _TELLING}
    if not given:
        return None
    return lambda candidate: candidate.kind not in MEASURED or candidate.value not in given


def _apiece(query: Query) -> Test:
    """How much goes to one of them is not how many they are: 一张券抵多少钱, 每亩补多少."""
    found = _APIECE.search(query.text)
    if found is None or AnswerKind.AMOUNT not in query.kinds[:2] or found["unit"] in query.units:
        return None
    unit = found["unit"]
    return lambda candidate: (
        candidate.kind is not AnswerKind.COUNT or candidate.value is None or candidate.value.unit != unit
    )


def _things(query: Query) -> Test:
    """How many things there are is no length, weight or area: 几座 is not 349公里."""
    units = frozenset(query.units)
    if not units or units & (_LOOSE | _DIMENSION.keys()) or query.kinds[0] is not AnswerKind.COUNT:
        return None
    if asked_apart(query):
        return None
    return lambda candidate: (
        candidate.kind is not AnswerKind.COUNT or candidate.value is None or candidate.value.unit not in _DIMENSION
    )


def _lasted(query: Query) -> Test:
    """How long something took is no day."""
    if not _LASTED.search(query.text):
        return None
    return lambda candidate: candidate.kind is not AnswerKind.DATE


def _share(query: Query) -> Test:
    """What share something has of a whole is no sum of money and no time, in the reader's own words neither."""
    if query.kinds[0] is not AnswerKind.PERCENT or "%" not in query.units or asked_apart(query):
        return None

    def test(candidate: Candidate) -> bool:
        if candidate.kind is AnswerKind.PERCENT and candidate.value is None:
            return _SUM.search(candidate.text) is None
        return candidate.kind not in {AnswerKind.AMOUNT, AnswerKind.PERIOD}

    return test
