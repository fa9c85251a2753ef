"""What articles are about, and where it was read."""

import pytest

from qa.ingest.pipeline import ingest
from qa.types import Article, Ingested
from tests.ingest.conftest import text_document


def article(ingested: Ingested, title: str) -> Article:
    return next(article for article in ingested.articles if article.title.startswith(title))


@pytest.mark.parametrize(
    ("number", "title", "organisation", "place"),
    [
        ("000", "长治工会", "长治市总工会", "长治市"),
        ("001", "用服务统领工作", "长治市总工会", "长治市"),
        ("002", "把“家”建在", "晋城市总工会", "晋城市"),
        ("004", "以“脱贫摘帽”", "定边县总工会", "定边县"),
        ("004", "围绕大局勇担当", "商洛市总工会", "商洛市"),
        ("003", "以改革为动力", "西宁市总工会", "西宁市"),
        ("003", "法律体检", "西宁市总工会", "西宁市"),
        ("003", "创新交流形式", "海南州总工会", "海南藏族自治州"),
        ("003", "观摩学习找差距", "黄南州总工会", "黄南藏族自治州"),
        ("003", "坚持需求导向", "海东市总工会", "海东市"),
        ("003", "祁连县总工会50万元", "祁连县总工会", "祁连县"),
        ("003", "李忠赴果洛州", "青海省总工会", "果洛藏族自治州"),
        ("003", "职工志愿服务队", "青海省总工会", "青海省"),
    ],
)
def test_facts_of_seeds(number: str, title: str, organisation: str, place: str, seeds: dict[str, Ingested]) -> None:
    found = article(seeds[number], title)
    assert found.organisation is not None
    assert found.organisation.value == organisation
    assert found.places[0].value == place


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_facts_stand_where_they_say(number: str, seeds: dict[str, Ingested]) -> None:
    text = seeds[number].document.text
    for found in seeds[number].articles:
        for year in found.years:
            assert year.span is None or text[year.span.start : year.span.end] == year.value
        if found.organisation and found.organisation.span and found.organisation.where == "signature":
            span = found.organisation.span
            assert text[span.start : span.end][:2] in text[found.spans[-1].end - 60 : found.spans[-1].end + 5]


def test_years(seeds: dict[str, Ingested]) -> None:
    assert article(seeds["003"], "祁连县总工会50万元").years[0].value == "2017"
    assert article(seeds["003"], "法律体检").years[0].where == "masthead", "the text says only 8月8日"
    assert article(seeds["004"], "围绕大局勇担当").years[0].where == "title"
    assert article(seeds["000"], "长治工会").years[0].value == "2017"


def test_a_signature_decides() -> None:
    text = "走访慰问职工\n\n近日，县总工会走访慰问职工三百名，送去慰问金。\n\n(安吉县总工会)\n"
    found = ingest(text_document(text)).articles[0]
    assert found.organisation is not None
    assert (found.organisation.value, found.organisation.where) == ("安吉县总工会", "signature")
    assert found.places[0].value == "安吉县"


def test_the_file_name_tells_the_year() -> None:
    found = ingest(text_document("职工运动会开幕\n\n今天，职工运动会开幕。", "news_20191103.txt")).articles[0]
    assert [(fact.value, fact.where, fact.span) for fact in found.years] == [("2019", "file", None)]


def test_a_year_of_birth_is_not_the_year_of_the_text() -> None:
    text = "王小明当选主席\n\n王小明，男，1964年4月生，1986年7月参加工作。2021年8月当选县总工会主席，2021年起任职。"
    found = ingest(text_document(text)).articles[0]
    assert found.years[0].value == "2021"
    assert "1964" not in {fact.value for fact in found.years}


def test_a_year_since_when_something_is_or_that_is_to_come_is_not_the_year_of_the_text() -> None:
    text = "助学活动启动\n\n助学活动从2011年起每年举办，2012年以来资助500人，2023年资助90人，大楼预计2025年竣工。"
    found = ingest(text_document(text)).articles[0]
    assert [fact.value for fact in found.years] == ["2023"]


def test_the_last_year_of_a_span_of_time_is_that_of_the_text() -> None:
    found = ingest(text_document("助学活动\n\n截至2022年底资助500人，从2020年到2022年共花费90万元。")).articles[0]
    assert [fact.value for fact in found.years] == ["2022", "2020"]


def test_nothing_is_made_up() -> None:
    found = ingest(text_document("窗外的花\n\n晚风清幽，一枝白色的花睡在我的窗外。今夜，你也倦了吗？")).articles[0]
    assert (found.organisation, found.places, found.years) == (None, (), ())
