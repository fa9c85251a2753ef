"""Fit the weights that order candidates (conditional logit), and those that judge the first one (logistic)."""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from training.ranking.collect import Labelled

Floats = NDArray[np.float32]


def feature_names(questions: Sequence[Labelled], name: str) -> list[str]:
    """Return every feature that a candidate of a family has and that is not the same everywhere, sorted."""
    values: dict[str, set[float]] = {}
    for question in questions:
        for row, family in zip(question.rows, question.families, strict=True):
            if family == name:
                for key, value in row.items():
                    values.setdefault(key, set()).add(value)
    return sorted(key for key, seen in values.items() if seen != {0.0} and key not in ("group", "item", "group_size"))


def matrix(question: Labelled, name: str, keys: Sequence[str]) -> tuple[Floats, Floats]:
    """Return the features, (units, features), and labels, (units,), of one family of one question.

    A unit is a candidate, or a whole list, which is right where at least half of its items are.
    """
    chosen = [index for index, family in enumerate(question.families) if family == name]
    units = _whole_lists(question, chosen) if name == "list" else [[index] for index in chosen]
    rows = [[question.rows[unit[0]].get(key, 0.0) for key in keys] for unit in units]
    labels = [float(2 * sum(question.right[index] for index in unit) >= len(unit)) for unit in units]
    return np.asarray(rows, np.float32).reshape(len(units), len(keys)), np.asarray(labels, np.float32)


def _whole_lists(question: Labelled, chosen: Sequence[int]) -> list[list[int]]:
    """Put the items of each list together: they have the same features, and are given or left out as one."""
    groups: dict[float, list[int]] = {}
    for index in chosen:
        groups.setdefault(question.rows[index]["group"], []).append(index)
    return list(groups.values())


def conditional_logit(groups: Sequence[tuple[Floats, Floats]], prior: Floats, l2: Floats, steps: int = 300) -> Floats:
    """Maximise the mean log share of the softmax that right candidates take, less Σ l2 (w - prior)²; return w.

    Where no question has right and wrong candidates, that is the prior.

    Args:
        groups: features, (candidates, features), and labels, (candidates,), of each question.
        prior: (features,).
        l2: (features,), each at least 0.
    """
    useful = [(torch.from_numpy(x), torch.from_numpy(y)) for x, y in groups if 0 < y.sum() < len(y)]
    if not useful:
        return prior
    features = torch.cat([x for x, _ in useful])
    owner = torch.cat([torch.full((len(y),), index) for index, (_, y) in enumerate(useful)])
    right = torch.cat([y for _, y in useful]) > 0
    start, penalty = torch.from_numpy(prior), torch.from_numpy(l2)
    weights = start.clone().requires_grad_()

    def log_sum(scores: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
        total = torch.zeros(len(useful)).index_add(0, owner[chosen], scores[chosen].exp())
        return (total + 1e-30).log()

    def loss() -> torch.Tensor:
        scores = (features @ weights).clamp(-30, 30)
        lost = (log_sum(scores, torch.ones_like(right)) - log_sum(scores, right)).mean()
        return lost + (penalty * (weights - start).square()).sum()

    _minimise(loss, [weights], steps)
    return np.asarray(weights.detach().numpy(), np.float32)


def logistic(features: Floats, right: Floats, prior: Floats, prior_bias: float, l2: Floats) -> tuple[Floats, float]:
    """Fit P(right) by logistic regression, less Σ l2 (w - prior)², the bias free; return weights and bias.

    Args:
        features: (questions, features).
        right: (questions,), 0 or 1.
        prior: (features,).
        prior_bias: where the bias sets out.
        l2: (features,), each at least 0.
    """
    x, y = torch.from_numpy(features), torch.from_numpy(right)
    start, penalty = torch.from_numpy(prior), torch.from_numpy(l2)
    weights = start.clone().requires_grad_()
    bias = torch.tensor([prior_bias], requires_grad=True)

    def loss() -> torch.Tensor:
        lost = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights + bias, y)
        return lost + (penalty * (weights - start).square()).sum()

    _minimise(loss, [weights, bias])
    return np.asarray(weights.detach().numpy(), np.float32), bias.item()


def _minimise(loss: Callable[[], torch.Tensor], parameters: list[torch.Tensor], steps: int = 300) -> None:
    optimiser = torch.optim.LBFGS(parameters, max_iter=steps, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        value = loss()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(closure)  # type: ignore[no-untyped-call]
