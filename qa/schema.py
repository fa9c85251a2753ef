"""The one answer schema of CLI, batch, API and page: what it is (typed, described) and how it is made.

The typed dictionaries are the single definition: mypy checks ``response_json`` against them, FastAPI reads OpenAPI
out of them.
"""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, NotRequired, get_args

from pydantic import Field
from typing_extensions import TypedDict  # pydantic cannot read typing's own before Python 3.12

from qa.types import (
    Answer,
    AnswerExplanation,
    Citation,
    Explanation,
    FoundPassage,
    IndexInfo,
    Part,
    Query,
    Refusal,
    Response,
    Value,
)

HIGH, MIDDLE = 0.8, 0.5
"""From these confidences on the words say "sure" and "fairly sure"."""


class ValueJson(TypedDict):
    """A figure in its base unit: 396.6万元 is 3966000 元."""

    number: Annotated[float, Field(description="以基本单位计", examples=[3966000])]
    unit: Annotated[str, Field(description="基本单位", examples=["元"])]


class SubjectJson(TypedDict):
    """Where, whose and when an answer speaks of; empty where not known."""

    place: Annotated[str, Field(description="地方", examples=["晋城市"])]
    organisation: Annotated[str, Field(description="单位", examples=["晋城市总工会"])]
    year: Annotated[int | None, Field(description="年份", examples=[2014])]
    what: Annotated[str, Field(description="什么事", examples=["筹集金秋助学金"])]


class CitationJson(TypedDict):
    """Where words stand: the spans of the raw text, put together, are the quote."""

    document_id: str
    file: Annotated[str, Field(description="文件名")]
    title: Annotated[str, Field(description="文章标题")]
    section: Annotated[str, Field(description="所在小标题，多级以 › 相连")]
    line_start: Annotated[int, Field(description="起始行，从 1 数起")]
    line_end: Annotated[int, Field(description="末行，含")]
    spans: Annotated[list[list[int]], Field(description="原文中的位置 [起, 止)，按字符计", examples=[[[4312, 4319]]])]
    quote: Annotated[str, Field(description="引用的原文")]
    url: Annotated[str, Field(description="查看原文的页面", examples=["/source/0123456789abcdef?start=4312&end=4319"])]


class WordMatchJson(TypedDict):
    """A word of the question and where it stands for an answer."""

    word: str
    form: Annotated[str, Field(description="在原文中的写法（本词或同义词）；没有找到时为空")]
    where: Annotated[str, Field(description="sentence、passage、context（标题、小标题）；没有找到时为空")]


class AnswerExplanationJson(TypedDict):
    """Why an answer was given."""

    words: list[WordMatchJson]
    subject_from: Annotated[dict[str, str], Field(description="对象的各项从哪里看出，如 sentence、passage、title")]
    passage: Annotated[dict[str, float], Field(description="所在段落得分的组成")]


class ExplanationJson(TypedDict):
    """Why answers were given, or none."""

    threshold: Annotated[float, Field(description="把握低于它就不作回答")]
    best: Annotated[float | None, Field(description="候选答案中最大的把握；没有候选时为空")]


class AnswerJson(TypedDict):
    """One answer, a verbatim part of citation.quote."""

    text: str
    kind: Annotated[str, Field(description="类型，如 amount、count、person、list、explain")]
    value: ValueJson | None
    subject: SubjectJson
    confidence: Annotated[float, Field(ge=0, le=1, description="把握，0 到 1")]
    sentence: Annotated[str, Field(description="答案所在的原句")]
    sentence_mark: Annotated[list[int], Field(description="答案在 sentence 中的位置 [起, 止)")]
    citation: CitationJson
    features: NotRequired[Annotated[dict[str, float], Field(description="排序所用的各项，explain 时才有")]]
    explanation: NotRequired[Annotated[AnswerExplanationJson, Field(description="为什么是它，explain 时才有")]]


class PassageJson(TypedDict):
    """A passage that was found."""

    text: str
    score: Annotated[float, Field(description="越大越相关")]
    citation: CitationJson
    parts: NotRequired[Annotated[dict[str, float], Field(description="得分的组成，explain 时才有")]]


class RefusalJson(TypedDict):
    """Why there is no answer."""

    reason: Annotated[str, Field(description="no_match、low_confidence、out_of_scope 或 bad_question")]
    message: str
    suggestions: Annotated[list[str], Field(description="能答出来的问法")]
    part: Annotated[
        str,
        Field(description=f"问题里文档没有的部分：{'、'.join(get_args(Part))}；说不出是哪部分时为空"),
    ]
    named: Annotated[list[str], Field(description="这一部分的原话；part 为空时，是文档里相近的内容")]
    there: Annotated[
        list[str], Field(description="文档里有的同类：别的年份、届次，或同类里的另一样（问零售，有的是批发）")
    ]


class IndexJson(TypedDict):
    """Which index an answer came from."""

    generation: int
    documents: int
    passages: int
    encoder: str


class ResponseJson(TypedDict):
    """All that there is to say to a question; exactly one of answers and refusal is there."""

    id: str
    question: str
    resolved_question: Annotated[str, Field(description="实际用来查找的问题")]
    follow_up: Annotated[bool, Field(description="是否从上文补全了问题")]
    answered: bool
    answers: Annotated[list[AnswerJson], Field(description="最好的在前")]
    passages: Annotated[list[PassageJson], Field(description="最相关的段落")]
    refusal: RefusalJson | None
    notices: Annotated[list[str], Field(description="关于重复刊载、说法不一、时段的提示")]
    timing_ms: dict[str, float]
    index: IndexJson
    query: NotRequired[Annotated[dict[str, Any], Field(description="对问题的理解，explain 时才有")]]
    explanation: NotRequired[Annotated[ExplanationJson, Field(description="取舍的依据，explain 时才有")]]


