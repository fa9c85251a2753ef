"""youju eval figures."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from qa.cli import options
from qa.cli.console import write_json
from qa.cli.options import AsJson, ConfigFile, DataDir, Debug, Sets

FIGURES_HELP = """用一份人工读过的样本衡量数据台账，打印每一栏的准确率。

FILE 每行一个 JSON，格式同 tests/golden/figures_seeds.jsonl；样本里的文档要先收录。

例：
  youju eval figures tests/golden/figures_seeds.jsonl
  youju eval figures tests/golden/figures_seeds.jsonl --misses 50
"""


def evaluate_figures(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="人工读过的样本，JSONL")],
    as_json: AsJson = False,
    misses: Annotated[int, typer.Option("--misses", metavar="N", min=0, help="列出 N 处不对的")] = 0,
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """Measure the ledger against labelled rows."""
    settings = options.load_quietly(data_dir, config, sets)
    from qa.bootstrap import open_store
    from qa.ledger.measuring import COLUMNS, measure, read_labels

    labels = read_labels(file)
    with open_store(settings) as store:
        precision = measure(store, labels)
    shares = {column: round(precision.share(column), 4) for column in COLUMNS}
    if as_json:
        write_json({"labels": precision.labels, "found": precision.found, "precision": shares})
        return 0
    lines = [f"样本 {precision.labels} 条，台账里有 {precision.found} 条"]
    lines += [f"{column:<10}{share:.4f}" for column, share in shares.items()]
    lines += precision.misses[:misses]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0
