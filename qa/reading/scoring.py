"""A first ranking by hand-set weights, so that candidates can be compared before any learnt model sees them."""

from collections.abc import Mapping

from qa.types import AnswerKind

_SUBJECT = {
    # whether it is said of what was asked about: place, year, body, the numbers of the question
    "place": 1.0,
    "place_conflict": -0.8,
    "year": 0.8,
    "year_conflict": -0.8,
    "organisation": 0.6,
    "number": 0.8,
}
_SHORT = _SUBJECT | {
    # where the question's words stand: nearness tells most, as several figures share a sentence
    "cover_clause": 1.2,
    "cover_sentence": 1.4,
    "cover_window": 0.6,
    "cover_segment": 1.6,
    "cover_passage": 1.2,
    "proximity": 2.4,
    "grams": 1.6,
    "inside": -0.8,  # a candidate that repeats the question is seldom its answer
    "echo": -2.0,  # … and never if it is wholly there
    # what it is: unit, noun, grain of a date, role of a person; a whole name and not a part of one
    "unit": 1.4,
    "noun": 2.4,
    "grain": 1.6,
    "role": 1.5,
    "credit": 4.0,
    "exact": 1.0,
    "whole": 0.8,
    # what is said of it: the verb, an increase or a total where one is asked for, the label it is aligned with
    "verb": 1.8,
    "change": 1.2,
    "total": 0.8,
    "aligned": 1.6,
    "subset": -0.2,
    "negation": -0.1,
    "outdated": -0.8,
    "position": 0.15,
}
_DATE = _SHORT | {"grain": 4.0, "verb": 2.4}  # a year is no answer to 几号
_NAME = _SHORT | {
    # a name is mostly the subject of its sentence, and stands clauses away from what is asked about
    "cover_clause": 0.6,
    "cover_segment": 0.6,
    "proximity": 1.8,
    "noun": 3.0,
}
_LIST = _SUBJECT | {
    # what leads up to the list names it; single words further off tell little
    "term": 2.5,
    "intro": 2.0,
    "cover_sentence": 1.2,
    "cover_passage": 1.0,
    "grams": 0.8,
    "proximity": 1.0,
    "verb": 1.2,
    # what its items are like: as many as asked for or said, of the noun asked for, set apart clearly, alike
    "items": 2.8,
    "stated": 0.8,
    "noun": 1.8,
    "style": 0.8,
    "even": 0.4,
    "nested": -1.0,
}
_EXPLAIN = _SUBJECT | {
    "cover_sentence": 2.4,
    "cover_clause": 1.2,
    "cover_passage": 1.0,
    "grams": 1.6,
    "term": 2.0,
    "cue": 1.2,
    "style": 1.0,
    "brevity": 0.5,
    "position": 0.15,
}
WEIGHTS: dict[AnswerKind, Mapping[str, float]] = {
    AnswerKind.DATE: _DATE,
    AnswerKind.PLACE: _NAME,
    AnswerKind.ORGANISATION: _NAME,
    AnswerKind.LIST: _LIST,
    AnswerKind.EXPLAIN: _EXPLAIN,
}
"""Weights for dates, names, lists and sentences; all other kinds share one table. A negative one speaks against."""


def score(kind: AnswerKind, features: Mapping[str, float]) -> float:
    """Weigh features to one figure in 0..1: the weighted mean of those given, times a share for how well the kind fits.

    The kind multiplies, so that sentences and figures, which have different features, can be compared.
    """
    weights = WEIGHTS.get(kind, _SHORT)
    known = [(weights[name], value) for name, value in features.items() if name in weights]
    top = sum(weight for weight, _ in known if weight > 0)
    if not top:
        return 0.0
    mean = sum(weight * value for weight, value in known) / top
    return min(max(mean * (0.4 + 0.6 * features.get("kind", 1.0)), 0.0), 1.0)
