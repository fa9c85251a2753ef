"""An engine whose answers one can work out by hand: it knows a few sentences by their question."""

from collections.abc import Mapping
from pathlib import Path

from qa.errors import QuestionError
from qa.types import (
    Answer,
    AnswerKind,
    Citation,
    Filters,
    FoundPassage,
    IndexInfo,
    Refusal,
    RefusalReason,
    Response,
    Span,
    Subject,
)

INFO = IndexInfo(1, 1, 1, "fake")


def citation(file: str, line: int, quote: str) -> Citation:
    return Citation("0" * 16, file, "题", "", line, line, (Span(0, len(quote)),), quote)


def answer(text: str, file: str, line: int, confidence: float = 0.9) -> Answer:
    mark = Span(0, len(text))
    quoted = citation(file, line, text)
    return Answer(text, AnswerKind.AMOUNT, None, Subject(), text, mark, confidence, quoted)


class FakeEngine:
    """Answers known questions, refuses others, cannot read "？"."""

    def __init__(self, answers: Mapping[str, tuple[Answer, ...]], passages: tuple[tuple[str, int], ...] = ()) -> None:
        self._answers = answers
        self._passages = passages
        self.filters: list[Filters] = []

    def ask(self, question: str, *, id: str | None = None, filters: Filters = Filters(), limit: int = 10) -> Response:
        if question == "？":
            raise QuestionError("问题里没有文字。")
        self.filters.append(filters)
        answers = self._answers.get(question, ())[:limit]
        if filters.files:
            answers = tuple(one for one in answers if one.citation.file in filters.files)
        refusal = None if answers else Refusal(RefusalReason.NO_MATCH, "没有找到。")
        return Response(id or "", question, question, answers, (), refusal, (), {}, INFO)

    def search(self, question: str, *, k: int = 10) -> tuple[FoundPassage, ...]:
        return tuple(FoundPassage("文", 1.0, citation(file, line, "文")) for file, line in self._passages[:k])


class FolderEngine(FakeEngine):
    """Answers every question with the first two characters of a file in a folder, the last file first."""

    def __init__(self, folder: Path) -> None:
        super().__init__({})
        self.texts = {path.name: path.read_text("utf-8") for path in sorted(folder.iterdir())}

    def ask(self, question: str, *, id: str | None = None, filters: Filters = Filters(), limit: int = 10) -> Response:
        files = filters.files or tuple(reversed(self.texts))
        given = tuple(answer(self.texts[file][:2], file, 1) for file in files)[:limit]
        return Response(id or "", question, question, given, (), None, (), {}, INFO)
