"""The ledger's rows as further answers, over an index of towns that all report alike; the real way throughout."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.config import Settings
from qa.engine import Engine
from qa.evaluation.temporary import temporary_engine
from qa.types import Filters, spans_text

TOWNS = (
    "石家庄 唐山 邯郸 邢台 保定 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 "
    "晋中 运城 忻州 临汾 吕梁 沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 辽阳 盘锦"
).split()
"""More than the passages that are read for a question."""


def report(town: str, number: int) -> str:
    raised, given = f"{120 + 7 * number}万元", f"{90 + 7 * number}万元"
    head = f"{town}市总工会帮扶工作纪实\n\n2016年，{town}市总工会开展金秋助学活动"
    return f"{head}，筹集助学资金{raised}，发放助学资金{given}。\n"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("towns")
    for number, town in enumerate(TOWNS):
        (folder / f"{number:02}.txt").write_text(report(town, number), "utf-8")
    with temporary_engine(folder, Settings(top_k=20)) as made:
        yield made


def towns(engine: Engine, question: str, **more: object) -> dict[str, str]:
    """Answers by the place they are of; no place has two."""
    answers = engine.ask(question, limit=100, **more).answers  # type: ignore[arg-type]
    found = {answer.subject.place: answer.text for answer in answers}
    assert len(found) == len(answers)
    return found


def test_every_town_has_its_answer_though_not_every_passage_is_read(engine: Engine) -> None:
    expected = {f"{town}市": f"{120 + 7 * number}万元" for number, town in enumerate(TOWNS)}
    assert towns(engine, "各市总工会金秋助学筹集了多少资金") == expected


def test_what_is_said_under_another_verb_is_left_out(engine: Engine) -> None:
    given = towns(engine, "各市总工会金秋助学发放了多少资金")
    assert given == {f"{town}市": f"{90 + 7 * number}万元" for number, town in enumerate(TOWNS)}


def test_where_a_place_is_named_or_filtered_for_the_others_do_not_intrude(engine: Engine) -> None:
    assert set(towns(engine, "长治市总工会金秋助学筹集了多少资金")) == {"长治市"}
    assert set(towns(engine, "金秋助学筹集了多少资金", filters=Filters(files=("12.txt",)))) == {"长治市"}
    assert towns(engine, "2013年金秋助学筹集了多少资金") == {}


def test_within_filters_all_that_they_let_through_is_there_and_nothing_else(engine: Engine) -> None:
    files = tuple(f"{number:02}.txt" for number in range(25))
    question = "各市总工会金秋助学筹集了多少资金"
    assert set(towns(engine, question, filters=Filters(files=files))) == {f"{town}市" for town in TOWNS[:25]}
    assert set(towns(engine, question, filters=Filters(years=(2016,)))) == {f"{town}市" for town in TOWNS}


def test_they_are_quoted_cited_and_explained_like_the_others(engine: Engine) -> None:
    response = engine.ask("各市总工会金秋助学筹集了多少资金", limit=100, explain=True)
    assert response.explanation is not None
    confidences = [answer.confidence for answer in response.answers]
    assert confidences == sorted(confidences, reverse=True)
    for answer in response.answers:
        text = engine.store.document(answer.citation.document_id).text
        assert answer.text in spans_text(text, answer.citation.spans)
        assert answer.sentence[answer.mark.start : answer.mark.end] == answer.text
        assert answer.value is not None


def test_the_limit_cuts_them_off_and_says_so(engine: Engine) -> None:
    response = engine.ask("各市总工会金秋助学筹集了多少资金", limit=10)
    assert len(response.answers) == 10
    assert response.notices == (f"另有 {len(TOWNS) - 10} 条答案未列出。",)
