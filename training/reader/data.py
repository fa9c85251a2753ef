"""Questions with answers into training examples: passages cut as in use, and tempting ones without an answer."""

import json
import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from training.reader.negatives import Similar

LIST_LENGTH = 60
"""A list is learnt from its first item to the end of its last where that is no longer (code points)."""

TITLE_LENGTH = 40
PASSAGE_LENGTHS = (100, 380)
"""Passages are cut to a length drawn from this range, that of the passages met in use (code points)."""

RANK_RATE = 0.7
"""Rate of the exponential distribution that the rank of a passage without the answer is drawn from."""

SECOND = 0.4
"""Share of the questions without an answer that are put before two passages."""

T = TypeVar("T")

_SENTENCE_END = re.compile(r"[。！？；\n]+[”』」’）]*|[!?;]\s")


@dataclass(frozen=True, slots=True)
class Question:
    """A question about one text.

    Attributes:
        answers: accepted answers as (text, start); start is -1 where the text does not hold it word for word.
        kind: "list", "amount", …, "unanswerable"; empty where the data does not say.
    """

    id: str
    text: str
    answers: tuple[tuple[str, int], ...]
    kind: str = ""

    @property
    def answerable(self) -> bool:
        """Whether the text holds an answer at a known place."""
        return any(start >= 0 for _, start in self.answers)


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its questions; the title is not part of it."""

    id: str
    title: str
    context: str
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A question before a passage; target is the answer's range in the passage, None where there is no answer."""

    question: str
    title: str
    passage: str
    target: tuple[int, int] | None


def read_squad(path: Path) -> list[Text]:
    """Read a SQuAD-format file.

    Raises:
        ValueError: an offset does not point at its answer.
    """
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return [
        Text(part["id"], article.get("title", ""), part["context"], tuple(_questions(part)))
        for article in data["data"]
        for part in article["paragraphs"]
    ]


def _questions(part: dict[str, Any]) -> list[Question]:
    found = []
    for row in part["qas"]:
        answers = tuple((answer["text"], int(answer["answer_start"])) for answer in row["answers"])
        for text, start in answers:
            if start >= 0 and part["context"][start : start + len(text)] != text:
                raise ValueError(f"{row['id']}: the answer does not stand at its offset")
        found.append(Question(row["id"], row["question"].strip(), answers, row.get("type", "")))
    return found


