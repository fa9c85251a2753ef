"""What a question asks for beyond ``Query``: the noun, the verb, the number of items, the term, the person."""

import re
from dataclasses import dataclass
from functools import cache

from qa.reading.patterns.credits import Credit, asked_credit
from qa.reading.resources import families, noun_endings
from qa.text.normalise import normalise
from qa.text.numbers import parse_number
from qa.types import Query

_WHICH = r"哪(?:一|两|几|些|\d+|[一二三四五六七八九十]+)?(?:个|家|座|所|支|位|种|类|项|条|首|本|部|场|间|届|次|大)?"
_WHAT = r"(?:什么|啥|何)(?:样的)?"
_STOP = "在是被的举办开搞给为获评来去参和跟与要有?,。!做干进设归管提能可会"
_ASKED = re.compile(rf"(?:{_WHICH}|{_WHAT})(?P<noun>[\u4e00-\u9fff]{{1,6}})")
_WHERE = re.compile(r"哪里|哪儿|在哪|何处|何地|什么地方|啥地方|where\b")
_ASKING = re.compile(
    r"多少|哪|什么|啥|几(?=[个家名位人户次项座条种月号天岁点成所支场件份本类档届年])|谁|怎|咋|如何|何|多[大长久高远宽重]"
)
_ORIGIN = re.compile(r"老家|籍贯|哪里人|哪儿人|什么地方人|家乡是|出生地")
_NUMBER = "[一二三四五六七八九十两\\d]+"
_COUNTED = re.compile(
    rf"哪(?P<which>{_NUMBER})(?:大)?(?:个|项|条|种|类|步|方面|点|人|位|家|段|支|区|件|名|样|档|句|式|者|送|有|化)?|(?P<number>{_NUMBER})(?:个|项|大|条|种|位|家|类|档|样|段)(?!人|月|年|百分|工作日)"
)
_TERM = re.compile(
    rf"[“\"‘「《](?P<quoted>[^”\"’」》]{{2,20}})[”\"’」》]|(?P<plain>{_NUMBER}个?[\u4e00-\u9fff]{{1,2}}(?:{_NUMBER}[\u4e00-\u9fff]{{1,2}})*)(?:是|指|包括|有|分|的内容|具体|都|唱)"
)
_DIGIT_TERM = re.compile(r"(?<!\d)\d{3,6}(?=工作|目标|模式|机制|工程|战略|行动|法|体系)")
_NO_NOUN = re.compile("时候|时间|意思|人|里|儿|时|样|用|些|几|关系|原因|地方")
_WHO_IS = re.compile(
    r"^(?P<name>[\u4e00-\u9fff·]{2,4}?)(?:同志)?(?:现在|当时|目前)?(?:是|担任|任)?(?:的)?(?:什么|啥|何|哪儿的|哪里的|哪个|谁|哪)(?:职务|职位|官|领导|职|人|单位的)?"
)
_HEAD_TERM = re.compile(rf"^(?P<head>[\u4e00-\u9fff]?{_NUMBER})")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's details; everything in normal form.

    Attributes:
        noun: the noun behind 哪个 or 什么 (镇, 律师事务所), "" where there is none.
        endings: what an answer to that noun ends with, empty where unknown.
        where: whether a place is asked for without a noun (在哪里).
        senses: per family of verbs (see data/verbs.json) the senses asked about.
        main: the senses of the verb nearest to the question word only.
        terms: named terms asked about (五比一创), without quotation marks.
        items: how many items are asked for or named by the term (四个转变 → 4), None where not said.
        person: X of 「X是什么职务」, "".
        origin: whether it is asked where somebody comes from (老家, 籍贯).
        credit: "text" or "picture" where it is asked who wrote one or took it, else "".
        text: the question itself.
        grams: pairs of characters of the question, without its question words and the noun.
    """

    noun: str
    endings: tuple[str, ...]
    where: bool
    senses: tuple[frozenset[str], ...]
    main: tuple[frozenset[str], ...]
    terms: tuple[str, ...]
    items: int | None
    person: str
    origin: bool
    credit: Credit
    text: str
    grams: frozenset[str]


def asked(query: Query) -> Asked:
    """Work out the details of a question."""
    text = normalise(query.text).text
    noun = asked_noun(text)
    terms = asked_terms(text)
    return Asked(
        noun=noun,
        endings=noun_endings().get(noun, ()),
        where=bool(_WHERE.search(text)),
        senses=asked_senses(text),
        main=main_senses(text),
        terms=terms,
        items=asked_items(text, terms),
        person=asked_person(text),
        origin=bool(_ORIGIN.search(text)),
        credit=asked_credit(text),
        text=text,
        grams=grams(_content(text)) - grams(noun),
    )


def asked_noun(text: str) -> str:
    """Return the noun that an answer must be an instance of (哪个镇 → 镇); in keywords, a known noun of its own."""
    known = noun_endings()
    for hit in _ASKED.finditer(text):
        tail = hit["noun"]
        best = max((noun for noun in known if tail.startswith(noun)), key=len, default="")
        if best:
            return best
        bare = re.split(f"[{_STOP}]", tail)[0]
        if bare and not _NO_NOUN.match(bare):
            return bare
    return next((word for word in text.split() if word in known), "")


@cache
def _verb_pattern() -> re.Pattern[str]:
    forms = {form for family in families() for forms in family.values() for form in forms}
    return re.compile("|".join(sorted(forms, key=len, reverse=True)))


def verbs_in(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, str]]:
    """Find the verbs of data/verbs.json in a text in normal form, longest first: (start, end, verb)."""
    stop = len(text) if end is None else end
    return [(hit.start(), hit.end(), hit.group()) for hit in _verb_pattern().finditer(text, start, stop)]


@cache
def senses_of(verb: str) -> tuple[frozenset[str], ...]:
    """Return the senses of a verb, one set per family; the empty set where a family does not have it."""
    return tuple(frozenset(sense for sense, forms in family.items() if verb in forms) for family in families())


def asked_senses(text: str) -> tuple[frozenset[str], ...]:
    """Return the senses of all verbs of a question, per family."""
    found = [senses_of(verb) for _, _, verb in verbs_in(text)]
    return tuple(frozenset().union(*(one[at] for one in found)) for at in range(len(families())))


def asking_at(text: str) -> int:
    """Return where the question word stands (多少, 哪, 谁, …), -1 in keywords without one."""
    hit = _ASKING.search(text)
    return hit.start() if hit else -1


def main_senses(text: str) -> tuple[frozenset[str], ...]:
    """Return the senses of the verb nearest to the question word, of any verb where there is no such word."""
    at = asking_at(text)
    verbs = verbs_in(text)
    if at < 0 or not verbs:
        return asked_senses(text)
    return senses_of(min(verbs, key=lambda verb: min(abs(at - verb[1]), abs(verb[0] - at)))[2])


def asked_terms(text: str) -> tuple[str, ...]:
    """Return the named terms of a question: what stands in quotation marks, 五比一创是…, 12345工作…."""
    found = [hit["quoted"] or hit["plain"] for hit in _TERM.finditer(text)]
    found += [hit.group() for hit in _DIGIT_TERM.finditer(text)]
    return tuple(dict.fromkeys(found))


_TENFOLD = re.compile("[十百千][百千万]")
"""百千万, 十百千: goals of one, two and three powers of ten, and no number of items."""


def asked_items(text: str, terms: tuple[str, ...] = ()) -> int | None:
    """Return how many items are asked for: 哪五个 → 5, “四个转变” → 4, 五比一创 → 6, 三段 → 3; else None."""
    for term in terms:
        if term.isdigit():
            return len(term)
        numbers = re.findall(rf"{_NUMBER}(?=[\u4e00-\u9fff])", term)  # the 一 of 五个统一 is none
        if numbers and len(term) <= 8 and not _TENFOLD.search(term):
            values = [parse_number(one) or 0 for one in numbers]
            return int(sum(values)) if len(values) < 3 else None
    hit = _COUNTED.search(text)
    number = parse_number(hit["which"] or hit["number"]) if hit else None
    return int(number) if number and 1 < number <= 60 else None


def asked_person(text: str) -> str:
    """Return X of 「X是什么职务」 or 「X是谁」 if X can be a name, else ""."""
    hit = _WHO_IS.match(text)
    return hit["name"] if hit else ""


_QUESTION_WORDS = re.compile(
    r"多少|什么|哪(?:些|个|几|里|儿|家|位)?|几|谁|怎么|为什么|为啥|咋|如何|啥|是|的|了|吗|呢|有|在|一共|总共|请问|多大|多长"
)


def _content(text: str) -> str:
    return _QUESTION_WORDS.sub("\n", text)


def grams(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters, digits or Han characters of a text."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1) if text[at].isalnum() and text[at + 1].isalnum())
