"""Whose and where: 全市 and 其中市总, partners, rows of bodies, paragraphs, headings."""

import pytest

from tests.ledger.makers import city, ledger, one

OWN, ALL = "晋城市总工会", "晋城市各级工会"


def body(text: str, said: str) -> tuple[str, str]:
    row = one(city(text), said)
    return row.body, row.place


@pytest.mark.parametrize(
    ("text", "said", "expected"),
    [
        ("市总工会发放助学金106万元。", "106万元", (OWN, "晋城市")),
        ("市总发放助学金106万元。", "106万元", (OWN, "晋城市")),
        ("共发放助学金106万元。", "106万元", (OWN, "晋城市")),
        ("全市共表彰先进集体257个。", "257个", (OWN, "晋城市")),
        ("全市各级工会共筹集资金396.6万元。", "396.6万元", (ALL, "晋城市")),
        ("各级工会走访企业731家。", "731家", (ALL, "晋城市")),
        ("各县（市、区）总工会举办培训班35期。", "35期", (ALL, "晋城市")),
        ("全省工会筹集资金396.6万元。", "396.6万元", ("山西省各级工会", "山西省")),
        ("全国总工会下拨资金200万元。", "200万元", ("全国总工会", "全国")),
        ("沁水县总工会发放慰问金20万元。", "20万元", ("沁水县总工会", "沁水县")),
        ("沁水县投入20万元。", "20万元", ("", "沁水县")),
    ],
)
def test_who_a_sentence_speaks_of(text: str, said: str, expected: tuple[str, str]) -> None:
    assert body(text, said) == expected


def test_the_part_is_not_the_whole() -> None:
    text = "全市各级工会共筹集助学金396.6万元，其中市总共向232位学生发放助学金106万元。"
    assert body(text, "396.6万元") == (ALL, "晋城市")
    assert body(text, "106万元") == (OWN, "晋城市")


def test_a_whole_area_is_told_from_its_own_body_where_that_is_set_against_it() -> None:
    text = "全市共筹集助学金396.6万元，其中市总工会筹集106万元。"
    assert body(text, "396.6万元")[0] == ALL
    assert body(text, "106万元")[0] == OWN


@pytest.mark.parametrize(
    "text",
    [
        "市总工会向沁水县总工会捐赠资金70万元。",
        "市总工会与市人社局联合投入70万元。",
        "在山西省总工会的领导下，投入70万元。",
        "市总工会按照省总工会要求，投入70万元。",
        "参加了全省职工乒乓球比赛，投入70万元。",
        "根据《山西省总工会关于助学的通知》，投入70万元。",
        "走访沁水县、阳城县总工会和高平市总工会，投入70万元。",
        "市总工会、市人社局投入70万元。",
        "市总工会拨付阳城县总工会帮扶资金70万元。",
        "市总工会下拨阳城县总工会、高平市总工会70万元。",
    ],
)
def test_partners_receivers_and_superiors_are_no_subjects(text: str) -> None:
    assert body(text, "70万元")[0] == OWN


def test_a_subject_holds_for_the_sentences_behind_it() -> None:
    rows = city("沁水县总工会狠抓建会工作。新建工会12家。\n\n全年发放资金50万元。")
    assert one(rows, "12家").body == "沁水县总工会"
    assert one(rows, "50万元").body == OWN, "a new paragraph goes back to the article's own body"


def test_a_subject_does_not_reach_over_a_semicolon() -> None:
    text = "市总工会派驻干部9名；市妇联派驻干部2名；新建工会52个。"
    assert body(text, "2名")[0] == "晋城市妇联"
    assert body(text, "52个")[0] == OWN


def test_this_body_is_the_last_one_named() -> None:
    rows = ledger("# 沁水县总工会金秋助学\n\n沁水县总工会开展金秋助学。今年，该工会共救助107名学生。\n")
    assert one(rows, "107名").body == "沁水县总工会"


def test_a_row_of_bodies_is_aligned_with_its_row_of_figures() -> None:
    rows = city("高平市总工会、阳城县总工会分别发放助学金30万元、20万元。")
    assert [(row.text, row.body, row.place, row.what) for row in rows] == [
        ("30万元", "高平市总工会", "高平市", "助学金"),
        ("20万元", "阳城县总工会", "阳城县", "助学金"),
    ]


def test_articles_of_one_file_have_subjects_of_their_own() -> None:
    rows = ledger(
        "# 沁水县总工会送清凉\n\n县总工会投入资金20万元，惠及职工300人。\n\n"
        "# 阳城县总工会送清凉\n\n县总工会投入资金30万元，惠及职工400人。\n"
    )
    assert (one(rows, "20万元").body, one(rows, "30万元").body) == ("沁水县总工会", "阳城县总工会")


def test_a_law_is_nobodys_figure_of_no_year() -> None:
    (told,) = ledger("# 晋城市总工会推广三色工作法\n\n调处纠纷30件。\n", "报告/20161220.txt")
    assert (told.body, told.year) == ("晋城市总工会", 2016)
    (row,) = ledger("# 山西省集体合同条例\n\n第一条 协商代表人数不得少于三人。\n")
    assert (row.body, row.period, row.year) == ("", "", None)
