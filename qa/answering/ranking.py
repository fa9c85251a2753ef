"""Rank candidates by a small linear model over named features, and say how likely each is right.

``data/rules.json`` serves the rules alone, ``data/joint.json`` rules and neural reader together; both are readable and
written by ``python -m training.ranking``. For each family of candidates they hold the weights of a conditional logit
(McFadden 1974), which put the right one first, and those of a logistic regression, which say how likely the first one
is right at all; and, for all families, those of one that says how likely there is an answer anywhere.
"""

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Literal, Self

from qa.types import LONG_KINDS, AnswerKind, Candidate, Query

FAMILIES = ("short", "list", "explain")


def family(kind: AnswerKind) -> str:
    """Which of the models a candidate of a kind is ranked by."""
    return kind.value if kind in LONG_KINDS else "short"


@dataclass(frozen=True, slots=True)
class Calibration:
    """From P(right) of a candidate to the confidence of an answer that was given (Platt 1999).

    The logit is slope · logit(P) + bias, and ``later`` more for every answer but the first and the items of a list. It
    is fitted on given answers, most of which are right: the doubtful ones were refused.
    """

    slope: float = 1.0
    bias: float = 0.0
    later: float = 0.0

    def confidence(self, probability: float, *, later: bool) -> float:
        """Return the share of such answers that are right, 0..1.

        Args:
            probability: 0..1.
            later: whether the answer stands behind another one to the same question.
        """
        bounded = min(max(probability, 1e-4), 1 - 1e-4)
        logit = self.slope * math.log(bounded / (1 - bounded)) + self.bias + (self.later if later else 0.0)
        return 1.0 / (1.0 + math.exp(-logit))


@dataclass(frozen=True, slots=True)
class RankingModel:
    """Weights by family, then by feature name; a feature that is not named counts nothing.

    Attributes:
        order: score = weights · features.
        confidence: P(right) = 1 / (1 + exp(-(weights · features))); "score" and "bias" (always 1) are features too.
        answerable: P(the documents hold an answer) likewise, from the features of the likeliest candidate; "sure", its
            P(right), and "in_list", "in_explain", its family, are features too.
        refuse_below: of that probability, 0..1.
        calibration: of the answers that are given in the end.
    """

    order: Mapping[str, Mapping[str, float]]
    confidence: Mapping[str, Mapping[str, float]]
    answerable: Mapping[str, float] = field(default_factory=dict)
    refuse_below: float = 0.0
    calibration: Calibration = Calibration()

    @classmethod
    def load(cls, name: Literal["rules", "joint"]) -> Self:
        """Read ``data/<name>.json``."""
        data = json.loads(resources.files("qa.answering").joinpath("data", f"{name}.json").read_text("utf-8"))
        calibration = Calibration(**data["calibration"])
        return cls(data["order"], data["confidence"], data["answerable"], data["refuse_below"], calibration)

    def without(self, ignored: Collection[str]) -> Self:
        """Return the model without the weights of some features."""

        def kept(half: Mapping[str, Mapping[str, float]]) -> Mapping[str, Mapping[str, float]]:
            return {
                name: {key: value for key, value in weights.items() if key not in ignored}
                for name, weights in half.items()
            }

        weights = kept(self.order), kept(self.confidence), kept({"": self.answerable})[""]
        return type(self)(*weights, self.refuse_below, self.calibration)

    def score(self, name: str, features: Mapping[str, float]) -> float:
        """Return the unbounded score of a candidate of a family; comparable within one question and family."""
        return _dot(self.order[name], features)

    def probability(self, name: str, features: Mapping[str, float]) -> float:
        """Return the probability, 0..1, that a candidate is right; its features hold its "score"."""
        return _logistic(self.confidence[name], features)

    def answered(self, name: str, sure: float, features: Mapping[str, float]) -> float:
        """Return the probability, 0..1, that there is an answer at all, by the likeliest candidate and its P(right)."""
        return _logistic(self.answerable, answered_features(name, sure, features))


