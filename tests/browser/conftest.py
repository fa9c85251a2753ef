"""The real command serving the seeds, and a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, Page, Request, sync_playwright

ROOT = Path(__file__).parents[2]
START_SECONDS = 120
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def serving(data_dir: Path, log: Path, port: int | None = None) -> Iterator[str]:
    """Serve a data folder in a process of its own until the block is left; give its address."""
    if port is None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "qa.cli", "serve", "--port", str(port), "--data-dir", str(data_dir)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YOUJU_")}
    with log.open("ab") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            _wait_until_ready(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)
    assert "Traceback" not in log.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="package")
def site(seeds_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the seeds' index; give its address."""
    data_dir = tmp_path_factory.mktemp("served") / "index"
    shutil.copytree(seeds_data_dir, data_dir)
    with serving(data_dir, tmp_path_factory.mktemp("log") / "serve.log") as address:
        yield address


def _wait_until_ready(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=10).close()
            return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.2)
    pytest.fail(f"not ready after {START_SECONDS} s: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


LEAVING = """addEventListener('beforeunload', () => {
    console.error = () => {}
    addEventListener('unhandledrejection', event => event.preventDefault())
})"""
"""Gradio aborts its own open streams when a page is left and reports them as errors: what a page says of being left is
no complaint."""


@dataclass
class Visit:
    """A page, and everything that it asked for or complained about."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Take down what the page will ask other hosts for, and every error."""
        self.page.add_init_script(LEAVING)
        self.page.context.on("request", self.watch)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self.note)
        self.page.on("dialog", self.dismiss)

    def note(self, message: ConsoleMessage) -> None:
        """Take down an error from the console."""
        if message.type == "error":
            self.complaints.append(message.text)

    def watch(self, request: Request) -> None:
        """Take down a request to another host."""
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.requests.append(request.url)

    def dismiss(self, dialog: Dialog) -> None:
        """Take down an alert: nobody here shows one."""
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def ask(self, question: str) -> Locator:
        """Type a question, send it, wait for what is shown."""
        self.page.fill("#question textarea", question)
        self.page.click("#send")
        return self.settled(question)

    def settled(self, question: str) -> Locator:
        """Wait until a question has been answered, or refused; give its turn."""
        self.page.wait_for_function(
            "asked => { const turn = document.querySelector('#live .turn.settled');"
            " return turn?.dataset.question === asked && !('busy' in document.body.dataset) }",
            arg=question,
            timeout=60_000,
        )
        return self.page.locator("#live .turn")


def open_site(
    browser: Browser, site: str, *, width: int = 1280, dark: bool = False, locale: str = "zh-CN"
) -> tuple[BrowserContext, Visit]:
    """Open the first page in a window of a width, by day or by night."""
    scheme: Literal["dark", "light"] = "dark" if dark else "light"
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, locale=locale)
    page = context.new_page()
    visit = Visit(page, site)
    visit.listen()
    with page.expect_response("**/gradio_api/queue/join**"):  # what the page does first, once its events are bound
        page.goto(site)
    page.wait_for_function(
        "window.youju && !window.youju.opening && document.querySelector('[data-stamp]:not([data-stamp=\"\"])')"
    )
    return context, visit


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """Visit the first page; no visit may ask another host for anything or raise an error in the browser."""
    context, visit = open_site(browser, site)
    yield visit
    context.close()
    assert visit.requests == []
    assert visit.complaints == []
