"""The figures page in a real browser over the real ledger: search, sort, draw, download, open the source."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_looks import violations


def open_figures(browser: Browser, site: str, query: str = "", *, width: int = 1280, dark: bool = False) -> Visit:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", locale="zh-CN"
    )
    visit = Visit(context.new_page(), site)
    visit.listen()
    visit.page.goto(f"{site}/figures{query}")
    visit.page.wait_for_selector("section.figures", timeout=60_000)
    return visit


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    visit = open_figures(browser, site)
    yield visit.page
    visit.page.context.close()
    assert visit.requests == [] and visit.complaints == []


def total(page: Page) -> int:
    return int("".join(filter(str.isdigit, page.locator(".figures .count").inner_text())))


def test_an_address_past_the_last_page_shows_the_last_page(browser: Browser, site: str) -> None:
    visit = open_figures(browser, site, "?p=99999")
    rows = visit.page.locator("td.value a").count()
    assert 0 < rows <= 50
    expect(visit.page.locator(".pager [data-page]").last).to_be_disabled()
    visit.page.context.close()


def test_filters_narrow_the_table_and_stay_in_the_address(page: Page) -> None:
    everything = total(page)
    assert everything > 500
    page.fill("[name=what]", "金秋助学")
    page.wait_for_function("document.querySelector('section.figures').dataset.query.includes('what=')")
    expect(page.locator(".figures .count")).not_to_contain_text(f"{everything:,}")
    narrowed = total(page)
    assert 0 < narrowed < everything
    page.select_option("[name=unit]", "元")
    page.wait_for_function("document.querySelector('section.figures').dataset.query.includes('unit=')")
    assert 0 < total(page) < narrowed
    for value in page.locator("td.value a").all_inner_texts():
        assert "万" in value or "元" in value
    page.reload()
    page.wait_for_selector("section.figures")
    assert total(page) < narrowed and page.input_value("[name=what]") == "金秋助学"
    page.fill("[name=text]", "绝对没有这样的话")
    expect(page.locator(".figures .empty")).to_be_visible()
    page.locator(".figures .empty [data-desk=clear]").click()
    expect(page.locator(".figures .count")).to_contain_text(f"{everything:,}")
    assert page.input_value("[name=what]") == "" and "what" not in page.url


def test_heads_sort_and_say_so(page: Page, site: str) -> None:
    page.goto(f"{site}/figures?unit=元")
    page.wait_for_selector("section.figures")
    head = page.locator("th", has_text="数值")
    assert head.get_attribute("aria-sort") == "descending"
    largest = page.locator("td.value a").first.inner_text()
    head.locator("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert page.locator("td.value a").first.inner_text() != largest
    page.locator("th", has_text="时间").locator("button").click()
    expect(page.locator("th", has_text="时间")).to_have_attribute("aria-sort", "descending")
    expect(head).to_have_attribute("aria-sort", "none")


def test_a_row_opens_its_source_with_the_figure_marked(page: Page) -> None:
    page.fill("[name=what]", "金秋助学")
    page.wait_for_function("document.querySelector('section.figures').dataset.query.includes('what=')")
    expect(page.locator("section.figures")).not_to_have_attribute("aria-busy", "true")
    row = page.locator("tbody tr").first
    text = row.locator("td.value a").inner_text()
    row.locator("td.what").click()
    page.wait_for_url("**/source/**")
    expect(page.locator("mark").first).to_be_visible()
    assert "".join(page.locator("mark").all_inner_texts()).replace("\n", "") == text


def test_the_chart_and_the_next_page(page: Page) -> None:
    page.click("#figures-chart")
    expect(page.locator(".desk-chart .bar").first).to_be_visible()
    assert page.locator(".desk-chart .bar").count() > 1
    page.locator(".pager").get_by_text("下一页").click()
    expect(page.locator(".pager")).to_contain_text("第 2 页")
    assert "p=2" in page.url
    page.reload()
    expect(page.locator(".pager")).to_contain_text("第 2 页")


def test_downloads_hold_all_rows_of_the_filters(page: Page, site: str, tmp_path: Path) -> None:
    page.goto(f"{site}/figures?what=助学&unit=元")
    page.wait_for_selector("section.figures")
    for kind in ("csv", "xlsx"):
        with page.expect_download() as download:
            page.click(f"#figures-{kind}")
        download.value.save_as(tmp_path / f"figures.{kind}")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "figures.csv").read_text("utf-8-sig"))))
    assert len(rows) == total(page) and {row["单位"] for row in rows} == {"元"}
    assert (tmp_path / "figures.xlsx").read_bytes().startswith(b"PK")


def test_hostile_addresses_are_text(browser: Browser, site: str) -> None:
    visit = open_figures(
        browser, site, "?what=<script>alert(1)</script>&body=%22><img src=x onerror=alert(1)>&p=x&sort=x&year=x"
    )
    assert visit.page.input_value("[name=what]") == "<script>alert(1)</script>"
    assert visit.page.locator("#main script, #main img").count() == 0
    visit.page.context.close()
    assert visit.requests == [] and visit.complaints == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [360, 800])
def test_every_width_and_both_schemes(browser: Browser, site: str, width: int, dark: bool) -> None:
    visit = open_figures(browser, site, "?what=助学&chart=1", width=width, dark=dark)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.page.evaluate("document.title") == "有据 · 数据台账"
    assert violations(visit.page) == []
    ground = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in ground.removeprefix("rgb(").rstrip(")").split(",")) / 3
    assert (brightness < 80) == dark
    visit.page.context.close()
    assert visit.requests == [] and visit.complaints == []
