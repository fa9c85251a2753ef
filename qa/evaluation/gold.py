"""Questions with gold answers: one JSON object a line, as ``tests/golden/seeds_dev.jsonl`` holds them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from qa.errors import UsageError, os_reason
from qa.types import Answer, Response

SHORT = frozenset({"amount", "count", "date", "person", "place_org"})
"""Types with short answers."""
MANY = frozenset({"list", "multi"})
"""Types with several answers."""
EXPLAIN = "explain"
UNANSWERABLE = "unanswerable"
TYPES = SHORT | MANY | {EXPLAIN, UNANSWERABLE}


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """A right answer.

    Attributes:
        forms: the text itself first, then other ways to write it.
        lines: 1-based lines of the raw file, the preferred one first.
    """

    text: str
    forms: tuple[str, ...]
    file: str
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question and what is right.

    Attributes:
        all_required: every answer counts, else any.
    """

    id: str
    question: str
    type: str
    answers: tuple[GoldAnswer, ...]
    all_required: bool = False
    tags: tuple[str, ...] = ()

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Self:
        """Read one row; the question's own aliases count where it has a single answer.

        Raises:
            KeyError, TypeError, ValueError: a field is missing or of the wrong kind.
        """
        if row["type"] not in TYPES:
            raise ValueError(f"unknown type {row['type']!r}")
        given = _items(row, "answers")
        aliases = _texts(row, "aliases")
        shared = aliases if len(given) == 1 else ()
        return cls(
            str(row["id"]),
            _text(row, "question"),
            row["type"],
            tuple(_gold_answer(answer, shared) for answer in given),
            _flag(row, "all_required"),
            _texts(row, "tags"),
        )


def _gold_answer(answer: Mapping[str, Any], shared: tuple[str, ...]) -> GoldAnswer:
    text = _text(answer, "text")
    return GoldAnswer(
        text=text,
        forms=(text, *_texts(answer, "aliases"), *shared),
        file=_text(answer, "file"),
        lines=tuple(map(int, _items(answer, "lines"))),
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row[name]
    if not isinstance(value, str):
        raise ValueError(f"{name} 应为文字")
    return value


def _items(row: Mapping[str, Any], name: str) -> Sequence[Any]:
    """Take a list; a string would pass for a list of its characters."""
    value = row[name]
    if not isinstance(value, list | tuple):
        raise ValueError(f"{name} 应为列表")
    return value


def _texts(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Take a list of texts, empty where there is none."""
    items = tuple(_items(row, name)) if name in row else ()
    if not all(isinstance(item, str) for item in items):
        raise ValueError(f"{name} 的每一项应为文字")
    return items


def _flag(row: Mapping[str, Any], name: str) -> bool:
    """Take a truth value, false where there is none; the word "false" would pass for true."""
    value = row.get(name)
    if value not in (None, False, True):
        raise ValueError(f"{name} 应为 true 或 false")
    return bool(value)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given, as far as scoring looks at it; lines count from 1, 0 where there is no citation."""

    text: str
    sentence: str = ""
    file: str = ""
    line_start: int = 0
    line_end: int = 0
    confidence: float = 0.0

    @classmethod
    def from_answer(cls, answer: Answer) -> Self:
        """Take it from the engine."""
        citation = answer.citation
        return cls(
            answer.text, answer.sentence, citation.file, citation.line_start, citation.line_end, answer.confidence
        )

    @classmethod
    def from_json(cls, answer: Mapping[str, Any]) -> Self:
        """Take it from a line that ``youju batch`` wrote."""
        citation = answer.get("citation") or {}
        start = int(citation.get("line_start") or 0)
        return cls(
            text=answer.get("text", ""),
            sentence=answer.get("sentence", ""),
            file=citation.get("file", ""),
            line_start=start,
            line_end=int(citation.get("line_end") or start),
            confidence=float(answer.get("confidence") or 0.0),
        )


def given_answers(response: Response | None) -> tuple[Given, ...]:
    """Take the answers of a response, best first; none for a refusal or no response at all."""
    return () if response is None else tuple(map(Given.from_answer, response.answers))


def read_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """Read a gold file.

    Raises:
        UsageError: the file cannot be read, holds no question, or a line of it is no question.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except OSError as error:
        raise UsageError(f"读不了评测文件 {path}：{os_reason(error)}。") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"读不了评测文件 {path}：它不是 UTF-8 编码，请另存为 UTF-8。") from error
    questions = tuple(_read_line(path, number, line) for number, line in enumerate(lines, 1) if line.strip())
    if not questions:
        raise UsageError(f"评测文件 {path} 里没有问题。")
    _check_ids(path, questions)
    return questions


def _read_line(path: Path, number: int, line: str) -> GoldQuestion:
    try:
        return GoldQuestion.from_row(json.loads(line))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(
            f"评测文件 {path} 第 {number} 行不是一道题（{error}），请按 id、question、type、answers 填写。"
        ) from error


def _check_ids(path: Path, questions: Sequence[GoldQuestion]) -> None:
    seen: set[str] = set()
    for question in questions:
        if question.id in seen:
            raise UsageError(f"评测文件 {path} 里编号 {question.id} 出现了两次。")
        seen.add(question.id)
