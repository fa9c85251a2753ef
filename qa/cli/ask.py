"""youju ask, youju search."""

from typing import Annotated

import typer

from qa.cli import options
from qa.cli.console import err, out, write_json
from qa.cli.options import AsJson, ConfigFile, DataDir, Debug, Explain, Files, Places, Sets, Years

REFUSED = 1

ASK_HELP = """用文档的原话回答一个问题，附出处；文档里没有的，说明没有。

退出状态：0 有答案，1 没有答案，2 用法或环境有问题。

例：
  youju ask "晋城市金秋助学发放了多少资金？"
  youju ask "困难职工有多少人" --year 2016 --place 长治市
  youju ask "那商洛呢？" --after "长治市金秋助学发放了多少资金？"
  youju ask "哪些单位获奖？" --json | jq .answers[].text
"""
SEARCH_HELP = """只找相关的段落，不抽取答案。

例：
  youju search "金秋助学 资金" --limit 5
"""

Question = Annotated[str, typer.Argument(metavar="问题", help="要问的话")]


def ask(
    question: Question,
    as_json: AsJson = False,
    explain: Explain = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=50, help="最多给几个答案")] = 10,
    files: Files = None,
    places: Places = None,
    years: Years = None,
    after: Annotated[
        list[str] | None, typer.Option("--after", metavar="问题", help="上一个问题，据此补全追问；可重复，最早的在前")
    ] = None,
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """Answer a question; 0 answered, 1 refused."""
    settings = options.load_quietly(data_dir, config, sets)
    with err().status("正在查找…"):
        from qa.bootstrap import open_engine  # heavy: the models

        engine = open_engine(settings)
        limits = options.filters(files, places, years)
        response = engine.ask(question, filters=limits, limit=limit, explain=explain, previous=after or ())
    if as_json:
        from qa.schema import response_json

        write_json(response_json(response, explain))
    else:
        from qa.cli.show import show_response

        show_response(out(), response, explain)
    return 0 if response.answered else REFUSED


def search(
    question: Question,
    as_json: AsJson = False,
    explain: Explain = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="最多给几个段落")] = 10,
    files: Files = None,
    places: Places = None,
    years: Years = None,
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """Find passages; 0 found, 1 none."""
    settings = options.load_quietly(data_dir, config, sets)
    with err().status("正在查找…"):
        from qa.bootstrap import open_engine  # heavy: the models

        engine = open_engine(settings)
        passages = engine.search(question, k=limit, filters=options.filters(files, places, years))
    if as_json:
        from qa.schema import SearchJson, index_json, passage_json

        found = [passage_json(passage, explain) for passage in passages]
        write_json(SearchJson(question=question, passages=found, timing_ms={}, index=index_json(engine.info())))
    elif passages:
        from qa.cli.show import show_passages

        show_passages(out(), passages, explain)
    else:
        out().print("没有找到相关的段落，请换个说法，或放宽查找范围。")
    return 0 if passages else REFUSED
