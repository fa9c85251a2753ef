"""Small hand-made documents, hits and candidates whose results can be worked out by hand."""

from dataclasses import dataclass, field

from qa.ledger.types import Figure
from qa.types import AnswerKind, Article, Block, BlockKind, Candidate, Document, Hit, Passage, Query, Span, spans_text


def document(text: str, file: str = "a.txt") -> Document:
    return Document(file, file, f"/{file}", "题名", text, "utf-8", "0" * 64, len(text.encode()))


def passage(doc: Document, *spans: tuple[int, int], ordinal: int = 0, article: str = "") -> Passage:
    ranges = tuple(Span(*span) for span in spans) if spans else (Span(0, len(doc.text)),)
    return Passage(
        id=f"{doc.id}-{ordinal:05d}",
        document_id=doc.id,
        article_id=article if article else f"{doc.id}:0",
        kind=BlockKind.PARAGRAPH,
        spans=ranges,
        text=spans_text(doc.text, ranges),
        context="",
    )


def candidate(
    place: Passage, text: str, score: float, kind: AnswerKind = AnswerKind.AMOUNT, **features: float
) -> Candidate:
    start = place.text.index(text)
    return Candidate(
        hit=Hit(place, 1.0, {"dense": 0.5}),
        start=start,
        end=start + len(text),
        kind=kind,
        sentence=Span(0, len(place.text)),
        score=score,
        features=features,
    )


def query(text: str = "资金有多少", kind: AnswerKind = AnswerKind.AMOUNT, **fields: object) -> Query:
    values: dict[str, object] = {"question": text, "text": text, "words": ("资金",), "kinds": (kind,)} | fields
    return Query(**values)  # type: ignore[arg-type]


@dataclass
class Shelf:
    """The part of a store that answering needs, over documents given by hand; one article each."""

    held: list[Document] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    rows: list[Figure] = field(default_factory=list)

    def document(self, document_id: str) -> Document:
        return next(doc for doc in self.held if doc.id == document_id)

    def article(self, article_id: str) -> Article:
        doc = self.document(article_id.split(":")[0])
        return Article(article_id, doc.id, doc.title, None, (), (), (Span(0, len(doc.text)),))

    def blocks(self, document_id: str, kind: BlockKind | None = None) -> list[Block]:
        return []

    def figures_of(self, passage_ids: list[str]) -> list[Figure]:
        return [row for row in self.rows if row.passage_id in passage_ids]

    def passage_counts(self, words: list[str]) -> dict[str, int]:
        return {word: self.counts.get(word, 0) for word in words}
