from typing import cast

from qa.answering.refusing import missing_words, refusal_for
from qa.store.store import Store
from qa.text.words import search_words
from qa.types import Hit, RefusalReason
from tests.answering.makers import Shelf, document, passage, query

DOC = document("发放助学金300元。")


def store(**counts: int) -> Store:
    return cast(Store, Shelf([DOC], counts))


def test_words_that_stand_nowhere_are_named_unless_a_synonym_stands_somewhere() -> None:
    asked = query(
        "大同市金秋助学稿费", words=("金秋助学", "稿费"), synonyms={"金秋助学": ("困难",)}, places=("大同市",)
    )
    assert missing_words(asked, store(困难=1)) == ["大同市", "稿费"]


def test_a_word_that_is_cut_into_known_ones_is_not_called_missing() -> None:
    asked = query("太原市总工会稿费", words=("太原市总工会", "稿费"))
    known = {token: 1 for token in search_words("太原市总工会")}
    assert missing_words(asked, store(**known)) == ["稿费"]


def test_numbers_are_not_called_missing_as_they_can_be_written_in_several_ways() -> None:
    assert missing_words(query("第九期", words=("第九期",), numbers=("第九期",)), store()) == []


def test_a_place_is_missing_only_in_all_its_forms_and_named_as_it_was_typed() -> None:
    asked = query("黄南州发了多少", words=(), places=("黄南藏族自治州", "黄南州"))
    assert missing_words(asked, store()) == ["黄南州"]
    assert missing_words(asked, store(**{token: 1 for token in search_words("黄南州")})) == []


def test_nothing_found_nothing_mentioned_and_nothing_certain_are_told_apart() -> None:
    hits = [Hit(passage(DOC), 1.0)]
    nothing = refusal_for(query(), [], store())
    unknown = refusal_for(query(words=("稿费",)), hits, store())
    unsure = refusal_for(query(words=("困难",)), hits, store(困难=1))
    assert refusal_for(query("谁", words=()), hits, store()).reason is RefusalReason.OUT_OF_SCOPE
    assert nothing.reason is RefusalReason.NO_MATCH
    assert unknown.reason is RefusalReason.NO_MATCH
    assert "“稿费”" in unknown.message
    assert unsure.reason is RefusalReason.LOW_CONFIDENCE
    assert unsure.suggestions == ("看看《题名》里写了什么",)
