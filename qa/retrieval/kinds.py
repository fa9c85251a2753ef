"""What a question asks for: weighted clues from a data file, summed per kind of answer."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from qa.types import FIGURE_KINDS, AnswerKind

MANY = "many"
"""The one weight of a clue that is no kind: several answers are wanted."""

MANY_THRESHOLD = 5.0
"""At least one explicit clue (9) or a strong hint (6); a leaning one (3) alone is not enough."""

SIDE_KIND_SHARE = 0.2
"""A kind with less than this share of the best kind's weight is noise, not a reading of the question."""

GENERIC = (AnswerKind.EXPLAIN, AnswerKind.AMOUNT, AnswerKind.COUNT)
"""For bare keywords without any clue: the sentence itself, or the figure in it."""

LEANING = 5.0
"""Clues of this weight in all only lean to a kind: 奖 or 价值 somewhere in the question."""

_OPEN = re.compile(r"哪|什么|啥|还是")
_FIGURE = re.compile(r"多少|几|多[大长高重深宽远厚久]|[最更][多少高低大小]")
_LOOSE = re.compile(r" ?((?:多少|哪|什么|啥|谁|怎么|几)[\u4e00-\u9fff]{0,2}) ?")
"""A question word and what follows, with the spaces that keywords and translations leave around it."""

_CLASS = re.compile(r"^(\w+)\s*=\s*(.+)$")
_CLUE = re.compile(r"^((?:\w+\s+[\d.]+\s+)+):\s(.+)$")


@dataclass(frozen=True, slots=True)
class Clue:
    """A pattern and what its presence adds to each kind (or to "many")."""

    pattern: re.Pattern[str]
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question's wording is understood.

    Attributes:
        kinds: likeliest first, at least one.
        many: whether several answers are wanted.
        weights: sum of the clues per kind, for ``explain``; empty where the wording gives no clue.
    """

    kinds: tuple[AnswerKind, ...]
    many: bool
    weights: Mapping[str, float]


def parse_clues(text: str) -> tuple[Clue, ...]:
    """Read the clue file (its format stands at its head).

    Raises:
        ValueError: a line is neither comment, class nor clue, names an unknown class or kind, or is no regex.
    """
    classes: dict[str, str] = {}
    clues: list[Clue] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if clue := _CLUE.match(line):
            clues.append(_clue(clue[1], clue[2], classes, number))
        elif named := _CLASS.match(line):
            classes[named[1]] = _alternatives(named[2])
        else:
            raise ValueError(f"line {number} is neither a class nor a clue: {line!r}")
    return tuple(clues)


def _alternatives(words: str) -> str:
    """Join the words of a class, longest first so that a longer word is never cut short by its own head."""
    ordered = sorted(set(words.split()), key=lambda word: (-len(word), word))
    return "|".join(word if word.startswith("\\") else re.escape(word) for word in ordered)


def _clue(weights: str, pattern: str, classes: Mapping[str, str], number: int) -> Clue:
    def replace(found: re.Match[str]) -> str:
        if found[1] not in classes:
            raise ValueError(f"line {number} uses the unknown class {found[1]!r}")
        return f"(?:{classes[found[1]]})"

    parts = weights.split()
    table = {name: float(weight) for name, weight in zip(parts[::2], parts[1::2], strict=True)}
    for name in table:
        if name != MANY:
            AnswerKind(name)
    try:
        compiled = re.compile(re.sub(r"\{([A-Za-z]+)\}", replace, pattern))
    except re.error as error:
        raise ValueError(f"line {number}: {error}") from error
    return Clue(compiled, MappingProxyType(table))


@cache
def load_clues() -> tuple[Clue, ...]:
    """Return the clues that come with the package."""
    return parse_clues((resources.files(__package__) / "data" / "question_clues.txt").read_text("utf-8"))


def weigh(text: str, clues: tuple[Clue, ...]) -> dict[str, float]:
    """Sum the weights of all clues found in a normalised question."""
    sums: dict[str, float] = {}
    for clue in clues:
        if clue.pattern.search(text):
            for name, weight in clue.weights.items():
                sums[name] = sums.get(name, 0.0) + weight
    return sums


def read_kinds(text: str, clues: tuple[Clue, ...] | None = None) -> Reading:
    """Tell what a normalised question asks for.

    Kinds come in the order of their weights; of equal ones, the order of ``AnswerKind``. An open question that merely
    holds a word of money or number (哪一场比赛得了奖) asks for no figure.
    """
    joined = _LOOSE.sub(r"\1", text.replace("几多", "多少"))
    weights = weigh(joined, load_clues() if clues is None else clues)
    many = weights.get(MANY, 0.0) >= MANY_THRESHOLD
    sums = [(weights[kind], kind) for kind in AnswerKind if weights.get(kind, 0.0) > 0]
    if not sums:
        return Reading(GENERIC, many, MappingProxyType(weights))
    best = max(weight for weight, _ in sums)
    if best <= LEANING and _OPEN.search(joined) and not _FIGURE.search(joined):
        sums = [(weight, kind) for weight, kind in sums if kind not in FIGURE_KINDS] or [(best, AnswerKind.EXPLAIN)]
    kept = [(weight, kind) for weight, kind in sums if weight >= SIDE_KIND_SHARE * best]
    ordered = sorted(kept, key=lambda pair: -pair[0])
    return Reading(tuple(kind for _, kind in ordered), many, MappingProxyType(weights))
