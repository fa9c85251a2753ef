"""An engine whose answers one can work out by hand, for tests of the faces."""

from collections.abc import Callable, Sequence

from qa.errors import NotFoundError, QuestionError
from qa.types import (
    Answer,
    AnswerExplanation,
    AnswerKind,
    Article,
    Citation,
    Document,
    Explanation,
    Filters,
    FoundPassage,
    IndexInfo,
    Query,
    Refusal,
    RefusalReason,
    Response,
    Span,
    Stage,
    Subject,
    Value,
    WordMatch,
)

TEXT = (
    "关于发放助学金的通报\n"
    "青山县总工会\r\n"
    "2014年，全县筹集助学金396.6万元，\n"
    "图片说明：发放现场<script>alert(1)</script>\n"
    "资助困难学生1021名。\n"
    "\n"
    "联系人：张三，电话 0351-1234567。\n"
)
NO_FILTERS = Filters()
INFO = IndexInfo(generation=7, documents=1, passages=3, encoder="fake")
DOCUMENT = Document(
    id="0123456789abcdef",
    file="通报/<b>2014</b>.txt",
    source="/data/2014.txt",
    title="关于发放助学金的通报",
    text=TEXT,
    encoding="utf-8",
    sha256="0" * 64,
    size=len(TEXT.encode()),
)


def cite(*quotes: str) -> Citation:
    """Cite words of TEXT, each by its first place."""
    spans = tuple(Span(TEXT.index(quote), TEXT.index(quote) + len(quote)) for quote in quotes)
    return Citation(
        document_id=DOCUMENT.id,
        file=DOCUMENT.file,
        title=DOCUMENT.title,
        section="一、资金 & 人数",
        line_start=TEXT.count("\n", 0, spans[0].start) + 1,
        line_end=TEXT.count("\n", 0, spans[-1].end - 1) + 1,
        spans=spans,
        quote="".join(quotes),
    )


def answer(text: str, sentence: str, kind: AnswerKind, value: Value | None, confidence: float) -> Answer:
    """Make an answer out of a sentence of TEXT."""
    start = sentence.index(text)
    return Answer(
        text=text,
        kind=kind,
        value=value,
        subject=Subject("青山县", "青山县总工会", 2014, "筹集助学金"),
        sentence=sentence,
        mark=Span(start, start + len(text)),
        confidence=confidence,
        citation=cite(text),
        features={"coverage": 0.66666},
    )


AMOUNT = answer(
    "396.6万元",
    "2014年，全县筹集助学金396.6万元，",
    AnswerKind.AMOUNT,
    Value(3965999.9999999995, "元"),
    0.93456,
)
COUNT = answer("1021名", "资助困难学生1021名。", AnswerKind.COUNT, Value(1021, "名"), 0.41)
PASSAGE = FoundPassage(
    "2014年，全县筹集助学金396.6万元，资助困难学生1021名。",
    0.81234567,
    cite("2014年，全县筹集助学金396.6万元，", "资助困难学生1021名。"),
    {"dense": 0.9, "lexical": 0.5},
)


WHY = AnswerExplanation((WordMatch("助学", "助学金", "sentence"),), {"organisation": "signature"}, {"coverage": 1.0})


def response(
    question: str, *answers: Answer, id: str | None = None, query: Query | None = None, follow_up: bool = False
) -> Response:
    """Make a response; without answers, a refusal."""
    refusal = Refusal(RefusalReason.NO_MATCH, f"文档中没有“{question}”的依据。", ("2014年筹集了多少助学金？",))
    return Response(
        id=id if id is not None else "made",
        question=question,
        resolved_question=question.strip(),
        answers=answers,
        passages=(PASSAGE,),
        refusal=None if answers else refusal,
        notices=("同一内容在两处刊载，只计一次。",) if answers else (),
        timing_ms={"analyse": 1.23, "total": 52.04},
        index=INFO,
        query=query,
        follow_up=follow_up,
        explanation=Explanation(0.2, AMOUNT.confidence, (WHY,) * len(answers)) if query is not None else None,
    )


class FakeStore:
    """Holds DOCUMENT."""

    def document(self, document_id: str) -> Document:
        """Return it, or NotFoundError."""
        if document_id != DOCUMENT.id:
            raise NotFoundError(f"没有 {document_id}。")
        return DOCUMENT

    def articles(self, document_id: str | None = None) -> list[Article]:
        """List the one article there is."""
        return [Article(f"{DOCUMENT.id}:0", DOCUMENT.id, DOCUMENT.title, None, (), (), (Span(0, len(TEXT)),))]


class FakeEngine:
    """Knows about 助学金; says no to all else; cannot be asked nothing."""

    def __init__(self) -> None:
        self.store = FakeStore()
        self.asked: list[tuple[str, Filters, int]] = []
        self.previous: tuple[str, ...] = ()

    def ask(
        self,
        question: str,
        *,
        id: str | None = None,
        filters: Filters = NO_FILTERS,
        limit: int = 10,
        explain: bool = False,
        previous: Sequence[str] = (),
        on_stage: Callable[[Stage], None] | None = None,
    ) -> Response:
        """Answer with both figures, the amount first."""
        self._check(question)
        self.previous = tuple(previous)
        if on_stage is not None:
            on_stage(Stage("understood", question))
            on_stage(Stage("found", "1 段"))
        self.asked.append((question, filters, limit))
        known = (AMOUNT, COUNT) if "助学" in question else ()
        query = Query(question, question, ("助学",), (AnswerKind.AMOUNT,), years=(2014,)) if explain else None
        return response(question, *known[:limit], id=id, query=query, follow_up=bool(previous))

    def search(self, question: str, *, k: int = 10, filters: Filters = NO_FILTERS) -> tuple[FoundPassage, ...]:
        """Find the one passage there is."""
        self._check(question)
        return (PASSAGE,)[:k]

    def info(self) -> IndexInfo:
        """Describe the made-up index."""
        return INFO

    def _check(self, question: str) -> None:
        if not question.strip():
            raise QuestionError("问题是空的，请输入要问的内容。")
        if question == "crash":
            raise RuntimeError("boom")
