import pytest

from qa.answering.terms import asked_terms, is_explained, meaning_test
from qa.retrieval.query import analyse
from qa.types import AnswerKind
from tests.answering.makers import candidate, document, passage


@pytest.mark.parametrize(
    "text",
    [
        "通过“三比一学”(比安全、比质量、比进度、学先进)推动工作。",
        "推动“三比一学”:比安全、比质量、比进度。",
        "“三比一学”活动,即比安全、比质量、比进度。",
        "以“三比一学”为抓手。一是比安全。二是比质量。",
        "唱好“三比一学”。比安全、比质量、比进度。",
        "开展比安全、比质量、比进度等三比一学活动。",
        "建立比安全,比质量、比进度的“三比一学”机制。",
        "推广“三比一学”工作法。“三比”是比安全、比质量、比进度,“一学”是学先进。",
    ],
)
def test_a_name_with_its_meaning_beside_it_is_explained(text: str) -> None:
    assert is_explained(text, "三比一学")


def test_signs_in_a_name_stand_for_themselves() -> None:
    query = analyse("“三会[一课*”是什么")
    assert not any(is_explained("三会是支部会,一课是党课。", term) for term in asked_terms(query))
    assert not is_explained("一课课是党课。", "三会一课*")


@pytest.mark.parametrize(
    "text",
    [
        "扎实开展“三比一学”,结合“下基层、接地气”等活动,深入基层。",
        "基层工会做到了“三比一学、六上墙”、挂三牌、建三档。",
        "将全市干部纳入“三比一学”关爱范畴,常态化走访慰问。",
        "推广“三比一学”工作法。“三比”是比安全、比质量、比进度。",
        "近年来,县总工会努力打造有特色的“三比一学”活动品牌。",
        "为做好工作,开展形式多样、内容丰富的“三比一学”活动。",
        "发放助学金300元。",
        "",
    ],
)
def test_a_name_that_is_only_mentioned_is_not(text: str) -> None:
    assert not is_explained(text, "三比一学")


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("定下“鲜果榨汁,不加香精,不加色素,不加防腐剂”的标准。", True),
        ("要求不加香精、不加色素、不加防腐剂。", True),
        ("不加香精,不加色素。", False),
        ("不加香精。不加色素。不加防腐剂。", False),
        ("不加就是不加,再不加就晚了。", False),
    ],
)
def test_as_many_clauses_that_begin_alike_as_a_name_counts_explain_it(text: str, explained: bool) -> None:
    assert is_explained(text, "三不加") is explained


def test_the_terms_are_the_quoted_and_coined_ones_whose_meaning_is_asked() -> None:
    assert asked_terms(analyse("“五送”是哪五送")) == ("五送",)
    assert asked_terms(analyse("五比一创是什么")) == ("五比一创",)
    assert asked_terms(analyse("司机之家有哪五大功能")) == ()
    assert asked_terms(analyse("“最美劳动者”是谁")) == ()
    assert asked_terms(analyse("金秋助学发放了多少资金")) == ()
    assert asked_terms(analyse("办庆“八一”长跑图的是什么")) == ()
    assert asked_terms(analyse("“暖心小屋”的服务对象主要是哪些职工")) == ()
    assert asked_terms(analyse("“匠心讲堂”是由哪几家单位办的")) == ()
    assert asked_terms(analyse("“五送”的内容是什么")) == ("五送",)


def test_items_where_the_name_is_only_mentioned_do_not_answer() -> None:
    query = analyse("“五送”是哪五送")
    told = candidate(passage(document("“五送”(送法、送技、送岗、送暖、送学)")), "送法", 0.5, AnswerKind.LIST)
    mentioned = candidate(passage(document("纳入“五送”范畴,慰问企业、社区。")), "企业", 0.5, AnswerKind.LIST)
    itself = candidate(passage(document("“五送”(送法、送技)")), "五送", 0.5, AnswerKind.LIST)
    test = meaning_test(query)
    assert test is not None
    assert [test(one) for one in (told, mentioned, itself)] == [True, False, False]
    assert meaning_test(analyse("金秋助学发放了多少资金")) is None


def test_where_the_reader_is_certain_no_form_of_explanation_is_needed() -> None:
    test = meaning_test(analyse("“五送”是什么意思"))
    place = passage(document("纳入“五送”范畴,慰问企业、社区。"))
    told = [candidate(place, place.text, 0.5, AnswerKind.EXPLAIN, holds=holds) for holds in (0.99, 1.0)]
    assert test is not None
    assert [test(one) for one in told] == [False, True]
