"""What the ranking's training fits, and what it leaves as it was."""

import math
from dataclasses import replace

import pytest

from qa.answering.ranking import FAMILIES, RankingModel
from training.ranking.collect import Labelled
from training.ranking.model import PARTS, Model, Regularisation, fit_model, likeliest

FREE = Regularisation(order=1e-6, new=1e-6, confidence=1e-6, answerable=1e-6)
PRIOR: Model = {
    "order": {name: {"read": 0.1} for name in FAMILIES},
    "confidence": {name: {} for name in FAMILIES},
    "answerable": {},
}


def question(at: int, *, right: bool, kind: str = "count") -> Labelled:
    """A sentence and a figure: the figure, which alone has been read, is right, or nothing is."""
    return Labelled(
        id=f"text{at}-{at}",
        kind=kind,
        rows=({"read": 1.0, "gap": 0.0}, {"read": 0.0, "gap": 1.0}, {"read": 0.5}),
        families=("short", "short", "explain"),
        right=(right, False, False),
        found=True,
    )


QUESTIONS = [question(at, right=at % 4 > 0, kind="count" if at % 4 else "unanswerable") for at in range(40)]


def test_the_confidence_becomes_the_share_of_first_candidates_that_are_right() -> None:
    model = fit_model(QUESTIONS, PRIOR, FREE, parts=("confidence",))
    ranking = RankingModel(model["order"], model["confidence"])
    index, name, sure, _ = likeliest(ranking, QUESTIONS[0])
    assert (index, name) == (0, "short")
    assert sure == pytest.approx(0.75, abs=0.01)
    others = QUESTIONS[0].rows[2]
    assert ranking.probability("explain", {**others, "score": ranking.score("explain", others)}) < 0.01


def test_halfway_confidence_lies_in_the_middle_of_prior_and_fit() -> None:
    fitted = fit_model(QUESTIONS, PRIOR, FREE)["confidence"]["short"]
    halfway = fit_model(QUESTIONS, PRIOR, replace(FREE, way=0.5))["confidence"]["short"]
    assert halfway == pytest.approx({key: weight / 2 for key, weight in fitted.items()}, abs=1e-4)


@pytest.mark.parametrize("part", PARTS)
def test_only_the_parts_named_leave_the_prior(part: str) -> None:
    model = fit_model(QUESTIONS, PRIOR, FREE, parts=(part,))
    assert [other for other in PARTS if model[other] != PRIOR[other]] == [part]


def test_only_the_families_named_leave_the_prior() -> None:
    model = fit_model(QUESTIONS, PRIOR, FREE, families=("short",))
    assert model["order"]["short"]["read"] > PRIOR["order"]["short"]["read"]
    assert model["order"]["short"]["gap"] < 0
    assert model["confidence"]["short"] != PRIOR["confidence"]["short"]
    assert [model[part]["explain"] for part in ("order", "confidence")] == [{"read": 0.1}, {}]


def test_a_heavy_penalty_keeps_the_prior() -> None:
    heavy = Regularisation(order=1e3, new=1e3, confidence=1e3, answerable=1e3)
    model = fit_model(QUESTIONS, PRIOR, heavy)
    weights = [*model["order"]["short"].values(), *model["confidence"]["short"].values()]
    assert all(math.isfinite(weight) for weight in weights)
    assert model["order"]["short"]["read"] == pytest.approx(0.1, abs=0.01)
    assert model["answerable"].get("read", 0.0) == pytest.approx(0.0, abs=0.01)
