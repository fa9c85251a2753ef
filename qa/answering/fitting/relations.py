"""Of several names in one sentence, the one that stands to the others as the question says: with whom, by whom, which.

A sentence that tells of the body asked about mostly names others too: who did it together with whom, who reports to
whom. Where it says so in so many words, the others are no answers.
"""

import re
from collections.abc import Callable, Sequence

from qa.answering.terms import plain
from qa.reading.question import asked, grams
from qa.reading.subject import place_relation
from qa.reading.view import PassageView, placed
from qa.text.places import find_places
from qa.types import NAME_KINDS, AnswerKind, Candidate, Query, Span

Leaving = Callable[[Query, Sequence[Candidate]], Sequence[Candidate]]

_LISTED = NAME_KINDS | {AnswerKind.LIST}
_PARTNER_ASKED = re.compile(
    r"(?:会同|联合|协同|(?<!不)同|与|和|跟)了?(?:谁|哪(?![儿里天年月种]))(?!.{0,6}(?:有关|相关|不同|一样|相同|比))"
)
_DOER_ASKED = re.compile(r"谁(?:来|负责|可以|应当|应该|能|要)?(?P<verb>[\u4e00-\u9fff]{2,6}?)(?:的|了)?[?？]?$")
_ADVERBS = "(?:代表|负责人|工作人员|干部|人员)?(?:应当|可以|负责|依法|统一|具体|轮流|共同|分别|按照规定)?"
_WHICH_ONE = re.compile(r"哪一?[家所座条次届支间场个]")
_CLAUSE_END = re.compile("[,。;:!?\n]")
_ALIKE = 4
"""Pairs of characters in question and clause from which they are surely about the same."""
_ONE_EVENT = re.compile("哪一?[次届场]")
_SEVERAL = re.compile("哪[些几]|分别|各")
_JOIN_BEFORE = re.compile("(?:、|以及|[和及与或]|或者)$")
_JOIN_BEHIND = re.compile("、|以及|[和及与]|或者?|其")
_NEAR = 40
"""Characters of the names of those with whom somebody does something, and what they do."""
_WITH_OTHERS = re.compile("(?:应当|可以|负责|要)?(?:会同|联合|牵头)")
_HELPS = re.compile("(?:会同|联合|协助|配合)$")
_IN_PLACE = "{place}(?:的|去的是|下面的?|是|有|境内)?哪(?:一|几|些|两)?个?[省州市县区镇乡村]"


