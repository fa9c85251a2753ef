"""Passages: along sentences, of a size, never across an article or a heading, with a context of their own."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.ingest.chunking import AIM, LONGEST, balanced
from qa.ingest.pipeline import ingest
from qa.text.sentences import sentence_spans
from qa.types import BlockKind, Ingested, project, spans_text
from tests.ingest.conftest import text_document

NUMBERS = ["000", "001", "002", "003", "004"]
SENTENCES = st.lists(
    st.text("工会职，", min_size=1, max_size=150).map(lambda text: f"会{text}。"), min_size=1, max_size=20
)


@pytest.mark.parametrize("number", NUMBERS)
def test_sizes(number: str, seeds: dict[str, Ingested]) -> None:
    lengths = [len(passage.text) for passage in seeds[number].passages]
    running = [len(p.text) for p in seeds[number].passages if p.kind is BlockKind.PARAGRAPH]
    assert max(lengths) <= LONGEST + 80, "a heading or signature may come on top"
    assert 150 <= sum(running) / len(running) <= 320


@pytest.mark.parametrize("number", NUMBERS)
def test_no_sentence_is_cut(number: str, seeds: dict[str, Ingested]) -> None:
    text = seeds[number].document.text
    holder = {at: p.id for p in seeds[number].passages for span in p.spans for at in range(span.start, span.end)}
    for block in seeds[number].blocks:
        if block.kind is BlockKind.PARAGRAPH:
            whole = spans_text(text, block.spans)
            for sentence in sentence_spans(whole):
                parts = project(block.spans, sentence.start, sentence.end)
                assert len({holder[part.start] for part in parts} | {holder[parts[-1].end - 1]}) == 1


@pytest.mark.parametrize("number", NUMBERS)
def test_no_passage_crosses_an_article(number: str, seeds: dict[str, Ingested]) -> None:
    articles = {article.id: article for article in seeds[number].articles}
    for passage in seeds[number].passages:
        own = articles[passage.article_id].spans
        solid = [span for span in passage.spans if seeds[number].document.text[span.start : span.end].strip()]
        assert all(any(part.start <= span.start and span.end <= part.end for part in own) for span in solid)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_passage_crosses_a_heading(number: str, seeds: dict[str, Ingested]) -> None:
    headings = {
        seeds[number].document.text[block.spans[0].start : block.spans[-1].end]
        for block in seeds[number].blocks
        if block.kind is BlockKind.HEADING
    }
    for passage in seeds[number].passages:
        lines = passage.text.split("\n")
        running = next((at for at, line in enumerate(lines) if line not in headings and len(line) > 60), len(lines))
        assert not [line for line in lines[running:] if line in headings], passage.text


def test_headings_are_read_with_what_is_beneath_them(seeds: dict[str, Ingested]) -> None:
    passage = next(passage for passage in seeds["003"].passages if "50万元助学金情暖" in passage.text)
    assert passage.text.startswith("★祁连县总工会50万元助学金情暖困难职工子女\n8月29日")
    assert passage.text.endswith("(祁连县总工会)")


def test_context(seeds: dict[str, Ingested]) -> None:
    passage = next(passage for passage in seeds["002"].passages if "396.6万元" in passage.text)
    assert passage.context.startswith("把“家”建在职工的心坎上 › 驱严寒、暖人心,服务职工在基层 › 晋城市总工会")
    assert passage.section == "驱严寒、暖人心,服务职工在基层"
    for ingested in seeds.values():
        assert all(0 < len(passage.context) <= 90 for passage in ingested.passages)


def test_a_list_stays_with_the_words_that_introduce_it() -> None:
    filler = "县总工会高度重视职工服务工作，多次召开专题会议研究部署，确保各项措施落到实处。" * 6
    items = "".join(f"\n（{n}）第{n}项服务内容，面向全体会员免费提供；" for n in "一二三四五")
    ingested = ingest(text_document(f"服务指南\n\n{filler}\n\n服务内容包括：{items}"))
    passage = next(passage for passage in ingested.passages if "服务内容包括：" in passage.text)
    assert passage.text.endswith("（五）第五项服务内容，面向全体会员免费提供；")


def test_the_rest_of_a_long_list_says_what_it_belongs_to() -> None:
    items = "".join(f"\n（{n}）{'应当遵守安全生产规定' * 6}；" for n in "一二三四五六七八九十")
    ingested = ingest(text_document(f"管理办法\n第一条 用人单位应当履行下列职责：{items}"))
    assert len(ingested.passages) > 1
    assert all("第一条 用人单位应当履行下列职责" in passage.context for passage in ingested.passages[1:])


def test_captions_are_passages_of_their_own(seeds: dict[str, Ingested]) -> None:
    captions = [passage.text for passage in seeds["002"].passages if passage.kind is BlockKind.CAPTION]
    assert len(captions) == 8
    assert "晋城市总与电视台联合开办大型劳模访谈节目" in captions


@settings(max_examples=100, deadline=None)
@given(SENTENCES)
def test_long_paragraphs_are_cut_evenly(sentences: list[str]) -> None:
    text = "".join(sentences)
    parts = list(balanced(text))
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(end - start <= LONGEST for start, end in parts)
    assert len(parts) <= 2 * -(-len(text) // AIM) + 1