def answered_features(name: str, sure: float, features: Mapping[str, float]) -> dict[str, float]:
    """Add to a candidate's features what ``RankingModel.answered`` looks at."""
    return {**features, "sure": sure, "in_list": float(name == "list"), "in_explain": float(name == "explain")}


def _logistic(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    logit = weights.get("bias", 0.0) + _dot(weights, features)
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, logit))))


def _dot(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum([weights[key] * value for key, value in features.items() if key in weights])  # the hottest line of all


def with_context(query: Query, candidates: Sequence[Candidate]) -> list[dict[str, float]]:
    """Return each candidate's features and those that only the whole field shows.

    Added are the parts of its hit's score ("hit_…"), how far behind the best hit it stands, how its kind fits, what is
    asked for, whether it is who signed the article of the best hit and that is asked for ("signed"), and the best that
    the neural reader says of any candidate ("best_…", -1 without one).
    """
    hits = {candidate.hit.passage.id: candidate.hit for candidate in candidates}
    order = sorted(hits.values(), key=lambda hit: (-hit.score, hit.passage.id))
    place = {hit.passage.id: index for index, hit in enumerate(order)}
    nearest = order[0].passage.article_id if order else ""
    best = {
        f"best_{name}": max((candidate.features.get(name, -1.0) for candidate in candidates), default=-1.0)
        for name in ("relevance", "span", "alike", "again_relevance", "again_span")
    }
    rows = []
    for candidate in candidates:
        hit, kind = candidate.hit, candidate.kind
        row = dict(candidate.features) | {f"hit_{name}": value for name, value in hit.parts.items()}
        row |= {
            "hit_score": hit.score,
            "hit_gap": order[0].score - hit.score,
            "hit_rank": 1.0 / (1.0 + place[hit.passage.id]),
            "reader": candidate.features.get("reader", candidate.score),
            "kind_first": float(kind is query.kinds[0]),
            "kind_known": float(kind in query.kinds),
            "signed": float(candidate.features.get("credit") == 1.0 and hit.passage.article_id == nearest),
            "asks_list": float(query.kinds[0] is AnswerKind.LIST or query.many),
            "asks_explain": float(query.kinds[0] is AnswerKind.EXPLAIN),
            **best,
        }
        rows.append(row)
    return rows


class Ranker:
    """Orders candidates of one question, best first."""

    def __init__(self, model: RankingModel) -> None:
        self._model = model

    def rank(self, query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the candidates, best first, ``score`` being P(right), 0..1; ties by passage and place in it.

        Within a family the order is the score's: a candidate is never taken for likelier than one placed before it.
        The feature "answerable" of all of them is the probability that there is an answer among them.
        """
        families: dict[str, list[Candidate]] = {name: [] for name in FAMILIES}
        for candidate, features in zip(candidates, with_context(query, candidates), strict=True):
            name = family(candidate.kind)
            features["score"] = self._model.score(name, features)
            families[name].append(replace(candidate, features=features))
        found = [one for name, members in families.items() for one in self._judged(name, members)]
        ranked = sorted(found, key=lambda one: (-one.score, -one.features["score"], *_place(one)))
        if not ranked:
            return []
        first = ranked[0]
        answerable = self._model.answered(family(first.kind), first.score, first.features)
        return [replace(one, features={**one.features, "answerable": answerable}) for one in ranked]

    def _judged(self, name: str, members: Sequence[Candidate]) -> list[Candidate]:
        ceiling, judged = 1.0, []
        for candidate in sorted(members, key=lambda found: (-found.features["score"], *_place(found))):
            ceiling = min(ceiling, self._model.probability(name, candidate.features))
            judged.append(replace(candidate, score=ceiling))
        return judged


def _place(candidate: Candidate) -> tuple[str, int, int]:
    return candidate.hit.passage.id, candidate.start, candidate.end
