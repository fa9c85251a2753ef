"""What is said of an answer, of several, and in the files that they are downloaded as."""

import csv
import io

import pytest
from openpyxl import load_workbook

from qa.schema import AnswerJson, ResponseJson, response_json
from qa.types import Answer, AnswerKind, Citation, Span, Subject, Value
from tests.api.fakes import AMOUNT, COUNT, PASSAGE, response
from ui.downloads import to_csv, to_xlsx
from ui.messages import messages
from ui.several import bars, chips, common_unit, filter_words, tabular
from ui.wording import confidence_words, heading, lines, official_form, percent, subject_line, table_line

ZH, EN = messages("zh"), messages("en")


def of(*answers: Answer) -> ResponseJson:
    return response_json(response("助学金", *answers))


def figure(
    text: str, value: Value | None, *, place: str = "", body: str = "", year: int | None = None, file: str = "a.txt"
) -> Answer:
    citation = Citation("0" * 16, file, "题", "", 1, 2, (Span(0, len(text)),), text)
    mark = Span(2, 2 + len(text))
    return Answer(
        text, AnswerKind.AMOUNT, value, Subject(place, body, year, "助学"), f"发放{text}。", mark, 0.9, citation
    )


def one(answer: Answer) -> AnswerJson:
    return of(answer)["answers"][0]


def test_words_around_an_answer() -> None:
    answer, passage = one(AMOUNT), of(AMOUNT)["passages"][0]
    assert PASSAGE.citation.line_end == 5
    assert lines(answer["citation"], ZH) == "第 3 行" and lines(passage["citation"], ZH) == "第 3–5 行"
    assert lines(passage["citation"], EN) == "lines 3–5"
    assert heading(answer["citation"], ZH) == "关于发放助学金的通报 › 一、资金 & 人数"
    assert subject_line(answer["subject"], ZH) == "青山县总工会 · 2014年 · 筹集助学金"
    assert subject_line({"place": "", "organisation": "", "year": None, "what": ""}, ZH) == ""
    assert subject_line({"place": "青山县", "organisation": "", "year": 0, "what": ""}, ZH) == "青山县 · 0年"


@pytest.mark.parametrize(
    ("confidence", "shown"), [(0, "0%"), (0.004, "0%"), (0.93456, "93%"), (0.999, "99%"), (1.0, "100%")]
)
def test_only_certainty_is_a_hundred_percent(confidence: float, shown: str) -> None:
    assert percent(confidence) == shown


def test_confidence_in_words_and_percent() -> None:
    assert confidence_words(0.93, ZH) == "把握大 · 93%"
    assert confidence_words(0.5, ZH).startswith(ZH.text("confidence_middle"))
    assert confidence_words(0.49, EN).startswith(EN.text("confidence_low"))


def test_the_form_of_official_papers() -> None:
    assert official_form(one(figure("8万元", None))) == "8万元（《题》，a.txt，第1–2行）"
    titled = one(AMOUNT)
    titled["citation"]["title"] = "印发《办法》的通知"
    assert official_form(titled).startswith("396.6万元（《印发〈办法〉的通知》，")
    titled["citation"]["title"] = ""
    assert official_form(titled) == f"396.6万元（{titled['citation']['file']}，第3行）"


def test_a_line_for_pasting_has_as_many_cells_as_its_head() -> None:
    assert table_line(one(AMOUNT), ZH).count("\t") == ZH.text("table_head").count("\t")
    broken = one(AMOUNT)
    broken["text"] = "396.6\n万\t元"
    assert table_line(broken, ZH).count("\t") == ZH.text("table_head").count("\t")


def test_a_table_is_for_several_short_answers() -> None:
    assert tabular(of(AMOUNT, COUNT)["answers"])
    assert not tabular(of(AMOUNT)["answers"])
    long = figure("很长的回答" * 10, None)
    assert not tabular(of(AMOUNT, long)["answers"])


def test_bars_compare_one_unit_only() -> None:
    yuan = [
        figure("2万元", Value(20000, "元"), place="甲市", year=2014),
        figure("1万元", Value(10000, "元"), place="乙市"),
    ]
    people = figure("9人", Value(9, "人"))
    answers = of(yuan[1], people, yuan[0])["answers"]
    assert common_unit(answers) == "元"
    drawn = bars(answers, ZH)
    assert [(bar.label, bar.text, bar.share) for bar in drawn] == [
        ("甲市 2014年", "2万元", 100.0),
        ("乙市", "1万元", 50.0),
    ]


@pytest.mark.parametrize(
    "values",
    [
        [Value(1, "元"), Value(2, "人")],
        [Value(0, "元"), Value(0, "元")],
        [Value(-1, "%"), Value(2, "%")],
        [Value(2014, "年"), Value(2016, "年")],
        [None, None],
    ],
)
def test_what_cannot_be_compared_has_no_bars(values: list[Value | None]) -> None:
    assert bars(of(*[figure("x", value) for value in values])["answers"], ZH) == []


def test_chips_offer_what_the_answers_differ_in() -> None:
    made = of(
        figure("1万元", None, place="甲市", year=2014, file="a.txt"),
        figure("2万元", None, place="乙市", year=2014, file="b.txt"),
        figure("3万元", None, place="", year=None, file="b.txt"),
    )
    assert [chip.text for chip in chips(made, {}, ZH)] == ["甲市", "乙市", "a.txt", "b.txt"]
    narrowed = chips(made, {"places": ["甲市"]}, ZH)
    assert [chip.text for chip in narrowed] == ["a.txt", "b.txt"]
    assert narrowed[0].filters == {"places": ["甲市"], "files": ["a.txt"]}
    assert chips(of(AMOUNT), {}, ZH) == []


def test_filters_in_words() -> None:
    assert filter_words({"places": ["甲市"], "years": [2014], "files": ["a.txt"]}, ZH) == ["甲市", "2014年", "a.txt"]
    assert filter_words({}, ZH) == []


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_is_a_formula(text: str) -> None:
    answers = [one(AMOUNT)]
    answers[0]["subject"]["organisation"] = text
    content = to_csv(answers, ZH)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[1][0] == f"'{text}" and rows[1][4] == "396.6万元" and rows[1][5] == "3966000"
    cell = load_workbook(io.BytesIO(to_xlsx(answers, ZH))).active["A2"]
    assert cell.data_type != "f" and cell.value.strip() == text.strip()


def test_a_workbook_holds_numbers_as_numbers_and_any_text() -> None:
    answers = [one(AMOUNT), one(COUNT)]
    answers[1]["sentence"] = "坏\x00字\ud800符"
    sheet = load_workbook(io.BytesIO(to_xlsx(answers, ZH))).active
    assert sheet["F2"].value == 3966000 and sheet["F3"].value == 1021 and sheet.max_row == 3
    assert sheet["A1"].value == ZH.text("csv_organisation")
    assert to_csv(answers, ZH).decode("utf-8-sig").count("\r\n") == 3
