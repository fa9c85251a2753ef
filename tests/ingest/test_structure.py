"""Articles, headings, captions, contents pages, mastheads: of the seeds, counted by hand, and of made-up documents."""

import pytest

from qa.ingest.pipeline import ingest
from qa.types import Block, BlockKind, Ingested, spans_text
from tests.ingest.conftest import line_numbers, seed_document, text_document
from tests.timing import seconds_of


def titles(ingested: Ingested) -> list[str]:
    return [article.title for article in ingested.articles]


def texts(ingested: Ingested, kind: BlockKind) -> list[str]:
    return [spans_text(ingested.document.text, block.spans) for block in ingested.blocks if block.kind is kind]


def block_at(ingested: Ingested, line: int) -> Block:
    number = line_numbers(ingested.document)
    held = (block for block in ingested.blocks if block.reason != "排版标记")
    return next(block for block in held if any(number(span.start) == line for span in block.spans))


def article_of(ingested: Ingested, words: str) -> str:
    passage = next(passage for passage in ingested.passages if words in passage.text)
    return next(article.title for article in ingested.articles if article.id == passage.article_id)


@pytest.mark.parametrize(("number", "count"), [("000", 1), ("001", 1), ("002", 1), ("003", 59), ("004", 7)])
def test_articles_of_seeds(number: str, count: int, seeds: dict[str, Ingested]) -> None:
    assert len(seeds[number].articles) == count


def test_a_periodical_is_divided_into_its_articles(seeds: dict[str, Ingested]) -> None:
    found = titles(seeds["003"])
    assert found.count("在省委群团改革工作座谈会上的发言") == 3
    assert "祁连县总工会50万元助学金情暖困难职工子女" in found
    assert "以改革为动力深入推动工作创新发展" in found
    assert "西宁市总工会 送法“下乡镇、进企业、入社区”活动正式拉开序幕" in found
    assert "省政协副主席纪仁凤视察省总干校就业及技能培训工作" in found, "a title over two lines"
    assert "探析工会在新时期产业工人队伍建设中的作用" in found, "a title that OCR turned round"
    assert article_of(seeds["003"], "为9户困难职工解决创业扶持资金32万元") == "在省委群团改革工作座谈会上的发言"
    assert article_of(seeds["003"], "发放助学金32.1万元") == "省能源化工机冶工会深入基层开展“金秋助学”活动"


def test_pages_of_a_newspaper(seeds: dict[str, Ingested]) -> None:
    assert [title for title in titles(seeds["004"]) if title != "图片新闻"] == [
        "以“脱贫摘帽”为契机 打造工作亮点和品牌",
        "坚守服务职工是根本",
        "围绕大局勇担当 服务职工谱华章",
    ]
    assert article_of(seeds["004"], "防霾口罩") == "图片新闻"
    assert article_of(seeds["004"], "□杨万莲 赵艳莉") == "以“脱贫摘帽”为契机 打造工作亮点和品牌"


def test_titles_of_features(seeds: dict[str, Ingested]) -> None:
    assert titles(seeds["002"]) == ["把“家”建在职工的心坎上"], "neither the slogan above nor the line under it"
    assert titles(seeds["001"]) == ["用服务统领工作 用活力激发创造 长治市总：凝聚职工力量发挥主力军作用"]


