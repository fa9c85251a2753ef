"""By how much something changed, told from how much it is."""

import pytest

from qa.reading.marks import change
from qa.reading.question import asked
from qa.retrieval.query import analyse
from qa.text.normalise import normalise


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("客流量涨了多少", "客流量回升", 1.0),
        ("资金比上年多多少", "筹集资金9万元,比上年多", 1.0),
        ("油价跟年初比低了几成", "仍比年初的价格低", 1.0),
        ("资金比上年多多少", "比上年筹集了", 0.0),
        ("筹集了多少", "比上年多", 0.0),
    ],
)
def test_an_increase_is_told_by_the_words_before_it(question: str, before: str, expected: float) -> None:
    assert change(asked(analyse(question)), normalise(before).text) == expected
