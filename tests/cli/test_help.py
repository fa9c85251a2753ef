"""--help and --version: in Chinese, with examples, at once."""

import subprocess
import sys

import pytest

from qa.cli.run import run
from tests.cli.conftest import ROOT

COMMANDS = [
    "ask",
    "index",
    "serve",
    "search",
    "batch",
    "docs list",
    "docs add",
    "docs remove",
    "eval qa",
    "eval squad",
    "doctor",
    "config",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), "--help"]) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"用法：youju {command} [选项]")
    assert "--help, -h" in text or "-h, --help" in text
    assert "--config FILE" in text and "--set KEY=VALUE" in text
    for english in ("Usage", "Options", "Show this", "default"):
        assert english not in text


def test_the_head_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    text = capsys.readouterr().out
    assert all(f"\n  {command.split()[0]} " in text for command in COMMANDS)
    assert 'youju ask "' in text


def test_no_command_is_told_how_to_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "用法：youju 命令" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    from importlib.metadata import version

    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"youju {version('youju')}\n"


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from qa.cli.run import run\n"
        "run(['ask', '--help'])\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'gradio', 'faiss', 'jieba', 'jionlp', 'numpy',\n"
        "         'fastapi', 'uvicorn', 'onnxruntime', 'pydantic_settings', 'sqlite3'}\n"
        "sys.exit(','.join(sorted(heavy & set(sys.modules))) or None)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
