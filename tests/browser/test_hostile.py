"""A document that would like to run something, and a server that is started anew."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, expect

from qa.bootstrap import open_indexer
from qa.config import Settings
from qa.ingest.files import find_files
from tests.browser.conftest import open_site, serving

HOSTILE = """云台县总工会<script>alert(1)</script>工作总结
2019年，云台县总工会<img src=x onerror=alert(2)>发放慰问金88.8万元，**慰问**困难职工[321](javascript:alert(3))人。
${alert(4)} {{7*7}} \u202e字的向反\u202c 云台县总工会 <style>body{display:none}</style>
"""
QUESTION = "云台县总工会2019年发放慰问金多少万元？"


def test_a_hostile_document_is_text_and_a_restart_keeps_conversations(
    browser: Browser, seeds_data_dir: Path, tmp_path: Path
) -> None:
    data_dir, source = tmp_path / "index", tmp_path / "<b>总结&lt;.txt"
    shutil.copytree(seeds_data_dir, data_dir)
    source.write_text(HOSTILE, encoding="utf-8")
    with open_indexer(Settings(data_dir=data_dir)) as indexer:
        indexer.index(find_files([source]))
    log = tmp_path / "serve.log"
    with serving(data_dir, log) as site:
        context, visit = open_site(browser, site)
        turn = visit.ask(QUESTION)
        assert turn.locator(".answer-text").first.inner_text() == "88.8万元"
        assert "onerror=alert(2)" in turn.locator(".sentence").first.inner_text()
        turn.locator(".citation").first.click()
        expect(visit.page.locator("#evidence mark")).to_have_text("88.8万元")
        expect(visit.page.locator("#evidence .line").first).to_contain_text("<script>alert(1)</script>")
        inert = visit.page.locator(".turn img, .turn b, .turn script, #evidence img, #evidence script, #evidence style")
        assert inert.count() == 0
        source.write_text(HOSTILE.replace("88.8", "99.9"), encoding="utf-8")
        visit.page.reload()
        visit.page.locator("#thread .answer-card .citation").first.click()
        expect(visit.page.locator("#evidence .badge")).to_have_class("badge changed")
    port = int(site.rsplit(":", 1)[1])
    with serving(data_dir, log, port):
        visit.page.reload()
        expect(visit.page.locator("#thread .asked")).to_have_text([QUESTION])
        visit.ask("有多少人？")
        assert visit.page.locator(".turn").count() == 2
    context.close()
    assert visit.requests == [] and [text for text in visit.complaints if "ERR_" not in text] == []
