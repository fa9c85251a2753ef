"""Measure and write docs/quality.md: ``python -m benchmarks.quality [--set NAME=GOLD:DOCUMENTS] [--squad NAME=FILE]``.

The questions over the seeds come with the project and are always measured, with the ablation. Other sets are measured
where they are given, and keep their last figures otherwise: those stand in docs/quality.json, with the checksum of
the questions that they belong to.
"""

import argparse
import json
from pathlib import Path

from benchmarks.quality.measure import QuestionSet, machine, question_set, squad_set
from benchmarks.quality.page import render

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "docs" / "quality.json"
PAGE = ROOT / "docs" / "quality.md"
OWN = tuple(
    QuestionSet(name, ROOT / "tests" / "golden" / f"{name}.jsonl", ROOT / "seeds", shown=True)
    for name in ("seeds_dev", "seeds_second")
)
"""The first one with the ablation. The second was written when the answering had been built, by other hands; the misses
of its questions with even numbers have been looked at since."""


def main() -> None:
    """Measure, store, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=GOLD:DOCUMENTS")
    parser.add_argument("--squad", action="append", default=[], metavar="NAME=FILE")
    parser.add_argument("--limit", type=int, help="first questions of each SQuAD-style file only")
    parser.add_argument("--no-ablation", action="store_true", help="keep the last one")
    parser.add_argument("--only", action="store_true", help="measure only the sets that are given here")
    parser.add_argument("--page-only", action="store_true", help="write the page anew from the stored figures")
    args = parser.parse_args()
    results = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {"sets": {}, "squad": {}}
    if not args.page_only:
        results["machine"] = machine()
        given = [*(_question_set(one) for one in args.set), *(() if args.only else OWN)]
        for one in given:
            measured = question_set(one, ablate=one is OWN[0] and not args.no_ablation)
            before = results["sets"].get(one.name, {})
            kept = {"ablation": before["ablation"]} if "ablation" in before else {}
            results["sets"][one.name] = {**kept, **measured}
            _store(results)
        for name, path in (one.split("=", 1) for one in args.squad):
            results["squad"][name] = squad_set(Path(path), args.limit)
            _store(results)
    PAGE.write_text(render(results), "utf-8")


def _question_set(given: str) -> QuestionSet:
    name, paths = given.split("=", 1)
    gold, documents = paths.rsplit(":", 1)
    return QuestionSet(name, Path(gold), Path(documents), shown=False)


def _store(results: object) -> None:
    RESULTS.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
