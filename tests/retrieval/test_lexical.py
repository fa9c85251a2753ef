"""Lexical search over a word index one can work out by hand."""

from collections.abc import Sequence

from embeddings.protocols import Ids
from qa.retrieval.lexical import LexicalSearch, search_terms
from qa.types import AnswerKind, Query


class CountingIndex:
    """Scores a passage by how often it holds the words."""

    def __init__(self, passages: dict[int, str]) -> None:
        self.passages = passages

    def match_words(self, query_words: Sequence[str], k: int, allowed: Ids | None) -> list[tuple[int, float]]:
        scores = {number: sum(text.count(word) for word in query_words) for number, text in self.passages.items()}
        found = [(number, float(score)) for number, score in scores.items() if score]
        if allowed is not None:
            found = [pair for pair in found if pair[0] in allowed]
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:k]


def query(*words: str, **synonyms: tuple[str, ...]) -> Query:
    return Query("", "", words, (AnswerKind.COUNT,), synonyms)


INDEX = CountingIndex({1: "助学 助学 资金", 2: "圆梦 资金", 3: "培训"})


def test_words_and_synonyms_add_up() -> None:
    found = LexicalSearch(INDEX, synonym_weight=0.5).search(query("助学", "资金", 助学=("圆梦",)), 9, None)
    assert found == {1: 3.0, 2: 1.5}


def test_the_best_by_words_and_the_best_by_synonyms_are_both_found() -> None:
    found = LexicalSearch(INDEX, synonym_weight=0.5).search(query("助学", 助学=("圆梦", "培训")), 1, None)
    assert found == {1: 2.0, 2: 0.5}


def test_no_words_find_nothing() -> None:
    assert LexicalSearch(INDEX).search(query(), 9, None) == {}
    assert LexicalSearch(INDEX).search(query("没有"), 9, None) == {}


def test_terms_are_listed_once_and_a_word_is_no_synonym() -> None:
    asked = Query(
        "",
        "",
        ("慰问", "看望"),
        (AnswerKind.COUNT,),
        {"慰问": ("看望", "走访"), "看望": ("走访",)},
        numbers=("第九期", "慰问"),
    )
    assert search_terms(asked) == (["慰问", "看望", "第九期"], ["走访"])
