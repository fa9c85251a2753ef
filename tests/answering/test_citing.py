from hypothesis import given
from hypothesis import strategies as st

from qa.answering.citing import cite, cite_candidate, cite_passage, sentence_of
from qa.types import Span, spans_text
from tests.answering.makers import Shelf, candidate, document, passage


def test_a_citation_over_a_page_break_lists_its_spans_and_lines() -> None:
    doc = document("前文三百\n图为现场\n五十元后文")
    place = passage(doc, (2, 4), (10, 15))
    citation = cite_candidate(doc, Shelf([doc]).article("a.txt:0"), candidate(place, "三百五十元", 1.0))
    assert citation.quote == "三百五十元"
    assert citation.spans == (Span(2, 4), Span(10, 13))
    assert (citation.line_start, citation.line_end) == (1, 3)
    assert citation.url == "/source/a.txt?spans=2-4,10-13"


def test_a_sentence_that_goes_on_further_up_has_its_lines_in_order() -> None:
    doc = document("五十元\n标题\n三百")
    citation = cite_candidate(
        doc, Shelf([doc]).article("a.txt:0"), candidate(passage(doc, (7, 9), (0, 3)), "三百五十元", 1.0)
    )
    assert (citation.line_start, citation.line_end) == (1, 3)


def test_a_cited_passage_leaves_out_the_blanks_at_its_ends() -> None:
    doc = document("\n\n 正文。\n")
    assert cite_passage(doc, Shelf([doc]).article("a.txt:0"), passage(doc)).quote == "正文。"


@given(st.text(min_size=1, max_size=60), st.data())
def test_quote_and_spans_agree_for_any_cut_of_any_text(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    doc = document(text)
    place = passage(doc, *zip(cuts[::2], cuts[1::2], strict=False))
    start = data.draw(st.integers(0, len(place.text) - 1))
    end = data.draw(st.integers(start + 1, len(place.text)))
    citation = cite(doc, Shelf([doc]).article("a.txt:0"), place, start, end)
    assert spans_text(text, citation.spans) == citation.quote == place.text[start:end]
    assert 1 <= citation.line_start <= citation.line_end <= text.count("\n") + 1


@given(st.text(alphabet="甲乙 \n。", min_size=1, max_size=30), st.data())
def test_the_mark_covers_the_candidate_in_its_sentence(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = candidate(passage(document(text)), text[start:end], 1.0)
    sentence, mark = sentence_of(found)
    assert sentence[mark.start : mark.end] == found.text
    assert sentence in text
