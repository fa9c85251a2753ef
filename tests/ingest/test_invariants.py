"""What must hold for any text whatever, and for the seeds."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.ingest.pipeline import ingest
from qa.types import SET_ASIDE, BlockKind, Document, Ingested, spans_text
from tests.ingest.conftest import seed_document, text_document

PIECES = st.sampled_from(
    [
        "# 县总工会工作纪实",
        "## ——二〇二三年工作回眸",
        "**重点工作**",
        "目 录",
        "- 03 县总工会开展活动",
        "职工代表大会召开……………12",
        "一、总体要求",
        "（一）提高认识",
        "1. 加强领导。",
        "第一条 为了保障职工权益，制定本条例。",
        "第二章 权利和义务",
        "★县总工会慰问困难职工",
        "□本报通讯员 王小明",
        "主 编:李 明",
        "电话:0971-8800000",
        "地 址:",
        "邮编:810000",
        "近日，县总工会开展活动，慰问职工",
        "三百余名，发放慰问金五十万元。",
        "图为活动现场",
        "（左一）主席讲话",
        "(县总工会)",
        "李 明",
        "2023年8月10日",
        "— 12 —",
        "QING HAI GONG YUN",
        "***",
        "“",
        "（",
        "职工。",
        "，",
        "\u200b",
        "\ufeff",
        "\ue493",
        "🎉",
        "①②",
        "|表|格|",
        "> 引文",
        "工会" * 230,
        "会议要求，" * 90 + "。",
    ]
)
LINES = st.one_of(PIECES, st.text(max_size=30), st.text("工会职，。、；：“”（）*#1年 ", max_size=40))
ENDS = st.sampled_from(["\n", "\n", "\n\n", "\n\n\n\n", "\r\n", "\r\n\r\n", "\r", "\f", "\u2028", ""])
TEXTS = st.lists(st.tuples(LINES, ENDS), max_size=25).map(lambda rows: "".join(line + end for line, end in rows))


def check(ingested: Ingested) -> None:
    text = ingested.document.text
    seen: Counter[int] = Counter()
    for passage in ingested.passages:
        assert passage.text == spans_text(text, passage.spans)
        assert passage.text.strip()
        assert len(passage.context) <= 90
        for span in passage.spans:
            seen.update(range(span.start, span.end))
    for block in ingested.blocks:
        assert block.spans
        if block.kind in SET_ASIDE:
            assert block.reason
            for span in block.spans:
                seen.update(range(span.start, span.end))
    solid = [at for at, char in enumerate(text) if not char.isspace()]
    assert [at for at in solid if seen[at] != 1] == []


def check_names(ingested: Ingested) -> None:
    document = ingested.document
    assert [article.id for article in ingested.articles] == [
        f"{document.id}:{at}" for at in range(len(ingested.articles))
    ]
    assert [passage.id for passage in ingested.passages] == [
        f"{document.id}-{at:05d}" for at in range(len(ingested.passages))
    ]
    assert {passage.article_id for passage in ingested.passages} <= {article.id for article in ingested.articles}
    for article in ingested.articles:
        assert article.title.strip()
        assert article.spans
        for fact in (*article.places, *article.years, *([article.organisation] if article.organisation else [])):
            assert fact.value
            assert fact.span is None or document.text[fact.span.start : fact.span.end].strip()


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_is_covered_once(text: str) -> None:
    ingested = ingest(text_document(text))
    check(ingested)
    check_names(ingested)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_two_runs_agree(text: str) -> None:
    assert ingest(text_document(text)) == ingest(text_document(text))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_wild_text_is_covered_once(text: str) -> None:
    check(ingest(text_document(text)))


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_seeds_are_covered_once(number: str, seeds: dict[str, Ingested]) -> None:
    check(seeds[number])
    check_names(seeds[number])
    assert ingest(seed_document(number)) == seeds[number]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_part_of_a_seed_is_covered_once(data: st.DataObject) -> None:
    text = seed_document(data.draw(st.sampled_from(["000", "001", "002", "003", "004"]))).text
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : start + data.draw(st.integers(0, 4000))]
    check(ingest(text_document(part)))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_do_not_matter(end: str, seeds: dict[str, Ingested]) -> None:
    plain = seeds["004"]
    other = ingest(text_document(plain.document.text.replace("\n", end)))
    check(other)
    assert [article.title for article in other.articles] == [article.title for article in plain.articles]
    assert [passage.text.replace(end[-1], "\n") for passage in other.passages] == [p.text for p in plain.passages]


def test_blank_text_has_nothing() -> None:
    ingested = ingest(text_document(" \n\u3000\n\t"))
    assert ingested == Ingested(ingested.document, (), (), ())


def test_marks_of_markup_are_set_aside(seeds: dict[str, Ingested]) -> None:
    document: Document = seeds["000"].document
    marks = [block for block in seeds["000"].blocks if block.kind is BlockKind.FURNITURE]
    assert "**" in {document.text[span.start : span.end] for block in marks for span in block.spans}
    assert not any("**" in passage.text or passage.text.startswith("#") for passage in seeds["000"].passages)
