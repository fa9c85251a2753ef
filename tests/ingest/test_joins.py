"""Sentences cut by page and column breaks: the cuts of the seeds, listed by hand, and made-up ones of each kind."""

import pytest

from qa.ingest.bridging import word_gain
from qa.ingest.pipeline import ingest
from qa.types import SET_ASIDE, Ingested, Passage
from tests.ingest.conftest import line_numbers, text_document

# Last line of the first half, first line of the second; lines count from 1 in the raw file. Line ends inside
# hard-wrapped columns (003, lines 410 to 495) are tested on their own.
CUTS = {
    "000": "74-76 100-40",
    "001": "19-93 27-101 47-57 67-73",
    "002": "21-23 35-37 49-51 61-63 67-69 81-83 87-89 101-103",
    "003": (
        "230-232 250-252 256-258 270-272 296-298 306-308 316-318 336-338 340-342 346-348 374-376"
        " 380-382 396-398 406-410 449-451 505-507 539-541 545-547 557-559 567-571 589-591 619-621"
        " 641-643 643-645 645-647 649-651 651-653 665-667 679-681 681-685 691-695 741-743 755-757"
        " 775-777 797-799 815-817 903-905 905-907 911-913 917-921 925-927 939-941 945-949 951-953"
        " 955-957 963-965 973-977 979-981 997-991 991-1001 1001-1003 1011-1013 1015-1017 1051-1053 1053-1055"
        " 1059-1061 1067-1071 1079-1081"
    ),
    "004": "9-11 17-19 23-25 55-57 93-97 97-99 109-111",
}


def expected(number: str) -> set[tuple[int, int]]:
    pairs = (pair.split("-") for pair in CUTS[number].split())
    return {(int(head), int(tail)) for head, tail in pairs}


def found(ingested: Ingested) -> set[tuple[int, int]]:
    """Return the joins of a document over blank lines, captions and headings: line pairs."""
    line = line_numbers(ingested.document)
    blocks = [block for block in ingested.blocks if block.kind not in SET_ASIDE]
    pairs = {
        (line(one.end - 1), line(other.start))
        for block in blocks
        for one, other in zip(block.spans, block.spans[1:], strict=False)
    }
    return {(head, tail) for head, tail in pairs if tail not in (head, head + 1)}


@pytest.mark.parametrize("number", sorted(CUTS))
def test_cuts_of_seeds_are_joined(number: str, seeds: dict[str, Ingested]) -> None:
    wanted, joined = expected(number), found(seeds[number])
    assert len(wanted & joined) / len(wanted) >= 0.85, sorted(wanted - joined)
    assert len(joined - wanted) / len(joined) < 0.03, sorted(joined - wanted)


def test_all_seeds_together(seeds: dict[str, Ingested]) -> None:
    wanted = {(number, *pair) for number in CUTS for pair in expected(number)}
    joined = {(number, *pair) for number in CUTS for pair in found(seeds[number])}
    assert len(wanted) == 79
    assert len(wanted & joined) / len(wanted) >= 0.95
    assert len(joined - wanted) / len(joined) < 0.03


def holding(ingested: Ingested, words: str) -> Passage:
    return next(passage for passage in ingested.passages if words in passage.text)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("001", "成为省市县工会弘扬劳模精神"),
        ("001", "未通过项目99项"),
        ("000", "组织开展乡镇（街道）和开发区工会组织建设情况调研"),
        ("003", "劳动生产率水平仅为世界平均水平的40%"),
        ("003", "设备先进的要求"),
        ("003", "输出地跟踪服务为辅,两地通力合作,使本省农民工在外省市"),
    ],
)
def test_joined_sentences_can_be_read(number: str, words: str, seeds: dict[str, Ingested]) -> None:
    assert "\n" not in words
    assert holding(seeds[number], words)


HEAD = "县总工会今年走访慰问困难职工三百余户，全年共筹集帮扶"
TAIL = "资金二百六十万元，比上年多出两成。"


@pytest.mark.parametrize(
    "between",
    [
        "\n\n",
        "\n\n\n\n",
        "\n\n图为慰问现场\n\n",
        "\n\n\n\n工会干部慰问困难职工。\n\n\n\n",
        "\n\n— 12 —\n\n\n",
        "\n\n\n\n（左一）县总工会主席入户走访\n\n\n\n县总工会工作人员发放慰问品\n\n",
    ],
)
def test_half_sentences_are_joined_over_what_lies_between(between: str) -> None:
    text = f"县总工会开展送温暖活动\n\n{HEAD}{between}{TAIL}\n\n近年来，县总工会不断加大帮扶力度，帮助职工解难题。"
    assert holding(ingest(text_document(text)), "全年共筹集帮扶资金二百六十万元")


def test_columns_out_of_order_are_joined() -> None:
    text = (
        "送温暖活动综述\n\n"
        "近年来，县总工会围绕中心服务大局，各项工作走在了全省工\n\n"
        "去年，县总工会筹集资金三十万元，帮助困难职工渡过难关。\n\n"
        "今年，各基层工会也行动起来，走进车间班组，听取职工心声。\n\n\n\n"
        "会系统的前列，受到了职工群众的好评。"
    )
    ingested = ingest(text_document(text))
    assert holding(ingested, "走在了全省工会系统的前列")
    assert holding(ingested, "帮助困难职工渡过难关。").text.count("。") >= 1


@pytest.mark.parametrize(
    "text",
    [
        "职工运动会圆满落幕\n\n昨天，全县职工运动会在体育中心落下帷幕，六百人参赛。",
        "一、提高政治站位\n\n始终坚持党的领导，把握正确方向。\n\n二、服务职工群众\n\n常态化走访一线职工。",
        "表彰大会召开\n劳模代表发言\n\n大会表彰了一百名劳动模范，气氛热烈。",
    ],
)
def test_titles_are_not_joined_to_text(text: str) -> None:
    assert not found(ingest(text_document(text)))


def test_finished_paragraphs_stay_apart() -> None:
    paragraphs = ["县总工会召开会议。", "会议总结了去年的工作。", "会议部署了今年的任务。"]
    ingested = ingest(text_document("工作会议\n\n" + "\n\n".join(paragraphs)))
    assert "\n".join(paragraphs) in ingested.passages[0].text


@pytest.mark.parametrize("width", [18, 22])
def test_hard_wrapped_columns_are_put_together(width: int) -> None:
    body = (
        "本次竞赛共有来自全市各县区的二十四支代表队、一百三十二名选手参加，经过两天的激烈角逐，最终城关区代表队获得团体第一名，"
        "平川区代表队获得团体第二名，共发放奖金315.33万元，有36名选手被授予技术能手称号。竞赛由市总工会主办。"
    )
    lines = "\n".join(body[at : at + width] for at in range(0, len(body), width))
    ingested = ingest(text_document(f"职工技能竞赛落幕\n{lines}\n"))
    assert ingested.articles[0].title == "职工技能竞赛落幕"
    assert body in ingested.passages[0].text
    assert all(len(span) <= width for span in ingested.passages[0].spans)


@pytest.mark.parametrize(
    ("before", "after"), [("成为省市县工", "会弘扬劳模"), ("未通过项", "目99项"), ("劳动生产率水", "平仅为")]
)
def test_a_word_across_the_gap(before: str, after: str) -> None:
    assert word_gain(before, after) > 3


@pytest.mark.parametrize(
    ("before", "after"), [("依法", "合理表达"), ("成为省市县工", "去年"), ("，", "职工"), ("", "")]
)
def test_no_word_across_the_gap(before: str, after: str) -> None:
    assert word_gain(before, after) == pytest.approx(0.0, abs=1e-6)
