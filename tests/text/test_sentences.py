import pytest
from hypothesis import given

from qa.text.sentences import LONGEST, sentence_spans
from tests.text.strategies import ocr_text


def split(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentence_spans(text)]


def check(text: str) -> None:
    spans = sentence_spans(text)
    covered: set[int] = set()
    behind = 0
    for span in spans:
        assert behind <= span.start < span.end
        assert len(span) <= LONGEST
        assert not text[span.start].isspace() and not text[span.end - 1].isspace()
        assert len(text[span.start : span.end].splitlines()) == 1
        covered.update(range(span.start, span.end))
        behind = span.end
    assert all(at in covered for at, char in enumerate(text) if not char.isspace())


@given(ocr_text)
def test_spans_are_ordered_trimmed_within_lines_and_cover_all_text(text: str) -> None:
    check(text)


def test_seeds(seeds: dict[str, str]) -> None:
    for text in seeds.values():
        check(text)
        check("".join(text.split()))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("甲乙。丙丁！戊己？", ["甲乙。", "丙丁！", "戊己？"]),
        ("增长3.14倍，1.2万人。共2.5%.", ["增长3.14倍，1.2万人。", "共2.5%."]),
        ("1.加强领导.2.落实责任.", ["1.加强领导.", "2.落实责任."]),
        ("一是宣传；二是检查；三是总结。", ["一是宣传；二是检查；三是总结。"]),
        ("他说：“好。”大家鼓掌。", ["他说：“好。”", "大家鼓掌。"]),
        ("“加油！”他喊道。", ["“加油！”他喊道。"]),
        ("“好！”、“行！”的喊声。", ["“好！”、“行！”的喊声。"]),
        ("他说：“先干。再说。”就走了。", ["他说：“先干。再说。”", "就走了。"]),
        ("出席会议（略有删节。）并讲话。", ["出席会议（略有删节。）并讲话。"]),
        ("会议结束。（记者 李明）", ["会议结束。", "（记者 李明）"]),
        ("有吗?有!好.", ["有吗?", "有!", "好."]),
        ("见 http://a.cn/b?c=d 的说明。", ["见 http://a.cn/b?c=d 的说明。"]),
        ("工会\n\n主席\r\n书记", ["工会", "主席", "书记"]),
        ("等等……后来呢？！真的", ["等等……后来呢？！", "真的"]),
        ("他想……", ["他想……"]),
        ("  。 ", ["。"]),
        ("", []),
        (" \n\u3000", []),
        ('他说:"好."大家笑了.', ['他说:"好."', "大家笑了."]),
        ("《你好。再见》是一本书。", ["《你好。再见》是一本书。"]),
    ],
)
def test_examples(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_a_long_quotation_is_broken_inside() -> None:
    text = "他说：“" + "这是很长的一段讲话内容。" * 8 + "”"
    assert len(split(text)) == 8
    assert split(text)[-1].endswith("。”")


def test_text_without_stops_is_split_at_a_comma() -> None:
    parts = split("全市各级工会，" * 100)
    assert all(part.endswith("，") and len(part) <= LONGEST for part in parts)


def test_text_without_any_punctuation_is_split_at_the_limit() -> None:
    assert [len(part) for part in split("工" * (2 * LONGEST + 7))] == [LONGEST, LONGEST, 7]
