"""Spans that cut words or figures are widened, others left as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.view import PassageView
from qa.reading.widening import widened

TEXT = "去年全市 共筹集助学金 396.6 万元，资助困难职工子女909人，总工会主席到会。"


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("396.6", "396.6 万元"),
        ("万元", "396.6 万元"),
        ("6 万", "396.6 万元"),
        ("909", "909人"),
        ("困难职", "困难职工"),
        ("困难职工子女909", "困难职工子女909人"),
        ("助学金", "助学金"),
        ("资助困难职工子女", "资助困难职工子女"),
    ],
)
def test_a_cut_span_grows_to_whole_words_and_figures(cut: str, whole: str) -> None:
    start = TEXT.index(cut)
    low, high = widened(PassageView(TEXT), start, start + len(cut))
    assert TEXT[low:high] == whole


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("《职工之家", "《职工之家 建设办法》"),
        ("建设办法》", "《职工之家 建设办法》"),
        ("印发《职工", "印发《职工之家 建设办法》"),
        ("职工之家", "职工之家"),
        ("印发", "印发"),
        ("《职工之家 建设办法》", "《职工之家 建设办法》"),
    ],
)
def test_a_title_that_is_begun_is_whole(cut: str, whole: str) -> None:
    text = "省总印发《职工之家 建设办法》，自5月起施行。"
    start = text.index(cut)
    low, high = widened(PassageView(text), start, start + len(cut))
    assert text[low:high] == whole


@given(st.text(alphabet="去年共筹集396.6万元，《助学 金》909人\n", min_size=2, max_size=40), st.data())
def test_a_span_never_shrinks_nor_leaves_the_passage(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    low, high = widened(PassageView(text), start, end)
    assert 0 <= low <= start < end <= high <= len(text)
