import pytest

from qa.reading.patterns.bodies import find_bodies
from qa.reading.patterns.contacts import find_contacts
from qa.reading.patterns.works import find_works
from qa.reading.view import PassageView
from qa.text.normalise import normalise
from qa.text.places import find_places
from qa.types import AnswerKind


def persons(text: str) -> list[str]:
    view = PassageView(text)
    return [text[span.start : span.end] for span in (view.raw_span(one.start, one.end) for one in view.persons)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县总工会主席周建明，党组书记、常务副主席光海涛（左二）慰问职工", ["周建明", "光海涛"]),
        ("主 编:李 强\n副 主 编:赵立民 孙 梅", ["李 强", "赵立民", "孙 梅"]),
        ("□何秋菊 郑晓东", ["何秋菊", "郑晓东"]),
        ("公交司机刘志刚说，休息方便多了。", ["刘志刚"]),
        ("骑手方小磊是第一个报名的人。", ["方小磊"]),
        ("联系人：市档案馆征集科池志远。", ["池志远"]),
        ("班长在检查钢丝绳。 康 健 摄", ["康 健"]),
        ("市总工会副主席周立平等到会祝贺", ["周立平"]),
        ("采煤队工人马铁柱，家中有三个孩子。", ["马铁柱"]),
        ("陈国栋、吴丽华、郭小军等3人当选。", ["陈国栋", "吴丽华", "郭小军"]),
        ("成立了李明劳模创新工作室", ["李明"]),
        ("成立李明创新工作室、陈光明技能大师工作室", ["李明", "陈光明"]),
        ("全县首个“阿依古丽劳模创新工作室”揭牌", ["阿依古丽"]),
        ("成立了郑晓东职工创新工作室", ["郑晓东"]),
    ],
)
def test_finds_persons(text: str, names: list[str]) -> None:
    assert set(names) <= set(persons(text))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("州总工会副主席阿卜力孜·吐尔逊讲话", ["阿卜力孜·吐尔逊"]),
        ("全国劳动模范热合曼·艾山作报告。", ["热合曼·艾山"]),
        ("省劳动模范格桑多杰登台领奖", ["格桑多杰"]),
        ("老师旺堆次仁坚持送教上门", ["旺堆次仁"]),
        ("委员:田 一 韩玉梅(女)", ["田 一", "韩玉梅"]),
        ("慰问农民工。“中国梦·劳动美”主题宣讲启动", []),
        ("劳模风采·薪火相传", []),
    ],
)
def test_finds_names_whole(text: str, names: list[str]) -> None:
    assert persons(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "市总工会副主席应邀出席仪式。",
        "县工会主席时刻牵挂职工。",
        "公司经理经常下车间。",
        "学校教师常年坚守讲台。",
        "全厂职工万分感激。",
        "区总工会主席安排部署冬季工作。",
        "推进生态文明建设,丰富职工文化活动",
        "会上李女士向大家致谢",
    ],
)
def test_a_word_behind_a_title_is_no_name(text: str) -> None:
    assert not [name for name in persons(text) if name != "李女士"]


def test_a_name_behind_a_title_may_have_a_verb_in_it() -> None:
    assert persons("县总工会副主席易守信说,这笔钱要用好。") == ["易守信"]


@pytest.mark.parametrize(
    "text", ["53个职工创新工作室,已建成劳模创新工作室", "“巾帼建功劳模创新工作室”", "“马钢劳模创新工作室”"]
)
def test_a_workshop_without_a_name_is_named_after_nobody(text: str) -> None:
    assert not {"建成劳", "成劳模", "巾帼建功", "马钢劳"} & set(persons(text))


