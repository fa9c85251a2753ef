"""Why a question went wrong, as far as a program can tell."""

from collections.abc import Sequence

from qa.engine import Engine
from qa.evaluation.gold import UNANSWERABLE, Given, GoldQuestion
from qa.evaluation.matching import explains, is_item, matches
from qa.evaluation.qa_runner import Miss


def cause(engine: Engine, gold: GoldQuestion, miss: Miss) -> str:
    """Name the step at which the right answer was lost: finding, reading, ranking, choosing or refusing."""
    if gold.type == UNANSWERABLE:
        return "该拒答而作了答"
    if miss.found_at is None:
        return "没找到有答案的段落"
    _, candidates = engine.candidates(gold.question)
    if not any(_right(gold, Given(candidate.text)) for candidate in candidates):
        return "段落找到了，没有抽出这个答案"
    if not miss.given:
        return "抽出了答案，但把握不够，没有作答"
    return "只给出了一部分" if miss.own > 0.0 else "抽出了答案，但排在别的后面"


def _right(gold: GoldQuestion, given: Given) -> bool:
    return any(
        matches(given.text, answer.forms, gold.type) or is_item(given, gold.type, answer) or explains(given, answer)
        for answer in gold.answers
    )


def worst(misses: Sequence[Miss], count: int) -> list[Miss]:
    """Return the misses that cost most; a wrong answer costs more than none."""
    return sorted(misses, key=lambda miss: (miss.own, not miss.given, miss.id))[:count]
