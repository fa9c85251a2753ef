"""SQuAD-style questions, and exact match and F1 as CMRC 2018 defines them.

Definition: Cui et al., "A Span-Extraction Dataset for Chinese Machine Reading Comprehension" (2019), and the evaluation
script published with it. Both sides are lower-cased and stripped and a fixed list of marks is removed; exact match is
equality with any gold text; F1 takes the longest common run of units (a Han character, or a word of anything else) as
the overlap. A missing answer counts 0.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from qa.errors import UsageError, os_reason

_MARKS = frozenset("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_UNIT = re.compile(r"[\u4e00-\u9fa5]|[^\W_\u4e00-\u9fa5]+(?:[.,'][^\W_\u4e00-\u9fa5]+)*|[^\s]")


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question about one context.

    Attributes:
        golds: right answers, any of which will do; none for a question that its context does not answer.
    """

    id: str
    question: str
    context_id: str
    golds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SquadSet:
    """Questions and their contexts by id, both in the order of the file."""

    contexts: Mapping[str, str]
    questions: tuple[SquadQuestion, ...]


def read_squad(path: Path, limit: int | None = None) -> SquadSet:
    """Read a SQuAD-style file: ``data[].paragraphs[].{id, context, qas[]}``.

    Args:
        path: a JSON file in UTF-8.
        limit: keep only the first so many questions; all contexts stay, so that finding stays as hard.

    Raises:
        UsageError: the file cannot be read, or is not of that form.
    """
    try:
        data = json.loads(path.read_text("utf-8-sig"))["data"]
        paragraphs = [paragraph for article in data for paragraph in article["paragraphs"]]
        contexts = {_context_id(paragraph, at): str(paragraph["context"]) for at, paragraph in enumerate(paragraphs)}
        if len(contexts) < len(paragraphs):
            raise ValueError("two paragraphs have one id")
        questions = [
            _question(qa, _context_id(paragraph, at))
            for at, paragraph in enumerate(paragraphs)
            for qa in paragraph["qas"]
        ]
    except OSError as error:
        raise UsageError(f"读不了评测文件 {path}：{os_reason(error)}。") from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UsageError(f"评测文件 {path} 不是 SQuAD 格式：它不是 UTF-8 编码的 JSON，请检查文件是否完整。") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"评测文件 {path} 不是 SQuAD 格式（{type(error).__name__}: {error}），请检查文件内容。"
        ) from error
    if not questions:
        raise UsageError(f"评测文件 {path} 里没有问题。")
    return SquadSet(contexts, tuple(questions[:limit]))


def _context_id(paragraph: Mapping[str, Any], at: int) -> str:
    return str(paragraph.get("id", f"context-{at:05d}"))


def _question(qa: Mapping[str, Any], context_id: str) -> SquadQuestion:
    golds = () if qa.get("is_impossible") else tuple(dict.fromkeys(str(answer["text"]) for answer in qa["answers"]))
    return SquadQuestion(str(qa["id"]), str(qa["question"]), context_id, golds)


def bare(text: str) -> str:
    """Lower-case, strip, and drop the marks that do not count."""
    return "".join(char for char in text.lower().strip() if char not in _MARKS)


def units(text: str) -> list[str]:
    """Split into what F1 counts: each Han character one unit, anything else by words and single signs."""
    return _UNIT.findall(bare(text))


def longest_common_run(a: Sequence[str], b: Sequence[str]) -> int:
    """Return the length of the longest run of units that both hold, in O(len(a) × len(b))."""
    best = 0
    before = [0] * (len(b) + 1)
    for unit in a:
        row = [0] * (len(b) + 1)
        for at, other in enumerate(b, 1):
            if unit == other:
                row[at] = before[at - 1] + 1
                best = max(best, row[at])
        before = row
    return best


def f1(given: str, gold: str) -> float:
    """Return the F1 of one answer against one gold text, 0..1."""
    a, b = units(given), units(gold)
    common = longest_common_run(a, b)
    if not common:
        return 0.0
    precision, recall = common / len(a), common / len(b)
    return 2 * precision * recall / (precision + recall)


@dataclass(frozen=True, slots=True)
class SquadScore:
    """One question's scores, 0..1."""

    exact: float
    f1: float


def score_answer(given: str, golds: Sequence[str]) -> SquadScore:
    """Score an answer ("" where there is none); a question without gold is right when there is no answer."""
    if not golds:
        right = float(not given)
        return SquadScore(right, right)
    if not given:
        return SquadScore(0.0, 0.0)
    exact = any(bare(given) == bare(gold) for gold in golds)
    return SquadScore(float(exact), max(f1(given, gold) for gold in golds))


def squad_figures(scored: Iterable[tuple[SquadQuestion, SquadScore]]) -> dict[str, float]:
    """Return exact_match and f1 in percent over all questions, and over those with and without gold (SQuAD 2).

    Keys: exact_match, f1, total, and HasAns_exact, HasAns_f1, HasAns_total, NoAns_exact, NoAns_f1, NoAns_total
    where the set has such questions.
    """
    rows = list(scored)
    groups = {
        "": [score for _, score in rows],
        "HasAns": [score for question, score in rows if question.golds],
        "NoAns": [score for question, score in rows if not question.golds],
    }
    figures: dict[str, float] = {}
    for name, scores in groups.items():
        if scores:
            figures[f"{name}_exact" if name else "exact_match"] = 100 * fmean(score.exact for score in scores)
            figures[f"{name}_f1" if name else "f1"] = 100 * fmean(score.f1 for score in scores)
            figures[f"{name}_total" if name else "total"] = len(scores)
    return figures