@pytest.mark.parametrize(
    ("number", "line", "kind"),
    [
        ("000", 33, BlockKind.CAPTION),
        ("000", 36, BlockKind.CAPTION),
        ("000", 104, BlockKind.CAPTION),
        ("000", 13, BlockKind.HEADING),
        ("001", 7, BlockKind.BYLINE),
        ("001", 11, BlockKind.CAPTION),
        ("001", 51, BlockKind.CAPTION),
        ("001", 87, BlockKind.CAPTION),
        ("001", 109, BlockKind.HEADING),
        ("002", 13, BlockKind.CAPTION),
        ("002", 75, BlockKind.CAPTION),
        ("002", 77, BlockKind.HEADING),
        ("002", 115, BlockKind.SIGNATURE),
        ("002", 139, BlockKind.CAPTION),
        ("003", 14, BlockKind.MASTHEAD),
        ("003", 24, BlockKind.BYLINE),
        ("003", 30, BlockKind.CAPTION),
        ("003", 46, BlockKind.MASTHEAD),
        ("003", 68, BlockKind.MASTHEAD),
        ("003", 76, BlockKind.MASTHEAD),
        ("003", 107, BlockKind.CONTENTS),
        ("003", 242, BlockKind.BYLINE),
        ("003", 244, BlockKind.BYLINE),
        ("003", 248, BlockKind.HEADING),
        ("003", 366, BlockKind.SIGNATURE),
        ("003", 468, BlockKind.HEADING),
        ("003", 681, BlockKind.PARAGRAPH),
        ("003", 731, BlockKind.HEADING),
        ("003", 933, BlockKind.BYLINE),
        ("003", 1191, BlockKind.SIGNATURE),
        ("004", 33, BlockKind.BYLINE),
        ("004", 45, BlockKind.CAPTION),
    ],
)
def test_kinds_of_lines(number: str, line: int, kind: BlockKind, seeds: dict[str, Ingested]) -> None:
    assert block_at(seeds[number], line).kind is kind


def test_sections_are_nested(seeds: dict[str, Ingested]) -> None:
    by_words = {
        "109.7 万元": "冲顶点 重点工作创新发展 › (二)凝聚职工力量，大力开展劳动竞赛",
        "覆盖企业 8530 个": "强基点 日常工作全面提升 › (二)提质量增实效，推进工资集体协商",
        "讨薪应急周转金": "挺亮点 特色工作异彩纷呈",
    }
    for words, section in by_words.items():
        passage = next(passage for passage in seeds["000"].passages if words in passage.text)
        assert passage.section == section, "where a column stood elsewhere, its own headings count"


def test_what_a_question_may_ask_for_is_searchable(seeds: dict[str, Ingested]) -> None:
    everything = "\n".join(passage.text for passage in seeds["003"].passages)
    for words in ("主 编:李 忠", "qhgy2017@163.com", "(0971)8804231", "2017年10月10日出版", "(作者系省总党组书记"):
        assert words in everything
    assert "- 28 以改革为动力" not in everything, "the contents page is not"


def test_masthead_and_contents_of_a_made_up_periodical() -> None:
    text = """云水工运  第3期  2021年6月15日

目  录

县总工会举办职工运动会……………………………1
走访慰问一线职工……………………………………3

县总工会举办职工运动会

6月1日，县总工会举办职工运动会，来自38个单位的620名职工参加比赛。
(安吉县总工会)

走访慰问一线职工

近日，区总工会走访慰问环卫职工，送去价值3万元的防暑用品。
(吴兴区总工会)
"""
    ingested = ingest(text_document(text))
    assert titles(ingested) == ["云水工运 第3期 2021年6月15日", "县总工会举办职工运动会", "走访慰问一线职工"]
    assert len(texts(ingested, BlockKind.CONTENTS)) == 3
    assert [fact.organisation.value for fact in ingested.articles[1:] if fact.organisation] == [
        "安吉县总工会",
        "吴兴区总工会",
    ]
    assert ingested.passages[1].context == "县总工会举办职工运动会 › 安吉县总工会 › 2021年"


def test_a_contents_page_without_page_numbers() -> None:
    names = ["县总工会举办职工运动会", "慰问一线职工，送清凉到岗位，送关怀到心坎，让职工安心度夏", "职工书屋又添新书!"]
    body = "近日，县总工会开展活动，受到职工欢迎。活动将持续到{}月底。"
    text = "工会动态\n\n目录\n\n" + "\n".join(names)
    text += "".join(f"\n\n{name}\n\n{body.format(at)}" for at, name in enumerate(names, 3))
    ingested = ingest(text_document(text))
    assert titles(ingested)[-3:] == names
    assert len(texts(ingested, BlockKind.CONTENTS)) == 4


@pytest.mark.parametrize("leaders", ["." * 2000, "…" * 2000, ". 。" * 700])
def test_a_long_run_of_dots_in_a_contents_page_is_quick(leaders: str) -> None:
    text = f"目录\n\n县总工会举办职工运动会……1\n\n走访慰问一线职工{leaders}\n\n走访慰问一线职工{leaders}3\n"
    assert seconds_of(lambda number: ingest(text_document(text + "\n完。" * number))) < 1.0


