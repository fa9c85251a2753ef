from typing import cast

from qa.answering.refusing import missing_words, refusal_for
from qa.store.store import Store
from qa.types import Hit, RefusalReason
from tests.answering.makers import Shelf, document, passage, query

DOC = document("发放助学金300元。")


def store(**counts: int) -> Store:
    return cast(Store, Shelf([DOC], counts))


def test_words_that_stand_nowhere_are_named_unless_a_synonym_stands_somewhere() -> None:
    asked = query(words=("金秋助学", "稿费"), synonyms={"金秋助学": ("助学金",)}, places=("大同市",))
    assert missing_words(asked, store(助学金=1)) == ["大同市", "稿费"]


def test_nothing_found_nothing_mentioned_and_nothing_certain_are_told_apart() -> None:
    hits = [Hit(passage(DOC), 1.0)]
    nothing = refusal_for(query(), [], store())
    unknown = refusal_for(query(words=("稿费",)), hits, store())
    unsure = refusal_for(query(words=("助学金",)), hits, store(助学金=1))
    assert nothing.reason is RefusalReason.NO_MATCH
    assert unknown.reason is RefusalReason.NO_MATCH
    assert "“稿费”" in unknown.message
    assert unsure.reason is RefusalReason.LOW_CONFIDENCE
    assert unsure.suggestions == ("看看《题名》里写了什么",)
