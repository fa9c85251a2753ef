"""The page mounted on the API's app, over an engine whose answers one can work out by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qa.api.app import create_app
from qa.config import Settings
from qa.journal import Journal
from tests.api.fakes import FakeEngine
from ui.app import mount


@pytest.fixture(scope="package")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return mount(create_app(Settings(data_dir=tmp_path_factory.mktemp("data")), FakeEngine()))


@pytest.fixture(scope="package")
def running(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client


@pytest.fixture
def client(running: TestClient) -> Iterator[TestClient]:
    """Somebody new: without a cookie."""
    running.cookies.clear()
    yield running
    running.cookies.clear()


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path) as journal:
        yield journal
