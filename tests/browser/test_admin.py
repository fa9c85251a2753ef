"""The administrator's pages in a real browser over the real server: in, out, and what becomes of an upload."""

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from qa.evaluation.gold import read_gold
from qa.journal import Journal
from tests.browser.conftest import Visit, open_site, serving
from tests.browser.test_looks import violations
from tests.journal.makers import answered, refused
from ui.admin_presenter import FEEDBACK_ROWS

FILE = "青山县通报.txt"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> **粗** \u202e倒"
TEXT = f"关于发放助学金的通报\n青山县总工会\n{HOSTILE}\n"
TEXT += "2019年，青山县总工会筹集金秋助学资金36.57万元，资助困难学生102名。\n"
QUESTION = "青山县总工会2019年筹集金秋助学资金多少？"
PATIENCE = 120_000
"""Milliseconds; a worker process loads the model anew."""


@dataclass
class Served:
    """A server of our own, which we may write to, and its password."""

    address: str
    data_dir: Path
    password: str


@pytest.fixture(scope="module")
def served(seeds_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    data_dir = tmp_path_factory.mktemp("administered") / "index"
    shutil.copytree(seeds_data_dir, data_dir)
    with serving(data_dir, tmp_path_factory.mktemp("log") / "serve.log") as address:
        yield Served(address, data_dir, read_password(data_dir / "admin-password.txt"))


def read_password(path: Path) -> str:
    """Read the password that the server makes once it is ready."""
    for _ in range(200):
        if path.exists() and (password := path.read_text("utf-8").strip()):
            return password
        time.sleep(0.05)
    raise AssertionError("no password was made")


def sign_in(page: Page, served: Served) -> None:
    page.goto(f"{served.address}/admin")
    page.fill("input[name=password]", served.password)
    page.click("form .primary")
    page.wait_for_selector("#statistics section", timeout=PATIENCE)


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A page that is signed in; it may ask no other host for anything and raise no error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    visit = Visit(page, served.address)
    visit.listen()
    sign_in(page, served)
    yield page
    context.close()
    assert visit.requests == []
    assert [text for text in visit.complaints if "422" not in text] == []  # an upload that was refused


def test_only_the_administrator_gets_in(browser: Browser, served: Served) -> None:
    page = browser.new_page()
    page.goto(f"{served.address}/admin/")
    assert page.url.endswith("/admin/sign-in") and violations(page) == []
    page.fill("input[name=password]", "wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("密码不对")
    sign_in(page, served)
    page.click(".desk-top form button")
    page.wait_for_url("**/admin/sign-in")
    page.goto(f"{served.address}/admin/")
    assert page.url.endswith("/admin/sign-in")
    page.close()


def test_an_uploaded_document_answers_until_it_is_removed(
    page: Page, browser: Browser, served: Served, tmp_path: Path
) -> None:
    for name, content in ((FILE, TEXT.encode()), ("坏.txt", bytes(range(256)) * 20), ("图.pdf", b"%PDF-1.4")):
        (tmp_path / name).write_bytes(content)
    page.click(".sections a[href='#documents']")
    expect(page.locator("#documents tbody tr")).to_have_count(5)
    page.set_input_files("#upload-input", [tmp_path / name for name in (FILE, "坏.txt", "图.pdf")])
    expect(page.locator("#upload-queue .failed")).to_contain_text("不支持", timeout=PATIENCE)
    good = page.locator(".staged", has_text=FILE)
    expect(good.locator(".structure")).to_contain_text("关于发放助学金的通报", timeout=PATIENCE)
    expect(good.locator(".opening")).to_contain_text("<script>alert(1)</script>")
    expect(page.locator(".staged", has_text="坏.txt").locator(".wrong")).to_contain_text("编码", timeout=PATIENCE)
    page.locator(".staged", has_text="坏.txt").locator("[data-desk=discard]").click()
    expect(page.locator(".staged")).to_have_count(1)
    assert page.locator(".staged script, .staged img").count() == 0
    good.locator("[data-desk=accept]").click()
    row = page.locator("#documents tr", has_text=FILE)
    expect(row).to_have_count(1, timeout=PATIENCE)
    expect(page.locator(".job.done")).to_contain_text("新收录 1 份")

    context, visit = open_site(browser, served.address)
    visit.ask(QUESTION)
    assert "36.57万元" in visit.page.locator("#live .answer-text").first.inner_text()

    row.locator("[data-desk=structure]").click()
    expect(page.locator("#documents .unfolded")).to_contain_text("识别出的文章")
    row.locator("[data-desk=remove]").click()
    dialog = page.locator("#desk-dialog")
    expect(dialog).to_contain_text("不能恢复")
    dialog.get_by_text("取消").click()
    expect(row).to_have_count(1)
    row.locator("[data-desk=remove]").click()
    dialog.locator(".danger").click()
    expect(row).to_have_count(0, timeout=PATIENCE)
    assert not (served.data_dir / "uploads" / FILE).exists()
    visit.ask(QUESTION + " ")
    assert "36.57" not in visit.page.locator("#live").inner_text()
    assert visit.page.locator("#live .refusal-card").count() == 1
    assert visit.requests == [] and visit.complaints == []
    context.close()


def test_documents_are_found_by_name(page: Page) -> None:
    page.click(".sections a[href='#documents']")
    page.fill("#documents-search input", "青海")
    expect(page.locator("#documents tbody tr")).to_have_count(1)
    page.fill("#documents-search input", "没有这样的")
    expect(page.locator("#documents .none")).to_contain_text("没有这样的")
    page.fill("#documents-search input", "")
    expect(page.locator("#documents tbody tr")).to_have_count(5)


def test_feedback_is_listed_counted_and_exported(page: Page, served: Served, tmp_path: Path) -> None:
    with Journal.open(served.data_dir) as journal:
        conversation = journal.new_conversation("somebody")
        good = journal.add_turn("somebody", conversation, "助学金多少？", answered())
        bad = journal.add_turn("somebody", conversation, HOSTILE, refused(HOSTILE))
        journal.give_feedback("somebody", good, True)
        journal.give_feedback("somebody", bad, False, HOSTILE, "八点")
    page.reload()
    expect(page.locator("#feedback-list .vote")).to_have_count(2, timeout=PATIENCE)
    expect(page.locator("#feedback-list .vote.bad")).to_contain_text("<script>alert(1)</script>")
    assert page.locator("#feedback-list script, #feedback-list img, #unanswered img").count() == 0
    expect(page.locator("#unanswered")).to_contain_text("<img src=x")
    expect(page.locator(".kpis")).to_contain_text("提问")
    page.click(".tools [data-votes=bad]")
    expect(page.locator("#feedback-list .vote")).to_have_count(1)
    with page.expect_download() as download:
        page.click("#feedback-export")
    download.value.save_as(tmp_path / "feedback.jsonl")
    assert [question.question for question in read_gold(tmp_path / "feedback.jsonl")] == [HOSTILE]
    page.select_option("[data-desk-change=statistics]", "7")
    expect(page.locator(".days .day")).to_have_count(7)


def test_the_pages_of_one_list_are_not_those_of_another(page: Page, served: Served) -> None:
    with Journal.open(served.data_dir) as journal:
        conversation = journal.new_conversation("somebody else")
        for number in range(2 * FEEDBACK_ROWS + 3):
            turn = journal.add_turn("somebody else", conversation, f"问题{number}", refused())
            journal.give_feedback("somebody else", turn, number % 2 == 0)
        bad = journal.feedback_count(good=False)
    page.evaluate("document.querySelector('#documents-list section').dataset.page = '2'")
    page.click(".tools [data-votes=bad]")
    feedback = page.locator("#feedback-list")
    expect(feedback.locator(".vote")).to_have_count(FEEDBACK_ROWS, timeout=PATIENCE)
    expect(feedback.locator(".vote.bad")).to_have_count(FEEDBACK_ROWS)
    assert FEEDBACK_ROWS < bad < 2 * FEEDBACK_ROWS
    expect(feedback.locator(".pager")).to_contain_text("第 1 页，共 2 页")
    feedback.locator(".pager button").last.click()
    expect(feedback.locator(".vote")).to_have_count(bad - FEEDBACK_ROWS)
    expect(feedback.locator(".vote.bad")).to_have_count(bad - FEEDBACK_ROWS)


def test_the_corpus_is_looked_through(page: Page, served: Served) -> None:
    page.click(".sections a[href='#health']")
    finding = page.locator(".finding[data-kind=reprint]")
    finding.wait_for(timeout=PATIENCE)
    finding.locator("summary").click()
    link = finding.locator("a").first
    href = link.get_attribute("href")
    assert href is not None and href.startswith("/source/")
    page.goto(f"{served.address}{href}")
    expect(page.locator("mark").first).to_be_visible()


@pytest.mark.parametrize(("width", "dark"), [(360, False), (360, True), (1280, True)])
def test_every_width_scheme_and_language(browser: Browser, served: Served, width: int, dark: bool) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        locale="en-US" if dark else "zh-CN",
    )
    page = context.new_page()
    sign_in(page, served)
    assert page.evaluate("document.documentElement.lang") == ("en" if dark else "zh-CN")
    for section in ("feedback", "documents", "health"):
        page.click(f".sections a[href='#{section}']")
        expect(page.locator(f"#section-{section}")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("[data-desk=language]")
    page.wait_for_function(f"document.documentElement.lang === '{'zh-CN' if dark else 'en'}'")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    brightness = sum(int(part) for part in ground.removeprefix("rgb(").rstrip(")").split(",")) / 3
    assert (brightness < 80) == dark
    context.close()
