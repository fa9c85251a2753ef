"""Figures of an exported reader on SQuAD-format questions: exact match and F1, and how well it tells no answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from qa.evaluation.squad import score_answer
from qa.reading.neural import NeuralReader
from qa.text.normalise import simplify
from training.reader.data import Question, Text, passages, target_of, title_of

PASSAGE = 380
OVERLAP = 80
"""Texts are read in passages of at most this many characters, which share up to so many with the one before."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read for one question: the best span of its text, and its score against no answer."""

    question: Question
    golds: tuple[str, ...]
    text: str
    score: float
    relevance: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Percentages.

    Attributes:
        exact, f1: over answerable questions, the best span given always.
        answered_f1: over answerable questions, nothing given below the threshold (HasAns of SQuAD 2).
        overall_f1: over all questions, with the threshold; right on an unanswerable one is nothing given.
        decision_f1: of telling answerable questions from others, answerable being the positive class.
        refused: unanswerable questions with nothing given.
    """

    questions: int
    exact: float
    f1: float
    answered_f1: float
    overall_f1: float
    decision_f1: float
    refused: float
    threshold: float


def read_all(reader: NeuralReader, texts: Sequence[Text], limit: int | None = None) -> list[Reading]:
    """Answer every question from the passages of its own text."""
    todo = [(text, question) for text in texts for question in text.questions][:limit]
    return [_read(reader, text, question) for text, question in todo]


def _read(reader: NeuralReader, text: Text, question: Question) -> Reading:
    spans = passages(text.context, PASSAGE, OVERLAP)
    asked = simplify(question.text)
    rows = [(asked, title_of(text), text.context[start:end]) for start, end in spans]
    golds = golds_of(text, question)
    found: list[Reading] = []
    for row, scores in zip(rows, reader.score_texts(rows), strict=True):
        for span in scores.top(row[2], 1):
            found.append(Reading(question, golds, row[2][span.first : span.last + 1], span.score, scores.relevance))
    return max(
        found, key=lambda reading: reading.score, default=Reading(question, golds, "", float("-inf"), float("-inf"))
    )


def figures(readings: Sequence[Reading], threshold: float) -> Figures:
    """Score readings; below the threshold nothing is given."""
    with_gold = [reading for reading in readings if reading.question.answers]
    without = [reading for reading in readings if not reading.question.answers]
    always = [score_answer(reading.text, reading.golds) for reading in with_gold]
    kept = [score.f1 * (reading.score >= threshold) for reading, score in zip(with_gold, always, strict=True)]
    refused = [float(reading.score < threshold) for reading in without]
    hits = sum(reading.score >= threshold for reading in with_gold)
    wrong = len(without) - sum(refused)
    return Figures(
        len(readings),
        100 * fmean(score.exact for score in always),
        100 * fmean(score.f1 for score in always),
        100 * fmean(kept),
        100 * fmean([*kept, *refused]),
        100 * 2 * hits / (2 * hits + wrong + len(with_gold) - hits) if hits else 0.0,
        100 * fmean(refused) if refused else 0.0,
        threshold,
    )


def golds_of(text: Text, question: Question) -> tuple[str, ...]:
    """List the accepted answers; of a list question each item and, where short, the run of them all."""
    target = target_of(question)
    run = (text.context[slice(*target)],) if target is not None else ()
    return tuple(dict.fromkeys((*(answer for answer, _ in question.answers), *run)))


def best_threshold(readings: Sequence[Reading]) -> float:
    """Find the threshold with the highest F1 over all questions."""
    scores = sorted({round(reading.score, 2) for reading in readings})
    steps = scores[:: max(len(scores) // 100, 1)]
    return max(steps, key=lambda threshold: figures(readings, threshold).overall_f1)
