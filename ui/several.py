"""Several answers side by side: when a table fits them, what its bars are, and how the question can be narrowed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qa.schema import AnswerJson, ResponseJson
from ui.messages import Messages
from ui.wording import is_short, subject_line, who_and_where, year

MAX_CHIPS = 6
"""Choices that are offered of one kind; more would be a list to read, not a hand to take."""
_NO_AMOUNT = frozenset({"年", "月", "日"})
"""Units of moments: the later one is not the larger one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart; ``share`` of the longest one, 0..100."""

    label: str
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class Chip:
    """A way to narrow a question down: the filters to ask it again with."""

    text: str
    filters: Mapping[str, Sequence[str | int]]


def tabular(answers: Sequence[AnswerJson]) -> bool:
    """Tell whether answers are shown as a table: there are several, all of them short."""
    return len(answers) > 1 and all(is_short(answer) for answer in answers)


def common_unit(answers: Sequence[AnswerJson]) -> str:
    """Return the unit that at least two answers have in common, the most frequent one; "" where there is none."""
    units = Counter(answer["value"]["unit"] for answer in answers if answer["value"] is not None)
    if not units:
        return ""
    unit, count = units.most_common(1)[0]
    return unit if count > 1 and unit not in _NO_AMOUNT else ""


def bars(answers: Sequence[AnswerJson], words: Messages) -> list[Bar]:
    """Make a bar of every answer in the common unit, the longest first; none where fewer than two can be compared."""
    unit = common_unit(answers)
    pairs = [(answer, answer["value"]["number"]) for answer in answers if _has(answer, unit) and answer["value"]]
    longest = max((number for _, number in pairs), default=0)
    if len(pairs) < 2 or longest <= 0 or any(number < 0 for _, number in pairs):
        return []
    pairs.sort(key=lambda pair: -pair[1])  # stable: equal ones stay in their order
    return [Bar(_label(answer, words), answer["text"], round(100 * number / longest, 2)) for answer, number in pairs]


def chips(response: ResponseJson, used: Mapping[str, Sequence[str | int]], words: Messages) -> list[Chip]:
    """Offer the places, years and files by which the answers differ.

    Args:
        used: filters that the question was asked with; their kinds are not offered again.
    """
    answers = response["answers"]
    choices: list[tuple[str, list[str | int]]] = [
        ("places", _differing(answer["subject"]["place"] for answer in answers)),
        ("years", _differing(answer["subject"]["year"] for answer in answers)),
        ("files", _differing(answer["citation"]["file"] for answer in answers)),
    ]
    return [
        Chip(words.text("year", year=value) if kind == "years" else str(value), {**used, kind: [value]})
        for kind, values in choices
        if not used.get(kind)
        for value in values
    ]


def filter_words(filters: Mapping[str, Sequence[str | int]], words: Messages) -> list[str]:
    """Say which filters a question was asked with."""
    years = [words.text("year", year=value) for value in filters.get("years", ())]
    return [*map(str, filters.get("places", ())), *years, *map(str, filters.get("files", ()))]


def _differing(values: Iterable[str | int | None]) -> list[str | int]:
    found = [value for value in dict.fromkeys(values) if value not in ("", None)]
    return [value for value in found if value is not None][:MAX_CHIPS] if len(found) > 1 else []


def _has(answer: AnswerJson, unit: str) -> bool:
    return bool(unit) and answer["value"] is not None and answer["value"]["unit"] == unit


def _label(answer: AnswerJson, words: Messages) -> str:
    subject = answer["subject"]
    short = " ".join(part for part in (who_and_where(subject), year(subject, words)) if part)
    return short or subject_line(subject, words) or answer["citation"]["file"]
