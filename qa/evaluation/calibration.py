"""How far confidences can be trusted."""

from collections.abc import Sequence
from itertools import pairwise

BINS = 10


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Return the mean gap between confidence and accuracy over ten equal bins, weighted by their sizes, 0..1.

    The definition is that of Guo et al., "On Calibration of Modern Neural Networks" (2017).

    Args:
        confidences: 0..1, one an answer.
        right: whether that answer is right.

    Raises:
        ValueError: the two differ in length, or are empty.
    """
    if not confidences or len(confidences) != len(right):
        raise ValueError("needs as many confidences as verdicts, and at least one")
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, verdict in zip(confidences, right, strict=True):
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, verdict))
    gaps = (abs(sum(c for c, _ in held) - sum(v for _, v in held)) for held in bins)
    return sum(gaps) / len(confidences)


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """Return (coverage, share of wrong answers) when only the surest answers are given, one point a confidence.

    Answers of one confidence come together, as no threshold parts them.
    """
    ordered = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    points: list[tuple[float, float]] = []
    wrong = 0
    for given, ((confidence, verdict), following) in enumerate(pairwise([*ordered, (-1.0, True)]), 1):
        wrong += not verdict
        if following[0] != confidence:
            points.append((given / len(ordered), wrong / given))
    return tuple(points)


def risk_at(coverage: float, confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Return the share of wrong answers when at least such a share (0..1) of all, the surest, is given.

    Raises:
        ValueError: there are no answers.
    """
    points = risk_coverage(confidences, right)
    if not points:
        raise ValueError("no answers, no risk")
    return next((risk for share, risk in points if share >= coverage - 1e-9), points[-1][1])
