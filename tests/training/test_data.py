"""Examples out of questions: what stands at an offset stays what it is, and negatives hold no answer."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.conftest import seed_texts
from training.reader.data import (
    PASSAGE_LENGTHS,
    Mixer,
    Question,
    Text,
    as_squad,
    cut_around,
    held_out,
    holds_answer,
    passages,
    read_squad,
    target_of,
    title_of,
    with_questions,
)
from training.reader.negatives import Similar
from training.reader.schedule import INVENTED, QUESTIONS, RANKING, TRAINED, invented_texts


def test_questions_that_lie_apart_come_to_their_texts(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"text": "a", "question": "送了什么", "type": "list", "spans": [[2, 4], [5, 7]]},
        {"text": "a", "question": "送了几次", "type": "unanswerable", "spans": []},
    ]
    path = tmp_path / "more.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (text,) = with_questions({"a": "送去毛巾、茶叶", "b": "无"}, path)
    first, second = text.questions
    assert (first.id, first.answers, first.kind) == ("a-0000", (("毛巾", 2), ("茶叶", 5)), "list")
    assert (second.answers, second.answerable) == ((), False)
    path.write_text(json.dumps(rows[0] | {"spans": [[5, 9]]}), "utf-8")
    with pytest.raises(ValueError, match="line 1"):
        with_questions({"a": "送去毛巾、茶叶"}, path)
    with pytest.raises(KeyError):
        with_questions({"b": "无"}, path)


def test_what_is_written_in_squads_format_is_read_back(tmp_path: Path) -> None:
    question = Question("q", "送了什么", (("毛巾", 2),), "list")
    texts = [Text("a", "题", "送去毛巾", (question, Question("n", "几次", (), "unanswerable")))]
    (tmp_path / "set.json").write_text(json.dumps(as_squad(texts)), "utf-8")
    assert read_squad(tmp_path / "set.json") == texts


def test_our_questions_name_texts_and_spans_that_can_be() -> None:
    assert {path.stem for path in QUESTIONS.glob("*.jsonl")} == {*TRAINED, *RANKING}
    texts: dict[str, set[str]] = {}
    for path in QUESTIONS.glob("*.jsonl"):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert len({(row["text"], row["question"]) for row in rows}) == len(rows) > 100
        texts[path.stem] = {row["text"] for row in rows}
        for row in rows:
            assert all(0 <= start < end for start, end in row["spans"])
            assert (row["type"] == "unanswerable") == (not row["spans"])
    measured = (QUESTIONS.parents[1] / "benchmarks" / "questions" / "news_second.jsonl").read_text("utf-8").splitlines()
    texts["measured"] = {json.loads(line)["text"] for line in measured}
    assert all(texts[kept].isdisjoint(texts[name]) for kept in (*RANKING, "measured") for name in TRAINED)
    assert all(texts["measured"].isdisjoint(texts[name]) for name in RANKING)


def test_questions_over_invented_texts_have_their_answers_there() -> None:
    files = (QUESTIONS / f"{name}.jsonl" for name, source in TRAINED.items() if source == INVENTED)
    texts = [text for path in files for text in with_questions(invented_texts(), path)]
    assert {text.id for text in texts} == set(invented_texts())
    assert len(texts) > 100
    assert all(
        answer == answer.strip() for text in texts for question in text.questions for answer, _ in question.answers
    )


TEXTS = st.text(alphabet="工会职a1。！\n；”", max_size=120)


@given(TEXTS, st.integers(1, 40), st.integers(0, 30))
def test_passages_cover_every_character_in_order(text: str, length: int, overlap: int) -> None:
    found = passages(text, length, min(overlap, length - 1))
    assert {at for start, end in found for at in range(start, end)} == set(range(len(text)))
    assert all(0 < end - start <= length for start, end in found)
    assert found == sorted(found)


@given(TEXTS.filter(bool), st.data(), st.integers(1, 60))
def test_a_cut_holds_its_answer(text: str, data: st.DataObject, length: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    low, high = cut_around(text, start, end, length, random.Random(data.draw(st.integers(0, 99))))
    assert 0 <= low <= start < end <= high <= len(text)
    assert high - low <= max(length, end - start)


def test_passages_end_with_sentences() -> None:
    assert passages("甲乙。丙丁戊。己", 7, 0) == [(0, 7), (7, 8)]
    assert passages("甲乙。丙丁戊。己", 7, 4) == [(0, 7), (3, 8)]


def mixed(texts: list[Text], seed: int) -> tuple[Mixer, list[tuple[str, str, str | None]]]:
    mixer = Mixer(texts, negatives=1.0)
    examples = mixer.epoch(seed)
    return mixer, [
        (row.question, row.passage, None if row.target is None else row.passage[slice(*row.target)]) for row in examples
    ]


def texts_of_seeds() -> list[Text]:
    made = []
    for number, text in enumerate(seed_texts()):
        at = text.index("职工")
        asked = Question(f"{number}", "职工参加了什么", ((text[at : at + 6], at),), "explain")
        made.append(Text(str(number), "", text[:20000], (asked, Question(f"{number}-", "火星有几家工会", ()))))
    return made


def test_targets_are_the_answers_and_negatives_hold_none() -> None:
    texts = texts_of_seeds()
    answers = {answer for text in texts for question in text.questions for answer, _ in question.answers}
    _, rows = mixed(texts, 1)
    positives = [row for row in rows if row[2] is not None]
    negatives = [row for row in rows if row[0] == "职工参加了什么" and row[2] is None]
    assert len(positives) == len(texts)
    assert {answer for _, _, answer in positives} == answers
    assert negatives
    assert all(any(answer not in passage for answer in answers) for _, passage, _ in negatives)
    assert all(len(passage) <= PASSAGE_LENGTHS[1] for _, passage, _ in rows)


def test_a_negative_never_holds_its_own_answer() -> None:
    for seed in range(5):
        text = Text(
            "a", "", "甲工会有三人。" * 60 + "乙工会有五人。" * 60, (Question("q", "乙工会有几人", (("五人", 424),)),)
        )
        _, rows = mixed([text], seed)
        assert all("五人" not in passage for _, passage, answer in rows if answer is None)


def test_epochs_differ_and_repeat() -> None:
    mixer, _ = mixed(texts_of_seeds(), 1)
    assert mixer.epoch(1) == mixer.epoch(1)
    assert mixer.epoch(1) != mixer.epoch(2)
    assert mixer.epoch(1, share=0.0) == []


def test_unanswerable_questions_stand_before_their_own_text() -> None:
    texts = texts_of_seeds()
    _, rows = mixed(texts, 3)
    tempting = [passage for question, passage, _ in rows if question.startswith("火星")]
    assert len(tempting) >= len(texts)
    assert all(any(passage in text.context for text in texts) for passage in tempting)


@pytest.mark.parametrize(
    ("answers", "kind", "target"),
    [
        ((("a", 3),), "amount", (3, 4)),
        ((("bc", 5), ("a", 3)), "list", (3, 7)),
        ((("bc", 5), ("a", 90)), "list", (5, 7)),
        ((("a", -1),), "", None),
        ((), "unanswerable", None),
    ],
)
def test_what_is_learnt(answers: tuple[tuple[str, int], ...], kind: str, target: tuple[int, int] | None) -> None:
    assert target_of(Question("q", "?", answers, kind)) == target


def test_questions_whose_answer_has_no_place_are_left_out() -> None:
    text = Text("a", "", "工会有三人。", (Question("q", "几人", (("三个人", -1),)),))
    assert Mixer([text], 1.0).epoch(1) == []


def test_a_wrong_offset_is_told(tmp_path: Path) -> None:
    row = {"id": "q7", "question": "?", "answers": [{"text": "乙", "answer_start": 0}]}
    path = tmp_path / "bad.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [{"id": "a", "context": "甲乙", "qas": [row]}]}]}), "utf-8")
    with pytest.raises(ValueError, match="q7"):
        read_squad(path)


def test_held_out_texts_are_apart_and_always_the_same() -> None:
    texts = [Text(str(number), "", "甲") for number in range(40)]
    train, kept = held_out(texts, 0.1, 7)
    assert len(kept) == 4
    assert {text.id for text in train}.isdisjoint(text.id for text in kept)
    assert held_out(texts[::-1], 0.1, 7) == (train, kept)


def test_titles() -> None:
    assert title_of(Text("a", "题目", "正文。")) == "题目"
    assert title_of(Text("a", "", "首句。次句。")) == "首句。"
    assert title_of(Text("a", "", "")) == ""


def test_similar_passages_come_best_first() -> None:
    similar = Similar(["工会慰问困难职工", "天气预报", "困难职工帮扶中心慰问困难职工家庭"])
    assert similar.nearest("帮扶中心", 3) == [2]
    assert set(similar.nearest("困难职工", 3)) == {0, 2}
    assert similar.nearest("足球", 3) == []


def test_holds_answer() -> None:
    assert holds_answer("共三人", Question("q", "?", (("五人", 1), ("三人", 9))))
    assert not holds_answer("共三人", Question("q", "?", (("五人", 1),)))
