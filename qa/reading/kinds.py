"""Which kinds of ranges can answer which kind of question, and how well."""

from collections.abc import Iterable, Sequence

from qa.reading.found import Found
from qa.reading.view import PassageView
from qa.types import AnswerKind as Kind

_FITS: dict[Kind, dict[Kind, float]] = {
    Kind.AMOUNT: {Kind.AMOUNT: 1.0, Kind.COUNT: 0.25, Kind.PERCENT: 0.25},
    Kind.COUNT: {Kind.COUNT: 1.0, Kind.PERCENT: 0.45, Kind.PERIOD: 0.4, Kind.AMOUNT: 0.2},
    Kind.PERCENT: {Kind.PERCENT: 1.0, Kind.COUNT: 0.3},
    Kind.DATE: {Kind.DATE: 1.0, Kind.PERIOD: 0.7},
    Kind.PERIOD: {Kind.PERIOD: 1.0, Kind.DATE: 0.5, Kind.COUNT: 0.2},
    Kind.PERSON: {Kind.PERSON: 1.0},
    Kind.ROLE: {Kind.ROLE: 1.0},
    Kind.PLACE: {Kind.PLACE: 1.0, Kind.ADDRESS: 0.9, Kind.ORGANISATION: 0.7},
    Kind.ORGANISATION: {Kind.ORGANISATION: 1.0, Kind.PLACE: 0.6},
    Kind.PHONE: {Kind.PHONE: 1.0},
    Kind.EMAIL: {Kind.EMAIL: 1.0},
    Kind.ADDRESS: {Kind.ADDRESS: 1.0, Kind.PLACE: 0.5},
    Kind.WORK: {Kind.WORK: 1.0},
}
"""Asked kind → kind of the range → fit. LIST and EXPLAIN are made elsewhere."""
_RANKS = (1.0, 0.8, 0.65, 0.5, 0.4)


def fits(asked: Sequence[Kind]) -> dict[Kind, float]:
    """Return how well each kind of range fits a question's kinds, 0..1; those that don't fit are left out."""
    best: dict[Kind, float] = {}
    for rank, kind in zip(_RANKS, asked, strict=False):
        for there, fit in _FITS.get(kind, {}).items():
            best[there] = max(best.get(there, 0.0), rank * fit)
    return best


def ranges(view: PassageView, kinds: Iterable[Kind]) -> list[Found]:
    """Return all ranges of the wanted kinds; only the patterns that these need are run."""
    wanted = frozenset(kinds)
    found: list[Found] = []
    if wanted & {Kind.AMOUNT, Kind.COUNT, Kind.PERCENT, Kind.PERIOD}:
        found += view.figures
    if wanted & {Kind.DATE, Kind.PERIOD}:
        found += view.dates
    if wanted & {Kind.PHONE, Kind.EMAIL, Kind.ADDRESS}:
        found += view.contacts
    if Kind.PERSON in wanted:
        found += view.persons
    if wanted & {Kind.PLACE, Kind.ORGANISATION}:
        found += view.bodies
    if Kind.WORK in wanted:
        found += view.works
    if Kind.ROLE in wanted:
        found += dict.fromkeys(role for _, role in view.roles)
    return [one for one in found if one.kind in wanted]
