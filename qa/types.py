"""The nouns of Youju: frozen, checked where they are made, free of behaviour that belongs to a stage.

Offsets count Unicode code points of the raw decoded text (``Document.text``); never bytes, never tokens.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range [start, end) of code points, 0 <= start <= end."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got {self.start}, {self.end}")

    def __len__(self) -> int:
        return self.end - self.start


def spans_text(text: str, spans: Sequence[Span]) -> str:
    """Put together what the spans of a text hold, in their order, with nothing in between."""
    return "".join(text[span.start : span.end] for span in spans)


def offset_in(spans: Sequence[Span], at: int) -> int:
    """Find where in ``spans_text(text, spans)`` a character of the text itself stands; the inverse of project().

    Raises:
        ValueError: it is in none of the spans.
    """
    before = 0
    for span in spans:
        if span.start <= at < span.end:
            return before + at - span.start
        before += len(span)
    raise ValueError(f"{at} is in none of {list(spans)}")


def project(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Map [start, end) of ``spans_text(text, spans)`` back to spans of the text itself.

    Raises:
        ValueError: the range is empty or reaches beyond the spans.
    """
    if not 0 <= start < end <= sum(len(span) for span in spans):
        raise ValueError(f"[{start}, {end}) is not a non-empty part of {list(spans)}")
    found: list[Span] = []
    offset = 0
    for span in spans:
        low, high = max(start - offset, 0), min(end - offset, len(span))
        if low < high:
            found.append(Span(span.start + low, span.start + high))
        offset += len(span)
    return tuple(found)


class BlockKind(StrEnum):
    """What a block of a document is; those of SET_ASIDE are listed, never searched."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    CAPTION = "caption"
    BYLINE = "byline"
    SIGNATURE = "signature"
    MASTHEAD = "masthead"
    CONTENTS = "contents"
    FURNITURE = "furniture"
    REPRINT = "reprint"
    BLANK = "blank"


SET_ASIDE = frozenset({BlockKind.CONTENTS, BlockKind.FURNITURE, BlockKind.REPRINT, BlockKind.BLANK})


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it was decoded; ``text`` is untouched for ever.

    Attributes:
        id: 16 hex digits, from file name and content.
        file: name as shown and cited: path relative to the indexed folder, with forward slashes.
        source: absolute path it was read from.
        encoding: Python's name of the encoding found, such as "utf-8" or "gb18030".
        sha256: of the file's bytes, 64 hex digits.
        warnings: what the reader noticed, in words for the administrator.
    """

    id: str
    file: str
    source: str
    title: str
    text: str
    encoding: str
    sha256: str
    size: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something read off a document, with where it was read: a place, a year, an organisation.

    Attributes:
        value: the normal form ("晋城市", "2017").
        where: "title", "heading", "body", "byline", "signature", "masthead", "file" …
        span: where it stands in the raw text; None where it was inferred.
    """

    value: str
    where: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together.

    Attributes:
        spans: raw ranges in reading order; several where a break was joined.
        level: 1..6 for headings, 0 otherwise.
        reason: why a block was set aside; for a reprint, what it repeats.
    """

    kind: BlockKind
    spans: tuple[Span, ...]
    level: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One piece of a document: a periodical holds many.

    Attributes:
        id: "<document id>:<ordinal>", ordinal from 0.
        organisation: whose work it tells of, such as 晋城市总工会, or None.
        places: the likeliest first; years likewise.
        reprint_of: id of the article that this one repeats, or None.
    """

    id: str
    document_id: str
    title: str
    organisation: Fact | None
    places: tuple[Fact, ...]
    years: tuple[Fact, ...]
    spans: tuple[Span, ...]
    reprint_of: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article to search and read.

    Attributes:
        id: "<document id>-<ordinal, five digits>".
        text: exactly ``spans_text(document.text, spans)``.
        context: title › section › organisation › year; put before the text for encoding and matching, never an answer.
        section: the headings above it, joined with " › ".

    Line ends inside a hard-wrapped or joined sentence lie between spans, so ``text`` holds none of them; a line end
    within ``text`` is the end of a paragraph.
    """

    id: str
    document_id: str
    article_id: str
    kind: BlockKind
    spans: tuple[Span, ...]
    text: str
    context: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Ingested:
    """A document with everything that was recognised in it."""

    document: Document
    blocks: tuple[Block, ...]
    articles: tuple[Article, ...]
    passages: tuple[Passage, ...]


