"""Lists that a question cannot mean, on sentences made for it."""

from dataclasses import replace

import pytest

from qa.answering.fitting.listed import without_other_lists
from qa.types import AnswerKind, Candidate, Passage, Span
from tests.answering.makers import candidate, document, passage, query

LIST, PERSON = AnswerKind.LIST, AnswerKind.PERSON


def listed(place: Passage, number: float, *items: str) -> list[Candidate]:
    """Return the items of one list; each is looked for behind the one before."""
    found: list[Candidate] = []
    low = 0
    for item in items:
        start = place.text.index(item, low)
        one = candidate(place, item, 0.9, LIST, group=number)
        found.append(replace(one, start=start, end=start + len(item), sentence=Span(0, len(place.text))))
        low = start + len(item)
    return found


def texts(question: str, found: list[Candidate], *kinds: AnswerKind) -> list[str]:
    kept = without_other_lists(query(question, kinds=kinds or (LIST,)), found)
    return [one.text for one in kept]


def test_each_item_holds_the_word_in_quotation_marks() -> None:
    place = passage(document("做到信息完备、运行顺畅，实现掌上报名、掌上缴费、掌上查询。"))
    other, right = listed(place, 0, "信息完备", "运行顺畅"), listed(place, 1, "掌上报名", "掌上缴费", "掌上查询")
    assert texts("要实现哪三个“掌上”", other + right) == ["掌上报名", "掌上缴费", "掌上查询"]
    assert texts("要实现哪几个“掌上”", other + right) == ["掌上报名", "掌上缴费", "掌上查询"]
    assert texts("要实现哪些目标", other + right) == [one.text for one in other + right]
    assert texts("要实现哪三个“统一”", other + right) == [one.text for one in other + right]


def test_the_titles_of_one_person_are_no_persons() -> None:
    place = passage(document("厂党委委员、副主任、工会主席王芳，车间书记李强带队慰问。"))
    titles = listed(place, 0, "厂党委委员", "副主任", "工会主席王芳")
    names = [candidate(place, name, 0.9, PERSON) for name in ("王芳", "李强")]
    assert texts("是哪两位领导带队慰问", titles + names, LIST, PERSON) == ["王芳", "李强"]
    assert texts("是哪两位领导带队慰问", titles, LIST, PERSON) == ["厂党委委员", "副主任", "工会主席王芳"]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("学会有哪几个直属机构", {1, 2}),
        ("学会有哪几个附属科室", {0, 2}),
        ("学会有哪几个服务窗口", {0, 1, 2}),
        ("学会和哪些企业合作", {0, 1, 2}),
    ],
)
def test_what_a_list_is_said_to_be_of_tells_it_from_another(question: str, numbers: set[int]) -> None:
    place = passage(document("学会有培训部、宣传部2个附属科室，馆藏室、编辑社2个直属机构，与光学厂、钟表厂来往。"))
    found = [
        *listed(place, 0, "培训部", "宣传部"),
        *listed(place, 1, "馆藏室", "编辑社"),
        *listed(place, 2, "光学厂", "钟表厂"),
    ]
    kept = without_other_lists(query(question, LIST), found)
    assert {one.features["group"] for one in kept} == numbers


def test_a_list_of_another_known_class_is_left_out_and_of_a_wider_one_is_not() -> None:
    place = passage(document("教育、民政等部门，光学厂、钟表厂等企业，图书馆、党校等单位参加。"))
    found = [
        *listed(place, 0, "教育", "民政"),
        *listed(place, 1, "光学厂", "钟表厂"),
        *listed(place, 2, "图书馆", "党校"),
    ]
    assert texts("哪些企业参加", found) == ["光学厂", "钟表厂", "图书馆", "党校"]


def test_points_asked_for_are_not_the_parts_of_one_of_them() -> None:
    place = passage(document("原因一是工资低，二是没编制，三是夜班多、路太远。"))
    points, inner = listed(place, 0, "工资低", "没编制", "夜班多、路太远"), listed(place, 1, "夜班多", "路太远")
    assert texts("他说了哪几条", points + inner) == ["工资低", "没编制", "夜班多、路太远"]
    assert texts("他说了哪些原因", points + inner) == [one.text for one in points + inner]
