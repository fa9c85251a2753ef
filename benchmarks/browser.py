"""Time the page as its users see it: ``python -m benchmarks.browser http://127.0.0.1:7860``.

Drives Chromium against a running server and prints one JSON object: milliseconds from Enter to the answer card (50th
and 95th percentile, warm) and to the first paint, the number of requests and the kilobytes of a first visit.
"""

import argparse
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from qa.evaluation.metrics import percentile

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WARM_UP = 3
_WATCH = """() => {
  const box = document.querySelector("#question textarea");
  box.addEventListener("keydown", (event) => { if (event.key === "Enter") window.enter = performance.now(); }, true);
  const seen = () => {
    const turn = document.querySelector("#live:not([data-stale]) .turn.settled");
    if (window.enter && turn?.dataset.question === window.asking) {
      const enter = window.enter;
      window.enter = 0;
      requestAnimationFrame(() => requestAnimationFrame(() => { window.took = performance.now() - enter; }));
    }
  };
  const all = {childList: true, subtree: true, attributes: true};
  new MutationObserver(seen).observe(document.getElementById("live"), all);
}"""
"""Takes the time inside the page: from the key to the second frame after the card is there."""


def launch() -> "tuple[object, Browser]":
    """Start Chromium; return what has to be stopped in the end, and the browser."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    playwright = sync_playwright().start()
    return playwright, playwright.chromium.launch(executable_path=path, args=list(FLAGS))


def first_visit(browser: Browser, address: str) -> dict[str, float]:
    """Open the page as somebody who was never there."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("window.youju && window.youju.stamp")
    page.wait_for_timeout(500)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    sizes = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.transferSize)")
    usable = page.evaluate("performance.getEntriesByType('resource').map((entry) => entry.responseEnd)")
    context.close()
    return {
        "first_paint_ms": round(paint),
        "last_response_ms": round(max(usable)),
        "requests": len(sizes) + 1,
        "kilobytes": round(sum(sizes) / 1024),
    }


def ask(page: Page, question: str) -> float:
    """Type a question and press Enter; return the milliseconds until its card is painted."""
    page.evaluate("question => { window.asking = question; window.took = 0; }", question)
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    page.wait_for_function("window.took > 0", timeout=60_000)
    page.wait_for_function("!('busy' in document.body.dataset)")
    return float(page.evaluate("window.took"))


def times(browser: Browser, address: str, questions: Sequence[str]) -> list[float]:
    """Ask questions in one conversation each ten, after some that warm everything up."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("window.youju && window.youju.bound")
    page.evaluate(_WATCH)
    for question in questions[:WARM_UP]:
        ask(page, question)
    taken = []
    for number, question in enumerate(questions):
        if number % 10 == 0:
            page.click("[data-act=new]")
            page.wait_for_selector(".welcome")
            page.wait_for_function("!window.youju.opening")
        taken.append(ask(page, question))
    context.close()
    return taken


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", nargs="?", default="http://127.0.0.1:7860")
    parser.add_argument("--questions", type=Path, default=Path("tests/golden/seeds_dev.jsonl"))
    parser.add_argument("--limit", type=int, default=50)
    args = parser.parse_args()
    rows = args.questions.read_text("utf-8").splitlines()
    questions = [json.loads(row)["question"] for row in rows if row.strip()]
    step = max(len(questions) // args.limit, 1)
    chosen = questions[::step][: args.limit]
    playwright, browser = launch()
    try:
        visit = first_visit(browser, args.address)
        taken = times(browser, args.address, chosen)
    finally:
        browser.close()
        playwright.stop()  # type: ignore[attr-defined]
    figures = {
        "enter_to_card_p50_ms": round(percentile(taken, 0.5)),
        "enter_to_card_p95_ms": round(percentile(taken, 0.95)),
        "enter_to_card_max_ms": round(max(taken)),
        "questions": len(taken),
        **visit,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
