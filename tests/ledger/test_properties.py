"""What holds of the ledger of any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.ledger.reading import read_figures
from qa.types import AnswerKind, Ingested, spans_text
from tests.ledger.makers import taken_apart
from tests.text.strategies import ocr_text

_PIECES = st.sampled_from(
    [
        *"全市 其中 市总 总工会 长治市 各级工会 该工会 去年 今年以来 截至 2016年 10月 至 比上年增长".split(),
        *"分别 由 提高到 每人 发放 资金 困难职工 比例 、 ， 。 ； （ ） “ ” 的 一名 约 6 0 户 名".split(),
        *"396.6万元 三千元 12.3% 17.3% 20多万 30余名 3至5 万元以上".split(),
        "\n",
    ]
)
speech = st.one_of(ocr_text, st.lists(_PIECES, max_size=40).map("".join))


def check(ingested: Ingested) -> None:
    text = ingested.document.text
    passages = {passage.id: passage for passage in ingested.passages}
    seen = set()
    for row in read_figures(ingested):
        assert spans_text(text, row.spans) == row.text == row.sentence[row.mark.start : row.mark.end]
        assert row.text in passages[row.passage_id].text
        assert row.article_id == passages[row.passage_id].article_id
        assert row.kind in {AnswerKind.AMOUNT, AnswerKind.COUNT, AnswerKind.PERCENT}
        assert row.year is None or 1000 <= row.year <= 3000
        assert row.id not in seen
        seen.add(row.id)


@given(speech)
@settings(max_examples=150)
def test_every_row_can_be_looked_up(text: str) -> None:
    check(taken_apart(text))


@given(speech)
@settings(max_examples=40)
def test_two_runs_give_the_same_rows(text: str) -> None:
    ingested = taken_apart(f"# 长治市总工会2016年总结\n\n{text}\n")
    check(ingested)
    assert read_figures(ingested) == read_figures(ingested)


@given(st.integers(1, 9_999_999), st.sampled_from(["元", "万元", "人", "户", "%"]))
@settings(max_examples=60)
def test_values_come_back_from_how_they_are_written(number: int, unit: str) -> None:
    (row,) = read_figures(taken_apart(f"# 工作总结\n\n市总工会筹集到{number:,}{unit}。\n"))
    assert row.value.number == number * (10_000 if unit == "万元" else 1)
    assert row.value.unit == unit.removeprefix("万")
