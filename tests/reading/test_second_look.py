"""The second look, with a scorer whose numbers can be worked out by hand."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.decoding import ScoredSpan
from qa.reading.second_look import BEHIND, LOOKS, look_again, window_around
from qa.reading.span_scores import PassageScores
from qa.types import AnswerKind, Hit, Query
from tests.reading.makers import hit, query

FIRST, SECOND, THIRD = "工会慰问职工。", "资助学生30人。", "大家都说好。"
TEXT = FIRST + SECOND + THIRD
ASKED = query("资助多少人", "资助", kinds=(AnswerKind.COUNT,))


class Lengths:
    """Scores a text by its length: every place starts and ends alike, relevance is the number of characters."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def scores(self, query: Query, hits: Sequence[Hit]) -> list[PassageScores]:
        texts = [one.passage.text for one in hits]
        self.asked += texts
        edges = [np.zeros(len(text), np.float32) for text in texts]
        offsets = [tuple((at, at + 1) for at in range(len(text))) for text in texts]
        rows = zip(texts, offsets, edges, strict=True)
        return [PassageScores(len(text), places, edge, edge, 0.0, float(len(text))) for text, places, edge in rows]


def span(words: str, score: float) -> ScoredSpan:
    start = TEXT.index(words)
    return ScoredSpan(start, start + len(words) - 1, score)


@pytest.mark.parametrize(
    ("room", "window"),
    [(0, SECOND), (len(SECOND), SECOND), (len(FIRST + SECOND), FIRST + SECOND), (99, TEXT)],
)
def test_a_window_grows_by_whole_sentences_that_fit(room: int, window: str) -> None:
    found = window_around(hit(TEXT).passage, TEXT.index("30"), TEXT.index("30") + 3, room)
    assert TEXT[found.start : found.end] == window


@given(st.text(alphabet="工会。；\n a", min_size=1, max_size=60), st.data())
def test_a_window_holds_its_range_and_lies_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = window_around(hit(text).passage, start, end, data.draw(st.integers(0, 80)))
    assert 0 <= found.start <= start < end <= found.end <= len(text)


def test_the_best_spans_are_looked_at_again_each_window_once() -> None:
    one, other = hit(TEXT, number=1), hit(TEXT, number=2)
    spans = {
        one.passage.id: [span("30人", 5.0), span("学生", 4.0)],
        other.passage.id: [span("职工", 3.0), span("好", 2.0)],
    }
    scores = dict(zip(spans, Lengths().scores(ASKED, [one, other]), strict=True))
    scorer = Lengths()
    found = look_again(scorer, ASKED, [one, other], scores, spans)
    assert scorer.asked == []  # all of TEXT fits into each window
    (window,) = found[one.passage.id]
    assert window.holds(0, len(TEXT))
    assert window.scores is scores[one.passage.id]


def test_no_more_spans_are_looked_at_than_there_is_time_for() -> None:
    hits = [hit(TEXT + "长" * 200, number=number) for number in range(LOOKS + 2)]
    scores = {one.passage.id: score for one, score in zip(hits, Lengths().scores(ASKED, hits), strict=True)}
    scorer = Lengths()
    found = look_again(scorer, ASKED, hits, scores, {one.passage.id: [span("30人", 5.0)] for one in hits})
    assert scorer.asked == [TEXT] * LOOKS
    assert list(found) == [one.passage.id for one in hits[:LOOKS]]


def test_spans_far_behind_the_best_are_not_looked_at() -> None:
    hits = [hit(TEXT + "长" * 200, number=number) for number in range(2)]
    scores = {one.passage.id: score for one, score in zip(hits, Lengths().scores(ASKED, hits), strict=True)}
    spans = {one.passage.id: [span("30人", 5.0 - at * BEHIND)] for at, one in enumerate(hits)}
    assert list(look_again(Lengths(), ASKED, hits, scores, spans)) == [hits[0].passage.id]


def test_what_lies_in_a_window_is_scored_there() -> None:
    long = TEXT + "长" * 200 + "。"
    one = hit(long)
    id_ = one.passage.id
    scores = {id_: Lengths().scores(ASKED, [one])[0]}
    found = look_again(Lengths(), ASKED, [one], scores, {id_: [span("30人", 5.0)]})
    (window,) = found[id_]
    assert (window.span.start, window.span.end) == (0, len(TEXT))
    assert window.score(TEXT.index("30"), TEXT.index("30") + 3) == 0.0
    assert not window.holds(0, len(TEXT) + 1)
    assert look_again(Lengths(), ASKED, [], {}, {}) == {}
