"""One real index of the seeds for all tests that ask it questions; nobody may write to it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings

if TYPE_CHECKING:  # imported in the fixtures: a test of one stage must not load all of them
    from qa.config import Settings
    from qa.engine import Engine

SEEDS = Path(__file__).parents[1] / "seeds"

hypothesis_settings.register_profile("unhurried", deadline=None)  # a first example may load a dictionary or a model
hypothesis_settings.register_profile("repeatable", deadline=None, derandomize=True)
hypothesis_settings.load_profile("repeatable" if os.environ.get("CI") else "unhurried")


@pytest.fixture(scope="session")
def seeds_settings(tmp_path_factory: pytest.TempPathFactory) -> "Settings":
    """Settings of a data folder with the seeds in it, indexed by the real model."""
    from qa.bootstrap import open_indexer
    from qa.config import Settings
    from qa.ingest.files import find_files

    settings = Settings(data_dir=tmp_path_factory.mktemp("seeds-index"), documents=(SEEDS,))
    with open_indexer(settings) as indexer:
        indexer.index(find_files([SEEDS]))
    return settings


@pytest.fixture(scope="session")
def seeds_data_dir(seeds_settings: "Settings") -> Path:
    """The data folder of that index."""
    return seeds_settings.data_dir


@pytest.fixture(scope="session")
def seeds_engine(seeds_settings: "Settings") -> "Engine":
    """An engine over that index."""
    from qa.bootstrap import open_engine

    return open_engine(seeds_settings)
