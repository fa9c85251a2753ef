"""--help in Chinese, examples included, aligned by the width that Chinese takes on a terminal."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.cells import cell_len
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter, Parameter

INDENT = "  "
WIDEST = 30
"""Columns that the left half of a list takes at most."""


class Command(TyperCommand):
    """A command that explains itself in Chinese."""

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the whole help text."""
        formatter.write(command_help(self, ctx))


class Group(TyperGroup):
    """A group of commands that explains itself in Chinese."""

    def format_help(self, ctx: "Context", formatter: "HelpFormatter") -> None:
        """Write the whole help text."""
        formatter.write(group_help(self, ctx))


def command_help(command: TyperCommand, ctx: "Context") -> str:
    """Put together usage, explanation, arguments and options."""
    parameters = command.get_params(ctx)
    arguments = [parameter for parameter in parameters if parameter.param_type_name == "argument"]
    wanted = " ".join(_name(argument) for argument in arguments)
    panels: dict[str, list[tuple[str, str]]] = {"参数": [(_name(argument), _text(argument)) for argument in arguments]}
    for parameter in parameters:
        if parameter.param_type_name == "option":
            panel = getattr(parameter, "rich_help_panel", None) or "选项"
            panels.setdefault(panel, []).append((_flags(parameter), _text(parameter)))
    lists = "".join(_list(title, rows) for title, rows in panels.items() if rows)
    return f"用法：{ctx.command_path} [选项] {wanted}\n\n{command.help or ''}{lists}"


def group_help(group: TyperGroup, ctx: "Context") -> str:
    """Put together usage, explanation, commands and options."""
    commands = [(name, (command.help or "").split("\n")[0]) for name, command in group.commands.items()]
    flags = [(_flags(parameter), _text(parameter)) for parameter in group.get_params(ctx)]
    head = f"用法：{ctx.command_path} 命令 …\n\n{(group.help or '').rstrip()}\n"
    tail = f"\n用 {ctx.command_path} 命令 --help 看每个命令的用法和例子。\n"
    return f"{head}{_list('命令', commands)}{_list('选项', flags)}{tail}"


def _name(argument: "Parameter") -> str:
    return str(argument.metavar or argument.name)


def _flags(option: "Parameter") -> str:
    names = ", ".join(option.opts)
    return f"{names} {option.metavar}" if option.metavar else names


def _text(parameter: "Parameter") -> str:
    if "--help" in parameter.opts:
        return "显示这份说明"
    default = parameter.default
    shown = f"（默认 {default}）" if isinstance(default, int) and not isinstance(default, bool) else ""
    return f"{getattr(parameter, 'help', None) or ''}{shown}"


def _list(title: str, rows: Iterable[tuple[str, str]]) -> str:
    rows = list(rows)
    width = min(max(cell_len(left) for left, _ in rows), WIDEST)
    return "\n".join(["", f"{title}：", *(_row(left, right, width) for left, right in rows), ""])


def _row(left: str, right: str, width: int) -> str:
    return f"{INDENT}{left}{' ' * (max(width - cell_len(left), 0) + 2)}{right}"
