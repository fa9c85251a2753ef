"""Put the families' weights together into one model and say how good it is."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qa.answering.ranking import FAMILIES, RankingModel, answered_features
from training.ranking.collect import Labelled
from training.ranking.fit import Floats, conditional_logit, feature_names, logistic, matrix

Model = dict[str, Any]
REFUSED = 0.03
"""Share of the answerable questions that may be refused for want of an answer."""
PARTS = ("order", "confidence", "answerable")
"""What is fitted; each sets out from the prior's weights."""
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


@dataclass(frozen=True, slots=True)
class Regularisation:
    """How much the prior holds: penalties, at least 0, on the squared distance from its weights, and ``way``.

    Attributes:
        order: of the weights that order candidates.
        new: of those among them that the prior does not know.
        confidence: of the weights that judge the first candidate.
        answerable: of those that say whether there is an answer.
        way: how far of the way, 0..1, from the prior's confidence to the one fitted so. Halfway weights often do better
            on other questions than either end (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
    """

    order: float
    new: float
    confidence: float
    answerable: float
    way: float = 1.0


def fit_model(
    questions: Sequence[Labelled],
    prior: Model,
    regularisation: Regularisation,
    families: Collection[str] = FAMILIES,
    parts: Collection[str] = PARTS,
) -> Model:
    """Fit on questions, setting out from a prior model; return the model as it is stored.

    How likely the first candidate is right is learnt from questions whose text was found: a question that was written
    for one text and could be asked of many others says nothing on that.

    Args:
        families: those whose order and confidence are fitted; the others, of which there may be few questions, keep the
            prior's weights.
        parts: of PARTS; the others keep the prior's weights.
    """
    order = {
        name: _fit_order(questions, name, prior["order"][name], regularisation)
        if "order" in parts and name in families
        else prior["order"][name]
        for name in FAMILIES
    }
    found = [question for question in questions if question.found]
    confidence = {
        name: _fit_confidence(found, name, order[name], prior["confidence"][name], regularisation)
        if "confidence" in parts and name in families
        else prior["confidence"][name]
        for name in FAMILIES
    }
    model: Model = {"order": order, "confidence": confidence, "answerable": prior["answerable"]}
    if "answerable" in parts:
        model["answerable"] = _fit_answerable(questions, model, prior["answerable"], regularisation.answerable)
    return model


def _fit_order(
    questions: Sequence[Labelled], name: str, known: Mapping[str, float], regularisation: Regularisation
) -> dict[str, float]:
    keys = sorted({*feature_names(questions, name), *known})
    groups = [matrix(question, name, keys) for question in questions]
    l2 = np.asarray([regularisation.order if key in known else regularisation.new for key in keys], np.float32)
    return _named(keys, conditional_logit(groups, _values(known, keys), l2))


def _fit_confidence(
    found: Sequence[Labelled],
    name: str,
    order: Mapping[str, float],
    known: Mapping[str, float],
    regularisation: Regularisation,
) -> dict[str, float]:
    keys = sorted(order)
    judged = ["score", *keys]
    features, right = firsts(found, name, keys, _values(order, keys))
    if not len(right):
        return dict(known)
    sure, bias = logistic(
        features,
        right,
        _values(known, judged),
        known.get("bias", 0.0),
        np.full(len(judged), regularisation.confidence, np.float32),
    )
    fitted = {"bias": bias, **dict(zip(judged, sure.tolist(), strict=True))}
    ends = [(key, known.get(key, 0.0), weight) for key, weight in fitted.items()]
    return {key: round(start + regularisation.way * (end - start), 4) for key, start, end in ends}


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