def test_no_place_in_a_picture_is_a_name() -> None:
    assert persons("局长韩冰（左一）、处长秦岚（右二）") == ["韩冰", "秦岚"]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("市人大常委会副主任、市总工会主席周建明（左二）下乡", "周建明", "市人大常委会副主任、市总工会主席"),
        ("县总工会党组书记 李 强\n下面汇报", "李 强", "县总工会党组书记"),
        ("某公司党委副书记钱莉莉表示，要坚持下去。", "钱莉莉", "某公司党委副书记"),
        ("刘志刚(某县教育局局长)出席。", "刘志刚", "某县教育局局长"),
        ("赵志远同志任甘肃省总工会主席。", "赵志远", "甘肃省总工会主席"),
        ("赵志远以14票当选主席。", "赵志远", "主席"),
        ("市总工会主席买买提·艾则孜讲话。", "买买提·艾则孜", "市总工会主席"),
    ],
)
def test_finds_what_a_person_is(text: str, name: str, role: str) -> None:
    view = PassageView(text)
    found = {
        view.raw[who.start : who.end]: view.raw[what.start : what.end]
        for who, what in ((view.raw_span(a.start, a.end), view.raw_span(b.start, b.end)) for a, b in view.roles)
    }
    assert found.get(name) == role


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("联合河北正平律师事务所开展讲座", "河北正平律师事务所"),
        ("领导小组办公室设在组织工作部。", "组织工作部"),
        ("在易县西陵镇成立了工会", "易县西陵镇"),
        ("站点位于第三中学公交站对面，面积约20平方米", "第三中学公交站对面"),
        ("开幕式在河北国际会展中心举行", "河北国际会展中心"),
        ("由县级人民政府劳动保障行政部门责令改正", "县级人民政府劳动保障行政部门"),
        ("主会场设在河北省机电研究院廊坊基地，", "河北省机电研究院廊坊基地"),
        ("第十四条 省人民政府教育主管部门统筹规划", "省人民政府教育主管部门"),
        ("经保定市莲池区住房保障中心核准", "保定市莲池区住房保障中心"),
        ("经济发展研究所的报告", "经济发展研究所"),
        ("应当在十二小时内报告县应急管理局。", "县应急管理局"),
        ("（三）行业组织可以制定标准", "行业组织"),
        ("接受教育部门监督和审计部门审计。", "审计部门"),
        ("先后同县畜牧兽医局共同办班", "县畜牧兽医局"),
        ("与平遥县委、县政府共同打造", "平遥县委、县政府"),
        ("由市劳动部门会同同级工会和企业组织协调处理", "同级工会和企业组织"),
        ("联合市人社局、市妇联组织开展普法", "市人社局、市妇联"),
    ],
)
def test_finds_bodies_and_places_whole(text: str, name: str) -> None:
    text = normalise(text).text
    found = find_bodies(text, find_places(text))
    assert name in [text[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("赴玛沁县和海南州贵南县调研", "玛沁县和海南州贵南县"),
        ("由市劳动部门会同同级工会协调处理", "市劳动部门会同同级工会"),
        ("省人力资源和社会保障厅共同制定", "人力资源"),
        ("参与建设单位共同完成", "建设单位"),
    ],
)
def test_no_name_goes_on_over_what_joins_two(text: str, name: str) -> None:
    found = find_bodies(text, find_places(text))
    assert name not in [text[one.start : one.end] for one in found]


@pytest.mark.parametrize("text", ["各部门要认真落实", "该公司坚持创新", "爱心企业积极参与", "到现场查看"])
def test_a_class_of_bodies_is_no_name(text: str) -> None:
    assert [text[one.start : one.end] for one in find_bodies(text)] == []


def test_finds_contacts() -> None:
    lines = (
        "电 话:(0312)5061234 5061235",
        "邮 编:071000",
        "邮箱:bdgh_2019@example.com",
        "地 址:",
        "保定市莲池区七一路88号",
    )
    view = PassageView("\n".join((*lines, "热线“12351”", "服务热线031- 56035678")))
    spans = ((one.kind, view.raw_span(one.start, one.end)) for one in find_contacts(view.plain))
    found = {(kind, view.raw[span.start : span.end]) for kind, span in spans}
    assert found == {
        (AnswerKind.PHONE, "(0312)5061234"),
        (AnswerKind.PHONE, "5061235"),
        (AnswerKind.PHONE, "12351"),
        (AnswerKind.PHONE, "031- 56035678"),
        (AnswerKind.EMAIL, "bdgh_2019@example.com"),
        (AnswerKind.ADDRESS, "保定市莲池区七一路88号"),
        (AnswerKind.ADDRESS, "071000"),
    }


def test_finds_works_and_quoted_names() -> None:
    text = "合唱《歌唱祖国》,主题为“劳动最光荣”"
    found = {text[one.start : one.end]: "quoted" in one.marks for one in find_works(text)}
    assert found == {"《歌唱祖国》": False, "劳动最光荣": True}


def test_what_people_are_called_is_no_body() -> None:
    assert find_bodies("困难职工、环卫工人和快递员") == []
