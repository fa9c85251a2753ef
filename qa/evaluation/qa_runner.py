"""Puts gold questions to an engine and takes down how it fares: ``youju eval qa``."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol

from qa.errors import QuestionError
from qa.evaluation.calibration import expected_calibration_error, risk_at
from qa.evaluation.gold import SHORT, Given, GoldAnswer, GoldQuestion, given_answers
from qa.evaluation.matching import matches
from qa.evaluation.metrics import Score, mean_figures, percentile, score_question
from qa.types import Citation, FoundPassage, Response

RECALL_AT = (1, 5, 20)
RISK_AT = (0.25, 0.5, 0.75, 1.0)
SHOWN_ANSWERS = 3

Tick = Callable[[int, int], None]
"""Told (questions done, questions in all) after each question."""


class Asked(Protocol):
    """What is needed of the engine."""

    def ask(self, question: str, *, id: str | None = None, limit: int = 10) -> Response:
        """Answer a question."""
        ...

    def search(self, question: str, *, k: int = 10) -> tuple[FoundPassage, ...]:
        """Find passages."""
        ...


@dataclass(frozen=True, slots=True)
class Miss:
    """A question that did not score in full.

    Attributes:
        given: the first answers, each with its confidence; none for a refusal.
        found_at: rank (from 1) of the first passage found that holds a gold line; None where none does.
    """

    id: str
    type: str
    question: str
    given: tuple[tuple[str, float], ...]
    gold: tuple[str, ...]
    own: float
    found_at: int | None


@dataclass(frozen=True, slots=True)
class QaReport:
    """How an engine fares on a set of gold questions.

    Attributes:
        figures: as ``qa.evaluation.metrics`` defines them, 0..1.
        by_type: mean own score per type of question.
        recall: k → share of the questions with gold lines of which the first k passages hold them, 0..1.
        calibration_error: of the first answers to short questions; None where none was answered.
        risk: share of these → share of wrong ones among so many of the surest, both 0..1.
        p50_ms, p95_ms: time of a question, the first one (which warms up) left out where there are others.
    """

    questions: int
    figures: Mapping[str, float]
    by_type: Mapping[str, float]
    recall: Mapping[int, float]
    calibration_error: float | None
    risk: Mapping[float, float]
    p50_ms: float
    p95_ms: float
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    gold: GoldQuestion
    given: tuple[Given, ...]
    score: Score
    found: Mapping[int, float]
    found_at: int | None
    milliseconds: float


def run_qa(engine: Asked, questions: Sequence[GoldQuestion], progress: Tick | None = None) -> QaReport:
    """Ask every gold question.

    Args:
        engine: over the documents that the questions are about.
        progress: told after each question.
    """
    runs: list[_Run] = []
    for done, question in enumerate(questions, 1):
        runs.append(_ask(engine, question))
        if progress is not None:
            progress(done, len(questions))
    return _report(runs)


def _ask(engine: Asked, gold: GoldQuestion) -> _Run:
    start = time.perf_counter()
    try:
        given = given_answers(engine.ask(gold.question, id=gold.id))
    except QuestionError:
        given = ()
    milliseconds = (time.perf_counter() - start) * 1000
    found: Mapping[int, float] = {}
    found_at = None
    if gold.answers:
        citations = [passage.citation for passage in engine.search(gold.question, k=max(RECALL_AT))]
        found = {k: _held(citations[:k], gold) for k in RECALL_AT}
        ranks = (at for at, citation in enumerate(citations, 1) if any(holds(citation, a) for a in gold.answers))
        found_at = next(ranks, None)
    return _Run(gold, given, score_question(gold, given), found, found_at, milliseconds)


def holds(citation: Citation, answer: GoldAnswer) -> bool:
    """Tell whether a passage covers one of the lines that hold the answer."""
    if citation.file.rsplit("/", 1)[-1] != answer.file:
        return False
    return any(citation.line_start <= line <= citation.line_end for line in answer.lines)


def _held(citations: Sequence[Citation], gold: GoldQuestion) -> float:
    """Return the share of the gold answers that passages hold where all are required, else whether they hold any."""
    held = [any(holds(citation, answer) for citation in citations) for answer in gold.answers]
    return sum(held) / len(held) if gold.all_required else float(any(held))


def _report(runs: Sequence[_Run]) -> QaReport:
    types = sorted({run.gold.type for run in runs})
    with_lines = [run for run in runs if run.gold.answers]
    timed = [run.milliseconds for run in runs[1:] or runs]
    sure, right = _judged(runs)
    return QaReport(
        questions=len(runs),
        figures=mean_figures(run.score for run in runs),
        by_type={kind: fmean(run.score.own for run in runs if run.gold.type == kind) for kind in types},
        recall={k: fmean(run.found[k] for run in with_lines) for k in RECALL_AT} if with_lines else {},
        calibration_error=expected_calibration_error(sure, right) if sure else None,
        risk={share: risk_at(share, sure, right) for share in RISK_AT} if sure else {},
        p50_ms=percentile(timed, 0.5),
        p95_ms=percentile(timed, 0.95),
        misses=tuple(_miss(run) for run in runs if run.score.own < 1.0),
    )


def _judged(runs: Sequence[_Run]) -> tuple[list[float], list[bool]]:
    """Return confidence and verdict of the first answers to short questions and to unanswerable ones (all wrong)."""
    judged = [run for run in runs if run.given and (run.gold.type in SHORT or not run.gold.answers)]
    right = [any(matches(run.given[0].text, a.forms, run.gold.type) for a in run.gold.answers) for run in judged]
    return [run.given[0].confidence for run in judged], right


def _miss(run: _Run) -> Miss:
    gold = run.gold
    given = tuple((one.text, round(one.confidence, 3)) for one in run.given[:SHOWN_ANSWERS])
    texts = tuple(answer.text for answer in gold.answers)
    return Miss(gold.id, gold.type, gold.question, given, texts, run.score.own, run.found_at)
