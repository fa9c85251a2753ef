"""Rules and the span reader together."""

from pathlib import Path

import pytest

from qa.reading.combined import FLOOR, CombinedReader
from qa.reading.neural import NeuralReader
from qa.reading.reader import TypedReader
from qa.types import AnswerKind, Query
from tests.training.test_reader import hits

AMOUNT = Query("筹集金秋助学金多少钱", "筹集金秋助学金多少钱", ("筹集", "金秋", "助学金"), (AnswerKind.AMOUNT,))


@pytest.fixture(scope="module")
def neural(shared_file: Path) -> NeuralReader:
    return NeuralReader(shared_file, passages=4)


def test_every_candidate_of_the_rules_stays_and_gets_its_span_score(neural: NeuralReader) -> None:
    rules = TypedReader()
    found = CombinedReader(rules, neural).read(AMOUNT, hits(6))
    plain = rules.read(AMOUNT, hits(6))
    assert [(one.hit.passage.id, one.start, one.end) for one in found[: len(plain)]] == [
        (one.hit.passage.id, one.start, one.end) for one in plain
    ]
    scores = neural.scores(AMOUNT, hits(6))
    read = [one for one in found[: len(plain)] if int(one.hit.passage.id) < 4]
    assert read
    for one in read:
        span = scores[int(one.hit.passage.id)].span(one.start, one.end)
        assert one.features["span"] == pytest.approx(max(span, FLOOR), abs=1e-4)
    unread = [one for one in found if int(one.hit.passage.id) >= 4]
    assert all(one.features["span"] == one.features["relevance"] == FLOOR for one in unread)


def test_own_spans_are_marked_and_none_is_part_of_a_ruled_one(neural: NeuralReader) -> None:
    found = CombinedReader(TypedReader(), neural).read(AMOUNT, hits(4))
    own = [one for one in found if one.features.get("neural")]
    ruled = [one for one in found if not one.features.get("neural")]
    assert own
    for one in own:
        assert all(
            not (other.start <= one.start and one.end <= other.end)
            for other in ruled
            if other.hit is one.hit and other.kind is AnswerKind.AMOUNT
        )


def test_lists_are_left_to_the_rules(neural: NeuralReader) -> None:
    query = Query("哪些单位", "哪些单位", ("单位",), (AnswerKind.LIST,), many=True)
    assert not [one for one in CombinedReader(TypedReader(), neural).read(query, hits(2)) if "neural" in one.features]