def test_a_digest_is_divided_into_its_items() -> None:
    items = [
        ("全省职工技能大赛开幕", "今天（5月8日），全省职工技能大赛在省会开幕，1200名选手参赛。"),
        ("工会发放助学金", "日前，省总工会发放助学金300万元，帮助900名学生。"),
        ("新增就业岗位5.2万个", "记者今天（5月8日）从人社厅了解到，一季度新增就业岗位5.2万个。"),
        ("首条地铁开通运营", "今天（5月8日），首条地铁开通运营，全长21.6公里。"),
    ]
    text = "本省新闻快讯\n" + "\n".join(f"{title}\n{body}" for title, body in items)
    ingested = ingest(text_document(text))
    assert titles(ingested) == ["本省新闻快讯", *(title for title, _ in items)]
    assert [passage.text for passage in ingested.passages[1:]] == [f"{title}\n{body}" for title, body in items]


def test_a_feature_with_headings_is_one_article() -> None:
    topics = ("劳动竞赛", "劳模服务", "困难帮扶", "文体活动")
    first, second, third, fourth = (
        f"县总工会围绕{topic}，服务大局，开展{topic}，职工在{topic}中受益。" * 3 for topic in topics
    )
    text = "县总工会工作纪实\n\n把握方向 凝心聚力\n\n"
    text += f"{first}\n\n{second}\n\n服务职工 情系民生\n\n{third}\n\n{fourth}"
    ingested = ingest(text_document(text))
    assert len(ingested.articles) == 1
    assert titles(ingested)[0].startswith("县总工会工作纪实")
    assert "服务职工 情系民生" in {passage.section for passage in ingested.passages}


def test_a_statute() -> None:
    text = """职工互助办法
2015年3月1日 省人民政府第十二次常务会议通过
第一章 总则
第一条 为了规范职工互助活动，保障职工权益，制定本办法。
第二条 本办法适用于本省行政区域内的用人单位。
第二章 互助金
第三条 职工有下列情形之一的，可以申领互助金：
（一）患重大疾病的；
（二）因工致残的；
（三）遭受自然灾害的。
第四条 本办法自公布之日起施行。
"""
    ingested = ingest(text_document(text))
    assert titles(ingested) == ["职工互助办法"]
    third = next(passage for passage in ingested.passages if "第三条" in passage.text)
    assert third.section == "第二章 互助金"
    assert third.text.startswith("第二章 互助金\n第三条") and third.text.endswith("（三）遭受自然灾害的。")
    assert sum("条 " in passage.text for passage in ingested.passages) == 4
    assert [fact.value for fact in ingested.articles[0].years] == ["2015"]


def test_page_furniture_is_set_aside() -> None:
    page = "近日，县总工会开展活动，慰问职工三百名，送去慰问金五十万元，受到职工好评。"
    text = "职工之家\n\n" + "\n\n".join(f"{page}{at}。\n\n— {at} —\n\nYUN SHUI GONG YUN" for at in range(1, 5))
    ingested = ingest(text_document(text))
    assert texts(ingested, BlockKind.FURNITURE) == [
        text for at in range(1, 5) for text in (f"— {at} —", "YUN SHUI GONG YUN")
    ]


def test_a_title_printed_twice_on_a_web_page() -> None:
    title = "县总工会启动金秋助学活动 助力学子圆梦"
    ingested = ingest(text_document(f"{title}\n{title}{title} 8月15日，县总工会启动金秋助学活动，资助学生24名。"))
    assert ingested.passages[0].text == f"{title}\n8月15日，县总工会启动金秋助学活动，资助学生24名。"
    assert texts(ingested, BlockKind.REPRINT) == [title + title + " "]


def test_markdown_levels() -> None:
    text = "# 工作总结\n\n开头一段话，说明情况。\n\n## 一、成绩\n\n取得成绩。"
    text += "\n\n### （一）组建\n\n新建工会十家。\n\n## 二、问题\n\n存在问题。"
    ingested = ingest(text_document(text))
    assert [passage.section for passage in ingested.passages] == ["", "一、成绩", "一、成绩 › （一）组建", "二、问题"]


def test_a_whole_periodical_is_quick() -> None:
    text = seed_document("003").text
    assert seconds_of(lambda number: ingest(text_document(text + "\n完。" * number))) < 3.0
