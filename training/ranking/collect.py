"""Run the real way from question to candidates over a question set and label what came out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.answering.ranking import family, with_context
from qa.engine import Engine
from qa.errors import QuestionError
from qa.evaluation.matching import matches, overlap
from qa.types import AnswerKind, Candidate

SHORT = ("amount", "count", "date", "person", "place_org", "multi")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One question with the features of its candidates.

    Attributes:
        kind: the gold type.
        rows: features of each candidate.
        families: "short", "list" or "explain" for each candidate.
        right: whether each candidate is right.
    """

    id: str
    kind: str
    rows: tuple[Mapping[str, float], ...]
    families: tuple[str, ...]
    right: tuple[bool, ...]
    found: bool


def is_right(candidate: Candidate, kind: str, golds: Sequence[str]) -> bool:
    """Whether a candidate answers a question of a gold type with these gold texts."""
    text = candidate.text
    if kind in SHORT:
        return candidate.kind is not AnswerKind.EXPLAIN and matches(text, golds, "amount" if kind == "multi" else kind)
    if kind == "list":
        return candidate.kind is AnswerKind.LIST and matches(text, golds, "list")
    if kind == "explain":
        long_enough = any(gold in text or overlap(text, gold) >= 0.6 for gold in golds)
        return long_enough and (candidate.kind is AnswerKind.EXPLAIN or "own" in candidate.features)
    return False


def label(engine: Engine, questions: Sequence[Mapping[str, Any]]) -> Iterator[Labelled]:
    """Yield the labelled candidates of each question that can be asked.

    Args:
        questions: rows with "id", "question", "type", "golds" (texts) and "file" (the one with the answer; None: any).
    """
    for row in questions:
        try:
            query, candidates = engine.candidates(row["question"])
        except QuestionError:
            continue
        rows = with_context(query, candidates)
        files = [engine.store.document(candidate.hit.passage.document_id).file for candidate in candidates]
        wanted = row.get("file")
        right = [
            wanted in (None, file) and is_right(candidate, row["type"], row["golds"])
            for file, candidate in zip(files, candidates, strict=True)
        ]
        first = max(zip(candidates, files, strict=True), key=lambda pair: pair[0].hit.score, default=(None, None))[1]
        yield Labelled(
            id=row["id"],
            kind=row["type"],
            rows=tuple(rows),
            families=tuple(family(candidate.kind) for candidate in candidates),
            right=tuple(right),
            found=wanted in (None, first),
        )


def squad_questions(data: Mapping[str, Any]) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Split SQuAD-style data into texts by file name and question rows."""
    texts: dict[str, str] = {}
    rows: list[dict[str, Any]] = []
    for entry in data["data"]:
        for paragraph in entry["paragraphs"]:
            name = f"{paragraph['id']}.txt".replace("/", "_")
            texts[name] = paragraph["context"]
            for qa in paragraph["qas"]:
                golds = [answer["text"] for answer in qa["answers"]]
                kind = "unanswerable" if qa.get("is_impossible") else qa.get("type", "place_org")
                rows.append({"id": qa["id"], "question": qa["question"], "type": kind, "golds": golds, "file": name})
    return texts, rows


def write_texts(texts: Mapping[str, str], folder: Path) -> None:
    """Write each text to a file of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        folder.joinpath(name).write_text(text, "utf-8")
