"""Simple English questions."""

import pytest

from qa.retrieval.content import is_stop
from qa.retrieval.english import bases, dictionary, is_english
from qa.retrieval.known import Known
from qa.retrieval.names import chinese_name
from qa.retrieval.query import analyse
from qa.types import AnswerKind as Kind

KNOWN = Known({"刘云山": 1, "工运": 2, "长治": 5, "宿州": 4})


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("How many migrant workers got their unpaid wages back?", Kind.COUNT, {"农民工", "拖欠工资"}),
        ("How much did the union spend on education aid?", Kind.AMOUNT, {"工会", "助学"}),
        ("When was the congress held?", Kind.DATE, {"代表大会", "召开"}),
        ("Who is the chairman of the union?", Kind.PERSON, {"主席"}),
        ("What email address should I send articles to?", Kind.EMAIL, {"投稿"}),
        ("What percentage of workers have joined the union?", Kind.PERCENT, {"职工"}),
        ("Where is the bus drivers' home located?", Kind.PLACE, {"位于"}),
        ("Why was the regulation adopted?", Kind.EXPLAIN, {"条例"}),
    ],
)
def test_question_and_terms_are_translated(question: str, kind: Kind, words: set[str]) -> None:
    query = analyse(question)
    assert kind in query.kinds[:2]
    assert words <= set(query.words)
    assert query.text.startswith(question)


def test_pinyin_names_become_chinese() -> None:
    query = analyse("When did Liu Yunshan speak to the unions of Changzhi?", known=KNOWN)
    assert "刘云山" in query.words
    assert query.places == ("长治市", "长治")
    assert analyse("How many schools in Dachuan District?").places == ("达川区",)


def test_the_corpus_chooses_among_places_of_one_spelling() -> None:
    assert chinese_name("suzhou", KNOWN) == "宿州"
    assert chinese_name("xyz", KNOWN) is None
    assert chinese_name("qwertyuiop", KNOWN) is None


@pytest.mark.parametrize("question", ["UAW 现任主席", "TheShy给老家捐了多少", "Model Y降了多少", "苹果14卖多少钱"])
def test_brand_names_do_not_make_a_question_english(question: str) -> None:
    assert not is_english(question, is_stop)


def test_inflected_words_are_found_by_their_base() -> None:
    assert "subsidy" in bases("subsidies")
    assert "train" in bases("training")
    assert "approve" in bases("approved")
    assert bases("is") == ("is",)


def test_the_dictionary_is_clean() -> None:
    for phrase, chinese in dictionary().items():
        assert phrase == " ".join(phrase.lower().split()), phrase
        assert any("\u4e00" <= char <= "\u9fff" for char in chinese), phrase
