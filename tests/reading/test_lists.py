import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reading.joining import chains
from qa.reading.lists.find import find_groups
from qa.reading.lists.rows import parted
from qa.reading.view import PassageView
from tests.reading.makers import hit


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("毛巾、茶叶、绿豆", ["毛巾", "茶叶", "绿豆"]),
        ("电力,人才,还有相应的设备", ["电力", "人才", "相应的设备"]),
        ("先进班组、五一奖章和劳动模范等荣誉", ["先进班组", "五一奖章", "劳动模范"]),
        ("12名教师、30名医生", ["12名教师", "30名医生"]),
        ("坚持一个目标、突出两个重点、抓好三项工作", ["坚持一个目标", "突出两个重点", "抓好三项工作"]),
        ("和谐企业、平安企业", ["和谐企业", "平安企业"]),
        ("以案说法、及时救助以及心理疏导", ["以案说法", "及时救助", "心理疏导"]),
        ("歌舞、《山和海》", ["歌舞", "《山和海》"]),
        ("中华人民共和国工会法", []),
        ("文化和旅游局", []),
        ("文化宫", []),
        ("和", []),
        ("甲和乙", []),
        ("毛巾、茶叶、洗衣液等,价值300元", ["毛巾", "茶叶", "洗衣液"]),
        ("张三任导演,李四、王五任编剧,赵六", []),
        ("光学厂、钟表厂及部分商店共同举办展览。厂长张三、书记李四", ["光学厂", "钟表厂", "部分商店"]),
        ("甲厂应当付款、乙厂应当交货", ["甲厂应当付款", "乙厂应当交货"]),
        ("《共同成长》、《联合检查》", ["《共同成长》", "《联合检查》"]),
        ("特等奖、一等奖、二等奖和鼓励奖", ["特等奖", "一等奖", "二等奖", "鼓励奖"]),
        ("全年工时总数、夜班津贴标准和带薪休假天数", ["全年工时总数", "夜班津贴标准", "带薪休假天数"]),
        ("对新进厂职工讲安全规程、操作要领和维修保养的基本功", []),
        ("午餐、班车、宿舍等待遇", ["午餐", "班车", "宿舍"]),
        ("金牌、银牌、铜牌等奖项", ["金牌", "银牌", "铜牌"]),
    ],
)
def test_a_range_is_parted_into_items(text: str, items: list[str]) -> None:
    group = parted(text, 0, len(text))
    assert ([] if group is None else [text[item.start : item.end] for item in group.items]) == items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("光学厂和钟表厂", ["光学厂", "钟表厂"]),
        ("人力资源和社会保障局和市总工会", ["人力资源和社会保障局", "市总工会"]),
        ("拉坯及雕刻项目", ["拉坯", "雕刻项目"]),
        ("参与权", []),
        ("钟表厂", []),
        ("《劳动法和工会法》", []),
        ("“安康杯和劳动竞赛”", []),
        ("光学厂(总厂和分厂)", []),
        ("包括光学厂和钟表厂等两家单位", ["光学厂", "钟表厂"]),
        ("光学厂获奖。钟表厂和其他厂没有", []),
        ("光学厂和钟表厂联合招工。报名从速", ["光学厂", "钟表厂"]),
    ],
)
def test_two_items_asked_for_are_parted_at_their_conjunction(text: str, items: list[str]) -> None:
    group = parted(text, 0, len(text), 2)
    assert ([] if group is None else [text[item.start : item.end] for item in group.items]) == items


@given(st.text(alphabet="毛巾、,;和谐及等还有三项12名“”《》 ", max_size=24))
def test_parted_items_are_parts_in_their_order(text: str) -> None:
    group = parted(text, 0, len(text))
    items = [] if group is None else list(group.items)
    assert all(0 <= one.start < one.end <= len(text) for one in items)
    assert all(one.end <= other.start for one, other in itertools.pairwise(items))
    assert len(items) != 1


