"""The figure of the whole is not that of a part, on sentences made for it."""

from dataclasses import replace

import pytest

from qa.answering.fitting.fit import fits
from qa.retrieval.query import analyse
from qa.types import AnswerKind
from tests.answering.makers import candidate, document, passage


@pytest.mark.parametrize(
    ("question", "text", "answer", "right"),
    [
        ("停工的女工有多少名", "该厂40名工人停工", "40名", False),
        ("招了几个女学徒", "厂里招了8名学徒", "8名", False),
        ("招了几个女学徒", "厂里招了8名学徒，女的3名", "3名", True),
        ("招了几个女学徒", "厂里招了8名妇女当学徒", "8名", True),
        ("女工食堂有几名厨师", "食堂有8名厨师", "8名", True),
        ("乐亭县建会多少家", "一季度,全市建会90家", "90家", False),
        ("乐亭县建会多少家", "一季度,全市建会90家,其中乐亭县8家", "8家", True),
        ("唐山市建会多少家", "一季度,全市建会90家", "90家", True),
        ("义乌市建会多少家", "一季度,全市建会90家", "90家", True),
        ("义乌市建会多少家", "一季度,全省建会90家", "90家", False),
        ("唐山市办了多少件", "被评为全省先进,办了90件", "90件", True),
        ("唐山市办了多少件", "该项目,全省首个,办了90件", "90件", True),
        ("唐山市占全省多少家", "一季度,全省建会90家", "90家", True),
    ],
)
def test_a_figure_of_the_whole_is_no_figure_of_a_part(question: str, text: str, answer: str, right: bool) -> None:
    assert fits(analyse(question))(candidate(passage(document(text)), answer, 0.9, AnswerKind.COUNT)) is right


def test_an_article_on_women_need_not_name_them_in_each_sentence() -> None:
    titled = replace(passage(document("有40名工人停工")), context="停工女工调查")
    one = candidate(titled, "40名", 0.9, AnswerKind.COUNT)
    assert fits(analyse("停工的女工有多少名"))(one)
