"""Follow-ups, stages, explanations and suggestions over the real index of the seeds."""

from collections.abc import Sequence

import pytest

from qa.engine import Engine
from qa.reading.neural import PASSAGES, NeuralReader
from qa.reading.span_scores import PassageScores
from qa.schema import response_json
from qa.text.normalise import normalise
from qa.types import Filters, RefusalReason, Stage

FIRST = "晋城市金秋助学资助了多少学生？"


def test_a_follow_up_is_answered_as_its_full_question_would_be(seeds_engine: Engine) -> None:
    response = seeds_engine.ask("那商洛呢？", previous=[FIRST])
    alone = seeds_engine.ask("商洛金秋助学资助了多少学生？")
    assert response.follow_up
    assert not alone.follow_up
    assert response.resolved_question == "商洛金秋助学资助了多少学生？"
    assert response.question == "那商洛呢？"
    assert response.answers == alone.answers
    assert response.answers[0].subject.place == "商洛市"


def test_a_new_topic_is_answered_as_if_nothing_had_been_asked_before(seeds_engine: Engine) -> None:
    question = "工会爱心驿站建了几个"
    after, alone = seeds_engine.ask(question, previous=[FIRST]), seeds_engine.ask(question)
    assert not after.follow_up
    assert (after.answers, after.resolved_question) == (alone.answers, alone.resolved_question)


def test_the_stages_are_told_in_order_before_the_answer(seeds_engine: Engine) -> None:
    stages: list[Stage] = []
    response = seeds_engine.ask("那商洛呢？", previous=[FIRST], on_stage=stages.append)
    assert [stage.name for stage in stages] == ["understood", "found"]
    assert "商洛" in stages[0].text
    assert "金秋助学" in stages[0].text
    assert response.answered


def test_cities_side_by_side_are_asked_for_in_traditional_characters_too(seeds_engine: Engine) -> None:
    traditional = seeds_engine.ask("晉城和商洛金秋助學分別資助了多少學生")
    assert traditional.answers == seeds_engine.ask("晋城和商洛金秋助学分别资助了多少学生").answers
    assert len({answer.subject.place for answer in traditional.answers}) > 1


def test_half_a_surrogate_pair_is_asked_and_refused(seeds_engine: Engine) -> None:
    assert not seeds_engine.ask("火星\ud800基地").answered


def test_what_is_resolved_is_readable(seeds_engine: Engine) -> None:
    assert seeds_engine.ask("長治市總第九期大病補助發了多少錢").resolved_question.startswith(
        "长治市总工会第九期大病补助"
    )
    english = seeds_engine.ask("How much money did Jincheng raise for students?").resolved_question
    assert "晋城" in english
    assert not any(char.isascii() and char.isalpha() for char in english)


@pytest.mark.parametrize("question", [FIRST, "五比一创是什么", "工会爱心驿站建了几个"])
def test_an_explanation_tells_what_stands_where(seeds_engine: Engine, question: str) -> None:
    response = seeds_engine.ask(question, explain=True)
    why = response.explanation
    assert why is not None
    assert why.best is not None
    assert why.threshold <= response.answers[0].confidence <= why.best
    assert len(why.answers) == len(response.answers)
    for answer, reason in zip(response.answers, why.answers, strict=True):
        for match in reason.words:
            assert bool(match.form) == bool(match.where)
            if match.where == "sentence":
                assert match.form.lower() in normalise(answer.sentence).text.lower()
        named = {
            "place": answer.subject.place,
            "organisation": answer.subject.organisation,
            "year": answer.subject.year,
        }
        assert set(reason.subject_from) == {part for part, value in named.items() if value}
        assert {"score", "dense", "coverage"} <= reason.passage.keys()


def test_the_explanation_is_in_the_json_only_where_it_is_asked_for(seeds_engine: Engine) -> None:
    full = response_json(seeds_engine.ask(FIRST, explain=True), True)
    plain = response_json(seeds_engine.ask(FIRST))
    assert full["explanation"]["threshold"] > 0
    assert full["answers"][0]["explanation"]["words"]
    assert "explanation" not in plain
    assert "explanation" not in plain["answers"][0]


@pytest.mark.parametrize(
    ("question", "part"),
    [("大理州金秋助学发放了多少资金", "大理州"), ("晋城市2003年金秋助学筹集了多少资金", "2003年")],
)
def test_what_a_refusal_suggests_is_answered(seeds_engine: Engine, question: str, part: str) -> None:
    refusal = seeds_engine.ask(question).refusal
    assert refusal is not None
    assert f"“{part}”" in refusal.message
    assert refusal.suggestions
    for suggestion in refusal.suggestions:
        assert seeds_engine.ask(suggestion).answered, suggestion


@pytest.mark.parametrize("question", ["今天天气怎么样", "你是谁", "帮我写一首诗", "12*3等于"])
def test_small_talk_is_out_of_scope(seeds_engine: Engine, question: str) -> None:
    refusal = seeds_engine.ask(question).refusal
    assert refusal is not None
    assert refusal.reason is RefusalReason.OUT_OF_SCOPE


@pytest.mark.parametrize("question", ["多少", "有哪些？", "是谁", "什么时候"])
def test_a_question_that_names_nothing_is_not_answered(seeds_engine: Engine, question: str) -> None:
    refusal = seeds_engine.ask(question).refusal
    assert refusal is not None
    assert "没看出要查什么" in refusal.message


def test_suggestions_keep_to_the_filters(seeds_engine: Engine) -> None:
    files = tuple(document.file for document in seeds_engine.store.documents()[:1])
    response = seeds_engine.ask("大理州金秋助学发放了多少资金", filters=Filters(files=files))
    assert response.refusal is not None
    for suggestion in response.refusal.suggestions:
        assert seeds_engine.ask(suggestion, filters=Filters(files=files)).answered


def test_a_refusal_reads_little_more_than_an_answer(seeds_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading is nearly all of the time; what a refusal suggests must have been read, too, but little of it."""
    read: list[str] = []
    score_texts = NeuralReader.score_texts

    def counted(reader: NeuralReader, rows: Sequence[tuple[str, str, str]]) -> list[PassageScores]:
        read.extend(passage for _, _, passage in rows)
        return score_texts(reader, rows)

    monkeypatch.setattr(NeuralReader, "score_texts", counted)
    refusal = seeds_engine.ask("大理州金秋助学发放了多少资金").refusal
    assert refusal is not None
    assert refusal.suggestions
    assert PASSAGES < len(read) <= 3 * PASSAGES
