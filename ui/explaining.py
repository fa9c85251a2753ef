"""The drawer "why this answer": how the question was understood, what was found and what spoke for the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qa.schema import AnswerJson, ResponseJson
from ui.messages import Messages
from ui.wording import percent

SHOWN_ANSWERS = 3
SHOWN_FEATURES = 12


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that was understood or that spoke for an answer."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class AnswerReasons:
    """Why one answer was given."""

    text: str
    confidence: str
    words: Sequence[Reason] = ()
    subject: Sequence[Reason] = ()
    features: Sequence[Reason] = ()


@dataclass(frozen=True, slots=True)
class Why:
    """All that the drawer shows."""

    understood: Sequence[Reason]
    limits: Sequence[Reason]
    answers: Sequence[AnswerReasons]
    passages: Sequence[Reason]
    timing: Sequence[Reason] = field(default=())


def why(response: ResponseJson, words: Messages) -> Why | None:
    """Put together what the explain data tell; None where the response holds none."""
    query = response.get("query")
    if query is None:
        return None
    return Why(
        understood=_understood(response, query, words),
        limits=_limits(response.get("explanation") or {}, words),
        answers=[_answer(answer, words) for answer in response["answers"][:SHOWN_ANSWERS]],
        passages=[
            Reason(passage["citation"]["title"] or passage["citation"]["file"], _parts(passage.get("parts", {}), words))
            for passage in response["passages"]
        ],
        timing=[
            Reason(words.named("timing", name), words.text("milliseconds", count=value))
            for name, value in response["timing_ms"].items()
        ],
    )


def _understood(response: ResponseJson, query: Mapping[str, Any], words: Messages) -> list[Reason]:
    kinds = "、".join(words.named("kind", kind) for kind in query.get("kinds", ()))
    terms = [_with_synonyms(word, query.get("synonyms", {}).get(word, ())) for word in query.get("words", ())]
    found = [
        ("resolved", response["resolved_question"]),
        ("kinds", kinds),
        ("words", "；".join(terms)),
        ("places", "、".join(query.get("places", ()))),
        ("organisations", "、".join(query.get("organisations", ()))),
        ("years", "、".join(str(year) for year in query.get("years", ()))),
        ("units", "、".join((*query.get("units", ()), *query.get("numbers", ())))),
        ("many", words.text("yes") if query.get("many") else ""),
    ]
    return [Reason(words.text(f"why_{name}"), value) for name, value in found if value]


def _limits(explanation: Mapping[str, Any], words: Messages) -> list[Reason]:
    found = [("threshold", explanation.get("threshold")), ("best", explanation.get("best"))]
    return [Reason(words.text(f"why_{name}"), percent(value)) for name, value in found if value is not None]


def _answer(answer: AnswerJson, words: Messages) -> AnswerReasons:
    explanation = answer.get("explanation")
    features = sorted(answer.get("features", {}).items(), key=lambda pair: -abs(pair[1]))[:SHOWN_FEATURES]
    reasons = AnswerReasons(
        text=answer["text"],
        confidence=percent(answer["confidence"]),
        features=[Reason(words.named("feature", name), f"{value:.2f}") for name, value in features],
    )
    if explanation is None:
        return reasons
    return AnswerReasons(
        text=reasons.text,
        confidence=reasons.confidence,
        words=[
            Reason(match["word"], _match(match["word"], match["form"], match["where"], words))
            for match in explanation["words"]
        ],
        subject=[
            Reason(words.named("part", part), words.named("where", where))
            for part, where in explanation["subject_from"].items()
            if where
        ],
        features=reasons.features,
    )


def _match(word: str, form: str, where: str, words: Messages) -> str:
    if not form:
        return words.text("why_missing")
    place = words.named("where", where)
    return place if form == word else words.text("why_as", form=form, where=place)


def _with_synonyms(word: str, synonyms: Sequence[str]) -> str:
    return f"{word}（{'、'.join(synonyms)}）" if synonyms else word


def _parts(parts: Mapping[str, float], words: Messages) -> str:
    return " · ".join(f"{words.named('part', name)} {value:.2f}" for name, value in parts.items())
