import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.body_lexicon import body_lexicon
from qa.text.organisations import expand_abbreviation, find_organisations
from tests.text.strategies import ocr_text
from tests.timing import seconds_of

KINDS = {"union", "party", "government", "company", "education", "health", "media", "society"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("青海省海南州共和县总工会主席", ["青海省海南州共和县总工会"]),
        ("省总工会、团省委、省妇联、西宁市工会", ["省总工会", "团省委", "省妇联", "西宁市工会"]),
        ("由市总工会和市教育局举办", ["市总工会", "市教育局"]),
        ("省委统战部", ["省委统战部"]),
        ("自治区总工会", ["自治区总工会"]),
        ("长治市委书记", ["长治市委"]),
        ("国网四川省电力公司工会", ["国网四川省电力公司工会"]),
        ("中国工商银行海口分行", ["中国工商银行海口分行"]),
        ("西宁市第二中学", ["西宁市第二中学"]),
        ("记者从《工人日报》获悉", ["工人日报"]),
        ("中华全国总工会", ["中华全国总工会"]),
        ("国家统计局", ["国家统计局"]),
        ("市总领导接待来访", ["市总"]),
        ("省总 工会", ["省总工会"]),
        ("省總工會", ["省总工会"]),
        ("省委办公厅、青海省人民政府办公厅", ["省委办公厅", "青海省人民政府办公厅"]),
        ("省机械冶金建材工会", ["省机械冶金建材工会"]),
        ("济南铁路局工会投入60万元", ["济南铁路局工会"]),
        ("郑州铁路局工会举办比武", ["郑州铁路局工会"]),
        ("青岛机械(集团)有限公司工会", ["青岛机械(集团)有限公司工会"]),
        ("长江电器（上海）有限公司", ["长江电器(上海)有限公司"]),
        ("中国石油辽河油田工会", ["中国石油辽河油田工会"]),
        ("新疆生产建设兵团总工会", ["新疆生产建设兵团总工会"]),
        ("中国国防邮电工会", ["中国国防邮电工会"]),
        ("石柱县总工会和互助县委", ["石柱县总工会", "互助县委"]),
        ("绍兴县总工会", ["绍兴县总工会"]),
        ("长治市教育工会主席出席", ["长治市教育工会"]),
    ],
)
def test_bodies(text: str, found: list[str]) -> None:
    assert [mention.name for mention in find_organisations(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "各级工会组织",
        "基层工会",
        "加强工会建设",
        "顾全大局",
        "全市总人口",
        "省总体规划",
        "形成新格局",
        "该公司",
        "各县委",
        "各县区工会主席",
        "当选工会主席",
        "城市工会",
        "各油田工会",
        "国有农场工会",
        "(集团)有限公司",
        "市场监管",
        "",
    ],
)
def test_no_bodies(text: str) -> None:
    assert find_organisations(text) == []


@given(ocr_text, st.sampled_from(sorted(body_lexicon().kinds)), ocr_text)
def test_mentions_are_ordered_and_never_overlap(before: str, suffix: str, behind: str) -> None:
    text = before + "晋城市" + suffix + behind
    last = 0
    for mention in find_organisations(text):
        assert last <= mention.start < mention.end <= len(text)
        assert mention.kind in KINDS and mention.name
        last = mention.end


@given(st.sampled_from(sorted(suffix for suffix, kind in body_lexicon().kinds.items() if kind == "union")))
def test_any_union_of_a_place_is_found_whole(suffix: str) -> None:
    if suffix in body_lexicon().whole:
        return
    assert [mention.name for mention in find_organisations(f"慰问了祁连县{suffix}。")] == [f"祁连县{suffix}"]


def test_offsets_are_those_of_the_raw_text() -> None:
    text = "来自 西宁市 总工会\u200b的消息"
    (mention,) = find_organisations(text)
    assert text[mention.start : mention.end] == "西宁市 总工会"


@pytest.mark.parametrize(
    ("text", "place", "full"),
    [
        ("市总", "晋城市", "晋城市总工会"),
        ("市总", "晋城", "晋城市总工会"),
        ("市总工会", "平顺县", "长治市总工会"),
        ("省总", "晋城市", "山西省总工会"),
        ("省总工会", "祁连县", "青海省总工会"),
        ("县总", "祁连县", "祁连县总工会"),
        ("县总", "晋城市", "县总工会"),
        ("州总工会", "黄南州", "黄南藏族自治州总工会"),
        ("区总", "浦东新区", "浦东新区总工会"),
        ("区总", "西藏", "西藏自治区总工会"),
        ("自治区总工会", "西藏", "西藏自治区总工会"),
        ("省委", "西宁市", "青海省委"),
        ("市总", "北京市", "北京市总工会"),
        ("全总", "晋城市", "中华全国总工会"),
        ("市总", "", "市总工会"),
        ("某某集团", "晋城市", "某某集团"),
    ],
)
def test_expand_abbreviation(text: str, place: str, full: str) -> None:
    assert expand_abbreviation(text, place) == full


def test_speed(seeds: dict[str, str]) -> None:
    seconds = seconds_of(lambda number: find_organisations(seeds["003"] + "。完" * number))
    assert seconds / len(seeds["003"]) * 300 < 0.012  # for 300 characters; 0.0025 measured
