"""Where a title ends, and which heading a numbered paragraph stands under: made-up documents of many kinds."""

import pytest

from qa.ingest.pipeline import ingest
from qa.types import BlockKind
from tests.ingest.conftest import text_document
from tests.ingest.test_structure import article_of, texts, titles


def sections(text: str) -> list[str]:
    return [passage.section for passage in ingest(text_document(text)).passages]


def test_a_numbered_paragraph_is_not_under_the_heading_that_it_follows() -> None:
    text = "关于举办职工运动会的通知\n\n一、比赛时间\n2019年9月12日至15日，共四天。\n"
    text += "二、参赛范围：各级工会的会员均可报名。\n报名表由基层工会汇总。\n三、奖励办法：设一等奖2名，奖金4000元。"
    assert sections(text) == ["一、比赛时间", ""]


def test_a_numbered_paragraph_stays_under_the_headings_above_its_level() -> None:
    text = "年度工作总结\n\n一、组织建设\n\n（一）组建\n\n全年新建工会210家。\n\n"
    text += "（二）入会：全年发展会员8600人，其中农民工5200人。\n\n1.全市建立服务站32个。"
    assert sections(text) == ["一、组织建设 › （一）组建", "一、组织建设"]


@pytest.mark.parametrize(
    "items",
    [
        "一、开展培训，全年办班12期。\n二、开展竞赛，参赛职工3200人。",
        "（一）开展培训，全年办班12期。\n（二）开展竞赛，参赛职工3200人。",
    ],
)
def test_a_list_with_a_numbering_of_its_own_stays_in_its_section(items: str) -> None:
    assert sections(f"# 工作总结\n\n## 三、主要做法\n\n{items}") == ["三、主要做法"]


def test_numbered_rows_of_a_table_stay_in_its_section() -> None:
    rows = "1.    云安县    142\n2.    水北区    87\n3.    云东县    65"
    assert sections(f"工会组建情况\n\n1.分县区情况\n\n{rows}\n\n各县区均完成年度任务。") == ["1.分县区情况"]


def test_a_chronicle_is_divided_by_its_months() -> None:
    months = ["1月", "2月份", "三月", "4—5月", "十二月"]
    items = [f"{day}日，市总工会召开第{day}次主席办公会议，研究部署重点工作。" for day in range(3, 8)]
    text = "云水市总工会大事记\n\n" + "\n\n".join(
        f"{month}\n\n{item}" for month, item in zip(months, items, strict=True)
    )
    assert titles(ingest(text_document(text))) == ["云水市总工会大事记"]
    assert sections(text) == months


@pytest.mark.parametrize("mark", ["问：", "问:", "Q：", "Q1: ", "【问】"])
def test_a_question_is_no_line_of_the_title_above(mark: str) -> None:
    asked = [f"{mark}会费每月怎样缴纳？", f"{mark}离职以后怎样转会？"]
    text = f"会员须知\n\n{asked[0]}\n\n答：由工会小组按月收取。\n\n{asked[1]}\n\n答：由原单位工会办理转出手续。"
    assert titles(ingest(text_document(text))) == ["会员须知"]
    assert sections(text) == asked


def test_articles_in_a_periodical_may_open_with_a_question() -> None:
    text = "县总工会慰问职工\n\n近日，县总工会慰问职工210名。\n（云安县总工会）\n\n"
    text += "会员互助保障问答\n\n问：大病补助最高多少？\n\n答：最高补助6万元，每年可以申请一次。"
    ingested = ingest(text_document(text))
    assert titles(ingested) == ["县总工会慰问职工", "会员互助保障问答"]
    assert article_of(ingested, "最高补助6万元") == "会员互助保障问答"


@pytest.mark.parametrize(
    "speaker", ["云水市总工会主席 张明华", "市委常委、市总工会党组书记　李 强", "云安县总工会权益保障部部长  王海燕"]
)
def test_a_speaker_beneath_the_title_is_a_byline(speaker: str) -> None:
    occasion = "（2018年3月6日，云水）"
    text = f"在全市工会工作会议上的讲话\n\n{speaker}\n\n{occasion}\n\n同志们：\n\n现在，我讲三点意见，供大家讨论。"
    ingested = ingest(text_document(text))
    assert titles(ingested) == ["在全市工会工作会议上的讲话"]
    assert texts(ingested, BlockKind.BYLINE) == [speaker, occasion]


@pytest.mark.parametrize("line", ["服务职工 张扬正气", "关爱职工 情系万家", "市总工会主席 调研民营企业"])
def test_a_second_line_of_a_title_is_no_speaker(line: str) -> None:
    ingested = ingest(text_document(f"云水市总工会工作纪实\n{line}\n\n近年来，云水市总工会服务大局，成效明显。"))
    assert titles(ingested) == [f"云水市总工会工作纪实 {line}"]


@pytest.mark.parametrize("issue", ["", "2018年第6期\n\n"])
def test_the_one_top_heading_of_markdown_is_the_title(issue: str) -> None:
    text = f"# 工会工作简报\n\n{issue}## 一、组建\n\n全年新建工会210家。\n\n## 二、维权\n\n全年调解争议36件。"
    assert titles(ingest(text_document(text))) == ["工会工作简报"]
    assert sections(text) == ["一、组建", "二、维权"]


def test_one_of_many_top_headings_may_be_a_masthead() -> None:
    text = "# 工会工作简报\n\n2018年第6期\n\n# 组建工作\n\n全年新建工会210家。\n\n# 维权工作\n\n全年调解争议36件。"
    ingested = ingest(text_document(text))
    assert titles(ingested) == ["工会工作简报", "组建工作", "维权工作"]
    assert texts(ingested, BlockKind.MASTHEAD) == ["工会工作简报", "2018年第6期"]