class SearchJson(TypedDict):
    """The passages nearest to a question."""

    question: str
    passages: list[PassageJson]
    timing_ms: dict[str, float]
    index: IndexJson


def confidence_level(confidence: float) -> Literal["high", "middle", "low"]:
    """Put a confidence, 0..1, into the level that the faces have words for."""
    if confidence >= HIGH:
        return "high"
    return "middle" if confidence >= MIDDLE else "low"


def response_json(response: Response, explain: bool = False) -> ResponseJson:
    """Put a response into the schema; ``explain`` adds query, features and parts."""
    result = ResponseJson(
        id=response.id,
        question=response.question,
        resolved_question=response.resolved_question,
        follow_up=response.follow_up,
        answered=response.answered,
        answers=[_answer(answer, explain) for answer in response.answers],
        passages=[passage_json(passage, explain) for passage in response.passages],
        refusal=refusal_json(response.refusal) if response.refusal is not None else None,
        notices=list(response.notices),
        timing_ms=_rounded(response.timing_ms, 1),
        index=index_json(response.index),
    )
    if explain and response.query is not None:
        result["query"] = _query(response.query)
    if explain and response.explanation is not None:
        _add_explanation(result, response.explanation)
    return result


def passage_json(passage: FoundPassage, explain: bool = False) -> PassageJson:
    """Put a found passage into the schema."""
    result = PassageJson(text=passage.text, score=round(passage.score, 4), citation=_citation(passage.citation))
    if explain:
        result["parts"] = _rounded(passage.parts, 4)
    return result


def refusal_json(refusal: Refusal) -> RefusalJson:
    """Put a refusal into the schema."""
    return RefusalJson(
        reason=refusal.reason.value,
        message=refusal.message,
        suggestions=list(refusal.suggestions),
        part=refusal.part,
        named=list(refusal.named),
        there=list(refusal.there),
    )


def index_json(info: IndexInfo) -> IndexJson:
    """Put the index's description into the schema."""
    return IndexJson(generation=info.generation, documents=info.documents, passages=info.passages, encoder=info.encoder)


def citation_json(citation: Citation) -> CitationJson:
    """Put a citation into the schema."""
    return _citation(citation)


def value_json(value: Value) -> ValueJson:
    """Put a figure in its base unit into the schema."""
    return ValueJson(number=_number(value.number), unit=value.unit)


def dumps(value: object, *, indent: int | None = None) -> str:
    """Write JSON that UTF-8 can always carry: Chinese as it is, half a surrogate pair as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, indent=indent)
    return text


def _answer(answer: Answer, explain: bool) -> AnswerJson:
    value = answer.value
    result = AnswerJson(
        text=answer.text,
        kind=answer.kind.value,
        value=ValueJson(number=_number(value.number), unit=value.unit) if value is not None else None,
        subject=SubjectJson(
            place=answer.subject.place,
            organisation=answer.subject.organisation,
            year=answer.subject.year,
            what=answer.subject.what,
        ),
        confidence=round(answer.confidence, 3),
        sentence=answer.sentence,
        sentence_mark=[answer.mark.start, answer.mark.end],
        citation=_citation(answer.citation),
    )
    if explain:
        result["features"] = _rounded(answer.features, 4)
    return result


def _add_explanation(result: ResponseJson, explanation: Explanation) -> None:
    best = round(explanation.best, 4) if explanation.best is not None else None
    result["explanation"] = ExplanationJson(threshold=round(explanation.threshold, 4), best=best)
    for answer, why in zip(result["answers"], explanation.answers, strict=True):
        answer["explanation"] = _answer_explanation(why)


def _answer_explanation(why: AnswerExplanation) -> AnswerExplanationJson:
    return AnswerExplanationJson(
        words=[WordMatchJson(word=match.word, form=match.form, where=match.where) for match in why.words],
        subject_from=dict(why.subject_from),
        passage=_rounded(why.passage, 4),
    )


def _citation(citation: Citation) -> CitationJson:
    return CitationJson(
        document_id=citation.document_id,
        file=citation.file,
        title=citation.title,
        section=citation.section,
        line_start=citation.line_start,
        line_end=citation.line_end,
        spans=[[span.start, span.end] for span in citation.spans],
        quote=citation.quote,
        url=citation.url,
    )


def _query(query: Query) -> dict[str, Any]:
    return {
        "text": query.text,
        "kinds": [kind.value for kind in query.kinds],
        "words": list(query.words),
        "synonyms": {word: list(others) for word, others in query.synonyms.items()},
        "units": list(query.units),
        "places": list(query.places),
        "organisations": list(query.organisations),
        "years": list(query.years),
        "numbers": list(query.numbers),
        "many": query.many,
    }


def _number(number: float) -> float:
    """Shed floating-point dust (3965999.9999999995) and the ".0" of whole numbers."""
    rounded = round(float(number), 6)
    return int(rounded) if rounded.is_integer() else rounded


def _rounded(values: Mapping[str, float], digits: int) -> dict[str, float]:
    return {name: round(float(value), digits) for name, value in values.items()}
