"""youju figures: the ledger of figures."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from qa.cli import options
from qa.cli.console import err, out, table, write_json
from qa.cli.options import ConfigFile, DataDir, Debug, Sets
from qa.errors import DocumentError, UsageError, os_reason
from qa.ledger.types import Figure, FigureFilter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qa.store.store import Store
    from qa.types import Citation

NONE_FOUND = 1
SHOWN = 20
"""Rows that a terminal shows where no number is asked for; files and JSON get all."""
_ALL = 1_000_000
LIMITS = "查找范围"
FIGURES_HELP = """数据台账：文档里的每个数字，连同数的是什么、谁的、哪里的、什么时候的。

退出状态：0 有数据，1 没有，2 用法或环境有问题。

例：
  youju figures --what 金秋助学 --unit 元
  youju figures --place 山西 --year 2017 --sort place --limit 50
  youju figures --what 金秋助学 --csv > 金秋助学.csv
  youju figures --body 长治市总 --xlsx 长治.xlsx
"""


def figures(
    what: Annotated[
        str, typer.Option("--what", metavar="WORDS", help="数的是什么，近义词也算", rich_help_panel=LIMITS)
    ] = "",
    body: Annotated[
        str, typer.Option("--body", metavar="NAME", help="谁的，可用简称：市总、长治市总", rich_help_panel=LIMITS)
    ] = "",
    place: Annotated[
        str, typer.Option("--place", metavar="PLACE", help="哪里的，省里的市县也算", rich_help_panel=LIMITS)
    ] = "",
    year: Annotated[
        int | None, typer.Option("--year", metavar="YEAR", min=1000, max=2999, help="哪一年", rich_help_panel=LIMITS)
    ] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="UNIT", help="单位：元、人、%…", rich_help_panel=LIMITS)] = "",
    words: Annotated[
        str, typer.Option("--text", metavar="WORDS", help="原句或标题里有这些词", rich_help_panel=LIMITS)
    ] = "",
    document: Annotated[str, typer.Option("--file", metavar="NAME", help="只看这份文档", rich_help_panel=LIMITS)] = "",
    sort: Annotated[
        str, typer.Option("--sort", metavar="ORDER", help="排序，默认 -value；前面加 - 从大到小")
    ] = "-value",
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help=f"最多列几条，默认 {SHOWN}；导出时默认全部")
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="输出 CSV")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，格式与接口相同")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="写成 Excel 文件")] = None,
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """List the ledger; 0 found, 1 none."""
    if as_csv + as_json + (xlsx is not None) > 1:
        raise UsageError("--csv、--json、--xlsx 只能选一个。")
    settings = options.load_quietly(data_dir, config, sets)
    from qa.bootstrap import open_store
    from qa.ledger.citing import cite_figures

    exported = as_csv or as_json or xlsx is not None
    rows = limit if limit is not None else _ALL if exported else SHOWN
    with err().status("正在查找…"), open_store(settings) as store:
        limits = FigureFilter(what, body, place, year, unit, _document_id(store, document), words)
        page = store.figures(limits, order=sort, limit=rows)
        if as_json:
            from qa.ledger.schema import figures_json

            write_json(figures_json(store, page))
            return 0 if page.rows else NONE_FOUND
        citations = cite_figures(store, page.rows)
    if exported:
        _export(page.rows, citations, xlsx)
    elif page.rows:
        _show(page.rows, citations, page.total)
    if not page.rows:
        err().print("没有这样的数据，请换个说法，或放宽查找范围。")
    return 0 if page.rows else NONE_FOUND


def _document_id(store: "Store", name: str) -> str:
    """Find the one document of a name, "" for no name."""
    if not name:
        return ""
    found = [one.id for one in store.documents() if name in (one.id, one.file, Path(one.file).name)]
    if len(found) != 1:
        problem = "没有" if not found else f"有 {len(found)} 份"
        raise DocumentError(f"索引里{problem}“{name}”，用 youju docs list 查看有哪些文档。")
    return found[0]


def _export(rows: "Sequence[Figure]", citations: "Sequence[Citation]", xlsx: Path | None) -> None:
    from qa.ledger.exporting import export

    if xlsx is None:
        sys.stdout.buffer.write(export("csv", rows, citations))
        sys.stdout.buffer.flush()
        return
    try:
        xlsx.write_bytes(export("xlsx", rows, citations))
    except OSError as error:
        raise UsageError(f"写不了 {xlsx}：{os_reason(error)}。") from error
    err().print(Text(f"{len(rows)} 条数据写到 {xlsx}。", "green"))


def _show(rows: "Sequence[Figure]", citations: "Sequence[Citation]", total: int) -> None:
    """Print a table for people."""
    grid = table("数字", "事项", "单位", "地方", "时段", "出处")
    for row, citation in zip(rows, citations, strict=True):
        thing = f"{row.verb} {row.what}".strip() + ("（每人、每户）" if row.per_head else "")
        where = f"{citation.file} 第 {citation.line_start} 行"
        cells = (Text(row.text, "bold green"), thing, row.body, row.place, row.period, Text(where, "dim"))
        grid.add_row(*(cell if isinstance(cell, Text) else Text(cell) for cell in cells))
    out().print(grid)
    if total > len(rows):
        err().print(Text(f"共 {total} 条，列出了 {len(rows)} 条；用 --limit 看更多。", "dim"))
