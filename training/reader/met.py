"""Questions before the passages that they meet in use: those the program cuts, each with its context before it."""

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qa.ingest.pipeline import ingest
from qa.ingest.readers import title_of
from qa.types import Document, Passage, offset_in
from training.reader.data import (
    Example,
    Question,
    Text,
    examples_of,
    first_and_another,
    holds_answer,
    nearer,
    target_of,
)
from training.reader.negatives import Similar

NEAREST = 24
"""Passages most like a question among which one without the answer is drawn."""

FAR = 10
"""Times as many are looked through for those of a question's own text where it has no answer."""

OWN = 0.5
"""Share of these that are drawn from the text that the question is about."""

BARE = 0.1
"""Share of the passages without their context."""


@dataclass
class Met:
    """Makes the examples of one epoch; another epoch draws anew.

    Attributes:
        negatives: passages without the answer for each answerable question, on average, at most 1.
    """

    texts: Sequence[Text]
    negatives: float
    similar: Similar = field(init=False)

    def __post_init__(self) -> None:
        self._pool = [(text.id, passage) for text in self.texts for passage in passages_of(text)]
        self._own: dict[str, list[int]] = {}
        for index, (id_, _) in enumerate(self._pool):
            self._own.setdefault(id_, []).append(index)
        self.similar = Similar([passage.context + passage.text for _, passage in self._pool])

    def epoch(self, seed: int, share: float = 1.0) -> list[Example]:
        """Make the examples of one epoch, from a share of the questions drawn at random."""
        return examples_of(self.texts, seed, share, self._examples)

    def _examples(self, text: Text, question: Question, rng: random.Random) -> Iterator[Example]:
        target = target_of(question)
        if target is None:
            if not question.answers:
                yield from (self._example(question, index, None, rng) for index in self._tempting(text, question, rng))
            return
        holders = [(index, held) for index in self._own.get(text.id, ()) if (held := self._held(index, *target))]
        if not holders:
            return  # the answer goes over the end of a passage
        index, held = rng.choice(holders)
        yield self._example(question, index, held, rng)
        if rng.random() < self.negatives:
            yield from (self._example(question, index, None, rng) for index in self._rival(text, question, rng))

    def _held(self, index: int, start: int, end: int) -> tuple[int, int] | None:
        """Find where in a passage [start, end) of its text stands; None where it does not hold all of it."""
        passage = self._pool[index][1]
        try:
            return offset_in(passage.spans, start), offset_in(passage.spans, end - 1) + 1
        except ValueError:
            return None

    def _rival(self, text: Text, question: Question, rng: random.Random) -> list[int]:
        """Draw a passage near the question without the answer, of the same text or of another; none is near: none."""
        own = rng.random() < OWN
        found = [
            index
            for index in self.similar.nearest(question.text, NEAREST)
            if (self._pool[index][0] == text.id) == own and not holds_answer(self._pool[index][1].text, question)
        ]
        return nearer(found, rng)

    def _tempting(self, text: Text, question: Question, rng: random.Random) -> list[int]:
        """Draw the passage of its text most like a question without an answer, and now and then another."""
        near = self.similar.nearest(question.text, FAR * NEAREST)
        own = [index for index in near if self._pool[index][0] == text.id] or self._own.get(text.id, [])[:1]
        return first_and_another(own, rng)

    def _example(self, question: Question, index: int, held: tuple[int, int] | None, rng: random.Random) -> Example:
        passage = self._pool[index][1]
        return Example(question.text, "" if rng.random() < BARE else passage.context, passage.text, held)


def passages_of(text: Text) -> tuple[Passage, ...]:
    """Cut a text as the program cuts a document of that title; blank ones have no passages."""
    digest = hashlib.sha256(text.context.encode()).hexdigest()
    name = f"{text.id}.txt"
    title = text.title or title_of(text.context, name)
    document = Document(digest[:16], name, name, title, text.context, "utf-8", digest, len(text.context))
    return ingest(document).passages
