"""What is measured, by which verb, per head or in all; coordinated figures."""

import pytest

from tests.ledger.makers import city, one


@pytest.mark.parametrize(
    ("text", "said", "verb", "what"),
    [
        ("筹集金秋助学金396.6万元。", "396.6万元", "筹集", "金秋助学金"),
        ("发放资金50万元，资助困难职工子女909人。", "909人", "资助", "困难职工子女"),
        ("共表彰257个先进单位和个人。", "257个", "表彰", "先进单位和个人"),
        ("基层一线职工的比例达到了98.87%。", "98.87%", "达到", "基层一线职工的比例"),
        ("发放3000元的助学金。", "3000元", "发放", "助学金"),
        ("新建基层工会组织165家。", "165家", "新建", "基层工会组织"),
        ("发放帮扶资金50万元。", "50万元", "发放", "帮扶资金"),
        ("捐赠价值46万元慰问物资。", "46万元", "捐赠", "慰问物资"),
        ("覆盖企业462家。", "462家", "覆盖", "企业"),
        ("沁水县总工会筹集资金50万元。", "50万元", "筹集", "资金"),
        ("签订协议3200份。", "3200份", "签订", "协议"),
        ("省总工会拨付高平市总工会帮扶资金200万元。", "200万元", "拨付", "帮扶资金"),
        ("慰问沁水县总工会困难职工30人。", "30人", "慰问", "困难职工"),
        ("晋城市各级工会慰问一线女工1860人。", "1860人", "慰问", "一线女工"),
        ("市总工会补助12万元。", "12万元", "补助", ""),
        ("奖励“晋城市总工会先锋号”班组16个。", "16个", "奖励", "班组"),
        ("第六条　短休费用280元。", "280元", "", "短休费用"),
        ("补助56名（次）职工。", "56名", "补助", "职工"),
        ("全市经费收入比上年增长12.5%。", "12.5%", "增长", "经费收入"),
        ("入会率较上年提高3个百分点。", "3个百分点", "提高", "入会率"),
        ("工会经费比上年同期增加200万元。", "200万元", "增加", "工会经费"),
        ("困难职工与2014年底相比减少300人。", "300人", "减少", "困难职工"),
    ],
)
def test_the_thing_and_its_verb(text: str, said: str, verb: str, what: str) -> None:
    row = one(city(text), said)
    assert (row.verb, row.what) == (verb, what)


@pytest.mark.parametrize(
    ("text", "per_head"),
    [
        ("每人发放3000元。", True),
        ("人均收入达到3000元。", True),
        ("每户补助3000元。", True),
        ("标准为3000元/人。", True),
        ("为每个工作室补助3000元。", True),
        ("每年发放3000元。", False),
        ("共发放3000元。", False),
    ],
)
def test_per_head_or_in_all(text: str, per_head: bool) -> None:
    assert one(city(text), text[text.index("3000") :].split("。")[0].split("/")[0]).per_head is per_head


def test_labels_and_figures_side_by_side() -> None:
    rows = city("养老、失业、工伤保险参保人数分别为10.5亿人、2.4亿人、2.9亿人。")
    assert [row.what for row in rows] == ["养老保险参保人数", "失业保险参保人数", "工伤保险参保人数"]


def test_from_one_row_to_another() -> None:
    rows = city("农民工、一线职工比例分别由12.3%、17.3%提高到15%、40%。")
    assert [(row.text, row.what) for row in rows] == [
        ("12.3%", "农民工比例"),
        ("17.3%", "一线职工比例"),
        ("15%", "农民工比例"),
        ("40%", "一线职工比例"),
    ]


def test_a_growth_is_of_what_grew() -> None:
    assert one(city("下拨工作经费1861万元，比去年增长20%。"), "20%").what == "工作经费"


def test_a_growth_is_of_the_whole_and_not_of_its_part_in_brackets() -> None:
    rows = city("全市经费收入1.2亿元（其中市总3000万元），比上年增加2000万元。")
    growth = one(rows, "2000万元")
    assert (growth.what, growth.body) == ("经费收入", one(rows, "1.2亿元").body)


def test_what_is_compared_in_another_unit_is_another_thing() -> None:
    assert one(city("举办培训班35期，比上年增加300人。"), "300人").what == ""


def test_a_headline_and_a_repeated_sentence_give_one_row() -> None:
    rows = city("共筹集助学金50万元。\n\n共筹集助学金50万元。")
    assert [row.text for row in rows] == ["50万元"]
