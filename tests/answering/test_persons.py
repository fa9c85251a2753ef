"""Who is asked for, on sentences made for it."""

import pytest

from qa.answering.fitting.fit import kept
from qa.retrieval.query import analyse
from qa.types import AnswerKind, Candidate
from tests.answering.makers import candidate, document, passage

PERSON, LIST, SPAN = AnswerKind.PERSON, AnswerKind.LIST, AnswerKind.SPAN


def left(question: str, text: str, *answers: str, kind: AnswerKind = PERSON) -> list[str]:
    place = passage(document(text))
    found: list[Candidate] = [candidate(place, one, 0.5, kind, group=1.0, group_size=3.0) for one in answers]
    return [one.text for one in kept(analyse(question), found)]


@pytest.mark.parametrize(
    ("question", "text", "answers", "expected"),
    [
        ("谁到场帮的忙", "钢厂出25万元，王芳出2万元。", ("25万元", "王芳"), ["王芳"]),
        ("谁到场帮的忙", "钢厂出25万元，王芳出2万元。", ("钢厂出25万元", "王芳"), ["王芳"]),
        ("谁去了现场", "王芳从嘉兴去了现场。", ("嘉兴", "王芳"), ["王芳"]),
        ("市总的哪位领导去了", "王芳爱心服务队捐款，市总工会主席李敏到场。", ("王芳", "李敏"), ["李敏"]),
        ("照片里左二是谁", "市总工会主席李敏（左二）、副主席王芳（左一）走访", ("李敏", "王芳"), ["李敏"]),
        ("那篇文章的编辑是谁", "记者 李敏 通讯员 王芳\n编辑 | 陈光明", ("李敏", "王芳", "陈光明"), ["陈光明"]),
        ("那篇文章的编辑是谁", "记者 李敏 通讯员 王芳", ("李敏", "王芳"), ["李敏", "王芳"]),
        ("节目是谁在主持", "李敏做客节目。主持人（王芳）：您好。", ("李敏", "王芳"), ["王芳"]),
        ("哪位副市长去了", "副市长李敏来到厂里，看望了退休工人王芳。", ("李敏", "王芳"), ["李敏"]),
        ("去看望的领导叫什么", "副市长李敏来到厂里，看望了退休工人王芳。", ("李敏", "王芳"), ["李敏"]),
        ("去看望的主席是谁", "副主席李敏、主席王芳来到厂里。", ("李敏", "王芳"), ["王芳"]),
        ("谁给工人送菜", "渔民老杨天天送菜。他叫杨国强，六十岁。", ("老杨", "杨国强"), ["杨国强"]),
        ("谁给工人送菜", "渔民老杨天天送菜。杨国强和杨丽华也来帮忙。", ("老杨", "杨国强"), ["老杨", "杨国强"]),
        ("看管驿站的人叫什么名字", "驿站由教师王建国看管，大家叫他“王站长”。", ("王建国", "王站长"), ["王建国"]),
        ("大家叫王建国什么名字", "驿站由教师王建国看管，大家叫他“王站长”。", ("王站长",), ["王站长"]),
    ],
)
def test_whom_the_text_puts_elsewhere_is_not_asked_for(
    question: str, text: str, answers: tuple[str, ...], expected: list[str]
) -> None:
    assert left(question, text, *answers) == expected


def test_who_leads_a_team_or_gives_it_the_name_may_be_asked_for() -> None:
    assert left("谁带队去的", "市总工会副主席王芳带队走访企业。", "王芳") == ["王芳"]
    assert left("成立了谁的爱心服务队", "市里成立王芳爱心服务队。", "王芳") == ["王芳"]
    assert left("比武第一名是谁", "第一名为热力公司王芳（检修服务队）。", "王芳") == ["王芳"]