def groups(text: str) -> list[list[str]]:
    view = PassageView(text)
    return [[view.plain[item.start : item.end] for item in group.items] for group in find_groups(view.plain, view.gaps)]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("职工享有知情权、表达权、参与权等权利", ["知情权", "表达权", "参与权"]),
        ("推行“三比一创”（比质量、比安全、比效益，创一流）活动", ["比质量", "比安全", "比效益", "创一流"]),
        (
            "一是思想到位。成立专班。二是措施到位。细化方案。三是保障到位。落实经费。",
            ["思想到位", "措施到位", "保障到位"],
        ),
        (
            "有下列情形之一的：\n（一）合同期满的；\n（二）企业依法破产、解散的；\n（三）双方约定的其他情形。",
            ["合同期满的", "企业依法破产、解散的", "双方约定的其他情形"],
        ),
        ("1、登记信息；2、审核材料；3、发放证件。", ["登记信息", "审核材料", "发放证件"]),
        ("驿站设饮水区、阅读区、充电区、医药区，配有空调", ["饮水区", "阅读区", "充电区", "医药区"]),
        ("将送去茶叶、毛巾、绿豆、藿香正气水等，", ["茶叶", "毛巾", "绿豆", "藿香正气水"]),
        (
            "汇聚了政策咨询、技能培训、法律援助、文体娱乐四大服务功能，",
            ["政策咨询", "技能培训", "法律援助", "文体娱乐"],
        ),
        ("选取钳工、焊工、电工和车工等4个工种进行比赛", ["钳工", "焊工", "电工", "车工"]),
        ("将建档低保户、参加互助会员等列为首批对象", ["建档低保户", "参加互助会员"]),
        ("形成“摸底排查—分类建档—跟踪帮扶”的链条", ["摸底排查", "分类建档", "跟踪帮扶"]),
        ("开通了“职工之声”“工会视点”两个栏目", ["职工之声", "工会视点"]),
        ("实现“两个转变”:由分散向集中转变,由被动向主动转变。", ["由分散向集中转变", "由被动向主动转变"]),
        (
            "确立“一坚持（坚持党的领导），二服务（服务大局、服务职工）”的思路",
            ["一坚持(坚持党的领导)", "二服务(服务大局、服务职工)"],
        ),
    ],
)
def test_finds_the_items(text: str, items: list[str]) -> None:
    assert items in groups(text)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("坚持厂务公开、平等协商、劳动保护", ["厂务公开", "平等协商", "劳动保护"]),
        ("普通高中、中等专业学校、技工学校", ["普通高中", "中等专业学校", "技工学校"]),
        ("设一等奖、二等奖、三等奖和鼓励奖", ["一等奖", "二等奖", "三等奖", "鼓励奖"]),
        ("表彰8个班组、16名标兵和6名能手", ["8个班组", "16名标兵", "6名能手"]),
        ("走进2个区、14个镇、36个村", ["2个区", "14个镇", "36个村"]),
        ("建成阅览室15家、活动室130个、医务室1200个", ["阅览室15家", "活动室130个", "医务室1200个"]),
        ("完善制度、进一步规范流程", ["完善制度", "进一步规范流程"]),
        ("东湖区、西湖区的12家企业入会", ["东湖区", "西湖区"]),
        ("享受午餐、班车、宿舍等待遇", ["午餐", "班车", "宿舍"]),
        ("请来了教练、名师、能手等到车间指导", ["教练", "名师", "能手"]),
        ("比赛分采茶、炒茶、茶艺三项", ["采茶", "炒茶", "茶艺"]),
        ("设有摄影部、书画部和棋艺部3个部门", ["摄影部", "书画部", "棋艺部"]),
        ("共有司机、保洁员、保安员总共45人参加", ["司机", "保洁员", "保安员"]),
        ("省、设区的市、县（市、区）联动", ["省", "设区的市", "县(市、区)"]),
        ("甲地妇女联合会、乙地工会联合总会、丙校等出席", ["甲地妇女联合会", "乙地工会联合总会", "丙校"]),
        ("市总工会、市妇联联合举办比赛", ["市总工会", "市妇联"]),
        ("上海、北京等地启动比赛", ["上海", "北京"]),
        ("享受午餐、班车、宿舍或者补贴", ["午餐", "班车", "宿舍", "补贴"]),
    ],
)
def test_a_row_ends_before_what_closes_it_and_not_inside_a_word_or_figure(text: str, items: list[str]) -> None:
    assert groups(text) == [items]


def test_a_clause_may_hold_two_rows() -> None:
    text = "车间、班组等用工单位应当采取发放宣传手册、设立咨询台或者开通热线等方式"
    assert groups(text) == [["车间", "班组"], ["发放宣传手册", "设立咨询台", "开通热线"]]


def test_a_row_within_a_point_begins_behind_its_number() -> None:
    assert ["夜班多", "路太远"] in groups("一是工资低，二是夜班多、路太远。")
    assert ["阅览室", "医务室", "食堂"] in groups("设施：\n（一）阅览室、医务室、食堂；\n（二）浴室。")


