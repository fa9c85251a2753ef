"""The command line over a fake engine, and run for real in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.fakes import FakeEngine

ROOT = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither a youju.toml nor the environment of whoever runs the tests may change them."""
    for name in [name for name in os.environ if name.startswith("YOUJU_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def fake_engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    """Let every command that opens an engine get the fake one."""
    engine = FakeEngine()
    monkeypatch.setattr("qa.bootstrap.open_engine", lambda settings: engine)
    return engine


@pytest.fixture
def youju(tmp_path: Path) -> Run:
    """Run the real command in a process of its own."""

    def run(*args: str | bytes, timeout: float = 120, **options: object) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "qa.cli", *args]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            command, capture_output=True, encoding="utf-8", timeout=timeout, cwd=tmp_path, env=environment, **options
        )

    return run
