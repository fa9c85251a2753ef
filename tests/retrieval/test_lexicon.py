"""The synonym lexicon."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.retrieval.lexicon import Lexicon

LEXICON = Lexicon.parse("# 注\n讨薪 追讨欠薪\n> 掏 出资 投入\n~ 工人 职工\n讨薪 讨回工资\n")


def test_groups_work_both_ways_and_add_up() -> None:
    assert LEXICON.same("讨薪") == ("追讨欠薪", "讨回工资")
    assert LEXICON.same("讨回工资") == ("讨薪",)


def test_one_way_groups_work_one_way() -> None:
    assert LEXICON.synonyms("掏") == ("出资", "投入")
    assert LEXICON.synonyms("出资") == ()


def test_related_words_are_weaker() -> None:
    assert LEXICON.same("工人") == ()
    assert LEXICON.related("工人") == ("职工",)
    assert LEXICON.synonyms("职工") == ("工人",)


def test_the_longest_entries_are_found() -> None:
    assert LEXICON.find("帮人追讨欠薪和讨薪") == [(2, "追讨欠薪"), (7, "讨薪")]
    assert LEXICON.find("掏") == []


@pytest.mark.parametrize("text", ["孤", "> 甲", "甲 " + "乙" * 30])
def test_bad_groups_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="line 1"):
        Lexicon.parse(text)


def test_the_shipped_lexicon_speaks_of_unions() -> None:
    lexicon = Lexicon.load()
    assert len(lexicon) > 1000
    assert "中华全国总工会" in lexicon.synonyms("全总")
    assert "追讨欠薪" in lexicon.synonyms("讨薪")
    assert "职工代表大会" in lexicon.synonyms("职代会")
    assert lexicon.synonyms("没有这个词") == ()


def test_the_shipped_lexicon_holds_no_figures_and_no_word_for_itself() -> None:
    lexicon = Lexicon.load()
    for word in lexicon.entries:
        assert not any(char.isdigit() for char in word), word
        assert word not in lexicon.synonyms(word)


@given(st.text(alphabet="追讨欠薪工资掏人", max_size=20))
def test_found_entries_stand_where_they_are_said_to(text: str) -> None:
    behind = 0
    for start, entry in LEXICON.find(text):
        assert start >= behind
        assert text.startswith(entry, start)
        behind = start + len(entry)
