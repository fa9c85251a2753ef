"""The figures page without a browser: every word escaped, every limit read back, bars that compare like with like."""

from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.ledger.types import Figure, FigureFilter
from qa.schema import citation_json
from qa.types import AnswerKind, Citation, Span, Value
from ui.desk import words_of
from ui.figures_presenter import (
    Choices,
    Entry,
    Look,
    bars,
    common_unit,
    excerpt,
    next_sort,
    present_filters,
    present_table,
    sorted_by,
)

ZH = words_of("zh")
SENTENCE = "2014年，青山县总工会筹集助学金396.6万元，资助困难学生1021名。"


def entry(text: str = "396.6万元", number: float = 3966000, unit: str = "元", **changes: Any) -> Entry:
    sentence = changes.pop("sentence", SENTENCE)
    start = sentence.index(text)
    values = {
        "id": "p.000",
        "document_id": "d",
        "article_id": "d:0",
        "passage_id": "p",
        "spans": (Span(start, start + len(text)),),
        "text": text,
        "kind": AnswerKind.AMOUNT,
        "value": Value(number, unit),
        "approximate": False,
        "per_head": False,
        "what": "助学金",
        "verb": "筹集",
        "body": "青山县总工会",
        "place": "青山县",
        "period": "2014年",
        "year": 2014,
        "sentence": sentence,
        "mark": Span(start, start + len(text)),
    }
    figure = Figure(**(values | changes))
    return Entry(figure, citation_json(Citation("d", "通报.txt", "通报", "一、资金", 3, 4, figure.spans, text)))


def table(*entries: Entry, look: Look = Look(), total: int | None = None) -> str:  # noqa: B008 – frozen
    return present_table(look, entries, len(entries) if total is None else total, ZH)


def test_a_row_says_what_whose_when_and_where() -> None:
    html = table(entry())
    for words in ("396.6万元", "筹集", "助学金", "青山县总工会", "2014年", "通报 › 一、资金", "第 3–4 行", "共 1 条"):
        assert words in html
    assert 'href="/source/d?start=17&amp;end=24"' in html or "/source/d?start=" in html
    assert "<mark>396.6万元</mark>" in html


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "${alert(1)}{{7*7}}"])
def test_every_word_is_escaped(evil: str) -> None:
    row = entry(sentence=f"{evil}396.6万元{evil}", what=evil, body=evil, place=evil, period=evil, verb=evil, id=evil)
    look = Look.read({"what": evil, "body": evil, "text": evil})
    html = table(row, row, look=look) + present_filters(
        look, Choices([evil], [evil], [evil], [evil], [(evil, evil)]), ZH
    )
    assert "<script" not in html and "<img" not in html and "49" not in html


def test_empty_ledgers_and_empty_results_say_different_things() -> None:
    assert ZH.text("figures_empty") in table()
    assert ZH.text("figures_none") in table(look=Look(what="没有的"))


def test_bars_compare_the_common_unit_only() -> None:
    rows = [entry(), entry("1021名", 1021, "名"), entry(number=1983000), entry(number=100, per_head=True)]
    assert common_unit(rows) == "元"
    assert [bar.share for bar in bars(rows, ZH)] == [100.0, 50.0]
    assert bars(rows[:1], ZH) == [] and bars([], ZH) == []
    assert bars([entry(number=0), entry(number=0)], ZH) == []
    assert "desk-chart" in table(*rows, look=Look(chart="1")) and "desk-chart" not in table(*rows)


def test_long_tables_have_pages() -> None:
    html = table(entry(), look=Look(page=2), total=120)
    assert "第 2 页，共 3 页" in html and 'data-page="1"' in html and 'data-page="3"' in html


def test_a_click_on_a_head_turns_the_order_round() -> None:
    assert sorted_by(Look(), "value") == "descending" and sorted_by(Look(), "body") == "none"
    assert next_sort(Look(), "value") == "value" and next_sort(Look(sort="value"), "value") == "-value"
    assert next_sort(Look(), "body") == "body" and next_sort(Look(), "year") == "-year"


@given(
    st.dictionaries(
        st.sampled_from(["what", "body", "place", "year", "unit", "document", "text", "sort", "p", "chart", "x"]),
        st.text(max_size=250) | st.integers() | st.none() | st.sampled_from(["2014", "-year", "3"]),
    )
)
def test_any_address_is_read_and_written_back(given_: dict[str, object]) -> None:
    look = Look.read(given_)
    assert isinstance(look.filter(), FigureFilter) and look.page >= 1
    try:
        address = look.address()
    except UnicodeEncodeError:
        return  # half a surrogate pair stands in no address
    assert Look.read(dict(parse_qsl(address, keep_blank_values=True))) == look


@given(st.text(max_size=80), st.text(min_size=1, max_size=20), st.text(max_size=80))
def test_an_excerpt_holds_its_mark(before: str, inside: str, after: str) -> None:
    lead, mark, rest = excerpt(before + inside + after, Span(len(before), len(before) + len(inside)))
    assert mark == inside and rest == after
    assert before.endswith(lead.removeprefix("…") if len(before) > len(lead) - 1 else lead) or lead == before