class AnswerKind(StrEnum):
    """What a question asks for, and what a candidate is."""

    AMOUNT = "amount"
    COUNT = "count"
    PERCENT = "percent"
    DATE = "date"
    PERIOD = "period"
    PERSON = "person"
    ROLE = "role"
    PLACE = "place"
    ORGANISATION = "organisation"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    WORK = "work"  # 《…》
    LIST = "list"
    EXPLAIN = "explain"
    SPAN = "span"  # what the neural reader takes for the answer, of no kind that rules know


@dataclass(frozen=True, slots=True)
class Value:
    """A figure in its base unit: 396.6万元 is (3966000, "元"); a year is (2017, "年")."""

    number: float
    unit: str


FIGURE_KINDS = frozenset({AnswerKind.AMOUNT, AnswerKind.COUNT, AnswerKind.PERCENT})
"""What a row of the ledger may be."""

NAME_KINDS = frozenset({AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.ORGANISATION})
"""Answers that are the name of somebody or something."""

LONG_KINDS = frozenset({AnswerKind.LIST, AnswerKind.EXPLAIN})
"""Answers of a sentence or more, which may hold many a short answer to another question."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Limits of a search; empty means no limit, several values of one field are alternatives."""

    files: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood.

    Attributes:
        question: as it was typed.
        text: normalised (NFKC, simplified, one line), for encoding.
        words: content words to match, without places, years and question words, best first.
        synonyms: for a word, other words that count for it, as the lexicon has them.
        kinds: likeliest first; at least one.
        units: classifiers or units that the question names (户, 人, 家, %), may be empty.
        places: place names asked about, in normal form and as typed.
        organisations: bodies asked about.
        years: years asked about.
        many: whether several answers are asked for (哪些, 各, 分别).
        numbers: other figures that the question holds (第九期, 6%).
        readable: the question for people: in Chinese, with its capitals, typing errors mended.
        translated: whether it was asked in English.
        unread: English words of it that are neither in the dictionary nor in the documents.
    """

    question: str
    text: str
    words: tuple[str, ...]
    kinds: tuple[AnswerKind, ...]
    synonyms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    many: bool = False
    numbers: tuple[str, ...] = ()
    filters: Filters = Filters()
    readable: str = ""
    translated: bool = False
    unread: tuple[str, ...] = ()

    @property
    def to_read(self) -> str:
        """The question for a reader of Chinese: as it was typed, unless that was in English."""
        return self.readable if self.translated else self.question

    @property
    def names_nothing(self) -> bool:
        """Whether there is nothing to look for: no content word, no place, no body."""
        return not (self.words or self.places or self.organisations)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found; higher scores are better.

    Attributes:
        parts: what the score is made of: "dense", "lexical", "metadata" …
    """

    passage: Passage
    score: float
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer inside a hit's passage.

    Attributes:
        start, end: code points of ``hit.passage.text``.
        sentence: range of the sentence around it, in the same text.
        score: the reader's own, higher is better, comparable within one question only; once ranked, P(right), 0..1.
        features: named parts of the ranking, for ``explain``.
    """

    hit: Hit
    start: int
    end: int
    kind: AnswerKind
    sentence: Span
    value: Value | None = None
    score: float = 0.0
    features: Mapping[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The words themselves."""
        return self.hit.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom, where and when an answer speaks of; empty where not known."""

    place: str = ""
    organisation: str = ""
    year: int | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where words stand: ``spans_text(document.text, spans) == quote``; lines count from 1 in the raw file."""

    document_id: str
    file: str
    title: str
    section: str
    line_start: int
    line_end: int
    spans: tuple[Span, ...]
    quote: str

    @property
    def url(self) -> str:
        """Path of the page that shows the place."""
        if len(self.spans) == 1:
            return f"/source/{self.document_id}?start={self.spans[0].start}&end={self.spans[0].end}"
        return f"/source/{self.document_id}?spans=" + ",".join(f"{span.start}-{span.end}" for span in self.spans)


