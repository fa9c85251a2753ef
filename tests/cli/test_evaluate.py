"""youju eval qa over the seeds."""

import json
from pathlib import Path

import pytest

from qa.cli.run import run

GOLD = Path(__file__).parents[1] / "golden" / "seeds_dev.jsonl"


def test_only_the_first_questions_are_asked(seeds_data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["eval", "qa", str(GOLD), "--data-dir", str(seeds_data_dir), "--limit", "2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["questions"] == 2
