"""A passage as the reader sees it: normal form, sentences, clauses, and what the patterns find, each once."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cached_property, lru_cache

from qa.reading.found import Found, free_of
from qa.reading.lists.find import find_groups
from qa.reading.lists.groups import Group
from qa.reading.patterns.bodies import find_bodies, find_partners
from qa.reading.patterns.contacts import find_contacts
from qa.reading.patterns.dates import find_dates
from qa.reading.patterns.figures import find_figures
from qa.reading.patterns.merging import merge_persons
from qa.reading.patterns.persons import find_persons
from qa.reading.patterns.roles import find_roles
from qa.reading.patterns.works import find_works
from qa.text.entities import Entity, find_entities
from qa.text.normalise import Normalised, normalise
from qa.text.places import PlaceMention, find_places
from qa.text.sentences import sentence_spans
from qa.types import AnswerKind, Candidate, Span

_CLAUSE_END = re.compile(
    r"(?<!\d),|,(?!\d{3}(?!\d))|[;。!?\n\t]|(?<!\d):|:(?!\d)|——|\((?=其中|[^()]{12,}\))|(?<=[^(]{12})\)"
)


_KINDS = {"person": AnswerKind.PERSON, "place": AnswerKind.PLACE, "organisation": AnswerKind.ORGANISATION}


def _entities(entities: Iterable[Entity], kinds: set[str]) -> list[Found]:
    found = [one for one in entities if one.kind in kinds and one.end - one.start > 1]
    return [Found(one.start, one.end, _KINDS[one.kind], marks=frozenset({"entity"})) for one in found]


KEPT = 4096
"""Passages whose views are kept: about 20 kB each."""


@lru_cache(maxsize=KEPT)
def passage_view(text: str, context: str) -> "PassageView":
    """Return the view of a passage, remembered with all that its patterns found."""
    return PassageView(text, context)


def placed(candidate: Candidate) -> tuple["PassageView", Span, Span]:
    """Return the view of a candidate's passage, and where in it its sentence and it itself stand."""
    view = passage_view(candidate.hit.passage.text, candidate.hit.passage.context)
    sentence = view.normal.normal_span(candidate.sentence.start, candidate.sentence.end)
    return view, sentence, view.normal.normal_span(candidate.start, candidate.end)


class PassageView:
    """All offsets are code points of ``plain``, the passage in normal form, unless said otherwise."""

    def __init__(self, text: str, context: str = "") -> None:
        self.raw = text
        self.normal: Normalised = normalise(text)
        self.plain = self.normal.text
        self.context = normalise(context).text

    def raw_span(self, start: int, end: int) -> Span:
        """Map a range of ``plain`` to the passage's own text, without white space at its ends."""
        span = self.normal.raw_span(start, end)
        piece = self.raw[span.start : span.end]
        low = span.start + len(piece) - len(piece.lstrip())
        return Span(low, max(span.end - (len(piece) - len(piece.rstrip())), low))

    @cached_property
    def raw_sentences(self) -> tuple[Span, ...]:
        """Sentences, as ranges of the passage's own text."""
        return tuple(sentence_spans(self.raw))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The same sentences in ``plain``."""
        return tuple(self.normal.normal_span(one.start, one.end) for one in self.raw_sentences)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [one.start for one in self.sentences]

    def sentence_at(self, offset: int) -> int:
        """Return the index of the sentence at offset, -1 where there is none at all."""
        return max(bisect_right(self._sentence_starts, offset) - 1, 0) if self.sentences else -1

    @cached_property
    def clause_starts(self) -> list[int]:
        """Where clauses begin: behind commas, colons, stops, and at long brackets; the first is 0."""
        return [0, *(hit.end() for hit in _CLAUSE_END.finditer(self.plain))]

    def clause_at(self, offset: int) -> Span:
        """Return the clause around offset."""
        at = bisect_right(self.clause_starts, offset) - 1
        end = self.clause_starts[at + 1] if at + 1 < len(self.clause_starts) else len(self.plain)
        return Span(self.clause_starts[at], max(end, self.clause_starts[at]))

    def is_one_clause(self, start: int, end: int) -> bool:
        """Tell whether [start, end) goes on in no other clause."""
        return end <= self.clause_at(start).end

    @cached_property
    def gaps(self) -> frozenset[int]:
        """Offsets before which the passage's own text has white space that the normal form drops."""
        origins = self.normal.origins
        return frozenset(
            at
            for at in range(1, len(origins))
            if origins[at] > origins[at - 1] + 1 and self.raw[origins[at - 1] + 1].isspace()
        )

    @cached_property
    def dates(self) -> tuple[Found, ...]:
        """DATE and, from date to date, PERIOD."""
        return tuple(find_dates(self.plain))

    @cached_property
    def contacts(self) -> tuple[Found, ...]:
        """PHONE, EMAIL, ADDRESS."""
        return tuple(find_contacts(self.plain))

    @cached_property
    def figures(self) -> tuple[Found, ...]:
        """AMOUNT, COUNT, PERCENT, PERIOD (durations), outside dates and contacts."""
        return tuple(free_of(find_figures(self.plain), [*self.dates, *self.contacts]))

    @cached_property
    def works(self) -> tuple[Found, ...]:
        """WORK: 《…》 and what stands in quotation marks."""
        return tuple(find_works(self.plain))

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Names, as the entity model sees them; the slowest of all, 5 to 10 ms a passage."""
        return tuple(find_entities(self.plain))

    @cached_property
    def bodies(self) -> tuple[Found, ...]:
        """PLACE and ORGANISATION; the entity model's too."""
        seen = _entities(self.entities, {"place", "organisation"})
        found = {(one.start, one.end, one.kind): one for one in seen}
        found |= {(one.start, one.end, one.kind): one for one in find_bodies(self.plain, self.places)}
        return tuple(found.values())

    @cached_property
    def partners(self) -> tuple[Found, ...]:
        """ORGANISATION: those with whom something is done, all of them as one."""
        return tuple(find_partners(self.plain))

    @cached_property
    def persons(self) -> tuple[Found, ...]:
        """PERSON, by their surroundings; the entity model's too."""
        seen = _entities(self.entities, {"person"})
        return tuple(merge_persons(find_persons(self.plain, self.gaps), seen, self.plain, self.gaps))

    @cached_property
    def roles(self) -> tuple[tuple[Found, Found], ...]:
        """Each person with the ROLE beside the name."""
        return tuple(find_roles(self.plain, self.persons))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Lists."""
        return tuple(find_groups(self.plain, self.gaps))

    @cached_property
    def places(self) -> tuple[PlaceMention, ...]:
        """Places with their level, for matching against the place asked about."""
        return tuple(find_places(self.plain))
