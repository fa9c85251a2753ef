"""Explanations are narrowed down to words, or to whole clauses."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.answering.pointing import pointed, whole_clauses
from qa.types import AnswerKind, Candidate, Span
from tests.answering.makers import candidate, document, passage, query

TEXT = (
    "甲市规定：专项合同与综合合同不一致的，以专项合同为准。老张说：“送人玫瑰，手有余香，这就是双向的资助。”"
    "各级工会（含产业工会）要摸清底数，对有困难的“两新”职工应帮尽帮，一个不落。"
)
PLACE = passage(document(TEXT))
HOW = query("怎么处理", AnswerKind.EXPLAIN)
WHOLE = candidate(PLACE, TEXT, 0.9, AnswerKind.EXPLAIN)


def span(words: str, belief: float = 0.5) -> Candidate:
    return candidate(PLACE, words, 0.5, AnswerKind.SPAN, span=belief)


@pytest.mark.parametrize(
    ("words", "clauses"),
    [
        ("以专项合同", "以专项合同为准"),
        ("人玫瑰", "送人玫瑰"),
        ("手有余香，这就是", "手有余香，这就是双向的资助"),
        ("应帮尽帮", "对有困难的“两新”职工应帮尽帮"),
        ("摸清底数", "各级工会（含产业工会）要摸清底数"),
        ("摸清底数，对有困难的“两新", "各级工会（含产业工会）要摸清底数，对有困难的“两新”职工应帮尽帮"),
        ("“两新”", "对有困难的“两新”职工应帮尽帮"),
    ],
)
def test_why_and_how_are_answered_by_whole_clauses(words: str, clauses: str) -> None:
    narrowed = pointed(HOW, WHOLE, [WHOLE, span(words), span("甲市规定", 0.1)])
    assert narrowed.text == clauses
    assert (narrowed.sentence, narrowed.kind) == (Span(0, len(TEXT)), AnswerKind.EXPLAIN)


def test_anything_else_is_answered_by_the_words_themselves() -> None:
    assert pointed(query("听什么合同的"), WHOLE, [WHOLE, span("以专项合同")]).text == "以专项合同"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("应帮尽帮的是什么", "应帮尽帮"),
        ("应帮尽帮的是什么？", "应帮尽帮"),
        ("要应帮尽帮么", "对有困难的“两新”职工应帮尽帮"),
        ("要应帮尽帮吗？", "对有困难的“两新”职工应帮尽帮"),
    ],
)
def test_what_at_the_end_asks_for_words_and_a_particle_for_clauses(question: str, answer: str) -> None:
    assert pointed(query(question), WHOLE, [WHOLE, span("应帮尽帮")]).text == answer


def test_where_the_reader_is_sure_of_nothing_the_sentences_stay() -> None:
    assert pointed(HOW, WHOLE, [WHOLE, span("应帮尽帮", -0.1)]) == WHOLE


def test_what_is_no_explanation_is_left_as_it_is() -> None:
    one = span("应帮尽帮")
    assert pointed(HOW, one, [one, span("一个不落")]) == one


@given(st.text(alphabet="甲乙，。“”（）：、 \n", min_size=2, max_size=30), st.data())
def test_clauses_hold_the_candidate_and_stay_in_the_sentences(text: str, data: st.DataObject) -> None:
    low, start, end, high = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    if start == end:
        return
    one = replace(candidate(passage(document(text)), text, 0.5), start=start, end=end)
    found = whole_clauses(one, Span(low, high))
    assert low <= found.start <= start and end <= found.end <= high
