"""A store to play with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "index", create=True, search_words=str.split) as store:
        yield store
