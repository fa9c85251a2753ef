"""All commands put together; the heavy parts are imported by the commands themselves."""

from collections.abc import Callable
from typing import Annotated

import typer

from qa.cli import ask, batch, doctor, evaluate, evaluate_figures, figures, indexing, serve, settings
from qa.cli.help import Command, Group

HELP = """有据：用文档的原话回答问题，每个答案都有出处。

先建索引，再提问：
  youju index seeds/
  youju ask "晋城市金秋助学发放了多少资金？"
  youju serve                     # 网页和接口，http://127.0.0.1:7860
"""
EVAL_HELP = "用带标准答案的问题衡量回答得怎样。"
NAMES = ["-h", "--help"]


def build() -> Callable[..., int | None]:
    """Make the command line; calling it with arguments runs it and returns an exit status."""
    app = _group(HELP)
    app.callback(invoke_without_command=False)(_root)
    docs, evaluation = _group(indexing.DOCS_HELP), _group(EVAL_HELP)
    commands: tuple[tuple[typer.Typer, str, Callable[..., int], str], ...] = (
        (app, "ask", ask.ask, ask.ASK_HELP),
        (app, "index", indexing.index, indexing.INDEX_HELP),
        (app, "serve", serve.serve, serve.SERVE_HELP),
        (app, "search", ask.search, ask.SEARCH_HELP),
        (app, "batch", batch.batch, batch.BATCH_HELP),
        (app, "figures", figures.figures, figures.FIGURES_HELP),
        (docs, "list", indexing.docs_list, "列出索引里的文档。"),
        (docs, "add", indexing.docs_add, "收录文档。"),
        (docs, "remove", indexing.docs_remove, "移除文档；有一个找不到时，一个也不移除。"),
        (evaluation, "qa", evaluate.evaluate_qa, evaluate.QA_HELP),
        (evaluation, "figures", evaluate_figures.evaluate_figures, evaluate_figures.FIGURES_HELP),
        (evaluation, "squad", evaluate.evaluate_squad, evaluate.SQUAD_HELP),
        (app, "doctor", doctor.doctor, doctor.DOCTOR_HELP),
        (app, "config", settings.show_config, settings.CONFIG_HELP),
    )
    for group, name, function, text in commands:
        group.command(name, help=text, cls=Command, context_settings={"help_option_names": NAMES})(function)
    app.add_typer(docs, name="docs")
    app.add_typer(evaluation, name="eval")
    return typer.main.get_command(app)


def _group(text: str) -> typer.Typer:
    return typer.Typer(
        help=text,
        cls=Group,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": NAMES},
    )


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"youju {version('youju')}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="显示版本", show_default=False)
    ] = False,
) -> None:
    """Take the options that belong to no command."""
