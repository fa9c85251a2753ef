"""Runs the command line and turns whatever goes wrong into one sentence and an exit status."""

import contextlib
import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from typer import TyperException

from qa.cli.app import build
from qa.cli.console import complain
from qa.errors import YoujuError, os_reason

if TYPE_CHECKING:
    from typer._click import Parameter

ANSWERED, REFUSED, FAILED = 0, 1, 2
INTERRUPTED, PIPE_CLOSED = 130, 141
"""128 + SIGINT and 128 + SIGPIPE, as shells count them."""


def run(args: Sequence[str]) -> int:
    """Run one command; return its exit status."""
    debug = "--debug" in args
    _keep_output_encodable()
    try:
        status = build()([arg for arg in args if arg != "--debug"], prog_name="youju", standalone_mode=False)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # typer and rich turn the former into the latter, and use it for nothing else
        _drop_output()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        return _interrupted()
    except TyperException as error:
        return _usage_error(error)
    except YoujuError as error:
        if debug:
            raise
        complain(str(error))
        return FAILED
    except Exception as error:
        if debug:
            raise
        return _unexpected(error)
    return _interrupted() if status == INTERRUPTED else int(status or ANSWERED)


def _keep_output_encodable() -> None:
    """Let no odd character (half a surrogate pair, a terminal without Chinese) break the output."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that Python does not complain while it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _interrupted() -> int:
    complain("已中断；已经存好的内容都在，没做完的没有写入。")
    return INTERRUPTED


def _unexpected(error: Exception) -> int:
    if isinstance(error, OSError):
        name = f" {error.filename}" if error.filename else ""
        complain(f"读写文件{name}时出错：{os_reason(error)}。请检查路径、权限和磁盘空间。")
    else:
        kind = type(error).__name__
        complain(f"出了意外的错误（{kind}）。请先运行 youju doctor 检查；在命令后加 --debug 可以看到细节。")
    return FAILED


def _usage_error(error: TyperException) -> int:
    """Say in Chinese what is wrong with what was typed."""
    kind = type(error).__name__
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "youju"
    if kind == "NoArgsIsHelpError":
        sys.stdout.write(f"{error.message}\n")
        return FAILED
    complain(f"{_usage_sentence(error, kind)}用 {command} --help 查看用法。")
    return FAILED


def _usage_sentence(error: TyperException, kind: str) -> str:
    parameter = getattr(error, "param", None)
    name = _parameter_name(parameter) if parameter is not None else ""
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        hint = f"您是指 {near[0]} 吗？" if near else ""
        return f"没有 {getattr(error, 'option_name', '')} 这个选项。{hint}"
    if kind == "MissingParameter":
        return f"缺少 {name}。"
    if kind == "BadParameter":
        return f"{name} 的值不对：{_translated(error.message)}。"
    if kind == "BadOptionUsage":
        return f"选项 {getattr(error, 'option_name', '')} 用得不对，它后面要跟一个值。"
    if error.message.startswith("No such command"):
        return f"没有这个命令：{error.message.removeprefix('No such command').split('.')[0].strip()}。"
    return f"{_translated(error.message)}。"


_PATTERNS = (
    (r".*valid integer.*", "应为整数"),
    (r".*less than or equal to (\S+).*", r"不能大于 \1"),
    (r".*greater than or equal to (\S+).*", r"不能小于 \1"),
    (r".*is not one of (.*)", r"只能是 \1"),
    (r"[Pp]ath '(.*)' is not readable", r"没有权限读 \1"),
    (r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", r"多出了 \1；带空格的内容请放在引号里"),
)


def _translated(message: str) -> str:
    """Say in Chinese what typer says; what it says otherwise is kept, as a hint is better than none."""
    message = message.rstrip(".")
    for pattern, words in _PATTERNS:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return found.expand(words)
    return message


def _parameter_name(parameter: "Parameter") -> str:
    if parameter.param_type_name == "option":
        return str(parameter.opts[0])
    return str(getattr(parameter, "metavar", None) or parameter.name)
