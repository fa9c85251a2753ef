"""youju eval qa, youju eval squad."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from qa.cli import options
from qa.cli.console import err, write_json
from qa.cli.indexing import showing_progress
from qa.cli.options import AsJson, ConfigFile, DataDir, Debug, Sets

if TYPE_CHECKING:
    from qa.config import Settings
    from qa.engine import Engine
    from qa.evaluation.qa_runner import QaReport
    from qa.evaluation.squad_runner import SquadReport

QA_HELP = """用一份带标准答案的问题衡量现在的索引，打印各项指标。

GOLD 每行一个 JSON，格式同 tests/golden/seeds_dev.jsonl。

例：
  youju eval qa tests/golden/seeds_dev.jsonl
  youju eval qa tests/golden/seeds_dev.jsonl --misses 20
"""
SQUAD_HELP = """用 SQuAD 格式的数据（例如 CMRC 2018）衡量回答，打印 exact_match 和 f1。

例：
  youju eval squad dev.json --mode open     # 全部原文放进临时索引，再提问
  youju eval squad dev.json --mode gold     # 每个问题只给它自己的原文
"""

Limit = Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help="只问前 N 个")]
Misses = Annotated[int, typer.Option("--misses", metavar="N", min=0, help="列出答得最差的 N 个")]


def evaluate_qa(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="带标准答案的问题，JSONL")],
    as_json: AsJson = False,
    limit: Limit = None,
    misses: Misses = 0,
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """Measure the index against questions with gold answers."""
    settings = options.load_quietly(data_dir, config, sets)
    from qa.evaluation.gold import read_gold

    questions = read_gold(gold)[:limit]  # a file that will not do is told before anything slow
    from qa.bootstrap import open_engine  # heavy: the models
    from qa.evaluation.qa_runner import run_qa

    with err().status("载入索引和模型…"):
        engine = open_engine(settings)
    with _ticking() as tick:
        report = run_qa(engine, questions, tick)
    _print(report, as_json, misses)
    return 0


def evaluate_squad(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="SQuAD 格式的数据，JSON")],
    mode: Annotated[
        Literal["open", "gold"], typer.Option("--mode", metavar="open|gold", help="在全部原文中查找，或只给出处所在的")
    ] = "open",
    as_json: AsJson = False,
    limit: Limit = None,
    misses: Misses = 0,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """Measure answers on SQuAD-format data, over a store of its own."""
    settings = options.load_quietly(None, config, sets)
    from qa.evaluation.squad_runner import run_squad

    with _ticking() as tick:
        report = run_squad(file, mode, partial(_indexed, settings=settings), limit=limit, progress=tick)
    _print(report, as_json, misses)
    return 0


@contextmanager
def _indexed(documents: Path, settings: "Settings") -> "Iterator[Engine]":
    """Index a folder for a while, with a progress bar."""
    from qa.evaluation.temporary import temporary_engine

    with showing_progress() as tell, temporary_engine(documents, settings, tell) as engine:
        tell.bar.stop()
        yield engine


@contextmanager
def _ticking() -> Iterator[Callable[[int, int], None]]:
    """Show how many questions have been asked, from the first one on."""
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    bar = Progress(*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn(), console=err())
    task = bar.add_task("提问")

    def tick(done: int, total: int) -> None:
        if done == 1:
            bar.start()
        bar.update(task, completed=done, total=total)

    try:
        yield tick
    finally:
        bar.stop()


def _print(report: "QaReport | SquadReport", as_json: bool, misses: int) -> None:
    from qa.evaluation.reports import render, to_json

    if as_json:
        write_json(to_json(report))
    else:
        sys.stdout.write(f"{render(report, misses=misses)}\n")
