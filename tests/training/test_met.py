"""Questions before the passages that the program cuts: answers stay what they are, and rivals hold none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.conftest import seed_texts
from training.reader.data import Example, Question, Text
from training.reader.met import Met, passages_of

FIGURES = st.lists(st.integers(10, 99), min_size=2, max_size=12, unique=True)


def report(figures: list[int]) -> Text:
    """A text with a heading and a paragraph for each of some towns, and a question about each and about another."""
    lines = ["全市工会工作简报"]
    questions = []
    for number, figure in enumerate(figures):
        town = f"第{number}镇"
        told = f"今年以来，{town}工会走访慰问困难职工家庭，共有{figure}户，" + "送去米面和慰问信。" * 20
        lines += [f"{town}的工作", told]
        at = len("\n".join(lines)) - len(told) + told.index(f"{figure}户")
        questions.append(Question(f"q{number}", f"{town}工会走访了多少户", ((f"{figure}户", at),), "count"))
    questions.append(Question("none", "海岛工会走访了多少户", (), "unanswerable"))
    return Text("report", "", "\n".join(lines), tuple(questions))


def about(rows: list[Example], question: str) -> list[Example]:
    return [row for row in rows if row.question == question]


@given(FIGURES, st.integers(0, 9))
def test_targets_are_the_answers_and_rivals_hold_none(figures: list[int], seed: int) -> None:
    text = report(figures)
    rows = Met([text], 1.0).epoch(seed)
    passages = {passage.text for passage in passages_of(text)}
    assert {row.passage for row in rows} <= passages
    for question in text.questions:
        found = about(rows, question.text)
        answers = [row.passage[slice(*row.target)] for row in found if row.target is not None]
        assert answers == [answer for answer, _ in question.answers]
        assert all(not any(answer in row.passage for answer, _ in question.answers) for row in found if not row.target)


def test_a_passage_has_its_context_before_it() -> None:
    text = report([11, 22, 33])
    contexts = {(passage.context, passage.text) for passage in passages_of(text)}
    rows = [row for seed in range(20) for row in Met([text], 1.0).epoch(seed)]
    assert {(row.title, row.passage) for row in rows if row.title} <= contexts
    assert 0 < sum(not row.title for row in rows) < len(rows) / 4


def test_a_question_without_an_answer_stands_before_its_own_text() -> None:
    other = Text("other", "", "海岛工会走访了渔民。", ())
    text = report([11, 22])
    for seed in range(5):
        tempting = about(Met([other, text], 1.0).epoch(seed), "海岛工会走访了多少户")
        assert tempting
        assert all(row.target is None and row.passage != other.context for row in tempting)


def test_epochs_differ_and_repeat() -> None:
    met = Met([report([11, 22, 33, 44])], 1.0)
    assert met.epoch(1) == met.epoch(1)
    assert met.epoch(1) != met.epoch(2)
    assert met.epoch(1, share=0.0) == []


@pytest.mark.parametrize("text", seed_texts())
def test_an_answer_over_the_end_of_a_passage_is_left_out(text: str) -> None:
    first, second = passages_of(Text("a", "", text, ()))[:2]
    over = (first.spans[-1].end - 1, second.spans[0].start + 1)
    low, high = min(over), max(over)
    question = Question("q", "说了什么", ((text[low:high], low),), "explain")
    assert all(row.target is None for row in Met([Text("a", "", text, (question,))], 1.0).epoch(1))


def test_a_blank_text_has_no_examples() -> None:
    assert Met([Text("a", "", " \n", (Question("q", "说了什么", ()),))], 1.0).epoch(1) == []
