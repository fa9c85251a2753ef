"""Rows of tables are items, whatever parts their cells; what only looks like them is read as before."""

import pytest

from qa.ingest.lines import read_lines
from qa.ingest.pipeline import ingest
from qa.ingest.tables import table_rows
from qa.types import BlockKind
from tests.ingest.conftest import text_document
from tests.ingest.test_structure import texts, titles
from tests.timing import seconds_of

TITLE = "云水市工会组建情况统计表"
BELOW = "以上数据截至2018年12月底，由市总工会汇总。"
ROWS = [("县区", "企业数", "组建率"), ("云安县", "142", "93.5%"), ("水北区", "87", "91.0%"), ("合计", "229", "92.5%")]


@pytest.mark.parametrize(
    "rows",
    [
        ["    ".join(row) for row in ROWS],
        ["　　".join(row) for row in ROWS],
        ["\t".join(row) for row in ROWS],
        [f"| {' | '.join(row)} |" for row in ROWS],
        ["    ".join(row) for row in [*ROWS[:3], ("合计", "229家")]],
        ["    ".join((*row, *row[1:])) for row in ROWS[:3]] + ["合计    229家"],
        ["    ".join((*row, "关于这一栏目的较长的备注文字" * 3)) for row in ROWS],
    ],
)
def test_rows_are_neither_titles_nor_sentences(rows: list[str]) -> None:
    ingested = ingest(text_document(f"{TITLE}\n\n" + "\n".join(rows) + f"\n\n{BELOW}\n"))
    assert titles(ingested) == [TITLE]
    assert texts(ingested, BlockKind.ITEM) == rows
    assert texts(ingested, BlockKind.HEADING) == [TITLE]
    assert BELOW in texts(ingested, BlockKind.PARAGRAPH)
    assert {passage.section for passage in ingested.passages} == {""}


def test_a_markdown_table_stays_with_its_text() -> None:
    rows = [f"| {' | '.join(row)} |" for row in ROWS]
    text = "\n".join([f"# {TITLE}", "", "各县区情况如下：", "", rows[0], "|---|---|---|", *rows[1:], "", BELOW])
    ingested = ingest(text_document(text))
    assert [passage.kind for passage in ingested.passages] == [BlockKind.PARAGRAPH]
    assert texts(ingested, BlockKind.ITEM) == rows


def test_the_unit_over_a_table_is_no_part_of_its_title() -> None:
    rows = "\n".join("    ".join(row) for row in ROWS)
    for unit in ("单位：家", "（单位：家）"):
        ingested = ingest(text_document(f"{TITLE}\n\n{unit}\n\n{rows}\n\n{BELOW}"))
        assert titles(ingested) == [TITLE]
        assert unit in texts(ingested, BlockKind.PARAGRAPH)


def test_rows_of_names_without_figures() -> None:
    rows = ["姓名    单位    职务", "张明    云安县总工会    主席", "李华    水北区总工会    副主席"]
    ingested = ingest(text_document("工会干部名单\n\n" + "\n".join(rows) + "\n\n以上名单已经市总工会审定。"))
    assert titles(ingested) == ["工会干部名单"]
    assert texts(ingested, BlockKind.ITEM) == rows


@pytest.mark.parametrize(
    "text",
    [
        "工  会  简  报",
        "工  会  简  报\n云  水  市  总",
        "王  伟\n李  强",
        "本报记者  王  伟    通讯员  李  强",
        "云水日报    2018年4月27日    星期五    本期8版",
        "第31期    云水工运    2018年\n编辑：王伟    校对：李强    审核：张明",
        "一等奖    3名\n二等奖    5名",
        "全市工会    开展技能竞赛，    涌现一批\n各级组织    深入基层一线，    取得成效\n职工    立足岗位，    踊跃",
        "全年投入    120    万元。\n惠及职工    300    人次。",
    ],
)
def test_wide_gaps_alone_make_no_table(text: str) -> None:
    assert not table_rows(read_lines(text))


def test_many_gaps_are_read_quickly() -> None:
    line = "1" + "  1" * 20_000
    assert seconds_of(lambda number: table_rows(read_lines(f"{line}\n{line}\n{number}"))) < 1.0
    line = "1 " * 30_000 + "x  2  3"
    assert seconds_of(lambda number: table_rows(read_lines(f"{line}\n{line}\n{number}"))) < 1.0
