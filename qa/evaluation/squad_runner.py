"""Puts SQuAD-style questions to an engine over their own contexts: ``youju eval squad``."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, Protocol

from qa.errors import QuestionError, UsageError
from qa.evaluation.metrics import percentile
from qa.evaluation.qa_runner import Tick
from qa.evaluation.squad import SquadQuestion, SquadScore, SquadSet, read_squad, score_answer, squad_figures
from qa.types import Answer, AnswerKind, Filters, Response

Mode = Literal["open", "gold"]
"""open = the right context has to be found among all of the file; gold = it is given."""

SHOWN_MISSES = 200
MOST_ITEMS = 20
"""Items of a list that are put together."""


class Answers(Protocol):
    """What is needed of the engine."""

    def ask(self, question: str, *, id: str | None = None, filters: Filters = Filters(), limit: int = 10) -> Response:
        """Answer a question within the filters."""
        ...


OpenEngine = Callable[[Path], AbstractContextManager[Answers]]
"""Indexes a folder of .txt files in a store of its own and gives an engine over it; the store goes when it is left."""


@dataclass(frozen=True, slots=True)
class SquadMiss:
    """A question that was not answered exactly; ``f1`` is 0..1."""

    id: str
    question: str
    given: str
    golds: tuple[str, ...]
    f1: float
    right_context: bool


@dataclass(frozen=True, slots=True)
class SquadReport:
    """How an engine fares on a SQuAD-style file.

    Attributes:
        figures: in percent, see ``qa.evaluation.squad.squad_figures``.
        right_context: share of the answered questions whose first answer stands in the right context, 0..1.
        answered: share of all questions that were answered, 0..1.
        misses: the first ones, at most SHOWN_MISSES.
    """

    mode: Mode
    contexts: int
    questions: int
    figures: dict[str, float]
    answered: float
    right_context: float
    p50_ms: float
    p95_ms: float
    misses: tuple[SquadMiss, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    question: SquadQuestion
    given: str
    score: SquadScore
    right_context: bool
    milliseconds: float


def run_squad(
    path: Path, mode: Mode, open_engine: OpenEngine, *, limit: int | None = None, progress: Tick | None = None
) -> SquadReport:
    """Ask the questions of a SQuAD-style file about its own contexts, each context a document.

    Args:
        path: the file.
        mode: with "gold", a question is asked within its own context only.
        open_engine: makes the temporary index, such as ``qa.evaluation.temporary.temporary_engine``.
        limit: ask only the first so many; all contexts are indexed all the same.
        progress: told after each question.

    Raises:
        UsageError: the file is not of that form, or the mode is unknown.
    """
    if mode not in ("open", "gold"):
        raise UsageError(f"评测方式 {mode} 不存在，请用 open 或 gold。")
    squad = read_squad(path, limit)
    with TemporaryDirectory(prefix="youju-squad-") as folder:
        names = write_contexts(squad, Path(folder))
        with open_engine(Path(folder)) as engine:
            runs: list[_Run] = []
            for done, question in enumerate(squad.questions, 1):
                runs.append(_ask(engine, question, names[question.context_id], mode))
                if progress is not None:
                    progress(done, len(squad.questions))
    return _report(squad, runs, mode)


def write_contexts(squad: SquadSet, folder: Path) -> dict[str, str]:
    """Write each context into a file of its own; return the file names by context id."""
    names = {context_id: f"{at:05d}.txt" for at, context_id in enumerate(squad.contexts)}
    for context_id, text in squad.contexts.items():
        (folder / names[context_id]).write_bytes(text.encode("utf-8"))
    return names


def _ask(engine: Answers, question: SquadQuestion, file: str, mode: Mode) -> _Run:
    filters = Filters(files=(file,)) if mode == "gold" else Filters()
    start = time.perf_counter()
    try:
        answers = engine.ask(question.question, id=question.id, filters=filters, limit=MOST_ITEMS).answers
    except QuestionError:
        answers = ()
    milliseconds = (time.perf_counter() - start) * 1000
    given = whole_answer(answers) if answers else ""
    right = bool(answers) and answers[0].citation.file == file
    return _Run(question, given, score_answer(given, question.golds), right, milliseconds)


def whole_answer(answers: Sequence[Answer]) -> str:
    """Return the first answer; of a list, the words of its sentence from the first item to the last one there."""
    first = answers[0]
    if first.kind is not AnswerKind.LIST:
        return first.text
    marks = [one.mark for one in answers if one.kind is AnswerKind.LIST and one.sentence == first.sentence]
    return first.sentence[min(mark.start for mark in marks) : max(mark.end for mark in marks)]


def _report(squad: SquadSet, runs: list[_Run], mode: Mode) -> SquadReport:
    answered = [run for run in runs if run.given]
    timed = [run.milliseconds for run in runs[1:] or runs]
    misses = [
        SquadMiss(
            run.question.id, run.question.question, run.given, run.question.golds, run.score.f1, run.right_context
        )
        for run in runs
        if not run.score.exact
    ]
    return SquadReport(
        mode=mode,
        contexts=len(squad.contexts),
        questions=len(runs),
        figures=squad_figures((run.question, run.score) for run in runs),
        answered=len(answered) / len(runs),
        right_context=sum(run.right_context for run in answered) / len(answered) if answered else 0.0,
        p50_ms=percentile(timed, 0.5),
        p95_ms=percentile(timed, 0.95),
        misses=tuple(misses[:SHOWN_MISSES]),
    )
