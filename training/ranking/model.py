"""Put the families' weights together into one model and say how good it is."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from qa.answering.ranking import FAMILIES, RankingModel
from training.ranking.collect import Labelled
from training.ranking.fit import Floats, conditional_logit, feature_names, logistic, matrix

Model = dict[str, Any]

HAND_SET: Model = {
    "order": {name: {"reader": 8.0, "subset": -1.5, "part": -1.5} for name in FAMILIES},
    "confidence": {name: {} for name in FAMILIES},
}
"""The reader's own score, 0..1, and that 其中 leads to a part of what was asked for: kept where data says little."""


def held_out(question: Labelled) -> bool:
    """Whether a question is kept for validation: every fifth text, by the hash of its document's id."""
    document = question.id.rsplit("-", 1)[0].rsplit("_", 1)[0]
    return hashlib.sha256(document.encode()).digest()[0] % 5 == 0


def firsts(questions: Sequence[Labelled], name: str, keys: Sequence[str], weights: Floats) -> tuple[Floats, Floats]:
    """Return features, (questions, 1 + features), the score in front, and label of each question's first candidate."""
    rows, right = [], []
    for question in questions:
        features, labels = matrix(question, name, keys)
        if len(labels):
            scores = features @ weights
            best = int(scores.argmax())
            rows.append(np.concatenate([scores[best : best + 1], features[best]]))
            right.append(labels[best])
    return np.asarray(rows, np.float32), np.asarray(right, np.float32)


def fit_model(questions: Sequence[Labelled], prior: Model, l2: float, l2_new: float) -> Model:
    """Fit on questions, setting out from a prior model; return the model as it is stored.

    How likely the first candidate is right is learnt from questions whose text was found: a question that was written
    for one text and could be asked of many others says nothing on that.

    Args:
        l2: penalty on moving away from a weight that the prior has; ten times as much for the confidence's.
        l2_new: the same on features that the prior does not know.
    """
    found = [question for question in questions if question.found]
    model: Model = {"order": {}, "confidence": {}}
    for name in FAMILIES:
        known, trusted = prior["order"][name], prior["confidence"][name]
        keys = sorted({*feature_names(questions, name), *known})
        groups = [matrix(question, name, keys) for question in questions]
        weights = conditional_logit(groups, _values(known, keys), _penalties(known, keys, l2, l2_new))
        judged = ["score", *keys]
        sure, bias = logistic(
            *firsts(found, name, keys, weights),
            _values(trusted, judged),
            trusted.get("bias", 0.0),
            10 * _penalties(trusted, judged, l2, l2_new),
        )
        model["order"][name] = _named(keys, weights)
        model["confidence"][name] = {"bias": round(bias, 4)} | _named(judged, sure)
    return model


def _penalties(known: Mapping[str, float], keys: Sequence[str], l2: float, l2_new: float) -> Floats:
    return np.asarray([l2 if key in known else l2_new for key in keys], np.float32)


def _values(weights: Mapping[str, float], keys: Sequence[str]) -> Floats:
    return np.asarray([weights.get(key, 0.0) for key in keys], np.float32)


def _named(keys: Sequence[str], weights: Floats) -> dict[str, float]:
    return {key: round(float(value), 4) for key, value in zip(keys, weights, strict=True)}


def report(model: Model, questions: Sequence[Labelled]) -> str:
    """Say how often the first candidate is right, by gold type."""
    ranking = RankingModel(model["order"], model["confidence"])
    seen: dict[str, list[tuple[float, bool, bool]]] = {}
    for question in questions:
        best: dict[str, tuple[float, float, bool]] = {}
        for row, name, right in zip(question.rows, question.families, question.right, strict=True):
            score = ranking.score(name, row)
            if name not in best or score > best[name][0]:
                best[name] = (score, ranking.probability(name, {**row, "score": score}), right)
        _, sure, first = max(best.values(), key=lambda found: found[1], default=(0.0, 0.0, False))
        seen.setdefault(question.kind, []).append((sure, first, any(question.right)))
    return "\n".join(_line(kind, rows) for kind, rows in sorted(seen.items()))


def _line(kind: str, rows: Sequence[tuple[float, bool, bool]]) -> str:
    first = np.mean([right for _, right, _ in rows])
    among = np.mean([there for _, _, there in rows])
    sure = np.mean([confidence for confidence, _, _ in rows])
    return f"{kind:13} {len(rows):5}  first right {first:.3f}  among candidates {among:.3f}  mean confidence {sure:.3f}"
