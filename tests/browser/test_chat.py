"""A clerk's way: ask, look it up, compare, follow up, narrow down; in a real browser over the real engine."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.conftest import Visit, open_site

SEVERAL = "金秋助学资金有多少？"


def test_from_the_question_to_the_marked_words(visit: Visit) -> None:
    visit.ask(SEVERAL)
    page = visit.page
    card = page.locator("#live .answer-card").first
    answer = card.locator(".answer-text").inner_text()
    assert card.locator(".sentence mark").inner_text() == answer
    card.locator(".citation").click()
    expect(page.locator("#evidence mark").first).to_be_in_viewport()
    assert "".join(page.locator("#evidence mark").all_text_contents()) == answer
    expect(page.locator("#evidence .badge")).to_have_class(re.compile("same"))
    expect(page.locator("#evidence .pane-title")).to_be_focused()

    shown = page.locator("#evidence .at").first.text_content()
    page.get_by_role("button", name="下一处引用").click()
    expect(page.locator("#evidence .at").first).not_to_have_text(shown or "")
    expect(page.locator("#evidence mark").first).to_be_in_viewport()

    with page.context.expect_page() as opened:
        page.locator('#evidence [data-role="link"]').click()
    alone = opened.value
    expect(alone.locator("#evidence .badge")).to_be_visible()
    assert alone.locator("#evidence mark").all_text_contents() == page.locator("#evidence mark").all_text_contents()
    expect(alone.locator("#evidence mark").first).to_be_in_viewport()
    page.bring_to_front()
    page.keyboard.press("Escape")
    expect(page.locator("#evidence")).to_be_hidden()
    expect(card.locator(".citation")).to_be_focused()


@pytest.mark.parametrize("by", ["enter", "button"])
def test_a_question_sent_before_the_page_can_is_sent_when_it_can(browser: Browser, site: str, by: str) -> None:
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    held: list[Route] = []
    page.route("**/chat/static/chat.js", lambda route: held.append(route))
    page.goto(site, wait_until="commit")
    page.fill("#question textarea", SEVERAL)
    page.press("#question textarea", "Enter") if by == "enter" else page.click("#send")
    assert page.input_value("#question textarea") == SEVERAL
    assert page.evaluate("window.youju === undefined")
    for route in held:
        route.continue_()
    Visit(page, site).settled(SEVERAL)
    expect(page.locator("#live .answer-card").first).to_be_visible()
    expect(page.locator("#question textarea")).to_have_value("")
    context.close()


def test_words_are_found_in_the_document(visit: Visit) -> None:
    visit.ask(SEVERAL)
    visit.page.locator("#live .answer-card .citation").first.click()
    box = visit.page.locator("#evidence input[type=search]")
    box.fill("工会")
    box.press("Enter")
    count = visit.page.locator("#evidence .finder .at")
    expect(count).to_have_text(re.compile(r"^1/\d+"))
    box.press("Shift+Enter")
    expect(count).to_have_text(re.compile(r"^(\d+)/\1"))
    assert visit.page.evaluate("CSS.highlights.get('youju-found').size") > 0
    box.fill("没有这样的话没有")
    box.press("Enter")
    expect(count).to_have_text("没有")


def test_several_answers_sort_copy_chart_and_download(browser: Browser, site: str, tmp_path: Path) -> None:
    context, visit = open_site(browser, site)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(SEVERAL)
    page = visit.page
    rows = page.locator("#live .answer-row")
    before = rows.locator(".cell-text").all_text_contents()
    assert len(before) > 2
    values = "rows => rows.map(row => Number(row.dataset.value ?? 'NaN')).filter(value => !isNaN(value))"
    page.click("#live .sort")
    down = rows.evaluate_all(values)
    assert down == sorted(down, reverse=True) and len(down) > 1
    page.click("#live .sort")
    assert rows.evaluate_all(values) == sorted(down)
    page.click("#live [data-act=copy-table]")
    expect(page.locator("#live [data-act=copy-table]")).to_have_text("已复制")
    pasted = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert len(pasted) == len(before) + 1 and len({line.count("\t") for line in pasted}) == 1
    page.click("#live [data-act=sort]")
    assert rows.locator(".cell-text").all_text_contents() == before

    page.click("#live .answer-card [data-act=copy]")
    expect(page.locator("#live .answer-card [data-act=copy]").first).to_have_text("已复制")
    assert re.fullmatch(r".+（《.+》，.+，第[\d–]+行）", page.evaluate("navigator.clipboard.readText()"))

    page.click("#live [data-act=chart]")
    expect(page.locator("#live .bar").first).to_be_visible()
    page.locator("#live [data-act=row]").nth(1).click()
    expect(page.locator("#live .answer-row").nth(1).locator(".sentence")).to_be_visible()

    with page.expect_download() as download:
        page.click("#live a[href$='.csv']")
    content = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    assert [row[4] for row in csv.reader(io.StringIO(content))][1:] == before
    context.close()
    assert visit.requests == [] and visit.complaints == []


def test_enter_sends_and_an_empty_question_is_told_so(visit: Visit) -> None:
    visit.page.fill("#question textarea", SEVERAL)
    visit.page.press("#question textarea", "Enter")
    visit.settled(SEVERAL)
    expect(visit.page.locator("#question textarea")).to_have_value("")
    visit.page.click("#send")
    expect(visit.page.locator(".problem-card")).to_contain_text("问题是空的")


def test_what_cannot_be_answered_is_refused_with_something_to_click(visit: Visit) -> None:
    turn = visit.ask("大同市签了多少份工资集体协议？")
    assert turn.locator(".refusal-card").count() == 1 and turn.locator(".answer-card").count() == 0
    assert turn.locator(".refusal-card .passage .citation").count() > 0
    suggestion = turn.locator(".suggestions button").first
    question = suggestion.inner_text()
    suggestion.click()
    visit.settled(question)
    assert visit.page.locator("#thread .refusal-card").count() == 1  # the first question is still there


def test_a_follow_up_is_completed_and_can_be_corrected(visit: Visit) -> None:
    page = visit.page
    visit.ask("商洛市金秋助学资金有多少？")
    turn = visit.ask("西宁呢？")
    chip = turn.locator(".resolved .chip")
    assert "西宁" in chip.inner_text() and "金秋助学" in chip.inner_text()
    chip.click()
    expect(page.locator("#editing")).to_be_visible()
    box = page.locator("#question textarea")
    assert "西宁" in box.input_value()
    box.fill("长治市慰问金有多少？")
    box.press("Enter")
    visit.settled("长治市慰问金有多少？")
    assert page.locator(".turn .asked").all_text_contents() == ["商洛市金秋助学资金有多少？", "长治市慰问金有多少？"]
    expect(page.locator("#editing")).to_be_hidden()
    page.reload()
    expect(page.locator("#thread .asked")).to_have_text(["商洛市金秋助学资金有多少？", "长治市慰问金有多少？"])


def test_an_answer_is_narrowed_down_and_widened_again(visit: Visit) -> None:
    turn = visit.ask(SEVERAL)
    place = turn.locator(".narrow .chip").first.inner_text()
    turn.locator(".narrow .chip").first.click()
    visit.page.wait_for_selector("#live .turn.settled .within")
    assert visit.page.locator("#live .within .still").all_inner_texts() == [place]
    visit.page.click("#live [data-act=widen]")
    visit.page.wait_for_selector("#live .turn.settled .narrow")
    assert visit.page.locator("#thread .turn").count() == 2


def test_why_and_feedback(visit: Visit) -> None:
    page = visit.page
    turn = visit.ask(SEVERAL)
    turn.locator("[data-act=why]").click()
    expect(page.locator("#why")).to_contain_text("怎样理解问题")
    expect(page.locator("#why")).to_contain_text("金秋助学")
    page.locator("#why [data-act=close]").click()
    turn.locator("[data-act=vote][data-good=false]").click()
    page.fill("#live .vote-form [name=right_answer]", "396.6万元")
    page.click("#live .vote-form [type=submit]")
    expect(page.locator("#live .vote-form")).to_contain_text("谢谢")
    page.reload()
    expect(page.locator("#thread [data-act=vote][data-good=false]")).to_have_attribute("aria-pressed", "true")


def test_conversations_are_listed_renamed_and_deleted(visit: Visit) -> None:
    page = visit.page
    visit.ask(SEVERAL)
    page.click("[data-act=new]")
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator("#live .turn")).to_have_count(0)
    visit.ask("长治市慰问金有多少？")
    titles = page.locator(".conversation-title")
    expect(titles).to_have_text(["长治市慰问金有多少？", SEVERAL])
    titles.nth(1).click()
    expect(page.locator("#thread .asked")).to_have_text([SEVERAL])
    page.locator(".conversation").nth(1).hover()
    page.locator(".conversation").nth(1).get_by_label("改名").click()
    page.keyboard.type("助学<b>")
    page.keyboard.press("Enter")
    expect(titles.nth(1)).to_have_text("助学<b>")
    page.locator(".conversation").nth(1).get_by_label("删除").click()
    page.locator(".conversation").nth(1).get_by_label("删除").click()
    expect(titles).to_have_text(["长治市慰问金有多少？"])
    expect(page.locator(".welcome")).to_be_visible()


def test_type_ahead_by_keyboard(visit: Visit) -> None:
    page = visit.page
    box = page.locator("#question textarea")
    box.press_sequentially("工会", delay=20)
    options = page.locator("#suggestions [role=option]")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    chosen = page.locator("#suggestions .suggestion-text").first.inner_text()
    box.press("Enter")
    expect(box).to_have_value(chosen)
    expect(page.locator("#suggestions")).to_be_hidden()
    assert page.locator(".turn").count() == 0  # choosing does not ask yet


def test_stop_leaves_the_question_in_the_box(visit: Visit) -> None:
    page = visit.page
    page.route("**/gradio_api/queue/data**", lambda route: None)  # the answer never arrives
    page.fill("#question textarea", SEVERAL)
    with page.expect_response("**/gradio_api/queue/join**") as joined:  # before it there is nothing to take back
        page.press("#question textarea", "Enter")
    joined.value.finished()
    expect(page.locator("#stop")).to_be_visible()
    page.click("#stop")
    expect(page.locator("#send")).to_be_visible()
    expect(page.locator("#question textarea")).to_have_value(SEVERAL)


def test_what_an_edited_question_would_replace_stays_until_it_is_answered(visit: Visit) -> None:
    page, box = visit.page, visit.page.locator("#question textarea")
    place = visit.ask(SEVERAL).locator(".narrow .chip").first.inner_text()
    page.locator("#live .narrow .chip").first.click()
    page.wait_for_selector("#live .turn.settled .within")
    asked = page.locator(".turn .asked")
    before = asked.all_text_contents()

    page.click("#live [data-act=edit]")
    box.fill("？！")
    box.press("Enter")
    page.wait_for_selector(".problem-card [data-act=again]")
    assert asked.all_text_contents()[:-1] == before and page.locator("[inert]").count() == 0
    last = page.locator("#thread .turn").last.get_attribute("data-turn")
    with page.expect_request("**/gradio_api/queue/join**") as again:
        page.click("#live [data-act=again]")
    sent = json.loads(json.loads(again.value.post_data or "")["data"][2])
    assert sent["replaces"] == last and place in json.dumps(sent["filters"], ensure_ascii=False)
    page.wait_for_function("!youju.busy")

    page.locator("#thread [data-act=edit]").last.click()
    page.route("**/gradio_api/queue/data**", lambda route: None)  # the answer never arrives
    with page.expect_response("**/gradio_api/queue/join**") as joined:
        box.press("Enter")
    joined.value.finished()
    expect(page.locator("#thread .turn[inert]").first).to_be_visible()
    page.click("#stop")
    expect(page.locator("#editing")).to_be_visible()
    assert asked.all_text_contents()[: len(before)] == before and page.locator("[inert]").count() == 0


def test_examples_come_from_the_corpus_and_are_answered(visit: Visit) -> None:
    example = visit.page.locator(".example").first
    example.wait_for(timeout=40_000)
    question = example.inner_text()
    example.click()
    turn = visit.settled(question)
    assert turn.locator(".answer-card").count() >= 1


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script>助学",
        "<img src=x onerror=alert(1)>助学",
        "助学 ${alert(1)} {{7*7}} `x` **粗** [x](javascript:alert(1))",
        "助学</h2><b>粗\u202e反",
    ],
)
def test_markup_in_a_question_is_inert(visit: Visit, question: str) -> None:
    visit.ask(question)  # waits for the turn to hold exactly these characters
    assert visit.page.locator("#live .asked").text_content() == question
    assert visit.page.locator(".youju img, .youju script, .youju b, .youju strong").count() == 0
    expect(visit.page.locator(".conversation-title").first).to_have_text(re.compile("助学"))


def test_the_description_of_the_api_is_complete_without_a_cdn(visit: Visit) -> None:
    visit.page.goto(f"{visit.address}/docs")
    visit.page.get_by_text("/api/v1/ask").first.wait_for(timeout=30_000)
