"""From a typed question to a Query: what is asked for, of whom, when, and which words to match."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, partial
from importlib import resources
from types import MappingProxyType

from qa.retrieval.cleaning import clean_keeping_case, fold_case
from qa.retrieval.content import Content, find_content, is_stop
from qa.retrieval.english import Translation, is_english, translate
from qa.retrieval.kinds import Reading, read_kinds
from qa.retrieval.known import NOTHING_KNOWN, Known
from qa.retrieval.lexicon import Lexicon
from qa.retrieval.names import chinese_name
from qa.retrieval.subjects import Subjects, expand_unions, find_subjects
from qa.retrieval.typos import Mend, Speller
from qa.retrieval.years import without_quoted_plans
from qa.text.numbers import parse_number
from qa.text.words import is_word, tokens
from qa.types import AnswerKind, Filters, Query

MAX_SYNONYMS = 8
"""For one word; beyond that they only blur the search."""

_UNIT_ASKED = re.compile(r"(?:多少|几多|(?<![百千万])几|哪几)\s*(?:[十百千万亿]+)?(?:多|来)?(?=([\u4e00-\u9fff]{1,5}))")
_NUMBER = re.compile(
    r"第?[一二三四五六七八九十百\d]+(?:期(?!间)|届|批|轮|号|次|路|条|师|局)(?!人)|\d+(?:\.\d+)?%|\d{1,2}月(?:\d{1,2}[日号])?|\d+(?:\.\d+)?"
)


_ORDINAL = re.compile(r"第([一二三四五六七八九十]{1,3}|\d{1,2})([期届批轮次])")
_HUNDRED = 100


def analyse(question: str, filters: Filters = Filters(), known: Known | None = None) -> Query:
    """Understand a question.

    Args:
        question: as typed: Chinese of either script, keywords, or simple English.
        filters: taken over into the query.
        known: vocabulary of the documents, by which typos and pinyin names are read; without it nothing is mended.

    Raises:
        QuestionError: the question is blank, holds no text or is too long.
    """
    vocabulary = NOTHING_KNOWN if known is None else known
    cased = clean_keeping_case(question)
    typed = fold_case(cased)
    english = _translated(cased, vocabulary) if is_english(cased, is_stop) else Translation("")
    chinese = fold_case(english.text)
    mends = _typos(chinese or typed, vocabulary)
    text = expand_unions(_mended(chinese or typed, mends))
    subjects = find_subjects(text, vocabulary)
    reading = read_kinds(text)
    lexicon = Lexicon.load()
    content = find_content(without_quoted_plans(text), subjects.ranges, vocabulary, lexicon)
    return Query(
        question=question,
        text=f"{cased} {text}" if chinese else text,
        words=content.words,
        kinds=reading.kinds,
        synonyms=_synonyms(content, mends, english.others),
        units=find_units(text, reading),
        places=subjects.places,
        organisations=subjects.organisations,
        years=subjects.years,
        many=reading.many or subjects.several or reading.kinds[0] is AnswerKind.LIST,
        numbers=_numbers(text, subjects),
        filters=filters,
        readable=text if chinese else expand_unions(_mended(cased, mends)),
        translated=bool(chinese),
        unread=english.unread,
    )


def _translated(text: str, known: Known) -> Translation:
    return translate(text, partial(chinese_name, known=known), is_stop, lambda word: known.count(word) > 0)


def han_number(number: int) -> str:
    """Write a whole number from 1 to 99 in Chinese figures."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    ten = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return ten + (digits[ones] if ones else "")


def _typos(text: str, known: Known) -> tuple[Mend, ...]:
    if not known.words:
        return ()
    named = find_subjects(text, known).ranges
    lexicon = Lexicon.load()
    return tuple(
        mend
        for mend in Speller(known, tokens, is_word, is_stop).find(text)
        if (mend.certain or mend.typed not in lexicon)  # a word with synonyms of its own is meant
        and not any(low <= mend.start < high for low, high in named)
    )


def _mended(text: str, mends: Sequence[Mend]) -> str:
    """Write what was meant where the typed form is no word; elsewhere it stays, and the other is a synonym."""
    for mend in mends:
        if mend.certain:
            text = text[: mend.start] + mend.meant + text[mend.start + len(mend.typed) :]
    return text


def other_figures(word: str) -> tuple[str, ...]:
    """Write an ordinal in the other figures: 第九期 as 第9期, 第12届 as 第十二届; nothing for other words."""
    match = _ORDINAL.fullmatch(word)
    if match is None:
        return ()
    number = int(parse_number(match[1]) or 0)
    if not 0 < number < _HUNDRED:
        return ()
    return (f"第{han_number(number) if match[1].isdigit() else number}{match[2]}",)


def _synonyms(
    content: Content, mends: Sequence[Mend], others: Mapping[str, tuple[str, ...]]
) -> Mapping[str, tuple[str, ...]]:
    """Collect for each word what else counts for it, what was probably meant or may be the translation first."""
    meant = {mend.typed: (mend.meant,) for mend in mends if not mend.certain}
    found = {
        word: (*meant.get(word, ()), *others.get(word, ()), *other_figures(word), *content.synonyms.get(word, ()))
        for word in content.words
    }
    return MappingProxyType({word: forms[:MAX_SYNONYMS] for word, forms in found.items() if forms})


@cache
def _unit_table() -> tuple[frozenset[str], tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]]:
    """Read units.txt: the units, and wordings with the units that they imply."""
    units: set[str] = set()
    implied: list[tuple[re.Pattern[str], tuple[str, ...]]] = []
    for line in (resources.files(__package__) / "data" / "units.txt").read_text("utf-8").splitlines():
        pattern, arrow, right = line.partition(" => ")
        if line.startswith("#"):
            continue
        if arrow:
            implied.append((re.compile(pattern), tuple(right.split())))
        else:
            units.update(line.split())
    return frozenset(units), tuple(implied)


def find_units(text: str, reading: Reading) -> tuple[str, ...]:
    """Find the units or classifiers that a cleaned question names or, for measures, implies."""
    units, implied = _unit_table()
    found: list[str] = []
    for match in _UNIT_ASKED.finditer(text):
        longest = next((match[1][:n] for n in range(len(match[1]), 0, -1) if match[1][:n] in units), None)
        if longest is not None:
            found.append(longest)
    for pattern, measures in implied:
        if pattern.search(text) and reading.kinds[0] in {AnswerKind.COUNT, AnswerKind.PERCENT, AnswerKind.PERIOD}:
            found += measures
    return tuple(dict.fromkeys(found))


def _numbers(text: str, subjects: Subjects) -> tuple[str, ...]:
    """Find the figures of a question that are no years: 第九期, 6%, 8月3日, 12345; and the five-year plans it names."""
    free = [
        match[0]
        for match in _NUMBER.finditer(text)
        if not any(low < match.end() and match.start() < high for low, high in subjects.ranges)
    ]
    figures = (number for number in free if any(char.isdigit() for char in number) or len(number) > 2)
    return tuple(dict.fromkeys((*figures, *subjects.plans)))
