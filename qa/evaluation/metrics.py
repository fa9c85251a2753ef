"""The figures of question answering, per question and over a set; all 0..1.

| figure | over | meaning |
|---|---|---|
| exact@1, exact@3 | short questions | the first answer is right; one of the first three is |
| cited@1 | short questions | the first answer is right and its citation covers a gold line of the right file |
| list_recall, list_precision | list, multi | of the first ten answers: gold ones found; given ones that are gold |
| explain_hit | explain | the first answer or its sentence holds the gold text, or 70% of its clauses |
| refusal_recall | unanswerable | refused |
| false_refusal | all others | refused; lower is better |
| overall | all | mean of the questions' own scores |
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from qa.evaluation.gold import MANY, SHORT, UNANSWERABLE, Given, GoldQuestion
from qa.evaluation.matching import explains, is_cited, is_item, matches

TOP = 10
"""Answers of a list that count."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one question adds.

    Attributes:
        figures: by the names above, only those that the question counts for.
        own: the question's own score, 0..1.
    """

    figures: Mapping[str, float]
    own: float


def score_question(gold: GoldQuestion, given: Sequence[Given]) -> Score:
    """Score the answers to one question, best first; none is a refusal."""
    if gold.type == UNANSWERABLE:
        refused = float(not given)
        return Score({"refusal_recall": refused}, refused)
    answered = {"false_refusal": float(not given)}
    scored = (
        _short(gold, given)
        if gold.type in SHORT
        else _many(gold, given)
        if gold.type in MANY
        else _explain(gold, given)
    )
    return Score({**answered, **scored.figures}, scored.own)


def _short(gold: GoldQuestion, given: Sequence[Given]) -> Score:
    right = [any(matches(one.text, answer.forms, gold.type) for answer in gold.answers) for one in given[:3]]
    cited = any(
        is_cited(one, answer) and matches(one.text, answer.forms, gold.type)
        for one in given[:1]
        for answer in gold.answers
    )
    exact = float(any(right[:1]))
    return Score({"exact@1": exact, "exact@3": float(any(right)), "cited@1": float(cited)}, exact)


def _many(gold: GoldQuestion, given: Sequence[Given]) -> Score:
    top = given[:TOP]
    hit = [any(is_item(one, gold.type, answer) for one in top) for answer in gold.answers]
    used = [any(is_item(one, gold.type, answer) for answer in gold.answers) for one in top]
    recall = sum(hit) / len(hit) if hit else 0.0
    figures = {"list_recall": recall, "list_precision": sum(used) / len(used) if used else 0.0}
    return Score(figures, recall if gold.all_required else float(any(hit)))


def _explain(gold: GoldQuestion, given: Sequence[Given]) -> Score:
    hit = float(bool(given) and any(explains(given[0], answer) for answer in gold.answers))
    return Score({"explain_hit": hit}, hit)


def mean_figures(scores: Iterable[Score]) -> dict[str, float]:
    """Take the mean of each figure over the questions that count for it, and "overall" over all."""
    columns: dict[str, list[float]] = {}
    for score in scores:
        for name, value in score.figures.items():
            columns.setdefault(name, []).append(value)
        columns.setdefault("overall", []).append(score.own)
    return {name: fmean(values) for name, values in columns.items()}


def percentile(values: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile: the smallest value that at least ``share`` (0..1) of them do not exceed.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no values, no percentile")
    rank = max(1, -(-len(values) * round(share * 10000) // 10000))
    return sorted(values)[rank - 1]
