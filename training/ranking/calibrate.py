"""Calibrate the confidence of answers: ``python -m training.ranking.calibrate MODEL.json --set GOLD.jsonl:DOCUMENTS``.

The questions go the whole way, refusals and all; whether each answer that is given is right is fitted by its P(right)
and by its standing first or later (``qa.answering.ranking.Calibration``). The three numbers are written into the model.
"""

import argparse
import json
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from qa.answering.ranking import Calibration
from qa.config import Settings
from qa.engine import Engine
from qa.evaluation.gold import MANY, SHORT, Given, GoldQuestion, read_gold
from qa.evaluation.matching import explains, is_item, matches
from qa.evaluation.temporary import temporary_engine
from qa.types import Answer, AnswerKind
from training.ranking.fit import logistic

L2 = 1e-3
Row = tuple[float, float, bool]
"""Logit of P(right), 1 for a later answer, whether it is right."""


def given_rows(engine: Engine, questions: tuple[GoldQuestion, ...], present: Calibration) -> Iterator[Row]:
    """Ask every question; yield each answer, its confidence turned back into P(right)."""
    for gold in questions:
        for at, answer in enumerate(engine.ask(gold.question).answers):
            later = float(at > 0 and answer.kind is not AnswerKind.LIST)
            bounded = min(max(answer.confidence, 1e-4), 1 - 1e-4)
            shown = math.log(bounded / (1 - bounded))
            yield (shown - present.bias - present.later * later) / present.slope, later, is_right(gold, answer)


def is_right(gold: GoldQuestion, answer: Answer) -> bool:
    """Judge an answer as the figures do; any answer to an unanswerable question is wrong."""
    given = Given.from_answer(answer)
    if gold.type in SHORT:
        return any(matches(given.text, right.forms, gold.type) for right in gold.answers)
    if gold.type in MANY:
        return any(is_item(given, gold.type, right) for right in gold.answers)
    return any(explains(given, right) for right in gold.answers)


def fit(rows: list[Row]) -> Calibration:
    """Fit the calibration; the penalty is so small that it only matters for a handful of rows."""
    features = np.asarray([row[:2] for row in rows], np.float32)
    right = np.asarray([row[2] for row in rows], np.float32)
    start, penalty = np.asarray([1.0, 0.0], np.float32), np.full(2, L2, np.float32)
    (slope, later), bias = logistic(features, right, start, 0.0, penalty)
    return Calibration(round(float(slope), 4), round(bias, 4), round(float(later), 4))


def main() -> None:
    """Ask, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--set", action="append", required=True, metavar="GOLD:DOCUMENTS", dest="sets")
    parser.add_argument("--reader", default="auto", help="rules for rules.json")
    args = parser.parse_args()
    model = json.loads(args.model.read_text("utf-8"))
    present = Calibration(**model["calibration"])
    rows: list[Row] = []
    for pair in args.sets:
        gold, documents = pair.rsplit(":", 1)
        with temporary_engine(Path(documents), Settings(reader=args.reader)) as engine:
            rows += given_rows(engine, read_gold(Path(gold)), present)
    found = fit(rows)
    model["calibration"] = {"slope": found.slope, "bias": found.bias, "later": found.later}
    args.model.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len(rows)} answers, {found}")


if __name__ == "__main__":
    main()
