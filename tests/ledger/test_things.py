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


def test_a_headline_and_a_repeated_sentence_give_one_row() -> None:
    rows = city("共筹集助学金50万元。\n\n共筹集助学金50万元。")
    assert [row.text for row in rows] == ["50万元"]
