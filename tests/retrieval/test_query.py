"""What questions are understood to mean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import QuestionError
from qa.retrieval.cleaning import MAX_QUESTION, clean
from qa.retrieval.known import Known
from qa.retrieval.query import analyse
from qa.types import AnswerKind, Filters

KNOWN = Known(
    {
        "福泉": 2,
        "福泉市": 1,
        "集体": 4,
        "协商": 6,
        "物资": 3,
        "助学金": 2,
        "刘云山": 1,
        "慰问": 5,
        "检测": 2,
        "试剂盒": 1,
    },
    places=("福泉市", "海南藏族自治州", "定边县"),
)


@pytest.mark.parametrize("blank", ["", " ", "\n\t", "\u3000", "\x00\x07", "\ud800", "\u200b"])
def test_a_blank_question_is_told_so(blank: str) -> None:
    with pytest.raises(QuestionError, match="问题是空的"):
        analyse(blank)


@pytest.mark.parametrize("signs", ["？？？", "😀😀", "…，。", "🧑‍🏭", "《》"])
def test_a_question_of_signs_is_told_so(signs: str) -> None:
    with pytest.raises(QuestionError, match="没有文字"):
        analyse(signs)


def test_a_question_may_have_a_thousand_characters_and_no_more() -> None:
    assert analyse("工" * MAX_QUESTION).text
    with pytest.raises(QuestionError, match="10000 字"):
        analyse("工" * 10_000)


def test_lone_surrogates_and_controls_do_no_harm() -> None:
    assert clean("金秋\ud83d助学\x00发了\u202e多少") == "金秋助学 发了多少"


def test_cleaning_makes_one_simplified_half_width_line() -> None:
    assert clean("  長治２０１７年\n誰拿了「獎章」？ ") == "长治2017年 谁拿了「奖章」?"


def test_the_question_and_filters_are_kept_as_given() -> None:
    filters = Filters(years=(2017,))
    query = analyse("貴德縣總工會發了多少慰問金", filters)
    assert query.question == "貴德縣總工會發了多少慰問金"
    assert query.filters is filters
    assert query.text == "贵德县总工会发了多少慰问金"


def test_places_bodies_and_years_are_no_content_words() -> None:
    query = analyse("晋城市总工会2014年金秋助学筹集了多少资金？")
    assert query.places == ("晋城市",)
    assert query.organisations == ("晋城市总工会",)
    assert query.years == (2014,)
    assert query.kinds[0] is AnswerKind.AMOUNT
    assert set(query.words) == {"金秋助学", "筹集", "资金", "总工会"}


def test_short_names_of_unions_are_written_in_full() -> None:
    query = analyse("长治市总跟省总联合搞了什么活动")
    assert query.organisations == ("长治市总工会", "山西省总工会")
    assert "总工会" in query.text
    assert analyse("全市总共有多少家").organisations == ()


@pytest.mark.parametrize("verb", ["投入了", "收到", "结对帮扶", "组织", "支持", "决定", "编印", "成立", "资助", "表彰"])
def test_a_union_written_short_is_told_before_a_verb(verb: str) -> None:
    assert analyse(f"晋城市总{verb}多少").organisations == ("晋城市总工会",)


@pytest.mark.parametrize(
    "total", ["总投资", "总投入是", "总收入", "总支出", "总成绩", "总决赛", "总编辑", "总结", "总工程师", "总资产"]
)
def test_the_whole_of_something_is_no_union(total: str) -> None:
    assert analyse(f"晋城市{total}多少").organisations == ()
    assert analyse("全市总投入多少").organisations == ()


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2017年的助学金", (2017,)),
        ("2014-2016年各筹了多少", (2014, 2015, 2016)),
        ("二〇一七年的助学金", (2017,)),
        ("23年第三产业用电增速", (2023,)),
        ("98年那次大会", (1998,)),
        ("去年的助学金", ()),
        ("2017元的补助发给谁", ()),
        ("干了20年的劳模是谁", ()),
        ("连续工作满10年应签什么合同", ()),
        ("缴费15年能领多少养老金", ()),
        ("10年后还剩多少人", ()),
        ("16年发了多少助学金", (2016,)),
        ("2011年至2013年建了多少个书屋", (2011, 2012, 2013)),
        ("2011年—2013年建了多少个书屋", (2011, 2012, 2013)),
        ("2011–2013年建了多少个书屋", (2011, 2012, 2013)),
        ("从2011年到2013年建了多少个书屋", (2011, 2012, 2013)),
        ("2011年起到2013年建了多少个书屋", (2011, 2012, 2013)),
        ("2011年度至2013年度建了多少个书屋", (2011, 2012, 2013)),
        ("2011年至13年建了多少个书屋", (2011, 2012, 2013)),
        ("11年至13年建了多少个书屋", (2011, 2012, 2013)),
        ("二○一一年至二○一三年建了多少个书屋", (2011, 2012, 2013)),
        ("2012年末有多少会员", (2012,)),
        ("“清零2012”行动追回了多少工资", (2012,)),
        ("2012年前后有多少会员", (2011, 2012, 2013)),
        ("2012年起草的办法叫什么", (2012,)),
        ("2012年起施行的办法叫什么", (2012,)),
        ("20年党龄的讲解员是谁", ()),
        ("20年如一日守护水库的人是谁", ()),
        ("一守就是20年", ()),
        ("处10年至15年有期徒刑", ()),
    ],
)
def test_years(question: str, years: tuple[int, ...]) -> None:
    assert analyse(question).years == years


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2010年以来发展了多少会员", (2010, 2011, 2012, 2013, 2014)),
        ("2012年至今发展了多少会员", (2012, 2013, 2014)),
        ("2012年起发展了多少会员", (2012, 2013, 2014)),
        ("2012年以后发展了多少会员", (2012, 2013, 2014)),
        ("2013年以前发展了多少会员", (2011, 2012, 2013)),
        ("2018年以来发展了多少会员", (2018,)),
    ],
)
def test_a_time_open_to_one_side_ends_where_the_documents_end(question: str, years: tuple[int, ...]) -> None:
    told = Known(dict.fromkeys(["2011", "2014", "会员", "发展"], 2))
    assert analyse(question, known=told).years == years
    assert analyse(question).years == ()


@pytest.mark.parametrize("time", ["2014年末", "2014年间", "2014年中", "2014年内", "2014年底", "2014年至今", "2014年起"])
def test_the_edges_of_a_year_are_no_content_words(time: str) -> None:
    assert set(analyse(f"{time}慰问劳模多少名").words) == {"慰问", "劳模"}


def test_a_word_behind_a_year_that_begins_like_an_edge_is_kept() -> None:
    assert "起草" in analyse("2014年起草的办法").words
    assert "中学生" in analyse("2014年初中学生资助").words


@pytest.mark.parametrize("time", ["十三五期间", "“十三五”期间", "“十三五”时期", "十三五末", "十三五"])
def test_a_five_year_plan_is_a_time(time: str) -> None:
    query = analyse(f"{time}慰问劳模多少名")
    assert query.years == (2016, 2017, 2018, 2019, 2020)
    assert query.numbers == ()
    assert set(query.words) == {"慰问", "劳模"}


def test_a_five_year_plan_that_the_documents_name_is_looked_for_and_summed_up_in_the_year_after() -> None:
    query = analyse("“十二五”期间慰问劳模多少名", known=Known({"十二五": 3, "慰问": 2, "劳模": 2}))
    assert query.years == (2011, 2012, 2013, 2014, 2015, 2016)
    assert query.numbers == ("十二五",)


@pytest.mark.parametrize("question", ["“十二五”规划是哪天通过的", "“十二五”是什么意思", "十二五目标有哪些"])
def test_a_question_about_a_plan_itself_names_no_time(question: str) -> None:
    assert analyse(question).years == ()


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("慰问了多少户困难职工", ("户",)),
        ("有几家单位多少名选手参加", ("家", "名")),
        ("小产可以休多少天", ("天",)),
        ("占地多大", ("平方米", "亩", "公顷", "平方公里")),
        ("建会率是多少", ("%", "成", "个百分点")),
        ("主席是谁", ()),
        ("隧道全长多少", ("公里", "千米", "米")),
        ("全长沙有多少职工", ()),
    ],
)
def test_units(question: str, units: tuple[str, ...]) -> None:
    assert analyse(question).units == units


def test_figures_that_are_no_years_are_kept() -> None:
    assert analyse("2017年第九期补助按6%发了多少").numbers == ("第九期", "6%")


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("五比一创是什么", "五比一创"),
        ("“六个一”活动具体是哪六个一", "六个一"),
        ("12345工作思路", "12345"),
        ("养蜂“十百千万”目标具体是什么", "十百千万"),
    ],
)
def test_coined_names_come_first(question: str, term: str) -> None:
    assert analyse(question).words[0] == term


@pytest.mark.parametrize(
    ("question", "many"),
    [
        ("有哪些措施", True),
        ("晋城、长治各资助了多少学生", True),
        ("晋城和长治的助学金", True),
        ("山西晋城的助学金有多少", False),
        ("五比一创是什么", True),
        ("主席是谁", False),
    ],
)
def test_several_answers_are_noticed(question: str, many: bool) -> None:
    assert analyse(question).many is many


@pytest.mark.parametrize(
    ("question", "word", "other"), [("重点节目的三个篇章", "节目", "目的"), ("受助学生里谁考上了大学", "学生", "助学")]
)
def test_a_phrase_that_lies_across_words_is_none(question: str, word: str, other: str) -> None:
    words = analyse(question).words
    assert word in words
    assert other not in words


@pytest.mark.parametrize(("word", "other"), [("第九期", "第9期"), ("第十二届", "第12届")])
def test_an_ordinal_counts_in_arabic_figures_too(word: str, other: str) -> None:
    assert other in analyse(f"{word}补助发了多少").synonyms[word]


def test_the_readable_question_is_chinese_with_its_capitals_and_without_typing_errors() -> None:
    assert analyse("長治市總的ABC項目").readable == "长治市总工会的ABC项目"
    assert analyse("定边县总的主席是谁？").readable == "定边县总工会的主席是谁?"
    assert not any(char.isascii() and char.isalpha() for char in analyse("How much money was raised?").readable)


def test_the_corpus_settles_what_a_shared_name_means() -> None:
    assert analyse("海南发了多少助学金").places[0] == "海南省"
    assert analyse("海南发了多少助学金", known=KNOWN).places[0] == "海南藏族自治州"
    assert analyse("给黄南、海南两个州多少资金").places == ("黄南藏族自治州", "黄南", "海南藏族自治州", "海南")


def test_places_of_the_corpus_are_known_by_their_short_names() -> None:
    assert analyse("定边的工会卡", known=KNOWN).places == ("定边县", "定边")


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("定边助学金", True),
        ("请问定边呢", True),
        ("定边小学", False),
        ("定边路", False),
        ("定边大街", False),
        ("定边路灯", True),
    ],
)
def test_a_word_that_names_something_else_is_no_place_of_the_corpus(text: str, there: bool) -> None:
    assert ("定边县" in analyse(f"{text}有多少", known=KNOWN).places) is there


def test_everyday_words_stand_for_those_of_documents() -> None:
    query = analyse("发给娃娃的家什要哪个衙门点头")
    assert {others[0] for others in query.synonyms.values()} >= {"孩子", "设备", "部门", "同意"}


def test_the_streets_of_a_place_of_the_corpus_are_no_street_of_its_name() -> None:
    assert analyse("浙江街道和乡镇配备多少人", known=Known(places=("浙江省",))).places == ("浙江省", "浙江")
    named = Known(places=("浙江省",), organisations=("浙江街道总工会",))
    assert "浙江街道" in analyse("浙江街道配备多少人", known=named).places


def test_synonyms_reach_from_speech_to_writing() -> None:
    query = analyse("西宁帮农民工要回来多少工资")
    every = {other for others in query.synonyms.values() for other in others}
    assert {"讨回", "追回"} & every
    assert "务工人员" in query.synonyms["农民工"]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_understood_or_refused_in_words(text: str) -> None:
    try:
        query = analyse(text, known=KNOWN)
    except QuestionError as error:
        assert str(error).endswith("。")
        return
    assert query.kinds
    assert query.text.strip()
    assert len(set(query.words)) == len(query.words)
    assert set(query.synonyms) <= set(query.words)
    assert all(query.synonyms.values())
    assert analyse(text, known=KNOWN) == query


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "晋城",
                "市总",
                "2017年",
                "第九期",
                "金秋助学",
                "发了",
                "多少",
                "钱",
                "谁",
                "哪些",
                "“四化”",
                "?",
                " ",
                "是",
                "how many",
                "。",
            ]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_question_like_text_is_understood(parts: list[str]) -> None:
    text = "".join(parts)
    if any(char.isalnum() for char in text):
        query = analyse(text, known=KNOWN)
        assert query.kinds
        assert "多少" not in query.words
        assert not any(year < 1900 for year in query.years)


def test_a_word_of_the_lexicon_is_whole_though_the_documents_have_but_its_characters() -> None:
    known = Known({"产": 3, "怀孕": 1, "产前检查": 1})
    query = analyse("怀孕去做产检算不算请假", known=known)
    assert "产检" in query.words
    assert "产前检查" in query.synonyms["产检"]
