"""Exact match and F1 as CMRC 2018 defines them, worked by hand."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UsageError
from qa.evaluation.squad import bare, f1, longest_common_run, read_squad, score_answer, squad_figures, units


def test_marks_and_case_do_not_count() -> None:
    assert bare(" 《ABC》，第1-2期。") == "abc第12期"
    assert bare("a.b") == "a.b"


def test_units_are_han_characters_and_words() -> None:
    assert units("1998年加入NATO组织") == ["1998", "年", "加", "入", "nato", "组", "织"]
    assert units("3.5%，don't") == ["3.5", "%", "don't"]


def test_the_longest_common_run_is_contiguous() -> None:
    assert longest_common_run("甲乙丙丁", "丙丁甲乙") == 2
    assert longest_common_run("甲乙丙", "甲丙") == 1
    assert longest_common_run("", "甲") == 0


def test_f1_by_hand() -> None:
    # common run 北京 of 2; precision 2/2, recall 2/3
    assert f1("北京", "北京市") == pytest.approx(0.8)
    assert f1("上海", "北京市") == 0.0
    assert f1("。", "北京市") == 0.0


def test_an_answer_takes_its_best_gold() -> None:
    score = score_answer("北京市。", ["上海", "北京市"])
    assert (score.exact, score.f1) == (1.0, 1.0)
    assert score_answer("北京", ["上海", "北京市"]).f1 == pytest.approx(0.8)
    assert score_answer("", ["北京"]) == score_answer("上海", ["北京"])


def test_questions_without_gold_want_no_answer() -> None:
    assert score_answer("", []).exact == 1.0
    assert score_answer("北京", []).f1 == 0.0


def squad_file(path: Path, **changes: object) -> Path:
    qas = [
        {
            "id": "q1",
            "question": "哪里",
            "answers": [{"text": "北京", "answer_start": 0}, {"text": "北京", "answer_start": 3}],
        },
        {"id": "q2", "question": "几人", "answers": [], "is_impossible": True},
    ]
    data = {"data": [{"paragraphs": [{"id": "c1", "context": "北京。", "qas": qas}, {"context": "上海。", "qas": []}]}]}
    path.write_text(json.dumps({**data, **changes}, ensure_ascii=False), "utf-8")
    return path


def test_reading(tmp_path: Path) -> None:
    squad = read_squad(squad_file(tmp_path / "dev.json"))
    assert dict(squad.contexts) == {"c1": "北京。", "context-00001": "上海。"}
    assert [(q.id, q.context_id, q.golds) for q in squad.questions] == [("q1", "c1", ("北京",)), ("q2", "c1", ())]


def test_a_limit_keeps_all_contexts(tmp_path: Path) -> None:
    squad = read_squad(squad_file(tmp_path / "dev.json"), limit=1)
    assert len(squad.questions) == 1
    assert len(squad.contexts) == 2


@pytest.mark.parametrize("data", [[], [{"paragraphs": [{"qas": []}]}], None, "text"])
def test_other_files_are_refused(tmp_path: Path, data: object) -> None:
    with pytest.raises(UsageError):
        read_squad(squad_file(tmp_path / "dev.json", data=data))


def test_files_that_are_no_json_or_not_there_are_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", "utf-8")
    with pytest.raises(UsageError, match="SQuAD"):
        read_squad(tmp_path / "bad.json")
    with pytest.raises(UsageError, match="读不了"):
        read_squad(tmp_path / "none.json")


def test_figures_are_percentages_with_and_without_gold(tmp_path: Path) -> None:
    first, second = read_squad(squad_file(tmp_path / "dev.json")).questions
    figures = squad_figures([(first, score_answer("北京", first.golds)), (second, score_answer("二人", second.golds))])
    assert figures["exact_match"] == 50.0
    assert figures["HasAns_f1"] == 100.0
    assert figures["NoAns_exact"] == 0.0
    assert figures["total"] == 2
    assert squad_figures([(first, score_answer("", first.golds))]) == {
        "exact_match": 0.0, "f1": 0.0, "total": 1, "HasAns_exact": 0.0, "HasAns_f1": 0.0, "HasAns_total": 1,
    }  # fmt: skip


@given(st.text(max_size=20), st.text(max_size=20))
def test_f1_is_symmetric_and_one_for_equals(a: str, b: str) -> None:
    assert f1(a, b) == pytest.approx(f1(b, a))
    assert 0.0 <= f1(a, b) <= 1.0
    assert f1(a, a) == (1.0 if units(a) else 0.0)
