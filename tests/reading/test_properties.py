"""What must hold for any text at all."""

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.reading.lists.find import find_groups
from qa.reading.patterns.figures import find_figures
from qa.reading.reader import TypedReader
from qa.reading.view import PassageView
from qa.types import AnswerKind
from tests.reading.makers import hit, query

PIECES = st.sampled_from(
    [
        *"一二三四五六七八九十百千万亿零年月日号元人户家名个次%％，。、；：！？（）“”《》()—~- \n\t　１２０.5",
        *(
            "2017",
            "万元",
            "共",
            "其中",
            "主席",
            "王小明",
            "李 忠",
            "总工会",
            "某某镇",
            "位于",
            "分别为",
            "等5个",
            "一是",
            "二是",
        ),
        *(
            "（一）",
            "（二）",
            "1、",
            "2、",
            "①",
            "百分之",
            "三分之二",
            "至",
            "电话:",
            "a@b.cn",
            "0311-8051234",
            "從",
            "△",
            "**",
            "和",
            "以及",
            "包括",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)
ASKED = query(
    "“四送”活动中哪个镇的谁在什么时候比上年多发放了多少钱，为什么",
    *("四送", "发放", "钱", "王小明", "总工会"),
    kinds=tuple(AnswerKind),
    many=True,
    places=("廊坊市",),
    years=(2017,),
    units=("元", "人"),
    numbers=("5",),
)
READER = TypedReader()


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_candidates_are_parts_of_their_passage(text: str) -> None:
    for one in READER.read(ASKED, [hit(text)]):
        assert 0 <= one.sentence.start <= one.start < one.end <= one.sentence.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert one.text.strip()
        assert 0.0 <= one.score <= 1.0
        shares = {name: value for name, value in one.features.items() if name not in {"group", "item", "group_size"}}
        assert all(0.0 <= value <= 1.0 for value in shares.values()), shares


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_lists_are_in_order_and_apart(text: str) -> None:
    view = PassageView(text)
    for group in view.groups:
        ends = [0, *(item.end for item in group.items)]
        assert all(
            end <= item.start < item.end <= len(view.plain) for end, item in zip(ends, group.items, strict=False)
        )


@settings(max_examples=200, deadline=None)
@given(
    st.integers(1, 99_999_999),
    st.sampled_from(["元", "万元", "亿元", "人", "户", "%", "个月", "平方米"]),
    st.sampled_from(["共有", "发放", "达到"]),
)
def test_a_written_figure_reads_as_itself(number: int, unit: str, before: str) -> None:
    found = find_figures(f"{before}{number}{unit}。")
    factor = {"万元": 10_000, "亿元": 100_000_000}.get(unit, 1)
    assert len(found) == 1
    assert found[0].value is not None
    assert found[0].value.number == number * factor
    assert found[0].value.unit == ("元" if unit.endswith("元") else unit)


@given(TEXTS)
def test_the_items_of_a_list_follow_one_another(text: str) -> None:
    view = PassageView(text)
    for group in find_groups(view.plain, view.gaps):
        edges = [edge for item in group.items for edge in (item.start, item.end)]
        assert edges == sorted(edges)
        assert all(len(item) for item in group.items)


def test_a_list_that_begins_with_one_character_stays_in_its_place() -> None:
    view = PassageView("2、议案须经三分之二以上通过。出席会议的人员以及召集人的资格合法。")
    assert all(group.start < group.end for group in find_groups(view.plain, view.gaps))
