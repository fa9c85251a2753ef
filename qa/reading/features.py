"""Named features of a typed candidate, each 0..1 and a pure function of question, passage and range.

0.5 stands for "not asked, or cannot be told", so that a missing clue neither helps nor harms.

Where the question's words stand: cover_clause, cover_segment (up to the next figure or 、), cover_sentence,
cover_window (±40 characters), cover_passage (with its context), proximity, inside (within the candidate), grams;
missing and missing_rare (the heaviest word that is nowhere there), term (the named terms).
What the candidate is: unit, noun, grain, exact, whole, role, credit, echo, kind. What is said of it: verb, change,
total, aligned, subset, part, outdated, negation. Of whom and when: place, place_conflict, year, year_conflict,
organisation, number.
"""

import re

from qa.reading.found import UNKNOWN, Found
from qa.reading.marks import marks
from qa.reading.matching import Cover, Matcher
from qa.reading.patterns.credits import credit_of
from qa.reading.question import Asked, senses_of, verbs_in
from qa.reading.resources import related_units
from qa.reading.subject import all_named, place_match, year_match
from qa.reading.view import PassageView
from qa.types import AnswerKind, Query, Span

_POINTS = re.compile("几个(?:百分)?点|多少个?百分点")


def word_features(cover: Cover) -> dict[str, float]:
    """Name the shares of the question's word weight around a candidate, and their nearness."""
    return {
        "cover_clause": cover.clause,
        "cover_sentence": cover.sentence,
        "cover_window": cover.window,
        "cover_segment": cover.segment,
        "cover_passage": cover.passage,
        "proximity": cover.proximity,
        "inside": cover.inside,
    }


def gram_cover(asked: Asked, text: str) -> float:
    """Share of the question's pairs of characters that stand in a text: what words miss by segmentation."""
    return sum(gram in text for gram in asked.grams) / len(asked.grams) if asked.grams else UNKNOWN


def verb_match(asked: Asked, view: PassageView, start: int, end: int, sentence: Span) -> float:
    """1 where the verb that governs the candidate is one asked about, 0 where it is another of the same family.

    The governing verb is the nearest before the candidate in its clause, else behind it there, else before it in the
    sentence.
    """
    if not any(asked.senses):
        return UNKNOWN
    clause = view.clause_at(start)
    if view.plain[end : end + 1] == "生" and view.plain[end - 1 : end] in {"月", "日", "年"}:
        return 1.0 if any("born" in senses for senses in asked.senses) else 0.0
    before = verbs_in(view.plain, clause.start, start)[::-1]
    behind = verbs_in(view.plain, end, clause.end)
    further = verbs_in(view.plain, sentence.start, min(clause.start, start))[::-1]
    for verbs, trust in ((before, 1.0), (behind, 0.9), (further[:2], 0.6)):
        values = [value for _, _, verb in verbs if (value := _agreement(asked, verb)) is not None]
        if values:
            return UNKNOWN + (values[0] - UNKNOWN) * trust
    return UNKNOWN * 0.8


def _agreement(asked: Asked, verb: str) -> float | None:
    """1 for a verb of the main sense asked about, .6 of another, 0 for one of the same families, None for any other."""
    value = None
    for main, wanted, senses in zip(asked.main, asked.senses, senses_of(verb), strict=True):
        if main & senses:
            return 1.0
        if wanted and senses:
            value = max(value or 0.0, 0.6 if wanted & senses else 0.0)
    return value


def unit_match(query: Query, found: Found) -> float:
    """1 for the unit asked for, .8 for one that can stand for it (名 for 人), 0 for another."""
    wanted = {unit for unit in query.units if unit}
    if not wanted or found.kind not in {AnswerKind.AMOUNT, AnswerKind.COUNT, AnswerKind.PERCENT, AnswerKind.PERIOD}:
        return UNKNOWN
    if "bare" in found.marks:
        return 0.4
    if _POINTS.search(query.text):
        return 1.0 if found.unit in {"个百分点", "个点"} else 0.2
    if found.unit in wanted:
        return 1.0
    return 0.8 if any(found.unit in related_units(unit) for unit in wanted) else 0.0


def noun_match(asked: Asked, found: Found, plain: str, text: str) -> float:
    """1 where the candidate ends with the noun asked for (哪个镇 → 恰卜恰镇) or holds it, 0 where it does not."""
    if found.kind is AnswerKind.ADDRESS:
        return 1.0 if ("postcode" in found.marks) == (asked.noun in {"邮编", "邮政编码"}) else UNKNOWN
    if asked.origin and found.kind is AnswerKind.PLACE:
        return 1.0 if plain[found.end : found.end + 1] in {"人", "籍"} else 0.0
    if not asked.noun or found.kind not in {AnswerKind.PLACE, AnswerKind.ORGANISATION, AnswerKind.WORK}:
        return UNKNOWN
    if asked.endings:
        return 1.0 if text.endswith(asked.endings) else 0.0
    if text.endswith(asked.noun):
        return 1.0
    return UNKNOWN


def credit_match(asked: Asked, found: Found, plain: str) -> dict[str, float]:
    """Tell, only where it is asked, whether somebody is credited with the text or picture (1) or the other (.3)."""
    if not asked.credit or found.kind is not AnswerKind.PERSON:
        return {}
    there = credit_of(plain, found.start, found.end)
    return {"credit": 1.0 if there in (asked.credit, "both") else 0.3 if there else 0.0}


def term_match(asked: Asked, text: str) -> float:
    """Share of the named terms asked about that stand in a text; unknown where none is asked about."""
    return sum(term in text for term in asked.terms) / len(asked.terms) if asked.terms else UNKNOWN


def overlap_features(query: Query, matcher: Matcher, asked: Asked, found: Found) -> dict[str, float]:
    """Put together all features of a candidate that do not depend on its kind's rank."""
    view = matcher.view
    index = view.sentence_at(found.start)
    sentence = view.sentences[index] if index >= 0 else Span(0, len(view.plain))
    clause = view.clause_at(found.start)
    cover = matcher.cover(found.start, found.end, clause, sentence)
    place, place_conflict = place_match(query, view, sentence, found)
    year, year_conflict = year_match(query, view, sentence)
    return {
        **word_features(cover),
        "grams": gram_cover(
            asked, view.plain[sentence.start : found.start] + "\n" + view.plain[found.end : sentence.end]
        ),
        "verb": verb_match(asked, view, found.start, found.end, sentence),
        "unit": unit_match(query, found),
        "noun": noun_match(asked, found, view.plain, view.plain[found.start : found.end]),
        "echo": float(found.end - found.start > 1 and view.plain[found.start : found.end] in asked.text),
        "place": place,
        "place_conflict": place_conflict,
        "year": year,
        "year_conflict": year_conflict,
        "organisation": all_named(query.organisations, view, sentence),
        "number": all_named(query.numbers, view, sentence),
        "term": term_match(asked, f"{view.context}\n{view.plain}"),
        **matcher.missing,
        **marks(asked, view, found, sentence),
        **credit_match(asked, found, view.plain),
    }
