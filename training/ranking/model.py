"""Put the families' weights together into one model and say how good it is."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from qa.answering.ranking import FAMILIES, RankingModel, answered_features
from training.ranking.collect import Labelled
from training.ranking.fit import Floats, conditional_logit, feature_names, logistic, matrix

Model = dict[str, Any]
REFUSED = 0.03
"""Share of the answerable questions that may be refused for want of an answer."""
NO_CLUES = frozenset({"group", "item", "group_size", "score"})
"""Numbers that count, or that compare within one question only."""

HAND_SET: Model = {
    "order": {name: {"reader": 8.0, "subset": -1.5, "part": -1.5, "signed": 4.0} for name in FAMILIES},
    "confidence": {name: {"signed": 3.0} for name in FAMILIES},
    "answerable": {"signed": 3.0},
    "refuse_below": 0.0,
    "calibration": {"slope": 1.0, "bias": 0.0, "later": 0.0},
}
"""What little data speaks of: the reader's own score, 0..1; that 其中 leads to a part of what was asked for; that who
signed the article asked about is its author."""


def completed(prior: Model) -> Model:
    """Add to a prior the hand-set weights of features that it does not know."""
    parts = {
        part: {name: HAND_SET[part][name] | prior[part][name] for name in FAMILIES} for part in ("order", "confidence")
    }
    return prior | parts | {"answerable": HAND_SET["answerable"] | prior["answerable"]}


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


def fit_model(
    questions: Sequence[Labelled],
    prior: Model,
    l2: float,
    l2_new: float,
    l2_answerable: float,
    families: Sequence[str] = FAMILIES,
) -> Model:
    """Fit on questions, setting out from a prior model; return the model as it is stored.

    How likely the first candidate is right is learnt from questions whose text was found: a question that was written
    for one text and could be asked of many others says nothing on that.

    Args:
        l2: penalty on moving away from a weight that the prior has; ten times as much for the confidence's.
        l2_new: the same on features that the prior does not know.
        l2_answerable: penalty on moving away from the prior's weights of whether there is an answer.
        families: those fitted; the others, of which there may be few questions, keep the prior's weights.
    """
    found = [question for question in questions if question.found]
    model: Model = {"order": {}, "confidence": {}, "answerable": {}}
    for name in FAMILIES:
        known, trusted = prior["order"][name], prior["confidence"][name]
        if name not in families:
            model["order"][name], model["confidence"][name] = known, trusted
            continue
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
    model["answerable"] = _fit_answerable(questions, model, prior["answerable"], l2_answerable)
    return model


def refusing(model: Model, kept: Sequence[Labelled], share: float = REFUSED) -> float:
    """Return the probability of an answer below which so many of the answerable questions are refused."""
    ranking = RankingModel(model["order"], model["confidence"], model["answerable"])
    there = [
        ranking.answered(name, sure, row)
        for question in kept
        if question.kind != "unanswerable" and question.rows
        for _, name, sure, row in [likeliest(ranking, question)]
    ]
    return round(float(np.quantile(there, share)), 4) if there else 0.0


def _fit_answerable(
    questions: Sequence[Labelled], model: Model, prior: Mapping[str, float], l2: float
) -> dict[str, float]:
    """Fit whether there is an answer on the likeliest candidates of answerable and unanswerable questions."""
    ranking = RankingModel(model["order"], model["confidence"])
    rows = [(likeliest(ranking, question), question.kind != "unanswerable") for question in questions if question.rows]
    described = [answered_features(name, sure, row) for (_, name, sure, row), _ in rows]
    keys = sorted({key for row in described for key in row} - NO_CLUES)
    features = np.asarray([[row.get(key, 0.0) for key in keys] for row in described], np.float32)
    weights, bias = logistic(
        features,
        np.asarray([there for _, there in rows], np.float32),
        _values(prior, keys),
        prior.get("bias", 0.0),
        np.full(len(keys), l2, np.float32),
    )
    return {"bias": round(bias, 4)} | _named(keys, weights)


def likeliest(ranking: RankingModel, question: Labelled) -> tuple[int, str, float, Mapping[str, float]]:
    """Return the candidate that would be given first: its index, family, P(right) and features with "score"."""
    best: dict[str, tuple[float, int, Mapping[str, float]]] = {}
    for index, (row, name) in enumerate(zip(question.rows, question.families, strict=True)):
        score = ranking.score(name, row)
        if name not in best or score > best[name][0]:
            best[name] = (score, index, {**row, "score": score})
    return max(
        ((index, name, ranking.probability(name, row), row) for name, (_, index, row) in best.items()),
        key=lambda found: found[2],
    )


def _penalties(known: Mapping[str, float], keys: Sequence[str], l2: float, l2_new: float) -> Floats:
    return np.asarray([l2 if key in known else l2_new for key in keys], np.float32)


def _values(weights: Mapping[str, float], keys: Sequence[str]) -> Floats:
    return np.asarray([weights.get(key, 0.0) for key in keys], np.float32)


def _named(keys: Sequence[str], weights: Floats) -> dict[str, float]:
    return {key: round(float(value), 4) for key, value in zip(keys, weights, strict=True)}


def report(model: Model, questions: Sequence[Labelled]) -> str:
    """Say how often the first candidate is right, by gold type."""
    ranking = RankingModel(model["order"], model["confidence"], model["answerable"])
    seen: dict[str, list[tuple[float, float, bool, bool]]] = {}
    for question in questions:
        if not question.rows:
            seen.setdefault(question.kind, []).append((0.0, 0.0, False, False))
            continue
        index, name, sure, row = likeliest(ranking, question)
        there = ranking.answered(name, sure, row)
        seen.setdefault(question.kind, []).append((sure, there, question.right[index], any(question.right)))
    lines = [_line(kind, rows) for kind, rows in sorted(seen.items())]
    return "\n".join([*lines, _refusals(seen)])


def _refusals(seen: Mapping[str, Sequence[tuple[float, float, bool, bool]]]) -> str:
    """Say which share of the unanswerable questions a threshold refuses that refuses so many of the others."""
    others = np.asarray([row[1] for kind, rows in seen.items() if kind != "unanswerable" for row in rows])
    without = np.asarray([row[1] for row in seen.get("unanswerable", ())])
    points = [(share, float(np.quantile(others, share))) for share in (0.02, 0.05, 0.1)] if len(others) else []
    return "refused " + "; ".join(f"{np.mean(without < at):.3f} below {at:.3f} at {share}" for share, at in points)


def _line(kind: str, rows: Sequence[tuple[float, float, bool, bool]]) -> str:
    sure, _, first, among = np.asarray(rows, np.float64).mean(axis=0)
    return f"{kind:13} {len(rows):5}  first right {first:.3f}  among candidates {among:.3f}  mean confidence {sure:.3f}"
