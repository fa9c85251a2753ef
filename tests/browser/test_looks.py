"""Both languages, both schemes, every width; what axe-core says of it; nobody sees another's conversation."""

from importlib import resources

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_site

SEVERAL = "金秋助学资金有多少？"
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js")


def violations(page: Page) -> list[str]:
    """Ask axe-core for what is serious or worse; of a long document, in its first lines and those that are marked."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    context = "{include: [['html']], exclude: [['.line:nth-child(n+20):not(.cited)']]}"
    found = page.evaluate(f"axe.run({context}, {{resultTypes: ['violations']}})")["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_width_and_both_schemes(browser: Browser, site: str, width: int, dark: bool) -> None:
    context, visit = open_site(browser, site, width=width, dark=dark)
    page = visit.page
    visit.ask(SEVERAL)
    page.click("#live [data-act=chart]")
    page.locator("#live [data-act=row]").first.click()
    page.click("#live .related summary")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in ground.removeprefix("rgb(").rstrip(")").split(",")) / 3
    assert (brightness < 80) == dark
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.locator("#live .answer-card .citation").first.click()
    expect(page.locator("#evidence mark").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    page.goto(f"{site}{page.locator('#evidence [data-role=link]').get_attribute('href')}")
    expect(page.locator("#evidence mark").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    context.close()
    assert visit.requests == [] and visit.complaints == []


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_the_head_is_whole_on_the_narrowest_page(browser: Browser, site: str, locale: str) -> None:
    context, visit = open_site(browser, site, width=360, locale=locale)
    head = visit.page.locator(".top a:not(.skip), .top button").all()
    assert len(head) > 5
    for one in head:
        box = one.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 360
    context.close()


def test_a_refusal_and_the_drawer_are_accessible(browser: Browser, site: str) -> None:
    context, visit = open_site(browser, site)
    assert violations(visit.page) == []
    visit.ask("大同市签了多少份工资集体协议？")
    visit.page.click("#live [data-act=why]")
    visit.page.click("#live [data-act=vote][data-good=false]")
    expect(visit.page.locator(".vote-form")).to_be_visible()
    assert violations(visit.page) == []
    tree = visit.page.locator("body").aria_snapshot()
    assert 'textbox "问题"' in tree or 'combobox "问题"' in tree
    assert 'heading "没有找到答案"' in tree and 'button "提问"' in tree
    context.close()
    assert visit.requests == [] and visit.complaints == []


def test_the_language_switch(browser: Browser, site: str) -> None:
    context, visit = open_site(browser, site, locale="en-US")
    page = visit.page
    assert page.url.endswith("/en/")
    expect(page.locator("#send")).to_have_text("Ask")
    assert page.evaluate("document.documentElement.lang") == "en"
    visit.ask(SEVERAL)
    expect(page.locator("#live .several h3")).to_contain_text("answers")
    assert violations(page) == []
    page.click(".language")
    expect(page.locator("#send")).to_have_text("提问")
    expect(page.locator(".conversation-title").first).to_have_text(SEVERAL)  # the same person's
    page.locator(".conversation-title").first.click()
    expect(page.locator("#thread .several h3")).to_contain_text("个答案")
    context.close()
    assert visit.requests == [] and visit.complaints == []


def test_light_and_dark_by_hand_stay(browser: Browser, site: str) -> None:
    context, visit = open_site(browser, site)
    visit.page.click("[data-act=theme]")
    expect(visit.page.locator("html")).to_have_class("dark")
    visit.page.reload()
    visit.page.wait_for_selector("#question textarea")
    expect(visit.page.locator("html")).to_have_class("dark")
    context.close()


def test_only_the_keyboard(browser: Browser, site: str) -> None:
    context, visit = open_site(browser, site)
    page = visit.page
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(SEVERAL)
    page.keyboard.press("Enter")
    visit.settled(SEVERAL)
    expect(page.locator("#announce")).to_contain_text("答案：")
    page.locator("#live .answer-card .citation").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#evidence mark").first).to_be_in_viewport()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.locator("#live .answer-card [data-act=copy]").first).to_be_focused()
    context.close()
    assert visit.complaints == []


def test_two_people_never_see_each_other_s_conversation(browser: Browser, site: str) -> None:
    first, one = open_site(browser, site)
    second, other = open_site(browser, site)
    one.ask(SEVERAL)
    other.ask("长治市慰问金有多少？")
    address = one.page.url
    assert "#c=" in address
    other.page.goto("about:blank")
    other.page.goto(address)
    other.page.wait_for_selector(".conversation-title")
    expect(other.page.locator(".conversation-title")).to_have_text(["长治市慰问金有多少？"])
    expect(other.page.locator(".welcome")).to_be_visible()
    assert other.page.locator(".turn").count() == 0
    first.close()
    second.close()
