import math
from dataclasses import replace
from typing import Literal

import pytest

from qa.answering.ranking import FAMILIES, Calibration, Ranker, RankingModel, with_context
from qa.types import AnswerKind
from tests.answering.makers import candidate, document, passage, query

DOC = document("筹集资金396万元，发放377万元。")
MODEL = RankingModel(
    order={"short": {"near": 2.0}, "list": {}, "explain": {}},
    confidence={"short": {"score": 1.0, "weak": -3.0}, "list": {"bias": -1.0}, "explain": {}},
)


def test_the_weights_put_the_right_one_first_and_make_probabilities() -> None:
    far = candidate(passage(DOC), "377万元", 0.9, near=0.0)
    near = candidate(passage(DOC), "396万元", 0.1, near=1.0)
    ranked = Ranker(MODEL).rank(query(), [far, near])
    assert [found.text for found in ranked] == ["396万元", "377万元"]
    assert ranked[0].score == pytest.approx(0.8808, abs=1e-4)  # 1 / (1 + exp(-2))
    assert ranked[1].score == pytest.approx(0.5)


def test_a_model_without_a_feature_counts_it_nothing() -> None:
    assert MODEL.score("short", {"near": 1.0}) == 2.0
    assert MODEL.without({"near"}).score("short", {"near": 1.0}) == 0.0
    assert MODEL.without({"weak"}).probability("short", {"score": 0.0, "weak": 1.0}) == 0.5
    assert MODEL.without(()) == MODEL


def test_how_likely_an_answer_is_there_is_told_by_the_likeliest_candidate() -> None:
    model = RankingModel(MODEL.order, MODEL.confidence, {"bias": -1.0, "sure": 2.0, "near": 1.0, "in_list": 9.0})
    far = candidate(passage(DOC), "377万元", 0.9, near=0.0)
    near = candidate(passage(DOC), "396万元", 0.1, near=1.0)
    ranked = Ranker(model).rank(query(), [far, near])
    expected = 1 / (1 + math.exp(-(-1.0 + 2.0 * ranked[0].score + 1.0)))
    assert [found.features["answerable"] for found in ranked] == [pytest.approx(expected)] * 2


def test_confidence_is_calibrated_apart_for_first_and_later_answers() -> None:
    calibration = Calibration(slope=0.5, bias=1.0, later=-2.0)
    assert calibration.confidence(0.5, later=False) == pytest.approx(1 / (1 + math.exp(-1.0)))
    assert calibration.confidence(0.5, later=True) == pytest.approx(1 / (1 + math.exp(1.0)))
    assert calibration.confidence(0.9, later=False) == pytest.approx(1 / (1 + math.exp(-(1.0 + 0.5 * math.log(9)))))
    assert 0.0 < calibration.confidence(0.0, later=True) < calibration.confidence(1.0, later=False) < 1.0
    assert Calibration().confidence(0.37, later=True) == pytest.approx(0.37)


def test_who_signed_the_nearest_article_is_told() -> None:
    near, far = passage(DOC), passage(document("周建明", "b.txt"))
    signer = candidate(near, "377万元", 0.5, AnswerKind.PERSON, credit=1.0)
    other = candidate(far, "周建明", 0.5, AnswerKind.PERSON, credit=1.0)
    other = replace(other, hit=replace(other.hit, score=0.5))
    uncredited = candidate(near, "396万元", 0.5, AnswerKind.PERSON, credit=0.3)
    rows = with_context(query(), [signer, other, uncredited, candidate(near, "资金", 0.5)])
    assert [row["signed"] for row in rows] == [1.0, 0.0, 0.0, 0.0]


def test_families_have_weights_of_their_own() -> None:
    item = candidate(passage(DOC), "筹集资金", 0.0, AnswerKind.LIST, near=5.0)
    assert Ranker(MODEL).rank(query(), [item])[0].score == pytest.approx(0.2689, abs=1e-4)  # only the bias of -1


def test_a_candidate_is_never_likelier_than_one_placed_before_it() -> None:
    first = candidate(passage(DOC), "396万元", 0.0, near=1.0, weak=1.0)
    second = candidate(passage(DOC), "377万元", 0.0)
    ranked = Ranker(MODEL).rank(query(), [second, first])
    assert [found.text for found in ranked] == ["396万元", "377万元"]
    assert ranked[0].score == ranked[1].score == pytest.approx(0.2689, abs=1e-4)  # 1 / (1 + exp(1))


def test_equal_scores_stay_in_the_order_of_the_text_whatever_order_they_come_in() -> None:
    one, two = candidate(passage(DOC), "396万元", 0.0), candidate(passage(DOC), "377万元", 0.0)
    ranker = Ranker(MODEL)
    assert [found.text for found in ranker.rank(query(), [two, one])] == ["396万元", "377万元"]
    assert ranker.rank(query(), [two, one]) == ranker.rank(query(), [one, two])


def test_features_of_the_field_are_added() -> None:
    row = with_context(query(), [candidate(passage(DOC), "396万元", 0.25)])[0]
    assert row["hit_dense"] == 0.5
    assert row["reader"] == 0.25
    assert (row["hit_rank"], row["hit_gap"], row["kind_first"]) == (1.0, 0.0, 1.0)


def test_nothing_in_nothing_out() -> None:
    assert Ranker(MODEL).rank(query(), []) == []


@pytest.mark.parametrize("name", ["rules", "joint"])
def test_the_stored_models_know_every_family(name: Literal["rules", "joint"]) -> None:
    model = RankingModel.load(name)
    assert set(model.order) == set(model.confidence) == set(FAMILIES)
    assert all(model.order.values())


def test_what_is_ranked_again_is_ranked_by_what_the_reader_said() -> None:
    model = replace(MODEL, order=dict(MODEL.order) | {"short": {"reader": 2.0}})
    once = Ranker(model).rank(
        query(), [candidate(passage(DOC), "377万元", 0.9), candidate(passage(DOC), "396万元", 0.1)]
    )
    assert Ranker(model).rank(query(), once) == once
