"""A question typed, the answer with its source beneath it, in a real browser over the real engine."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Visit, open_site

QUESTION = "金秋助学资金有多少？"


def test_from_the_question_to_the_marked_line(visit: Visit) -> None:
    visit.ask(QUESTION)
    card = visit.page.locator(".answer-card").first
    answer = card.locator(".answer-text").inner_text()
    assert card.locator(".sentence mark").inner_text() == answer
    assert answer in card.locator(".sentence").inner_text()
    with visit.page.context.expect_page() as opened:
        card.locator(".citation").click()
    source = opened.value
    source.wait_for_load_state()
    assert "".join(source.locator("mark").all_inner_texts()) == answer
    assert source.locator("#mark").first.is_visible()
    box = source.locator("#mark").first.bounding_box()
    assert box is not None and 0 <= box["y"] <= 800, "the page is scrolled to the mark"


def test_enter_sends(visit: Visit) -> None:
    visit.page.fill("#question textarea", QUESTION)
    visit.page.press("#question textarea", "Enter")
    visit.page.wait_for_selector(".answer-card", timeout=60_000)


def test_what_cannot_be_answered_is_refused(visit: Visit) -> None:
    visit.ask("zzzz qqqq xxxx")
    assert visit.page.locator(".refusal-card").count() == 1
    assert visit.page.locator(".answer-card").count() == 0


def test_an_empty_question_is_told_so(visit: Visit) -> None:
    visit.page.click("#send")
    visit.page.wait_for_selector(".problem-card")


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script>助学",
        "<img src=x onerror=alert(1)>助学",
        "助学 ${alert(1)} {{7*7}} `x`",
        "助学</h2><b>粗",
    ],
)
def test_markup_in_a_question_is_inert(visit: Visit, question: str) -> None:
    visit.ask(question)  # waits for the heading to hold exactly these characters
    assert visit.page.locator(".youju img, .youju script, .youju b").count() == 0


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1200])
def test_every_width_and_both_schemes(browser: Browser, site: str, tmp_path: Path, width: int, dark: bool) -> None:
    context, visit = open_site(browser, site, width=width, dark=dark)
    visit.ask(QUESTION)
    page = visit.page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in ground.removeprefix("rgb(").rstrip(")").split(",")) / 3
    assert (brightness < 80) == dark
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.screenshot(path=tmp_path / "page.png", full_page=True)
    assert (tmp_path / "page.png").stat().st_size > 10_000
    page.goto(f"{site}{page.locator('.citation').first.get_attribute('href')}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert visit.requests == [] and visit.complaints == []


def test_the_description_of_the_api_is_complete_without_a_cdn(visit: Visit) -> None:
    visit.page.goto(f"{visit.address}/docs")
    visit.page.get_by_text("/api/v1/ask").first.wait_for(timeout=30_000)
