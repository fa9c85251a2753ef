"""youju ask and search: what is printed, and the exit status."""

import json

import pytest
from pydantic import TypeAdapter

from qa.cli.run import run
from qa.schema import ResponseJson, SearchJson
from qa.types import Filters
from tests.api.fakes import FakeEngine

Capture = pytest.CaptureFixture[str]


def test_an_answer_its_sentence_and_where_it_stands(fake_engine: FakeEngine, capsys: Capture) -> None:
    assert run(["ask", "助学金多少？"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "注意：同一内容在两处刊载，只计一次。"
    assert lines[1] == "1. 396.6万元"
    assert lines[2] == "   青山县总工会 · 2014年 · 筹集助学金 · 把握大（0.93）"
    assert lines[3] == "   2014年，全县筹集助学金【396.6万元】，"
    assert lines[4] == "   —— 关于发放助学金的通报 › 一、资金 & 人数  通报/<b>2014</b>.txt 第 3 行"
    assert lines[6] == "2. 1021名"


def test_a_single_answer_has_no_number(fake_engine: FakeEngine, capsys: Capture) -> None:
    assert run(["ask", "助学金多少？", "--limit", "1"]) == 0
    assert "\n396.6万元\n" in capsys.readouterr().out


def test_a_refusal_shows_suggestions_and_the_nearest_passages(fake_engine: FakeEngine, capsys: Capture) -> None:
    assert run(["ask", "食堂几点开门？"]) == 1
    text = capsys.readouterr().out
    assert text.startswith("没有找到答案：文档中没有“食堂几点开门？”的依据。")
    assert "  · 2014年筹集了多少助学金？" in text
    assert "资助困难学生1021名。" in text and "第 3–5 行" in text


def test_json_is_the_schema(fake_engine: FakeEngine, capsys: Capture) -> None:
    assert run(["ask", "助学金多少？", "--json"]) == 0
    body = TypeAdapter(ResponseJson).validate_json(capsys.readouterr().out, strict=True, extra="forbid")
    assert body["answers"][0]["text"] == "396.6万元"
    assert run(["ask", "食堂", "--json"]) == 1
    refused = TypeAdapter(ResponseJson).validate_json(capsys.readouterr().out, strict=True, extra="forbid")
    assert refused["refusal"] is not None


def test_explain_shows_the_question_understood_and_the_features(fake_engine: FakeEngine, capsys: Capture) -> None:
    assert run(["ask", "助学金多少？", "--explain"]) == 0
    text = capsys.readouterr().out
    assert "coverage" in text and "0.6667" in text and "类型" in text and "amount" in text


def test_limits_reach_the_engine(fake_engine: FakeEngine) -> None:
    args = ["--file", "a.txt", "--file", "b.txt", "--place", "青山县", "--year", "2014", "--limit", "3"]
    run(["ask", "助学金", *args])
    assert fake_engine.asked == [("助学金", Filters(("a.txt", "b.txt"), ("青山县",), (2014,)), 3)]


def test_the_questions_before_reach_the_engine_oldest_first(fake_engine: FakeEngine) -> None:
    run(["ask", "那商洛呢？", "--after", "助学金多少？", "--after", "2017年的呢？"])
    assert fake_engine.previous == ("助学金多少？", "2017年的呢？")


def test_a_follow_up_shows_what_was_looked_up(fake_engine: FakeEngine, capsys: Capture) -> None:
    assert run(["ask", "那商洛的助学金呢？", "--after", "助学金多少？"]) == 0
    assert capsys.readouterr().out.startswith("接着上文，查的是：那商洛的助学金呢？\n")


def test_an_explanation_says_what_stands_where_and_the_threshold(fake_engine: FakeEngine, capsys: Capture) -> None:
    assert run(["ask", "助学金多少？", "--explain", "--limit", "1"]) == 0
    text = capsys.readouterr().out
    for part in ("为什么是它", "助学 → 助学金", "原句", "青山县总工会", "见落款", "把握不到 0.20 就不作回答", "0.93"):
        assert part in text


def test_search(fake_engine: FakeEngine, capsys: Capture) -> None:
    assert run(["search", "助学金", "--explain"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("1. 得分 0.812\n   2014年，全县") and "lexical" in text
    assert run(["search", "助学金", "--json", "--limit", "1"]) == 0
    body = TypeAdapter(SearchJson).validate_json(capsys.readouterr().out, strict=True, extra="forbid")
    assert body["passages"][0]["citation"]["line_end"] == 5


def test_a_question_that_is_no_text_neither_crashes_nor_is_lost(fake_engine: FakeEngine, capsys: Capture) -> None:
    assert run(["ask", "助学\udcff", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["question"] == "助学\udcff"
    assert run(["ask", "食堂\udcff"]) == 1
    assert "食堂" in capsys.readouterr().out
