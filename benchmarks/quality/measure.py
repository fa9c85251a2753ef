"""Run the engine over question sets and take down the figures as plain values."""

import hashlib
import platform
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.quality.ablation import ABLATIONS
from benchmarks.quality.causes import cause, worst
from qa.bootstrap import open_engine, open_indexer
from qa.config import Settings
from qa.engine import Engine
from qa.evaluation.gold import GoldQuestion, read_gold
from qa.evaluation.qa_runner import Miss, run_qa
from qa.evaluation.reports import to_json
from qa.evaluation.squad_runner import run_squad
from qa.evaluation.temporary import temporary_engine
from qa.ingest.files import find_files

WORST = 20
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions with gold answers and the documents that they are about.

    Attributes:
        shown: whether questions and answers may be printed; else the worst misses tell numbers only.
    """

    name: str
    gold: Path
    documents: Path
    shown: bool

    def command(self) -> str:
        """Say how the figures can be had again."""
        return f"youju index {self.documents.name} --data-dir D && youju eval qa {self.gold.name} --data-dir D"


@contextmanager
def indexed(documents: Path) -> Iterator[Settings]:
    """Index a folder into a store that goes when it is left."""
    with TemporaryDirectory(prefix="youju-quality-") as folder:
        settings = Settings(data_dir=Path(folder), documents=(documents,))
        with open_indexer(settings) as indexer:
            indexer.index(find_files([documents]))
        yield settings


def question_set(given: QuestionSet, *, ablate: bool) -> Figures:
    """Measure one set: all figures, the worst misses with their cause and, if asked for, the ablation."""
    questions = read_gold(given.gold)
    rows = {row.id: row for row in questions}
    with indexed(given.documents) as settings:
        engine = open_engine(settings)
        report = run_qa(engine, questions)
        figures = to_json(report)
        figures["misses"] = [
            _miss(miss, cause(engine, rows[miss.id], miss), given.shown) for miss in worst(report.misses, WORST)
        ]
        figures["missed"] = len(report.misses)
        figures["answered_types"] = _counts([row.type for row in questions])
        engine.store.close()
        if ablate:
            figures["ablation"] = {name: _ablated(settings, questions, name) for name in ABLATIONS}
    return figures | {"command": given.command(), "sha256": _digest(given.gold)}


def squad_set(path: Path, limit: int | None) -> Figures:
    """Measure a SQuAD-style file in both ways."""

    @contextmanager
    def opened(folder: Path) -> Iterator[Engine]:
        with temporary_engine(folder, Settings()) as engine:
            yield engine

    figures: Figures = {"sha256": _digest(path), "limit": limit}
    for mode in ("gold", "open"):
        report = to_json(run_squad(path, mode, opened, limit=limit))
        figures[mode] = {key: value for key, value in report.items() if key != "misses"}
    figures["command"] = f"youju eval squad {path.name}" + (f" --limit {limit}" if limit else "")
    return figures


def machine() -> str:
    """Say what the times were measured on."""
    import os

    return f"{os.cpu_count()} 个 CPU 核（{platform.machine()}），Python {platform.python_version()}"


def _ablated(settings: Settings, questions: Sequence[GoldQuestion], name: str) -> Figures:
    without = ABLATIONS[name]
    changed = settings.model_copy(update={"reader": without.reader}) if without.reader else settings
    engine = open_engine(changed, without.variant)
    report = to_json(run_qa(engine, questions))
    engine.store.close()
    return dict(report["figures"]) | {"recall@5": report["recall"].get("5")}


def _miss(miss: Miss, why: str, shown: bool) -> Figures:
    plain: Figures = {"id": miss.id, "type": miss.type, "own": round(miss.own, 2), "cause": why}
    if shown:
        plain |= {"question": miss.question, "gold": list(miss.gold), "given": [text for text, _ in miss.given]}
    return plain


def _counts(kinds: Sequence[str]) -> dict[str, int]:
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
