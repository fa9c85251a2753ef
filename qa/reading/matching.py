"""Where a question's words stand in a passage, and how well they surround a candidate."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qa.reading.question import asking_at
from qa.reading.view import PassageView
from qa.text.normalise import normalise
from qa.types import Query, Span

SYNONYM = 0.9
"""A synonym counts a little less than the word itself."""
WINDOW = 40
"""Characters on either side of a candidate that count as its window."""
REACH = 15.0
"""At this distance a word's nearness has fallen to one half."""
RARE = 10.0
"""Weight of a word that 1 in 20,000 passages holds."""
_HEADS = tuple("席记任长编员授")
FENCE = 12
"""Characters that a figure in between adds to the distance: the word most likely belongs to that one."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question.

    Attributes:
        weight: its inverse document frequency, > 0.
        forms: ways to write it, with what each counts (1 for itself).
    """

    text: str
    weight: float
    forms: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form of a word stands: [start, end) of the passage in normal form, and what it counts."""

    start: int
    end: int
    value: float


@dataclass(frozen=True, slots=True)
class Cover:
    """Shares of the question's word weight, 0..1, around a candidate and without the words inside it."""

    clause: float
    sentence: float
    window: float
    passage: float
    proximity: float
    inside: float
    segment: float


def question_words(query: Query, idf: Callable[[str], float] | None = None, noun: str = "") -> tuple[Word, ...]:
    """Weigh the words of a question; without ``idf`` a longer word counts more.

    Words of the noun asked for (哪家律师事务所) are left out: they belong to the answer.
    """
    words = []
    question = normalise(query.text).text
    for raw in query.words:
        text = normalise(raw).text
        if not text or text in noun:
            continue
        weight = idf(text) if idf else 0.5 + 0.5 * min(len(text), 4)
        weight *= _nearness(text, question)
        others = (normalise(form).text for form in _synonyms(query.synonyms, raw))
        forms = {text: 1.0} | {form: SYNONYM for form in others if form and form != text}
        words.append(Word(text, max(weight, 0.05), tuple(forms.items())))
    return tuple(words)


def _nearness(word: str, question: str) -> float:
    """A word beside the question word says more of what is asked (现场展示了哪几样: 展示 more than 现场)."""
    at = asking_at(question)
    if at < 0:
        return 1.0
    starts = [hit.start() for hit in re.finditer(re.escape(word), question)]
    gap = min((at - start - len(word) if start < at else start - at - 2 for start in starts), default=99)
    return 1.4 if gap <= 2 else 1.0


def _synonyms(synonyms: Mapping[str, Sequence[str]], word: str) -> Sequence[str]:
    return synonyms.get(word, ())


def find_words(words: Sequence[Word], text: str) -> tuple[tuple[Place, ...], ...]:
    """Find every form of every word in a text in normal form; one tuple of places per word."""
    return tuple(tuple(_places(word, text)) for word in words)


def _places(word: Word, text: str) -> list[Place]:
    found: list[Place] = []
    for form, value in word.forms:
        if form in text:
            hits = re.finditer(re.escape(form), text)
            found += [Place(hit.start(), hit.end(), value * _worth(form, text, hit.start())) for hit in hits]
    return found


def _worth(form: str, text: str, at: int) -> float:
    """Return what an occurrence counts: 副主席 is not the 主席 asked about."""
    return 0.4 if text[at - 1 : at] == "副" and not form.startswith("副") and form.endswith(_HEADS) else 1.0


class Matcher:
    """A question's words over one passage."""

    def __init__(self, words: Sequence[Word], view: PassageView) -> None:
        fences = [one for one in view.figures if "pair" not in one.marks]
        self._fences = sorted({one.start for one in fences})
        self._fence_ends = sorted({one.end for one in fences})
        self.words = words
        self.view = view
        self.places = find_words(words, view.plain)
        self.in_context = tuple(
            max((value for form, value in word.forms if form in view.context), default=0.0) for word in words
        )
        self.total = sum(word.weight for word in words)

    @cached_property
    def missing(self) -> dict[str, float]:
        """Name the heaviest word that neither passage nor context holds in any form.

        "missing" is its share of the words' weight, "missing_rare" its weight by itself, with RARE as 1; both 0..1.
        """
        absent = (
            word.weight
            for word, places, context in zip(self.words, self.places, self.in_context, strict=True)
            if not places and not context
        )
        heaviest = max(absent, default=0.0)
        return {
            "missing": heaviest / self.total if self.total else 0.0,
            "missing_rare": min(heaviest / RARE, 1.0),
        }

    def cover(self, start: int, end: int, clause: Span, sentence: Span) -> Cover:
        """Measure how the words surround the candidate [start, end)."""
        if not self.total:
            return Cover(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
        sums = [0.0] * 7
        segment = self._segment(start, end, clause)
        for word, places, context in zip(self.words, self.places, self.in_context, strict=True):
            best = [0.0, 0.0, 0.0, context, 0.0, 0.0, 0.0]
            for place in places:
                self._count(best, place, start, end, clause, sentence)
                if (
                    segment.start <= place.start
                    and place.end <= segment.end
                    and best[6] < place.value
                    and not start < place.end <= end
                ):
                    best[6] = place.value
            for at in range(7):
                sums[at] += word.weight * best[at]
        return Cover(*(min(one / self.total, 1.0) for one in sums))

    def _segment(self, start: int, end: int, clause: Span) -> Span:
        """Return the stretch around a candidate up to the next figure or 、 on either side."""
        text = self.view.plain
        at = bisect_left(self._fence_ends, start + 1)
        low = max(clause.start, text.rfind("、", clause.start, start) + 1, self._fence_ends[at - 1] if at else 0)
        behind = bisect_left(self._fences, end)
        high = min(clause.end, self._fences[behind] if behind < len(self._fences) else clause.end)
        comma = text.find("、", end, high)
        return Span(min(low, start), max(comma if comma >= 0 else high, end))

    def share(self, start: int, end: int) -> float:
        """Return the share of the words' weight that stands in [start, end)."""
        if not self.total:
            return 0.0
        got = sum(
            word.weight
            * max((place.value for place in places if start <= place.start and place.end <= end), default=0.0)
            for word, places in zip(self.words, self.places, strict=True)
        )
        return min(got / self.total, 1.0)

    def _count(self, best: list[float], place: Place, start: int, end: int, clause: Span, sentence: Span) -> None:
        """Raise the best values of one word (in the order of ``Cover``) by one of its places."""
        if place.start < end and place.end > start:
            best[5] = max(best[5], place.value)
            return
        value = place.value
        before = place.end <= start
        low, high = (place.end, start) if before else (end, place.start)
        between = bisect_left(self._fences, high) - bisect_left(self._fences, low)
        near = REACH / (REACH + high - low + FENCE * between) * (1.0 if before else 0.75)
        best[3] = max(best[3], value)
        if high - low <= WINDOW:
            best[2] = max(best[2], value)
        if not sentence.start <= place.start < sentence.end:
            near *= 0.4
        elif clause.start <= place.start < clause.end:
            best[0], best[1] = max(best[0], value), max(best[1], value)
        else:
            best[1] = max(best[1], value)
            near *= 0.7
        best[4] = max(best[4], value * near)
