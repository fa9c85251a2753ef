"""Of which year and place a candidate speaks where its sentence names none."""

from dataclasses import replace

import pytest

from qa.answering.subject import speaks_of
from qa.types import Article, Fact, Span
from tests.answering.makers import candidate, document, passage, query

DOC = document("去年，全市发放300元。今年发放500元。")
ARTICLE = Article("a.txt:0", "a.txt", "工作综述", None, (), (Fact("2015", "byline"),), (Span(0, len(DOC.text)),))


@pytest.mark.parametrize(
    ("answer", "year", "speaks"),
    [
        ("300元", 2014, True),
        ("300元", 2015, True),
        ("300元", 2013, False),
        ("500元", 2015, True),
        ("500元", 2014, False),
    ],
)
def test_last_year_is_the_one_before_that_of_writing(answer: str, year: int, speaks: bool) -> None:
    """The article's own year fits whatever its sentences say; another one must be that of the sentence."""
    one = candidate(passage(DOC), answer, 0.9, year=0.5)
    assert speaks_of(query(years=(year,)), one, ARTICLE) is speaks


def test_an_article_of_no_known_place_may_be_of_any() -> None:
    one = replace(candidate(passage(DOC), "500元", 0.9), features={"place": 0.0})
    assert speaks_of(query(places=("西安市",)), one, ARTICLE)
    elsewhere = replace(ARTICLE, places=(Fact("北京市", "title"),))
    assert not speaks_of(query(places=("西安市",)), one, elsewhere)


def test_a_sentence_that_has_the_place_in_the_words_of_the_question_may_be_of_it() -> None:
    doc = document("青溪桥会馆有八十个座位。城东另设九个。")
    near, far = (replace(candidate(passage(doc), text, 0.9), features={"place": 0.0}) for text in ("八十个", "九个"))
    sentence = replace(near, sentence=Span(0, doc.text.index("。") + 1))
    elsewhere = replace(ARTICLE, places=(Fact("北京市", "title"),))
    assert speaks_of(query(places=("青溪县", "青溪")), sentence, elsewhere)
    assert not speaks_of(query(places=("白沙县", "白沙")), sentence, elsewhere)
    other = replace(far, sentence=Span(doc.text.index("城东"), len(doc.text)))
    assert not speaks_of(query(places=("青溪县", "青溪")), other, elsewhere)


def test_a_span_of_the_readers_own_is_held_to_the_year_too() -> None:
    near, far = (candidate(passage(DOC), "500元", 0.9, own=1.0, own_year=value) for value in (1.0, 0.0))
    assert speaks_of(query(years=(1999,)), near, ARTICLE)
    assert not speaks_of(query(years=(1999,)), far, ARTICLE)


def test_a_year_named_beside_the_candidate_is_enough() -> None:
    one = candidate(passage(DOC), "500元", 0.9, year=1.0)
    assert speaks_of(query(years=(1999,)), one, ARTICLE)
