"""The figures, on questions whose scores can be worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.calibration import expected_calibration_error, risk_at, risk_coverage
from qa.evaluation.gold import Given, GoldAnswer, GoldQuestion
from qa.evaluation.metrics import mean_figures, percentile, score_question


def gold(kind: str, *texts: str, all_required: bool = False) -> GoldQuestion:
    answers = tuple(GoldAnswer(text, (text,), "a.txt", (5,)) for text in texts)
    return GoldQuestion("1", "?", kind, answers, all_required)


RIGHT = Given("5万元", "", "a.txt", 5, 5)
WRONG = Given("6万元", "", "a.txt", 5, 5)
ELSEWHERE = Given("5万元", "", "b.txt", 5, 5)


def test_a_short_question() -> None:
    question = gold("amount", "5万元")
    right = score_question(question, [RIGHT, WRONG])
    assert right.figures == {"false_refusal": 0.0, "exact@1": 1.0, "exact@3": 1.0, "cited@1": 1.0}
    assert right.own == 1.0
    third = score_question(question, [WRONG, WRONG, RIGHT])
    assert (third.figures["exact@1"], third.figures["exact@3"], third.own) == (0.0, 1.0, 0.0)
    assert score_question(question, [WRONG, WRONG, WRONG, RIGHT]).figures["exact@3"] == 0.0
    assert score_question(question, [ELSEWHERE]).figures["cited@1"] == 0.0


def test_citation_and_answer_must_be_the_same_gold_one() -> None:
    answers = (GoldAnswer("5万元", ("5万元",), "a.txt", (5,)), GoldAnswer("6万元", ("6万元",), "b.txt", (5,)))
    question = GoldQuestion("1", "?", "amount", answers)
    crossed = Given("6万元", "", "a.txt", 5, 5)
    assert score_question(question, [crossed]).figures["exact@1"] == 1.0
    assert score_question(question, [crossed]).figures["cited@1"] == 0.0


def test_a_refused_question_scores_nothing() -> None:
    score = score_question(gold("amount", "5万元"), [])
    assert score.figures == {"false_refusal": 1.0, "exact@1": 0.0, "exact@3": 0.0, "cited@1": 0.0}
    assert score.own == 0.0


def test_an_unanswerable_question() -> None:
    assert score_question(gold("unanswerable"), []).figures == {"refusal_recall": 1.0}
    assert score_question(gold("unanswerable"), [RIGHT]).own == 0.0


def test_lists_count_items_found_and_items_given() -> None:
    question = gold("list", "比工程质量", "比建设工期", all_required=True)
    score = score_question(question, [Given("比工程质量"), Given("开展劳动竞赛活动的情况"), Given("比技术创新")])
    assert score.figures["list_recall"] == 0.5
    assert score.figures["list_precision"] == pytest.approx(1 / 3)
    assert score.own == 0.5


def test_any_of_several_answers_will_do_unless_all_are_required() -> None:
    given = [Given("5万元")]
    assert score_question(gold("multi", "5万元", "7万元"), given).own == 1.0
    assert score_question(gold("multi", "5万元", "7万元", all_required=True), given).own == 0.5


def test_only_ten_answers_of_a_list_count() -> None:
    given = [Given(f"第{number}项无关的内容") for number in range(10)] + [Given("比工程质量")]
    assert score_question(gold("list", "比工程质量"), given).figures["list_recall"] == 0.0


def test_an_explanation() -> None:
    question = gold("explain", "采取层层推荐的办法")
    assert score_question(question, [Given("层层推荐", "采取层层推荐的办法。")]).own == 1.0
    assert score_question(question, [Given("无关"), Given("采取层层推荐的办法")]).own == 0.0


def test_means_are_over_the_questions_that_count() -> None:
    scores = [
        score_question(gold("amount", "5万元"), [RIGHT]),
        score_question(gold("amount", "5万元"), []),
        score_question(gold("unanswerable"), []),
    ]
    figures = mean_figures(scores)
    assert figures["exact@1"] == 0.5
    assert figures["false_refusal"] == 0.5
    assert figures["refusal_recall"] == 1.0
    assert figures["overall"] == pytest.approx(2 / 3)


def test_percentiles_by_nearest_rank() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([float(n) for n in range(1, 101)], 0.95) == 95.0
    assert percentile([7.0], 0.95) == 7.0
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_calibration_error_by_hand() -> None:
    # bin 9: two answers of .9, one right: gap .8; bin 2: one of .2, wrong: gap .2; over three answers
    assert expected_calibration_error([0.9, 0.9, 0.2], [True, False, False]) == pytest.approx((0.8 + 0.2) / 3)
    assert expected_calibration_error([1.0], [True]) == 0.0
    with pytest.raises(ValueError, match="as many"):
        expected_calibration_error([0.5], [])


def test_risk_falls_with_coverage_when_confidence_is_right() -> None:
    assert risk_coverage([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == ((0.25, 0.0), (0.75, 1 / 3), (1.0, 0.5))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_calibration_error_is_a_share(pairs: list[tuple[float, bool]]) -> None:
    confidences, right = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    assert 0.0 <= expected_calibration_error(confidences, right) <= 1.0 + 1e-9
    curve = risk_coverage(confidences, right)
    assert curve[-1][0] == 1.0
    assert [point[0] for point in curve] == sorted(point[0] for point in curve)


@given(
    st.sampled_from(["amount", "count", "date", "person", "place_org", "list", "multi", "explain", "unanswerable"]),
    st.lists(st.text(alphabet="五5万元人。张", min_size=1, max_size=5), min_size=1, max_size=4),
    st.lists(st.text(alphabet="五5万元人。张", max_size=5), max_size=12),
    st.booleans(),
)
def test_every_figure_is_a_share(kind: str, texts: list[str], given: list[str], required: bool) -> None:
    score = score_question(gold(kind, *texts, all_required=required), [Given(text) for text in given])
    assert all(0.0 <= value <= 1.0 for value in score.figures.values())
    assert 0.0 <= score.own <= 1.0


def test_risk_at_a_coverage_is_that_of_the_first_point_that_covers_as_much() -> None:
    sure, right = [0.9, 0.5, 0.5, 0.1], [True, True, False, False]
    assert [risk_at(share, sure, right) for share in (0.0, 0.25, 0.5, 1.0)] == [0.0, 0.0, 1 / 3, 0.5]
    with pytest.raises(ValueError, match="no answers"):
        risk_at(0.5, [], [])