@dataclass(frozen=True, slots=True)
class Answer:
    """A verbatim answer; never empty.

    Attributes:
        confidence: 0..1.
        sentence: the raw sentence (or sentences) around the answer.
        mark: where the answer stands in ``sentence``.
    """

    text: str
    kind: AnswerKind
    value: Value | None
    subject: Subject
    sentence: str
    mark: Span
    confidence: float
    citation: Citation
    features: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.text.strip() or self.text not in self.citation.quote:
            raise ValueError("an answer is a non-blank, verbatim part of its quote")
        if self.sentence[self.mark.start : self.mark.end] != self.text:
            raise ValueError("the mark must cover the answer in its sentence")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence must lie in 0..1, got {self.confidence}")


class RefusalReason(StrEnum):
    """Why there is no answer."""

    NO_MATCH = "no_match"
    LOW_CONFIDENCE = "low_confidence"
    OUT_OF_SCOPE = "out_of_scope"
    BAD_QUESTION = "bad_question"


Part = Literal[
    "future", "place", "year", "ordinal", "alternative", "words", "everything", "term", "place_thing", "year_thing"
]
"""What of a question the documents may lack; for the values see ``qa.answering.lacking.Lack``."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An honest no, in words for the person who asked.

    Attributes:
        suggestions: questions that would be answered.
        part: what of the question the documents lack; "" where nothing in particular.
        named: that part, as the question has it; where it is "", what the documents come close to.
        there: what they have in its stead: years, ordinals, alternatives.
    """

    reason: RefusalReason
    message: str
    suggestions: tuple[str, ...] = ()
    part: Part | Literal[""] = ""
    named: tuple[str, ...] = ()
    there: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage as it is shown: whole text, score, where it stands."""

    text: str
    score: float
    citation: Citation
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """Which index an answer came from."""

    generation: int
    documents: int
    passages: int
    encoder: str


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a question has got, told while it is being answered.

    Attributes:
        name: "understood" comes first, "found" when passages are there.
        text: what was understood, or how many passages in which files were found, in words for the person who asked.
    """

    name: Literal["understood", "found"]
    text: str


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A word of the question and where it stands for an answer.

    Attributes:
        form: the word itself or the synonym that was found; empty where none was.
        where: "sentence", "passage", "context" (titles and headings above it); empty where it was not found.
    """

    word: str
    form: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class AnswerExplanation:
    """Why an answer was given.

    Attributes:
        words: every content word of the question.
        subject_from: "place", "organisation", "year" → where it was found: "sentence", "paragraph", "passage",
            "section", "context", the ``Fact.where`` of its article, or "article" where it was inferred; only parts that
            the subject has.
        passage: parts of the score of the passage that holds it.
    """

    words: tuple[WordMatch, ...]
    subject_from: Mapping[str, str]
    passage: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the answers were given, or none.

    Attributes:
        threshold: confidence below which nothing is given, 0..1.
        best: the highest confidence of a candidate, 0..1; None where there was no candidate.
        answers: one for each answer, in their order.
    """

    threshold: float
    best: float | None
    answers: tuple[AnswerExplanation, ...] = ()


@dataclass(frozen=True, slots=True)
class Response:
    """Everything that ask() has to say; exactly one of answers and refusal is there.

    Attributes:
        id: of the question (a batch's own id) or made from question and index.
        resolved_question: readable, in full: what a follow-up leaves out is put in, typing errors are mended.
        timing_ms: "analyse", "retrieve", "read", "refuse", "total".
        follow_up: whether something was taken over from an earlier turn.
        query, explanation: only where asked for.
    """

    id: str
    question: str
    resolved_question: str
    answers: tuple[Answer, ...]
    passages: tuple[FoundPassage, ...]
    refusal: Refusal | None
    notices: tuple[str, ...]
    timing_ms: Mapping[str, float]
    index: IndexInfo
    query: Query | None = None
    follow_up: bool = False
    explanation: Explanation | None = None

    def __post_init__(self) -> None:
        if bool(self.answers) == (self.refusal is not None):
            raise ValueError("a response holds answers or a refusal, never both, never neither")

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return bool(self.answers)
