"""What a question names by more than its words – a measure, each one's share, an ordinal, the future – must be there.

A candidate may score well and still speak of another thing: a number of people where square metres are asked for, the
sum where the share of each is, the second congress where the third is.
"""

import re
from collections.abc import Callable, Sequence

from qa.answering.fitting.alternatives import alternative_test
from qa.answering.fitting.clauses import defining, penalty_test
from qa.answering.fitting.forms import form_tests
from qa.answering.fitting.listed import without_other_lists
from qa.answering.fitting.measures import measure_tests
from qa.answering.fitting.ordinals import ordinal_test, ordinals, ordinals_of
from qa.answering.fitting.persons import of_the_asked, person_test
from qa.answering.fitting.posts import post_test
from qa.answering.fitting.relations import related
from qa.answering.fitting.rivals import rival_test
from qa.answering.fitting.times import timely
from qa.answering.fitting.wholes import whole_tests
from qa.answering.terms import meaning_test, plain
from qa.reading.question import asked
from qa.retrieval.programmes import named_programmes
from qa.text.words import tokens
from qa.types import LONG_KINDS, NAME_KINDS, AnswerKind, Candidate, Query

_RECIPIENT_ASKED = re.compile(
    "评上|获评|获得|荣获|被评|被授|被命名|被表彰|得了|拿[到了下过]|入选|以.{0,6}命名|谁的名字"
)
_GIVES = re.compile(r"(?:已|还|又|共)?(?:授予|命名|评为|表彰|颁发|认定)")
_NUMBER = r"(?:\d+|[一二两三四五六七八九十百]+)"
_THEME_ASKED = re.compile("主题|口号|标语")
_WHICH_ASKED = re.compile(rf"哪(?:几|些|{_NUMBER})")
_HOW_MANY = re.compile(
    rf"(?:共|约|近)?{_NUMBER}(?:多|余)?(?:个|位|名|人|户|项|条|种|类|家|件|所|座|处|大|步|点|个?方面|个?部分)"
)
_WHO = re.compile(r"谁|哪一?(?:位|个人|名)|叫(?:什么|啥)|姓名|何人")
_CHOICE = re.compile(r"还是|或者?|[、和与跟]|之间|以及")
_NEXT = re.compile(r"下一?(?:次|届|期|批|轮|年度?|个?月|季度?|步)(?!岗)|明年|后年|将来|未来|今后(?!.{0,4}怎)")
_PLANNED = re.compile(r"下一|下[次届期]|明年|来年|次年|后年|将于|拟于|定于|未来|今后")
_SOME_TIME = re.compile("将来|未来|今后|下一?步")
_INTENDED = re.compile(f"{_PLANNED.pattern}|接下来|(?<![即行])将(?![军士领近])|计划|打算|力争")


def fits(query: Query) -> Callable[[Candidate], bool]:
    """Return the test for what the question names by more than its words; a question that names nothing passes all."""
    tests = [
        test
        for test in (
            *measure_tests(query),
            *form_tests(query),
            *whole_tests(query),
            _recipient(query),
            _echo(query),
            ordinal_test(query),
            _next(query),
            _programme(query),
            _items(query),
            _which(query),
            _theme(query),
            meaning_test(query),
            alternative_test(query),
            rival_test(query),
            post_test(query),
            person_test(query),
            penalty_test(query),
        )
        if test is not None
    ]
    return lambda candidate: all(test(candidate) for test in tests)


def _recipient(query: Query) -> Callable[[Candidate], bool] | None:
    """Who gives an honour or a name did not get it."""
    if not _RECIPIENT_ASKED.search(query.text):
        return None

    def test(candidate: Candidate) -> bool:
        behind = candidate.hit.passage.text[candidate.end : candidate.end + 6]
        return candidate.kind not in NAME_KINDS or _GIVES.match(behind) is None

    return test


def _echo(query: Query) -> Callable[[Candidate], bool] | None:
    """Somebody whom the question names is not who it asks for, unless it leaves the choice between several."""
    if query.kinds[0] is not AnswerKind.PERSON or not _WHO.search(query.text) or _CHOICE.search(query.text):
        return None
    asked = plain(query.text)
    return lambda candidate: candidate.kind is not AnswerKind.PERSON or plain(candidate.text) not in asked


def asks_for_next(query: Query) -> bool:
    """Tell whether a question asks for what is still to come: in whole words, as 线下批发 and 毕业后年薪 do not."""
    words = tokens(query.text)
    starts, ends = {word.start for word in words}, {word.end for word in words}
    return any(hit.start() in starts and hit.end() in ends for hit in _NEXT.finditer(query.text))


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


def _which(query: Query) -> Callable[[Candidate], bool] | None:
    """Which ones, or who, is not how many: 四位 is no answer to 哪几位."""
    who = query.kinds[0] is AnswerKind.PERSON and _WHO.search(query.text)
    if not who and not _WHICH_ASKED.search(query.text):
        return None
    return lambda candidate: _HOW_MANY.fullmatch(plain(candidate.text)) is None


def _theme(query: Query) -> Callable[[Candidate], bool] | None:
    """A theme is one: 弘扬工匠精神、造就创新人才 is no list of two."""
    if query.kinds[0] is not AnswerKind.WORK or query.many or not _THEME_ASKED.search(query.text):
        return None
    return lambda candidate: candidate.kind is not AnswerKind.LIST


def kept(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that fit, in their order; none where no passage tells of the ordinal asked about.

    Where B is asked about, x of 「A、B分别为x、y」 is no answer.
    """
    asked = ordinals(query.text)
    if asked and not any(asked <= ordinals_of(candidate) for candidate in candidates):
        return []
    test = fits(query)
    dates = [one for one in candidates if one.kind is AnswerKind.DATE] if query.kinds[0] is AnswerKind.DATE else []
    fit = [one for one in candidates if test(one) and not any(_is_part(one, date) for date in dates)]
    fit = defining(query, without_other_lists(query, fit))
    aligned = {one.hit.passage.id for one in fit if one.features.get("aligned") == 1.0 and not query.many}
    fit = [one for one in fit if one.hit.passage.id not in aligned or one.features.get("aligned") != 0.0]
    return timely(query, of_the_asked(query, related(query, fit)))


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