def with_questions(contexts: Mapping[str, str], path: Path) -> list[Text]:
    """Put questions that lie apart from their texts before them: ``training/questions/*.jsonl``.

    Args:
        contexts: texts by id.
        path: one object a line: "text" (an id), "question", "type", "spans" ([start, end] of each answer, code points).

    Raises:
        KeyError: a text is not there.
        ValueError: a span is no part of its text.
    """
    questions: dict[str, list[Question]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        context = contexts[row["text"]]
        if not all(0 <= start < end <= len(context) for start, end in row["spans"]):
            raise ValueError(f"{path.name}, line {number + 1}: a span is no part of the text {row['text']}")
        answers = tuple((context[start:end], start) for start, end in row["spans"])
        found = Question(f"{row['text']}-{number:04d}", row["question"], answers, row["type"])
        questions.setdefault(row["text"], []).append(found)
    return [Text(id_, "", contexts[id_], tuple(asked)) for id_, asked in questions.items()]


def as_squad(texts: Sequence[Text]) -> dict[str, Any]:
    """Write texts and questions in SQuAD's format; ``read_squad`` reads them back."""
    return {"data": [{"title": text.title, "paragraphs": [_paragraph(text)]} for text in texts]}


def _paragraph(text: Text) -> dict[str, Any]:
    rows = [
        {
            "id": question.id,
            "question": question.text,
            "type": question.kind,
            "is_impossible": not question.answers,
            "answers": [{"text": answer, "answer_start": start} for answer, start in question.answers],
        }
        for question in text.questions
    ]
    return {"id": text.id, "context": text.context, "qas": rows}


def held_out(texts: Sequence[Text], share: float, seed: int) -> tuple[list[Text], list[Text]]:
    """Divide texts into those to train on and those kept for validation, by whole texts."""
    order = sorted(texts, key=lambda text: text.id)
    random.Random(seed).shuffle(order)
    cut = round(len(order) * share)
    return order[cut:], order[:cut]


def sentence_starts(text: str) -> list[int]:
    """List where sentences start, 0 first; the text's length closes the list."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    return sorted({start for start in starts if start < len(text)} | {len(text)})


def cut_around(text: str, start: int, end: int, length: int, rng: random.Random) -> tuple[int, int]:
    """Cut a passage of whole sentences that holds [start, end), grown at random to both sides up to a length.

    Where one sentence is longer than the length, the passage is cut inside it.
    """
    cuts = sentence_starts(text)
    low = max(index for index, cut in enumerate(cuts) if cut <= start)
    high = min(index for index, cut in enumerate(cuts) if cut >= end)
    if cuts[high] - cuts[low] > length:
        return _cut_inside(text, start, end, length, rng)
    while True:
        left = low > 0 and cuts[high] - cuts[low - 1] <= length
        right = high + 1 < len(cuts) and cuts[high + 1] - cuts[low] <= length
        if not (left or right):
            return cuts[low], cuts[high]
        if left and (not right or rng.random() < 0.5):
            low -= 1
        else:
            high += 1


def _cut_inside(text: str, start: int, end: int, length: int, rng: random.Random) -> tuple[int, int]:
    room = max(length - (end - start), 0)
    low = max(start - rng.randint(0, room), 0)
    return low, max(min(low + length, len(text)), end)


def passages(text: str, length: int, overlap: int) -> list[tuple[int, int]]:
    """Cut a whole text into passages of whole sentences, each at most ``length`` long; every character is in one.

    Args:
        text: any; an empty one has no passages.
        length: in code points, at least 1; a longer sentence is cut.
        overlap: code points, at most, that a passage repeats of the one before it; less than length.
    """
    found: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        cuts = [cut for cut in sentence_starts(text) if start < cut <= start + length]
        end = cuts[-1] if cuts else min(start + length, len(text))
        found.append((start, end))
        if end == len(text):
            break
        again = [cut for cut in cuts[:-1] if cut >= end - overlap]
        start = again[0] if again else end
    return found


def target_of(question: Question) -> tuple[int, int] | None:
    """Give the range to learn: the answer, for a list the run of its items where short, else its first item."""
    known = [(start, start + len(answer)) for answer, start in question.answers if start >= 0]
    if not known:
        return None
    if question.kind == "list":
        low, high = min(start for start, _ in known), max(end for _, end in known)
        return (low, high) if high - low <= LIST_LENGTH else min(known)
    return known[0]


def title_of(text: Text) -> str:
    """Give the title, or where there is none the first sentence, cut short, as news begins with its headline."""
    return (
        text.title
        if text.title
        else text.context[: sentence_starts(text.context)[1] if text.context else 0][:TITLE_LENGTH]
    )


def examples_of(
    texts: Sequence[Text], seed: int, share: float, make: Callable[[Text, Question, random.Random], Iterable[Example]]
) -> list[Example]:
    """Make the examples of a share of the questions, drawn at random, and shuffle them; a seed gives the same again."""
    rng = random.Random(seed)
    made: list[Example] = []
    for text in texts:
        for question in text.questions:
            if rng.random() < share:
                made.extend(make(text, question, rng))
    rng.shuffle(made)
    return made


def nearer(found: Sequence[T], rng: random.Random) -> list[T]:
    """Draw one of what was found, best first, the nearer the likelier; of nothing, nothing."""
    return [found[min(int(rng.expovariate(RANK_RATE)), len(found) - 1)]] if found else []


def first_and_another(found: Sequence[T], rng: random.Random) -> list[T]:
    """Take the first of what was found and, in a share of SECOND, another one at random."""
    return [*found[:1], *([rng.choice(found[1:])] if len(found) > 1 and rng.random() < SECOND else [])]


@dataclass
class Mixer:
    """Makes the examples of one epoch out of texts; another epoch cuts and draws anew.

    Attributes:
        negatives: passages without the answer for each answerable question, on average.
        titled: share of passages with the title before them.
    """

    texts: Sequence[Text]
    negatives: float
    titled: float = 0.6
    similar: Similar = field(init=False)

    def __post_init__(self) -> None:
        self._pool = [(text, span) for text in self.texts for span in passages(text.context, PASSAGE_LENGTHS[1], 0)]
        self.similar = Similar([text.context[start:end] for text, (start, end) in self._pool])
        self._titles = {text.id: title_of(text) for text in self.texts}

    def epoch(self, seed: int, share: float = 1.0) -> list[Example]:
        """Make the examples of one epoch, from a share of the questions drawn at random."""
        return examples_of(self.texts, seed, share, self._examples)

    def _examples(self, text: Text, question: Question, rng: random.Random) -> list[Example]:
        target = target_of(question)
        if target is None:
            return [] if question.answers else self._tempting(text, question, rng)
        made = [self._positive(text, question, target, rng)]
        if rng.random() < self.negatives:
            made.extend(self._negative(text, question, rng))
        return made

    def _positive(self, text: Text, question: Question, target: tuple[int, int], rng: random.Random) -> Example:
        start, end = cut_around(text.context, *target, rng.randint(*PASSAGE_LENGTHS), rng)
        shown = (target[0] - start, target[1] - start)
        return self._example(text, question, (start, end), shown, rng)

    def _negative(self, text: Text, question: Question, rng: random.Random) -> list[Example]:
        """Draw a passage without the answer: of the same text or of a similar one, the nearer the likelier."""
        own = rng.random() < 0.4
        found = [
            (other, span)
            for other, span in (self._pool[index] for index in self.similar.nearest(question.text, 12))
            if (other.id == text.id) == own and not holds_answer(other.context[slice(*span)], question)
        ]
        return [self._example(other, question, span, None, rng) for other, span in nearer(found, rng)]

    def _tempting(self, text: Text, question: Question, rng: random.Random) -> list[Example]:
        """Put an unanswerable question before the passage of its text most like it, and now and then another."""
        own = [index for index in self.similar.nearest(question.text, 40) if self._pool[index][0].id == text.id]
        if not own:
            own = [index for index, (other, _) in enumerate(self._pool) if other.id == text.id][:1]
        picked = first_and_another(own, rng)
        made = []
        for index in picked:
            start, end = self._pool[index][1]
            length = rng.randint(max(PASSAGE_LENGTHS[0], (end - start) * 2 // 3), PASSAGE_LENGTHS[1])
            middle = (start + end) // 2
            made.append(self._example(text, question, cut_around(text.context, middle, middle, length, rng), None, rng))
        return made

    def _example(
        self, text: Text, question: Question, span: tuple[int, int], target: tuple[int, int] | None, rng: random.Random
    ) -> Example:
        title = self._titles[text.id] if rng.random() < self.titled else ""
        return Example(question.text, title, text.context[slice(*span)], target)


def holds_answer(passage: str, question: Question) -> bool:
    """Tell whether any accepted answer stands in a passage."""
    return any(answer in passage for answer, _ in question.answers)
