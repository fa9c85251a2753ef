"""Spans out of scores, against trying every pair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.decoding import ScoredSpan, Scores, apart, best_spans
from qa.reading.span_scores import INSIDE, NOWHERE, PassageScores, sentence_around
from qa.types import Span

SCORE = st.integers(-20, 20).map(lambda value: value / 4)  # quarters add up exactly in float32
ROWS = st.lists(st.tuples(SCORE, SCORE, st.booleans()), max_size=14)


def arrays(rows: list[tuple[float, float, bool]]) -> tuple[Scores, Scores, np.ndarray]:
    return (
        np.array([row[0] for row in rows], dtype=np.float32),
        np.array([row[1] for row in rows], dtype=np.float32),
        np.array([row[2] for row in rows], dtype=np.bool_),
    )


@given(ROWS, SCORE, st.integers(1, 6), st.integers(1, 30))
def test_best_spans_are_those_of_trying_every_pair(
    rows: list[tuple[float, float, bool]], null: float, max_length: int, k: int
) -> None:
    start, end, mask = arrays(rows)
    every = [
        ScoredSpan(first, last, rows[first][0] + rows[last][1] - null)
        for first in range(len(rows))
        for last in range(first, min(first + max_length, len(rows)))
        if rows[first][2] and rows[last][2]
    ]
    every.sort(key=lambda span: (-span.score, span.first, span.last))
    assert best_spans(start, end, null, mask, max_length, k) == every[:k]


@pytest.mark.parametrize(("max_length", "k"), [(0, 1), (1, 0)])
def test_limits_below_one_are_refused(max_length: int, k: int) -> None:
    start, end, mask = arrays([(1.0, 1.0, True)])
    with pytest.raises(ValueError, match="at least 1"):
        best_spans(start, end, 0.0, mask, max_length, k)


@given(ROWS, st.integers(1, 5))
def test_spans_apart_do_not_overlap_and_the_best_stays(rows: list[tuple[float, float, bool]], k: int) -> None:
    start, end, mask = arrays(rows)
    spans = best_spans(start, end, 0.0, mask, 5, 100)
    kept = apart(spans, k)
    assert kept[:1] == spans[:1]
    assert len(kept) <= k
    assert not any(a.overlaps(b) for at, a in enumerate(kept) for b in kept[at + 1 :])
    left_out = [span for span in spans if span not in kept]
    if len(kept) < k:
        assert all(any(span.overlaps(other) for other in kept) for span in left_out)


def scores() -> PassageScores:
    """「共396.6万元。」 in the tokens 共 / 396 / .6 / 万元 / 。; the best span is 396.6万元."""
    offsets = ((0, 1), (1, 4), (4, 6), (6, 8), (8, 9))
    start = np.array([0, 5, 1, 2, -3], dtype=np.float32)
    end = np.array([-2, 0, 3, 6, 4], dtype=np.float32)
    return PassageScores(9, offsets, start, end, 2.0, 0.5)


def test_a_span_scores_start_plus_end_less_no_answer() -> None:
    assert scores().span(1, 8) == 5 + 6 - 2
    assert scores().span(6, 8) == 2 + 6 - 2


def test_an_edge_inside_a_token_costs() -> None:
    assert scores().span(2, 8) == 5 - INSIDE + 6 - 2
    assert scores().span(1, 7) == 5 + 6 - INSIDE - 2


def test_characters_without_a_token_score_as_nowhere() -> None:
    zeros = np.zeros(1, dtype=np.float32)
    passage = PassageScores(3, ((1, 2),), zeros, zeros, 0.0, 0.0)
    assert passage.span(0, 2) == NOWHERE


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (2, 10)])
def test_ranges_outside_the_passage_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no part of a passage"):
        scores().span(start, end)


def test_top_spans_are_characters_without_loose_marks() -> None:
    text = "共396.6万元。"
    best, *others = scores().top(text, 3)
    assert (text[best.first : best.last + 1], best.score) == ("396.6万元", 9.0)
    assert not any(best.overlaps(other) for other in others)


@pytest.mark.parametrize(("long", "answer"), [(True, "到3人。共6人"), (False, "6人")])
def test_only_a_long_answer_goes_on_behind_a_full_stop(long: bool, answer: str) -> None:
    text = "到3人。共6人"
    start = np.array([3, 0, 0, 0, 0, 2, 0], dtype=np.float32)
    end = np.array([0, 0, 1, 0, 0, 0, 4], dtype=np.float32)
    passage = PassageScores(7, tuple((at, at + 1) for at in range(7)), start, end, 0.0, 0.0)
    best = passage.top(text, 3, long=long)[0]
    assert text[best.first : best.last + 1] == answer


def test_the_sentences_around_a_span() -> None:
    sentences = [Span(0, 4), Span(4, 9), Span(10, 12)]
    assert sentence_around(sentences, 5, 6) == Span(4, 9)
    assert sentence_around(sentences, 3, 6) == Span(0, 9)
    assert sentence_around([], 3, 6) == Span(3, 6)
