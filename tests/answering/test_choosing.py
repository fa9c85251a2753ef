from dataclasses import replace
from typing import cast

from qa.answering.choosing import Chooser, Thresholds
from qa.store.store import Store
from qa.types import AnswerKind, Candidate
from tests.answering.makers import Shelf, candidate, document, passage, query

DOC = document("甲市发放300元，乙市发放500元。丙市发放700元。", "a.txt")
OTHER = document("丁市发放300元。", "b.txt")
THRESHOLDS = Thresholds(answer=0.2, keep=0.5, keep_named=0.8)


def chooser() -> Chooser:
    return Chooser(cast(Store, Shelf([DOC, OTHER])), THRESHOLDS)


def given(text: str, score: float, place: int = 0) -> Candidate:
    return candidate(passage((DOC, OTHER)[place]), text, score)


def texts(ranked: list[Candidate], limit: int = 10, **fields: object) -> list[str]:
    return [answer.text for answer in chooser().choose(query(**fields), ranked, limit).answers]  # type: ignore[arg-type]


def test_below_the_threshold_nothing_is_given() -> None:
    assert texts([given("300元", 0.19)]) == []
    assert texts([]) == []


def test_where_an_answer_is_unlikely_to_be_there_a_good_candidate_does_not_help() -> None:
    strict = Chooser(cast(Store, Shelf([DOC])), Thresholds(answerable=0.7))
    one = given("300元", 0.9)
    likely, unlikely = (replace(one, features={**one.features, "answerable": share}) for share in (0.7, 0.69))
    assert len(strict.choose(query(), [likely], 10).answers) == 1
    assert strict.choose(query(), [unlikely], 10).answers == ()


def test_one_of_several_things_side_by_side_need_not_be_as_sure_to_be_there() -> None:
    strict = Chooser(cast(Store, Shelf([DOC])), Thresholds(answerable=0.7, beside=0.5))
    one = given("300元", 0.9)
    enough, short = (replace(one, features={**one.features, "answerable": share}) for share in (0.35, 0.34))
    alone, beside = (
        [len(strict.choose(query(), [it], 10, beside=aside).answers) for it in (enough, short)]
        for aside in (False, True)
    )
    assert (alone, beside) == ([0, 0], [1, 0])


def test_what_the_reader_doubts_is_not_given_where_a_word_of_the_question_stands_nowhere() -> None:
    shelf = Chooser(cast(Store, Shelf([DOC], counts={"资金": 3})), THRESHOLDS)
    seen = {"read": 1.0, "alike": -1.0, "holds": -1.0}
    doubted, believed = (replace(given("300元", 0.9), features=seen | {"span": span}) for span in (-0.5, -0.3))
    known, unknown = query("资金多少", words=("资金",)), query("火星资金多少", words=("火星", "资金"))
    asked = ((known, doubted), (unknown, believed), (unknown, given("300元", 0.9)), (unknown, doubted))
    assert [len(shelf.choose(one, [candidate], 10).answers) for one, candidate in asked] == [1, 1, 1, 0]


def test_where_no_word_of_the_question_stands_anywhere_the_reader_must_believe_it() -> None:
    shelf = Chooser(cast(Store, Shelf([DOC], counts={"资金": 3})), THRESHOLDS)
    seen = {"read": 1.0, "alike": -1.0, "holds": -1.0}
    unsure, believed = (replace(given("300元", 0.9), features=seen | {"span": span}) for span in (-0.1, 0.0))
    nowhere, partly = query("asdkjh", words=("asdkjh",)), query("asdkjh资金", words=("asdkjh", "资金"))
    asked = ((nowhere, unsure), (nowhere, believed), (partly, unsure))
    assert [len(shelf.choose(one, [candidate], 10).answers) for one, candidate in asked] == [0, 1, 1]


def test_what_asks_for_something_else_is_not_answered() -> None:
    elsewhere = given("300元", 0.9)
    elsewhere = replace(elsewhere, hit=replace(elsewhere.hit, parts={"coverage": 0.04}))
    believed = replace(elsewhere, features={"span": 0.5})
    assert chooser().admissible(query(), [elsewhere, believed]) == [believed]
    assert chooser().admissible(query(words=(), organisations=("甲市总工会",)), [elsewhere]) == [elsewhere]


def test_several_bodies_have_an_answer_each_but_one_wording_of_one_article_counts_once() -> None:
    ranked = [given("300元", 0.9), given("500元", 0.8), given("300元", 0.7), given("300元", 0.6, 1)]
    assert texts(ranked) == ["300元", "500元", "300元"]


def test_where_the_question_names_a_place_weaker_ones_do_not_intrude() -> None:
    ranked = [given("300元", 0.9), given("500元", 0.6)]
    assert texts(ranked, places=("甲市",)) == ["300元"]
    assert texts(ranked, places=("甲市", "乙市"), many=True) == ["300元", "500元"]


def test_of_overlapping_readings_the_likelier_stays() -> None:
    assert texts([given("发放300元", 0.9), given("300元", 0.8)]) == ["发放300元"]


def test_a_list_comes_whole_in_its_order_and_alone() -> None:
    place = passage(document("一是学习；二是帮扶；三是维权。", "a.txt"))

    def item(text: str, order: float, score: float, group: float) -> Candidate:
        return candidate(place, text, score, AnswerKind.LIST, item=order, group=group)

    ranked = [item("帮扶", 1, 0.9, 0), item("学习", 0, 0.8, 0), item("维权", 2, 0.7, 0), item("一", 0, 0.3, 1)]
    assert texts([*ranked, given("300元", 0.85)], kind=AnswerKind.LIST) == ["学习", "帮扶", "维权"]


def test_what_the_limit_cuts_off_is_said() -> None:
    choice = chooser().choose(query(), [given("300元", 0.9), given("500元", 0.8)], 1)
    assert [answer.text for answer in choice.answers] == ["300元"]
    assert choice.all_notices == ("另有 1 条答案未列出。",)


def test_an_answer_carries_its_sentence_mark_and_citation() -> None:
    answer = chooser().choose(query(), [given("500元", 0.9)], 10).answers[0]
    assert answer.sentence == DOC.text
    assert answer.sentence[answer.mark.start : answer.mark.end] == "500元"
    assert (answer.citation.file, answer.citation.line_start, answer.confidence) == ("a.txt", 1, 0.9)


def test_sentences_are_narrowed_down_to_the_words_that_the_reader_is_sure_of() -> None:
    place = passage(document("甲市总工会成立助学基金。基金由企业捐赠。", "a.txt"))
    whole = candidate(place, place.text, 0.9, AnswerKind.EXPLAIN)
    sure = candidate(place, "企业捐赠", 0.3, AnswerKind.SPAN, own=1.0, span=0.4)
    unsure = replace(sure, features={"own": 1.0, "span": -0.1})
    shelf = Chooser(cast(Store, Shelf([document(place.text, "a.txt")])), THRESHOLDS)
    asked = query("基金从哪里来", AnswerKind.EXPLAIN)
    narrowed = shelf.choose(asked, [whole, sure], 1).answers[0]
    assert (narrowed.text, narrowed.sentence, narrowed.kind) == ("企业捐赠", place.text, AnswerKind.EXPLAIN)
    assert shelf.choose(asked, [whole, unsure], 1).answers[0].text == place.text
