"""Rank candidates by a small linear model over named features, and say how likely each is right.

``data/rules.json`` serves the rules alone, ``data/joint.json`` rules and neural reader together; both are readable and
written by ``python -m training.ranking``. For each family of candidates they hold the weights of a conditional logit
(McFadden 1974), which put the right one first, and those of a logistic regression, which say how likely the first one
is right at all.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import Literal, Self

from qa.types import AnswerKind, Candidate, Query

FAMILIES = ("short", "list", "explain")


def family(kind: AnswerKind) -> str:
    """Which of the models a candidate of a kind is ranked by."""
    return kind.value if kind in (AnswerKind.LIST, AnswerKind.EXPLAIN) else "short"


@dataclass(frozen=True, slots=True)
class RankingModel:
    """Weights by family, then by feature name; a feature that is not named counts nothing.

    Attributes:
        order: score = weights · features.
        confidence: P(right) = 1 / (1 + exp(-(weights · features))); "score" and "bias" (always 1) are features too.
    """

    order: Mapping[str, Mapping[str, float]]
    confidence: Mapping[str, Mapping[str, float]]

    @classmethod
    def load(cls, name: Literal["rules", "joint"]) -> Self:
        """Read ``data/<name>.json``."""
        data = json.loads(resources.files("qa.answering").joinpath("data", f"{name}.json").read_text("utf-8"))
        return cls(data["order"], data["confidence"])

    def score(self, name: str, features: Mapping[str, float]) -> float:
        """Return the unbounded score of a candidate of a family; comparable within one question and family."""
        return _dot(self.order[name], features)

    def probability(self, name: str, features: Mapping[str, float]) -> float:
        """Return the probability, 0..1, that a candidate is right; its features hold its "score"."""
        logit = self.confidence[name].get("bias", 0.0) + _dot(self.confidence[name], features)
        return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, logit))))


def _dot(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    return sum(weights.get(key, 0.0) * value for key, value in features.items())


def with_context(query: Query, candidates: Sequence[Candidate]) -> list[dict[str, float]]:
    """Return each candidate's features and those that only the whole field shows.

    Added are the parts of its hit's score ("hit_…"), how far behind the best hit it stands, and how its kind fits.
    """
    hits = {candidate.hit.passage.id: candidate.hit for candidate in candidates}
    order = sorted(hits.values(), key=lambda hit: (-hit.score, hit.passage.id))
    place = {hit.passage.id: index for index, hit in enumerate(order)}
    rows = []
    for candidate in candidates:
        hit, kind = candidate.hit, candidate.kind
        row = dict(candidate.features) | {f"hit_{name}": value for name, value in hit.parts.items()}
        row |= {
            "hit_score": hit.score,
            "hit_gap": order[0].score - hit.score,
            "hit_rank": 1.0 / (1.0 + place[hit.passage.id]),
            "reader": candidate.score,
            "kind_first": float(kind is query.kinds[0]),
            "kind_known": float(kind in query.kinds),
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
        """
        families: dict[str, list[Candidate]] = {name: [] for name in FAMILIES}
        for candidate, features in zip(candidates, with_context(query, candidates), strict=True):
            name = family(candidate.kind)
            features["score"] = self._model.score(name, features)
            families[name].append(replace(candidate, features=features))
        ranked = [found for name, members in families.items() for found in self._judged(name, members)]
        return sorted(ranked, key=lambda found: (-found.score, -found.features["score"], *_place(found)))

    def _judged(self, name: str, members: Sequence[Candidate]) -> list[Candidate]:
        ceiling, judged = 1.0, []
        for candidate in sorted(members, key=lambda found: (-found.features["score"], *_place(found))):
            ceiling = min(ceiling, self._model.probability(name, candidate.features))
            judged.append(replace(candidate, score=ceiling))
        return judged


def _place(candidate: Candidate) -> tuple[str, int, int]:
    return candidate.hit.passage.id, candidate.start, candidate.end
