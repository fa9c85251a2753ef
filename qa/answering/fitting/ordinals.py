"""Which one of several in a row is asked for: the second congress, the first batch, the ninth round of grants."""

import re
from collections.abc import Callable
from functools import lru_cache

from qa.reading.view import PassageView, placed
from qa.text.normalise import normalise
from qa.text.numbers import parse_number
from qa.types import NAME_KINDS, Candidate, Query

_CLAUSE = re.compile("[，,;；。]")
_COMPARED = re.compile("[比较][^，,;；。]{1,8}?[期届批轮]")
_ORDINAL = re.compile(
    r"(?:首|头一|(?:第\s*|(?!一[期届批轮]))(?P<number>[一二三四五六七八九十]+|\d+))\s*(?P<rank>期|届|批|轮)(?!间)"
)
"""第三届, 3期, 首批; 一批 without 第 says how much, not which."""


def ordinal_test(query: Query) -> Callable[[Candidate], bool] | None:
    """第三届 asked for: a passage that tells of another 届, and not of that one, is about that other one.

    So is what follows the other one in a sentence: 第七期筹集3万元;第六期补助40人.
    """
    asked = ordinals(query.text)
    if not asked:
        return None

    def test(candidate: Candidate) -> bool:
        found = ordinals_of(candidate)
        ranks = {rank for _, rank in found}
        if _is_beside_its_figure(candidate, asked):
            return False
        nearest = _nearest_ordinals(candidate)
        return all((one in found or one[1] not in ranks) and one in nearest.get(one[1], {one}) for one in asked)

    return test


@lru_cache(maxsize=2048)
def ordinals(text: str) -> frozenset[tuple[int, str]]:
    """Find the ordinals of a text, however written: 第九期 and 第 9 期 are (9, "期"), 首批 is (1, "批")."""
    found = _ORDINAL.finditer(normalise(text).text)
    numbers = ((parse_number(match["number"]) if match["number"] else 1, match["rank"]) for match in found)
    return frozenset((int(number), rank) for number, rank in numbers if number is not None)


def ordinals_of(candidate: Candidate) -> frozenset[tuple[int, str]]:
    """Find the ordinals of a candidate's passage and of what stands over it."""
    passage = candidate.hit.passage
    return ordinals(passage.text) | ordinals(passage.context)


def _nearest_ordinals(candidate: Candidate) -> dict[str, frozenset[tuple[int, str]]]:
    """Return, by rank, the ordinals of the nearest clause before a candidate that has any, within its sentence.

    What something is compared with (比第八期多) does not count. What a body held is named behind it: of a name, what
    stands behind it in its clause is nearer than any clause before.
    """
    text = candidate.hit.passage.text
    *clauses, own = _CLAUSE.split(_COMPARED.sub("", text[candidate.sentence.start : candidate.start]))
    if candidate.kind in NAME_KINDS:
        clauses.append(_CLAUSE.split(text[candidate.end : candidate.sentence.end], maxsplit=1)[0])
    nearest: dict[str, frozenset[tuple[int, str]]] = {}
    for clause in (*clauses, own):
        found = ordinals(clause)
        nearest |= {rank: frozenset(one for one in found if one[1] == rank) for _, rank in found}
    return nearest


def _is_beside_its_figure(candidate: Candidate, asked: frozenset[tuple[int, str]]) -> bool:
    """Tell whether another figure of the sentence, of one unit with the candidate, stands right behind the ordinal.

    首批6万吨 says how much came first, whatever else its sentence tells in tons.
    """
    if candidate.value is None:
        return False
    view, sentence, at = placed(candidate)
    return not _follows(view, at.start, asked) and any(
        one.kind is candidate.kind
        and one.value is not None
        and one.value.unit == candidate.value.unit
        and sentence.start <= one.start < sentence.end
        and _follows(view, one.start, asked)
        for one in view.figures
    )


def _follows(view: PassageView, start: int, asked: frozenset[tuple[int, str]]) -> bool:
    """Tell whether what starts there follows an ordinal that is asked for, with nothing between them."""
    found = list(_ORDINAL.finditer(view.plain, max(start - 6, 0), start))
    return bool(found) and found[-1].end() == start and ordinals(found[-1].group()) <= asked
