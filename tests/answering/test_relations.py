"""Of several names in a sentence, the one that stands in the relation asked about."""

from dataclasses import replace

import pytest

from qa.answering.fitting.relations import related
from qa.retrieval.query import analyse
from qa.types import AnswerKind, Candidate, Span
from tests.answering.makers import candidate, document, passage

ORGANISATION, PLACE, LIST = AnswerKind.ORGANISATION, AnswerKind.PLACE, AnswerKind.LIST


def names(text: str, *bodies: str, kind: AnswerKind = ORGANISATION, **features: float) -> list[Candidate]:
    place = passage(document(text))
    found = (candidate(place, body, 0.5, kind, **features) for body in bodies)
    return [replace(one, sentence=Span(0, len(text))) for one in found]


def left(question: str, candidates: list[Candidate]) -> list[str]:
    return [one.text for one in related(analyse(question), candidates)]


@pytest.mark.parametrize(
    ("question", "text", "bodies", "kept"),
    [
        (
            "县总工会和谁一起建的书屋",
            "县总工会与文旅局、图书馆共同建成书屋。",
            ["县总工会", "文旅局", "文旅局、图书馆", "图书馆"],
            ["文旅局、图书馆"],
        ),
        (
            "技能比赛县总工会同哪个单位一起办",
            "县总工会同体育局共同举办篮球赛，同人社局共同举办技能比赛。",
            ["体育局", "人社局", "县总工会"],
            ["人社局"],
        ),
        ("书屋谁和图书馆一起建", "县总工会和图书馆共同建成书屋。", ["县总工会", "图书馆"], ["县总工会", "图书馆"]),
        ("书屋和谁有关", "县总工会与图书馆共同建成书屋。", ["县总工会", "图书馆"], ["县总工会", "图书馆"]),
        ("书屋和谁一起建", "县总工会、图书馆建成书屋。", ["县总工会", "图书馆"], ["县总工会", "图书馆"]),
    ],
)
def test_with_whom_is_said_behind_and(question: str, text: str, bodies: list[str], kept: list[str]) -> None:
    assert left(question, names(text, *bodies)) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("食堂由教育局管理，账目由财政局负责审计。", ["财政局"]),
        ("食堂账目由教育局、财政局审计。", ["教育局", "财政局"]),
        ("食堂账目由教育局会同财政局审计。", ["教育局"]),
        ("教育局、财政局的工作人员审计食堂账目。", ["教育局", "财政局"]),
        ("食堂账目归教育局，也归财政局。", ["教育局", "财政局"]),
    ],
)
def test_who_does_it_is_named_before_the_verb(text: str, kept: list[str]) -> None:
    assert left("食堂账目由谁审计", names(text, "教育局", "财政局")) == kept


def test_the_noun_behind_which_is_in_the_name() -> None:
    text = "代表参观了甲山医药公司、乙河食品公司和丙镇文化站。"
    bodies = names(text, "甲山医药公司", "乙河食品公司", "丙镇文化站")
    listed = names(text, "甲山医药公司", "乙河食品公司", kind=LIST, group=1.0)
    assert left("代表参观了哪家食品公司", [*bodies, *listed]) == ["乙河食品公司"]
    assert len(left("代表参观了哪家钢铁公司", bodies)) == len(bodies)
    assert len(left("代表参观了哪些食品公司", [*bodies, *listed])) == 5


def test_a_county_of_another_prefecture_is_left_out() -> None:
    counties = names("调研组到楚雄州元谋县、大理州宾川县和黄一新村调研。", "元谋县", "宾川县", "黄一新村", kind=PLACE)
    assert left("调研组在大理州去的是哪个县", counties) == ["宾川县", "黄一新村"]
    assert left("大理州的调研组去了哪个县", counties) == ["元谋县", "宾川县", "黄一新村"]


def test_a_single_meeting_is_no_list() -> None:
    text = "草案经职工大会、职工代表会议通过。"
    meetings = [*names(text, "职工大会", "职工代表会议", kind=LIST, group=0.0), *names(text, "职工大会")]
    assert left("草案在哪次会上通过", meetings) == ["职工大会"]


@pytest.mark.parametrize("whole", ["交通局或者其分局", "交通局和水利局", "水利局、交通局"])
def test_all_whom_the_reader_names_in_one_breath_are_one_answer(whole: str) -> None:
    text = f"道路开挖应当经{whole}批准。"
    bodies = [*names(text, "交通局"), *names(text, whole, own=1.0)]
    assert left("道路开挖由谁批准", bodies) == [whole]
    assert left("道路开挖由哪些单位批准", bodies) == ["交通局", whole]


def test_what_only_stands_in_the_readers_words_is_no_part_of_a_row() -> None:
    text = "道路开挖应当经交通局审核后报水利局批准。"
    bodies = [*names(text, "交通局"), *names(text, "交通局审核后报水利局", own=1.0)]
    assert "交通局审核后报水利局" in left("道路开挖由谁批准", bodies)
