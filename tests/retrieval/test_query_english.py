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


def _chinese(question: str) -> str:
    return analyse(question, known=KNOWN).readable


@pytest.mark.parametrize(
    ("question", "chinese"),
    [
        ("How many model workers does Changzhi have in all?", "长治 多少名 劳动模范"),
        ("How many forums did the third craftsmen contest include?", "第三届 工匠 比赛 包括 多少场 论坛"),
        ("How many of the members are drivers?", "会员 中 司机 多少名"),
        ("How many cases of unpaid wages did the union handle?", "工会 受理 多少件 拖欠工资 案件"),
        ("Within how many days must an employer reply in writing?", "用人单位 答复 书面 多少日内"),
        ("In which county was the canteen opened?", "食堂 开幕 哪个县"),
        ("What is the purpose of the fund in Changzhi?", "长治 的 资金 什么 目的"),
        ("Who chaired the Changzhi municipal federation of trade unions?", "谁 主持 长治市总工会"),
        ("On what date was the symposium held on 3 August 2017 announced?", "座谈会 召开 8月3日 2017年 公布 哪天"),
        ("Is the regulation effective?", "条例 生效 吗"),
    ],
)
def test_the_words_come_in_chinese_order(question: str, chinese: str) -> None:
    assert _chinese(question) == chinese


def test_what_is_set_apart_as_not_meant_is_left_out() -> None:
    assert _chinese("How many coal mines are there (not just those rated three stars or above)?") == "多少座 煤矿"
    assert "三星级" in _chinese("How many coal mines are rated three stars?")


def test_words_that_say_the_same_count_for_one_another() -> None:
    query = analyse("When does the collective contract take effect?")
    assert "施行" in query.synonyms["生效"]
    assert "施行" not in query.words


def test_unknown_words_are_left_out_unless_they_are_names_or_most_of_the_question() -> None:
    query = analyse("How many wugs did the union zibble to the needy workers in Changzhi?", known=KNOWN)
    assert set(query.unread) == {"wugs", "zibble"}
    assert not {"wugs", "zibble"} & set(query.words)
    assert "zibbleton" in analyse("How much did the union pay to Zibbleton?").words
    assert {"wug", "zibble"} <= set(analyse("How much did the wug zibble?").words)


def test_function_words_name_nothing() -> None:
    words = analyse("Within how many days after all others must the workers be paid, not just those above?").words
    assert all(not word.isascii() for word in words)


def test_the_reader_reads_chinese() -> None:
    assert analyse("Who is the chairman of the union?").to_read == "工会 主席 谁"
    assert analyse("工会主席是谁？").to_read == "工会主席是谁？"
