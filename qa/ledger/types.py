"""The nouns of the ledger."""

from dataclasses import dataclass

from qa.types import FIGURE_KINDS, AnswerKind, Span, Value


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the corpus with what, whose, where and when it is: a row of the ledger; "" where not known.

    Attributes:
        id: "<passage id>.<ordinal, three digits>".
        spans: of the figure in the raw text of the document; ``text`` is what they hold.
        kind: AMOUNT, COUNT or PERCENT.
        value: in its base unit (109.7万元 is 1097000 元); of a range the lower end.
        upper: the upper end of a range, in the same unit, else None.
        approximate: whether the text softens it (约, 近, 多, 左右, 以上).
        per_head: whether it is said of each one (每人, 人均, 每户), not of all together.
        what: the measured thing, such as 困难职工; a verbatim part of the sentence but for line ends.
        verb: what was done, as printed: 筹集, 发放, 覆盖.
        body: full name of the body whose figure it is.
        place: official name.
        period: "2016年", "2016年10月–2017年1月", "截至2017年6月", "每年" …
        year: the last year of the period, None where not known.
        sentence: the raw sentence around it.
        mark: where ``text`` stands in ``sentence``.
    """

    id: str
    document_id: str
    article_id: str
    passage_id: str
    spans: tuple[Span, ...]
    text: str
    kind: AnswerKind
    value: Value
    approximate: bool
    per_head: bool
    what: str
    verb: str
    body: str
    place: str
    period: str
    year: int | None
    sentence: str
    mark: Span
    upper: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in FIGURE_KINDS:
            raise ValueError(f"a figure is an amount, a count or a percentage, not {self.kind!r}")
        if not self.text.strip() or not self.spans:
            raise ValueError("a figure is never blank and stands somewhere")
        if self.sentence[self.mark.start : self.mark.end] != self.text:
            raise ValueError("the mark must cover the figure in its sentence")
        if self.upper is not None and self.upper < self.value.number:
            raise ValueError(f"a range ends at or above its lower end {self.value.number}, not at {self.upper}")


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """Limits of a look into the ledger; empty means no limit, all that are given must hold.

    Attributes:
        what: words for the thing, synonyms count: 金秋助学 finds 助学金.
        body: a name, whole or in part, or short (市总, 长治市总).
        place: a name; what lies inside it counts.
        unit: "元", "万元", "人", "%" …; units that count the same things are one (人, 名, 位).
        text: words that stand in the sentence or the article's title.
    """

    what: str = ""
    body: str = ""
    place: str = ""
    year: int | None = None
    unit: str = ""
    document_id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class FigurePage:
    """Some rows of the ledger, and how many there are in all."""

    rows: tuple[Figure, ...]
    total: int
