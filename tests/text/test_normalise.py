import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.normalise import is_han, normalise, simplify
from qa.types import Span
from tests.text.strategies import ocr_text
from tests.timing import seconds_of


@given(ocr_text)
def test_the_normal_form_of_a_normal_form_is_itself(raw: str) -> None:
    once = normalise(raw).text
    assert normalise(once).text == once


@given(ocr_text)
def test_every_character_maps_into_the_raw_text_in_order(raw: str) -> None:
    plain = normalise(raw)
    assert len(plain.origins) == len(plain.text)
    assert list(plain.origins) == sorted(plain.origins)
    assert all(0 <= origin < len(raw) for origin in plain.origins)


@given(ocr_text)
def test_the_whole_maps_to_first_and_last_kept_character(raw: str) -> None:
    plain = normalise(raw)
    span = plain.raw_span(0, len(plain.text))
    if plain.text:
        assert span == Span(plain.origins[0], plain.origins[-1] + 1)
    else:
        assert len(span) == 0


@given(ocr_text, st.data())
def test_a_part_maps_to_raw_text_with_the_same_normal_form(raw: str, data: st.DataObject) -> None:
    """Characters that became several, and spaces at the part's ends, aside."""
    plain = normalise(raw)
    start = data.draw(st.integers(0, len(plain.text)))
    end = data.draw(st.integers(start, len(plain.text)))
    span = plain.raw_span(start, end)
    again = normalise(raw[span.start : span.end]).text
    squeezed = "".join(plain.text[start:end].split())
    assert squeezed in "".join(again.split())


@given(ocr_text)
def test_raw_and_normal_spans_are_inverse_on_whole_raw_characters(raw: str) -> None:
    plain = normalise(raw)
    for at in range(len(raw)):
        normal = plain.normal_span(at, at + 1)
        if normal.start < normal.end:
            assert plain.raw_span(normal.start, normal.end) == Span(at, at + 1)


@given(ocr_text)
def test_nothing_but_white_space_controls_and_unassigned_characters_is_lost(raw: str) -> None:
    plain = normalise(raw)
    kept = set(plain.origins)
    assert all(not is_han(char) or at in kept for at, char in enumerate(raw) if char.isprintable())


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("投入 123.4 万元", "投入123.4万元"),
        ("第 9 期", "第9期"),
        ("达到 76.54 %", "达到76.54%"),
        ("张 三　主席", "张三主席"),
        ("ＡＢＣ　１２．５％", "abc 12.5%"),
        ("青海工运 9-10 2017", "青海工运9-10 2017"),
        ("第三屆畜牧獸醫技術創新競賽", "第三届畜牧兽医技术创新竞赛"),
        ("①2017年", "(1)2017年"),
        ("工\u200b会\ufeff \x00主席", "工会主席"),
        ("  工会\r\n\r\n 主席 ", "工会\n主席"),
        ("姓名\t单位", "姓名\t单位"),
        ("甲，乙；丙：（丁）！", "甲,乙;丙:(丁)!"),
        ("甲、乙。“丙”", "甲、乙。“丙”"),
        ("Trade  Union News", "trade union news"),
        ("5㎡、½", "5m2、1⁄2"),
        ("\ud800工会", "工会"),
        ("乾县", "乾县"),
        ("", ""),
        (" \n\t", ""),
    ],
)
def test_examples(raw: str, text: str) -> None:
    assert normalise(raw).text == text


def test_a_span_outside_the_text_is_refused() -> None:
    plain = normalise("工会")
    for start, end in ((-1, 1), (1, 3), (2, 1)):
        with pytest.raises(ValueError):
            plain.raw_span(start, end)


def test_an_answer_is_found_again_in_the_raw_text() -> None:
    raw = "全市共发放 123.4 万元。"
    plain = normalise(raw)
    start = plain.text.index("123.4万元")
    span = plain.raw_span(start, start + len("123.4万元"))
    assert raw[span.start : span.end] == "123.4 万元"


def test_a_whole_periodical_takes_little_time(seeds: dict[str, str]) -> None:
    assert seconds_of(lambda number: normalise(seeds["003"] + "。完" * number)) < 0.25  # 0.03 measured
    plain = normalise(seeds["003"])
    assert 0.9 * len(seeds["003"]) < len(plain.text) <= len(seeds["003"])


def test_simplify_uses_the_phrase_table() -> None:
    assert simplify("頭髮發放") == "头发发放"
    assert simplify("工会主席") == "工会主席"


def test_simplify_replaces_lone_surrogates() -> None:
    assert simplify("工\ud800會") == "工?会"
