"""Time the way of a newcomer: ``python -m benchmarks.serving``.

Prints one JSON object: seconds of the first index, seconds from starting the program to the first answer, milliseconds
of a warm question (50th and 95th percentile), and the peak memory of the process that answers, in MiB.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from qa.evaluation.metrics import percentile

WARM_UP = 5


def timed(command: Sequence[str]) -> tuple[float, str]:
    """Run a command; return its seconds and what it printed."""
    start = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode == 2:
        raise SystemExit(f"{' '.join(command)}: {done.stderr}")
    return time.perf_counter() - start, done.stdout


def peak_memory() -> float:
    """Return this process's peak resident memory in MiB, as Linux counts it."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))) / 1024


def warm(data_dir: Path, questions: Sequence[str]) -> list[float]:
    """Ask every question once after what the server does at its start; return milliseconds."""
    from qa.bootstrap import open_engine
    from qa.config import Settings

    engine = open_engine(Settings(data_dir=data_dir))
    engine.reload().reader.prepare(engine.store.all_passages())  # as the server does in the background
    for question in questions[:WARM_UP]:
        engine.ask(question)
    return [engine.ask(question).timing_ms["total"] for question in questions]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, default=Path("seeds"))
    parser.add_argument("--questions", type=Path, default=Path("tests/golden/seeds_dev.jsonl"))
    args = parser.parse_args()
    lines = args.questions.read_text("utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    youju = [sys.executable, "-m", "qa.cli"]
    with tempfile.TemporaryDirectory() as folder:
        place = ["--data-dir", folder]
        index_s, _ = timed([*youju, "index", str(args.documents), *place])
        first_s, _ = timed([*youju, "ask", questions[0], *place])
        times = warm(Path(folder), questions)
        figures = {
            "first_index_s": round(index_s, 1),
            "start_to_first_answer_s": round(first_s, 2),
            "warm_question_p50_ms": round(percentile(times, 0.5), 1),
            "warm_question_p95_ms": round(percentile(times, 0.95), 1),
            "peak_memory_mib": round(peak_memory()),
            "questions": len(questions),
        }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
