"""Passages, hits and queries made by hand."""

from qa.types import AnswerKind, BlockKind, Hit, Passage, Query, Span


def hit(text: str, *, context: str = "", number: int = 1, article: str = "d:0", score: float = 1.0) -> Hit:
    passage = Passage(f"d-{number:05d}", "d", article, BlockKind.PARAGRAPH, (Span(0, len(text)),), text, context)
    return Hit(passage, score)


def query(text: str, *words: str, kinds: tuple[AnswerKind, ...], **more: object) -> Query:
    return Query(question=text, text=text, words=words, kinds=kinds, **more)  # type: ignore[arg-type]
