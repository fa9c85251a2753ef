"""Questions that ask for two things at once: 几月开始、搞多久; 多少户，发了多少钱."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from qa.retrieval.kinds import read_kinds
from qa.retrieval.query import find_units
from qa.types import LONG_KINDS, AnswerKind, Query

_ASK = re.compile(
    r"多少|(?<![百千万十哪])几(?!乎)|什么|啥|哪|谁|怎么(?!样)|何时|何地|为什么"
    r"|多(?:大|长|久|高|远|重)(?=$|[，,、 ?？的])"
)
_BREAK = re.compile(r"[，,;；、。?？ ]|(?<=[\u4e00-\u9fff])[和及](?=[\u4e00-\u9fff]{0,6}(?:多|几|什么|哪|谁))")
_ONE_ASK = 2
"""Characters between question words that ask for one thing together: 几月几号."""
_CLEAR = 8.0
"""Weight from which on a clause says what it asks for; a bare 多少 does not."""
_WHOLE = LONG_KINDS | {AnswerKind.WORK}


def asked_apart(query: Query) -> tuple[Query, ...]:
    """Return the question once for each thing that it asks for; empty where it asks for one.

    The parts differ in their first kind or in their units; their words are those of the whole question.
    """
    parts: list[Query] = []
    for clause in _clauses(query.text):
        reading = read_kinds(clause)
        units = find_units(clause, reading)
        clear = reading.weights.get(reading.kinds[0], 0.0) >= _CLEAR
        if (
            not clear
            or reading.kinds[0] in _WHOLE
            or any((part.kinds[0], part.units) == (reading.kinds[0], units) for part in parts)
        ):
            continue
        parts.append(replace(query, kinds=reading.kinds, units=units))
    return tuple(parts) if len(parts) > 1 else ()


def _clauses(text: str) -> Iterator[str]:
    """Cut a question between its question words: at the last break between two, else right before the second."""
    asks = [match.start() for match in _ASK.finditer(text)]
    start = 0
    for here, following in itertools.pairwise(asks):
        if following - here <= _ONE_ASK:
            continue
        breaks = [match.end() for match in _BREAK.finditer(text, here, following)]
        cut = breaks[-1] if breaks else following
        yield text[start:cut].strip("，,;；、。?？ ")
        start = cut
    if asks:
        yield text[start:].strip("，,;；、。 ")