@pytest.mark.parametrize("text", ["客服热情、耐心地讲解", "师傅毫不保留、手把手地教会了徒弟"])
def test_how_something_is_done_is_no_list(text: str) -> None:
    assert groups(text) == []
    assert parted(text, 2, len(text)) is None


def test_the_figure_of_an_item_does_not_say_how_many_there_are() -> None:
    texts = ("书屋15家、食堂130个、浴室12个", "采茶、炒茶、茶艺三项", "东湖区、西湖区的12家企业")
    assert [[group.said for group in PassageView(text).groups] for text in texts] == [[None], [3], [None]]


@pytest.mark.parametrize(
    "text",
    [
        "1、登记信息 2、审核材料 3、发放证件",
        "1. 登记信息 2. 审核材料 3. 发放证件",
        "办法： 1、登记信息； 2、审核材料； 3、发放证件。",
        "1、登记信息 2、审核材料\n3、发放证件",
        "1、登记信息\n2、审核材料\n3、发放证件",
        "一、登记信息\n二、审核材料\n三、发放证件",
        "一是登记信息 二是审核材料 三是发放证件",
        "一者登记信息，二者审核材料，三者发放证件。",
        "A. 登记信息 B. 审核材料 C. 发放证件",
        "A、登记信息；B、审核材料；C、发放证件",
        "办法：\n● 登记信息\n● 审核材料\n● 发放证件",
        "办法：\n■登记信息。\n■审核材料。\n■发放证件。",
        "办法：\n◆登记信息\n◆审核材料\n◆发放证件",
        "办法：\n·登记信息\n·审核材料\n·发放证件",
        "办法：\n——登记信息；\n——审核材料；\n——发放证件。",
    ],
)
def test_points_are_found_however_they_are_marked_and_nothing_else(text: str) -> None:
    assert groups(text) == [["登记信息", "审核材料", "发放证件"]]


def test_another_run_of_bullets_begins_behind_a_colon() -> None:
    text = "措施：\n●登记信息\n●审核材料\n奖励：\n●颁发奖章\n●通报表扬"
    assert groups(text) == [["登记信息", "审核材料"], ["颁发奖章", "通报表扬"]]


@pytest.mark.parametrize("text", ["·简讯·\n·要闻·", "——编者按", "三者缺一不可", "图 1 和图 2 见后"])
def test_marks_that_are_no_list(text: str) -> None:
    assert groups(text) == []


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("图 1、图 2、图 3", ["图1", "图2", "图3"]),
        ("一、二、三级", ["一", "二", "三级"]),
        ("A、B、C", ["a", "b", "c"]),
        ("1、毛巾、茶叶、绿豆", ["毛巾", "茶叶", "绿豆"]),
        ("●毛巾、茶叶、绿豆", ["毛巾", "茶叶", "绿豆"]),
        ("——毛巾、茶叶、绿豆", ["毛巾", "茶叶", "绿豆"]),
    ],
)
def test_a_row_begins_behind_its_mark_and_keeps_its_numbers(text: str, items: list[str]) -> None:
    assert groups(text) == [items]


def test_labels_set_off_by_a_gap() -> None:
    assert ["咳嗽", "发热", "乏力"] in groups("咳嗽 最为常见。\n发热 多在午后。\n乏力 休息后好转。")


def test_speech_is_no_list() -> None:
    assert groups("“我住得远，中午回不去，只能在车上坐一会儿。”") == []


def test_a_list_goes_on_in_the_next_passage() -> None:
    hits = [
        hit("措施如下：\n一、建立台账；\n二、落实责任；", number=4),
        hit("三、加强督查；\n四、兑现奖惩。\n特此通知。", number=5),
    ]
    views = [PassageView(one.passage.text) for one in hits]
    joined = max(chains(hits, views), key=len)
    assert [views[at].plain[item.start : item.end] for at, group in joined for item in group.items] == [
        "建立台账",
        "落实责任",
        "加强督查",
        "兑现奖惩",
    ]


@pytest.mark.parametrize(("number", "article"), [(6, "d:0"), (5, "d:1")])
def test_no_list_goes_on_elsewhere(number: int, article: str) -> None:
    hits = [
        hit("一、建立台账；\n二、落实责任；", number=4),
        hit("三、加强督查；\n四、兑现奖惩。", number=number, article=article),
    ]
    views = [PassageView(one.passage.text) for one in hits]
    assert all(len(chain) == 1 for chain in chains(hits, views))
