"""Paragraphs printed twice count once, and nothing is lost by that."""

import pytest

from qa.ingest.pipeline import ingest
from qa.types import Block, BlockKind, Ingested, spans_text
from tests.ingest.conftest import line_numbers, text_document

FIRST = (
    "县总工会今年走访慰问困难职工300户，发放慰问金52.6万元，组织劳模疗休养45人次，"
    "建成职工书屋12家，受到广大职工的欢迎和好评。"
)


def reprints(ingested: Ingested) -> list[Block]:
    return [block for block in ingested.blocks if block.kind is BlockKind.REPRINT]


@pytest.mark.parametrize(("number", "lines"), [("000", [88, 90, 94]), ("003", [208, 210, 212]), ("004", [87, 89])])
def test_reprints_of_seeds(number: str, lines: list[int], seeds: dict[str, Ingested]) -> None:
    line = line_numbers(seeds[number].document)
    assert [line(block.spans[0].start) for block in reprints(seeds[number])] == lines


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_no_figure_is_lost(number: str, seeds: dict[str, Ingested]) -> None:
    kept = "\n".join(passage.text for passage in seeds[number].passages)
    for block in reprints(seeds[number]):
        text = spans_text(seeds[number].document.text, block.spans)
        for sentence in text.split("。")[1:-1]:
            assert sentence in kept


def test_a_copy_is_set_aside_and_says_of_what() -> None:
    ingested = ingest(text_document(f"工作综述\n\n{FIRST}\n\n另一段话，说明其他情况。\n\n{FIRST}"))
    assert [block.reason for block in reprints(ingested)] == [f"重复刊登，与“{FIRST[:20]}…”相同"]
    assert sum(passage.text.count("52.6万元") for passage in ingested.passages) == 1


def test_the_copy_under_its_heading_stays() -> None:
    ingested = ingest(text_document(f"工作综述\n\n开头一段话，说明情况。\n\n{FIRST}\n\n一、服务职工\n\n{FIRST}"))
    passage = next(passage for passage in ingested.passages if "52.6万元" in passage.text)
    assert passage.section == "一、服务职工"


@pytest.mark.parametrize(
    "other",
    [
        FIRST.replace("52.6", "52.8"),
        FIRST.replace("300户", "310户"),
        FIRST + "同时新建基层工会36家，发展会员2100人，圆满完成年度目标任务。",
    ],
)
def test_what_says_something_new_stays(other: str) -> None:
    ingested = ingest(text_document(f"工作综述\n\n{FIRST}\n\n中间一段话，说明其他情况。\n\n{other}"))
    assert other in "\n".join(passage.text for passage in ingested.passages)


def test_items_of_statutes_are_no_reprints() -> None:
    item = "（一）违反安全生产规定，造成较大事故，致使劳动者人身受到严重伤害，并且拒不改正的；"
    text = f"管理办法\n第一条 有下列情形之一的，处以罚款：\n{item}\n第二条 有下列情形之一的，吊销执照：\n{item}"
    assert not reprints(ingest(text_document(text)))


def test_an_article_printed_twice() -> None:
    text = f"县总工会慰问职工\n\n{FIRST}\n\n(安吉县总工会)\n\n县总工会送温暖\n\n{FIRST}\n\n(安吉县总工会)\n"
    ingested = ingest(text_document(text))
    assert len(ingested.articles) == 2
    assert ingested.articles[1].reprint_of == ingested.articles[0].id
    assert ingested.articles[0].reprint_of is None