def related(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out the names that stand in another relation than the one asked about, where the right one is there."""
    for leave_out in _RULES:
        candidates = leave_out(query, candidates)
    return list(candidates)


def _sentence(candidate: Candidate) -> tuple[str, int]:
    return candidate.hit.passage.id, candidate.sentence.start


def _best_of(
    candidates: Sequence[Candidate],
    judge: Callable[[Candidate], int | None],
    group: Callable[[Candidate], tuple[str, int]] = _sentence,
) -> Sequence[Candidate]:
    """Keep, of the candidates in each sentence, those that are judged highest; those judged None stay anyway."""
    judged = [(one, judge(one), group(one)) for one in candidates]
    best: dict[tuple[str, int], int] = {}
    for _, value, key in judged:
        best[key] = max(best.get(key, 0), value or 0)
    return [one for one, value, key in judged if value is None or value == best[key]]


def _partner(query: Query, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """With whom somebody did something is said behind 与, 和, 会同: all of them are the answer, and nobody else.

    Where a passage tells of several partners, what is told behind each says which is asked about.
    """
    if not _PARTNER_ASKED.search(query.text):
        return candidates
    details = asked(query)

    def judge(candidate: Candidate) -> int | None:
        if candidate.kind not in _LISTED:
            return None
        view, sentence, at = placed(candidate)
        partner, alike = _best_partner(view, details.grams, details.text)
        if partner is None or not (alike >= _ALIKE or sentence.start <= partner.start < sentence.end):
            return None
        if at == partner:
            return 1 if query.many else 2
        return int(partner.start <= at.start and at.end <= partner.end)

    return _best_of(candidates, judge, lambda one: (one.hit.passage.id, 0))


def _best_partner(view: PassageView, wanted: frozenset[str], question: str) -> tuple[Span | None, int]:
    """Find the partner whose doing, told behind, is most like what is asked about; and how many pairs are in both.

    Whom the question names is the asker's own side.
    """
    best: tuple[Span | None, int] = (None, -1)
    text = view.plain
    for one in view.partners:
        end = _CLAUSE_END.search(text, one.end)
        alike = len(wanted & grams(text[one.end : end.start() if end else len(text)]))
        if alike > best[1] and not _names(question, text[one.start : one.end]):
            best = Span(one.start, one.end), alike
    return best


def _names(question: str, body: str) -> bool:
    """Tell whether a question names a body, in full or not: 甲市总 is a 市总工会."""
    pairs = grams(body) - {"工会"}
    return 2 * sum(pair in question for pair in pairs) > len(pairs)


def _doer(query: Query, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Who inspects is named right before 检查: A of 由A检查, B监督, unless both do it."""
    found = None if _PARTNER_ASKED.search(query.text) else _DOER_ASKED.search(query.text)
    if found is None or query.kinds[0] not in NAME_KINDS:
        return candidates
    doing = re.compile(f"{_ADVERBS}{found['verb']}")

    def judge(candidate: Candidate) -> int | None:
        if candidate.kind not in NAME_KINDS:
            return None
        view, _, at = placed(candidate)
        if _JOIN_BEHIND.match(view.plain, at.end):
            return None
        if _WITH_OTHERS.match(view.plain, at.end):
            return int(doing.search(view.plain, at.end, at.end + _NEAR) is not None)
        if _HELPS.search(view.plain, max(at.start - 4, 0), at.start):
            return 0
        return int(doing.match(view.plain, at.end) is not None)

    return _best_of(candidates, judge)


def _head_noun(query: Query, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Which food company it is, is told by a name that holds these words, where there is one in the sentence."""
    details = asked(query)
    noun = details.noun
    if not _WHICH_ONE.search(query.text) or len(noun) < 2 or len(details.endings) > 2:
        return candidates

    def judge(candidate: Candidate) -> int | None:
        return int(noun in candidate.text) if candidate.kind in _LISTED else None

    lists = {one.features["group"] for one in candidates if one.kind is AnswerKind.LIST and noun not in one.text}
    named = {_sentence(one) for one in candidates if one.kind in NAME_KINDS and noun in one.text}
    whole = [
        one
        for one in candidates
        if one.kind is not AnswerKind.LIST or one.features["group"] not in lists or _sentence(one) not in named
    ]
    return _best_of(whole, judge)


def _within_place(query: Query, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Which county of a prefecture it is, is none that lies in another one, where the sentence names one of it."""
    inside = [name for name in query.places if re.search(_IN_PLACE.format(place=re.escape(name)), query.text)]
    if len(inside) != 1:
        return candidates

    def judge(candidate: Candidate) -> int | None:
        if candidate.kind is not AnswerKind.PLACE or plain(candidate.text) == inside[0]:
            return None
        known = [place_relation(inside[0], one.name) for one in find_places(plain(candidate.text))]
        return int(max(known) > 0.0) if known else None

    return _best_of(candidates, judge)


def _one_event(query: Query, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Which meeting it was is no list."""
    if not _ONE_EVENT.search(query.text) or query.kinds[0] is AnswerKind.LIST:
        return candidates
    return [one for one in candidates if one.kind is not AnswerKind.LIST]


def _whole(query: Query, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Who has to do something are all that the neural reader names in one breath: 甲局或者其分局, not 甲局 only."""
    if "谁" not in query.text or query.many or _SEVERAL.search(query.text):
        return candidates
    own = [one for one in candidates if one.features.get("own") == 1.0 and one.kind in NAME_KINDS]
    parts = [
        one for one in candidates if one.kind is AnswerKind.ORGANISATION and any(_joined(one, all_) for all_ in own)
    ]
    wholes = [all_ for all_ in own if any(_joined(one, all_) for one in parts)]

    def is_part(one: Candidate) -> bool:
        return one in parts or (one.kind is AnswerKind.LIST and any(_inside(one, all_) for all_ in wholes))

    return [one for one in candidates if not is_part(one)]


def _inside(one: Candidate, whole: Candidate) -> bool:
    same = one.hit.passage.id == whole.hit.passage.id
    return same and whole.start <= one.start and one.end <= whole.end and len(one.text) < len(whole.text)


def _joined(one: Candidate, whole: Candidate) -> bool:
    """Tell whether a body is the first or the last of those that a longer range names."""
    if not _inside(one, whole):
        return False
    text = one.hit.passage.text
    if one.start == whole.start:
        return _JOIN_BEHIND.match(text, one.end, whole.end) is not None
    return one.end == whole.end and _JOIN_BEFORE.search(text, whole.start, one.start) is not None


_RULES: tuple[Leaving, ...] = (_partner, _doer, _head_noun, _within_place, _one_event, _whole)
