"""Word search against BM25 worked out by hand."""

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qa.store import Store, vector_id
from qa.store.words import CONTEXT_WEIGHT, MAX_WORD, TEXT_WEIGHT, token
from qa.types import Ingested
from tests.store.parts import by_lines, document, put

MARKS = ['"', "or", "near(", "c++", "a*", "-", "'"]
WORDS = ["总工会", "396.6", "6%", "gdp", "万元", "𠀀字", "金秋助学", "\u3000", *MARKS]
LINES = st.lists(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join), max_size=6)
ANY_WORD = st.text(st.characters(exclude_categories=()), min_size=1, max_size=8)


def oracle(parts: Sequence[Ingested], query: Sequence[str]) -> dict[int, float]:
    """BM25 as SQLite documents it (fts5.html, section 5.1.1), over the tokens of both columns."""
    rows = {
        vector_id(passage.id): (passage.text.lower().split(" "), passage.context.lower().split(" "))
        for each in parts
        for passage in each.passages
    }
    rows = {id_: ([w for w in text if w], [w for w in context if w]) for id_, (text, context) in rows.items()}
    average = sum(len(text) + len(context) for text, context in rows.values()) / max(len(rows), 1)
    scores: dict[int, float] = {}
    for word in dict.fromkeys(query):
        holding = [id_ for id_, (text, context) in rows.items() if word in text + context]
        idf = max(math.log((len(rows) - len(holding) + 0.5) / (len(holding) + 0.5)), 1e-6)
        for id_ in holding:
            text, context = rows[id_]
            often = TEXT_WEIGHT * text.count(word) + CONTEXT_WEIGHT * context.count(word)
            length = len(text) + len(context)
            part = idf * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * length / average))
            scores[id_] = scores.get(id_, 0.0) + part
    return scores


@settings(max_examples=60, deadline=None)
@given(LINES, LINES, st.lists(st.sampled_from(WORDS), max_size=5), st.integers(1, 8), st.data())
def test_matches_are_the_oracles(
    first: list[str], second: list[str], query: list[str], k: int, data: st.DataObject
) -> None:
    texts = (first, second)
    parts = [
        by_lines(document("\n".join(["题 总工会 a", *lines]), name)) for name, lines in zip("ab", texts, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder), create=True, search_words=lambda text: text.split(" ")) as store:
            for each in parts:
                put(store, each)
            everything = dict(store.match_words(query, 100))
            assert everything == pytest.approx(oracle(parts, query), rel=1e-9, abs=1e-12)
            ids = store.vectors()[0]
            chosen = data.draw(st.none() | st.lists(st.sampled_from(ids.tolist() or [5]), unique=True))
            found = store.match_words(query, k, None if chosen is None else np.array(chosen, dtype=np.int64))
            within = {id_: score for id_, score in everything.items() if chosen is None or id_ in chosen}
            assert found == sorted(within.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
            held = [f"{passage.text} {passage.context}".split(" ") for passage in store.all_passages()]
            assert store.passage_counts(WORDS) == {word: sum(word in row for row in held) for word in WORDS}
            there = {word for row in held for word in row if word}
            assert store.vocabulary() == {word: sum(word in row for row in held) for word in there}


@settings(max_examples=60, deadline=None)
@given(st.lists(ANY_WORD, min_size=1, max_size=5), ANY_WORD)
@example(['"', "''", "a OR b", "NOT", "\0", "\ud800", "text:x", "x" * 500], "{}^+")
def test_any_word_is_found_whole_and_breaks_nothing(words: list[str], other: str) -> None:
    parts = by_lines(document("题\n正文"))
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder), create=True, search_words=lambda text: words if text == "正文" else []) as store:
            put(store, parts)
            id_ = vector_id(parts.passages[0].id)
            for word in words:
                assert [found for found, _ in store.match_words([word], 1)] == [id_]
                assert store.passage_counts([word]) == {word: 1}
            assert store.vocabulary() == {token(word): 1 for word in words}
            there = token(other) in map(token, words)
            assert bool(store.match_words([other], 1)) == there
            assert store.passage_counts([other]) == {other: int(there)}


@given(ANY_WORD, ANY_WORD)
@example("a", "A")
@example("x" * 500, "x" * 501)
@example("\ud800", "?")
def test_only_spaces_and_capitals_make_words_the_same(one: str, other: str) -> None:
    def folded(word: str) -> list[str]:
        small = (chr(ord(char) + 32) if "A" <= char <= "Z" else char for char in word[:MAX_WORD])
        return ["?" if "\ud800" <= char <= "\udfff" else char for char in small]

    pictures = {chr(0x2400 + code) for code in range(0x22)}
    if not pictures & set(one + other):
        assert (token(one) == token(other)) == (folded(one) == folded(other))


def test_no_words_find_nothing(store: Store) -> None:
    put(store, by_lines(document("题\n一 二")))
    none = np.empty(0, dtype=np.int64)
    assert store.match_words([], 5) == [] and store.match_words([""], 5) == [] and store.match_words(["一"], 0) == []
    assert store.match_words(["一"], 5, none) == [] and len(store.match_words(["一"], 5)) == 1
    assert store.passage_counts(["", "一", "三"]) == {"": 0, "一": 1, "三": 0}


def test_a_question_of_very_many_words(store: Store) -> None:
    put(store, by_lines(document("题\n一 二")))
    words = [f"词{number}" for number in range(5_000)]
    assert store.match_words(words, 5) == []
    assert len(store.match_words([*words, "二"], 5)) == 1


def test_the_real_words_keep_figures_and_latin_whole(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        put(store, by_lines(document("标题\n筹集资金396.6万元，GDP 增长6%，A股。\n共计6元。")))
        assert store.passage_counts(["396.6", "396", "gdp", "6%", "万元", "资金"]) == {
            "396.6": 1, "396": 0, "gdp": 1, "6%": 1, "万元": 1, "资金": 1,
        }  # fmt: skip
