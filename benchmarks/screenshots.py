"""Take the pictures of README and docs/user-guide.md from a running server over the seeds.

``python -m benchmarks.screenshots http://127.0.0.1:7860`` writes docs/images/chat*.png.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.browser import launch

SEVERAL = "金秋助学资金有多少？"
FOLLOW_UP = "那商洛呢？"
REFUSED = "大同市签了多少份工资集体协议？"


def opened(
    browser: Browser, address: str, *, width: int, height: int, dark: bool = False, locale: str = "zh-CN"
) -> Page:
    """Open the page in a window of its own."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        locale=locale,
        device_scale_factor=1,
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("window.youju && window.youju.stamp")
    return page


def ask(page: Page, question: str) -> None:
    """Ask, and wait for what is shown."""
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function(
        "asked => document.querySelector('#live .turn.settled')?.dataset.question === asked"
        " && !('busy' in document.body.dataset)",
        arg=question,
    )


def _welcome(page: Page) -> None:
    page.wait_for_selector(".example", timeout=60_000)


def _evidence(page: Page) -> None:
    ask(page, SEVERAL)
    page.locator("#live .answer-card .citation").first.click()
    page.wait_for_selector("#evidence mark")


def _table(page: Page) -> None:
    ask(page, SEVERAL)
    page.click("#live [data-act=chart]")
    page.click("#live [data-act=sort]")
    page.locator("#live .several").evaluate("element => element.scrollIntoView({block: 'start'})")


def _follow_up(page: Page) -> None:
    ask(page, SEVERAL)
    ask(page, FOLLOW_UP)


def _refusal(page: Page) -> None:
    ask(page, REFUSED)


def _why(page: Page) -> None:
    ask(page, SEVERAL)
    page.click("#live [data-act=why]")


WIDE: dict[str, object] = {"width": 1280, "height": 800}
PICTURES: tuple[tuple[str, dict[str, object], Callable[[Page], None]], ...] = (
    ("chat", WIDE, _evidence),
    ("chat-welcome", WIDE, _welcome),
    ("chat-table", WIDE, _table),
    ("chat-follow-up", WIDE, _follow_up),
    ("chat-refusal", WIDE, _refusal),
    ("chat-why", WIDE, _why),
    ("chat-dark", {**WIDE, "dark": True}, _evidence),
    ("chat-english", {**WIDE, "locale": "en-GB"}, _evidence),
    ("chat-narrow", {"width": 390, "height": 800}, _follow_up),
)


def main() -> None:
    """Take all pictures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:7860")
    parser.add_argument("--folder", type=Path, default=Path("docs/images"))
    args = parser.parse_args()
    playwright, browser = launch()
    try:
        for name, window, prepare in PICTURES:
            page = opened(browser, args.address, **window)  # type: ignore[arg-type]
            prepare(page)
            page.evaluate("document.activeElement?.blur()")
            page.wait_for_timeout(400)
            page.screenshot(path=args.folder / f"{name}.png")
            page.context.close()
    finally:
        browser.close()
        playwright.stop()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
