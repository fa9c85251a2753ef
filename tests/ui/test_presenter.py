"""What the page shows: the raw words, escaped, marked at known offsets."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.schema import confidence_level
from qa.types import Answer, AnswerKind, Citation, FoundPassage, Refusal, RefusalReason, Response, Span, Subject
from tests.api.fakes import AMOUNT, COUNT, INFO, PASSAGE, response
from ui.messages import catalogue, message
from ui.presenter import (
    heading,
    lines,
    present,
    present_index,
    present_problem,
    present_welcome,
    source_url,
    subject_line,
)

TAGS = {"section", "article", "h2", "h3", "p", "ul", "li", "a", "span", "blockquote", "mark", "details", "summary"}


class Page(HTMLParser):
    """Collects text by class, as a browser would show it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[list[str]] = []
        self.feed(html)
        assert not self._open, "a tag is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.add(tag)
        assert not any(name.startswith("on") for name in values), "a script in an attribute"
        if tag == "a":
            self.links.append(values["href"] or "")
        classes = [*(values.get("class") or "").split(), tag]
        for name in classes:
            self.texts.setdefault(name, []).append("")
        self._open.append(classes)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[-1] == tag

    def handle_data(self, data: str) -> None:
        for classes in self._open:
            for name in classes:
                self.texts[name][-1] += data


nasty = st.text(st.sampled_from("据<>&\"'{}%$`\\ \n#a𠮷；"), max_size=30) | st.sampled_from(
    ["<script>alert(1)</script>", "</mark>", "{{ 7*7 }}", "${x}", '" onload="x', "&lt;b&gt;", "<!--", "]]>"]
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    before, text, after = draw(nasty), draw(nasty.filter(lambda text: bool(text.strip()))), draw(nasty)
    citation = Citation("0" * 16, draw(nasty), draw(nasty), draw(nasty), 3, 4, (Span(5, 7), Span(9, 12)), text)
    mark = Span(len(before), len(before) + len(text))
    subject = Subject(draw(nasty), draw(nasty), 2014, draw(nasty))
    kind = draw(st.sampled_from(AnswerKind))
    return Answer(text, kind, None, subject, before + text + after, mark, draw(st.floats(0, 1)), citation)


@given(st.lists(answers(), min_size=1, max_size=3), nasty, nasty)
def test_every_word_is_shown_as_it_is_and_nothing_else_is_markup(
    given_answers: list[Answer], question: str, notice: str
) -> None:
    passage = FoundPassage(given_answers[0].sentence, 0.5, given_answers[0].citation)
    shown = Response("1", question, question, tuple(given_answers), (passage,), None, (notice,), {}, INFO)
    page = Page(present(shown))
    assert page.tags <= TAGS
    assert page.texts["asked"] == [question]
    assert page.texts["notice"] == [notice]
    assert page.texts["answer-text"] == [answer.text for answer in given_answers]
    assert page.texts["sentence"] == [answer.sentence for answer in given_answers]
    assert page.texts["mark"] == [answer.text for answer in given_answers]
    assert page.texts["passage"][0].split("\n")[1 : 2 + passage.text.count("\n")] == passage.text.split("\n")
    assert len(page.links) == len(given_answers) + 1
    assert all(link.startswith("/source/") for link in page.links)


@given(nasty, nasty, nasty)
def test_a_refusal_shows_its_words_and_the_nearest_passages(question: str, text: str, suggestion: str) -> None:
    refusal = Refusal(RefusalReason.NO_MATCH, text, (suggestion,))
    shown = Response("1", question, question, (), (PASSAGE,), refusal, (), {}, INFO)
    page = Page(present(shown))
    assert page.tags <= TAGS
    assert len(page.texts["refusal-card"]) == 1 and "answer-card" not in page.texts
    assert text in page.texts["refusal-card"][0] and page.texts["suggestions"][0].strip("\n") == suggestion.strip("\n")
    assert PASSAGE.text in page.texts["passage"][0]


@given(nasty, nasty)
def test_a_problem_is_shown_as_text(question: str, text: str) -> None:
    page = Page(present_problem(question, text))
    assert page.tags <= TAGS
    assert text in page.texts["problem-card"][0]


def test_a_long_answer_is_shown_once_within_its_sentence() -> None:
    sentence = "为职工办实事，" * 5
    citation = Citation("0" * 16, "a.txt", "题", "", 1, 1, (Span(0, len(sentence)),), sentence)
    whole = Answer(sentence, AnswerKind.EXPLAIN, None, Subject(), sentence, Span(0, len(sentence)), 0.6, citation)
    html = present(response("怎么做", whole))
    assert html.count(sentence) == 1
    assert Page(html).texts["answer-text"] == [sentence]


def test_the_links_lead_to_the_marked_place() -> None:
    assert source_url(AMOUNT.citation) == f"{AMOUNT.citation.url}#mark"
    spans = ",".join(f"{span.start}-{span.end}" for span in PASSAGE.citation.spans)
    assert source_url(PASSAGE.citation) == f"/source/{PASSAGE.citation.document_id}?spans={spans}#mark"


def test_words_around_an_answer() -> None:
    assert lines(AMOUNT.citation) == "第 3 行" and lines(PASSAGE.citation) == "第 3–5 行"
    assert heading(AMOUNT.citation) == "关于发放助学金的通报 › 一、资金 & 人数"
    assert subject_line(AMOUNT.subject) == "青山县总工会 · 2014年 · 筹集助学金"
    assert subject_line(Subject()) == ""
    assert subject_line(Subject(place="青山县", year=0)) == "青山县 · 0年"


@pytest.mark.parametrize(
    ("confidence", "level"), [(0.0, "low"), (0.499, "low"), (0.5, "middle"), (0.8, "high"), (1.0, "high")]
)
def test_confidence_in_words(confidence: float, level: str) -> None:
    assert confidence_level(confidence) == level


def test_several_answers_are_counted_and_one_is_not() -> None:
    assert message("several", count=2) in present(response("助学金", AMOUNT, COUNT))
    assert message("several", count=1) not in present(response("助学金", AMOUNT))


def test_the_head_tells_what_can_be_asked_about() -> None:
    assert "1 份文档" in present_index(INFO)
    assert message("index_loading") in present_index(None)
    assert message("welcome") in present_welcome()


def test_no_message_is_left_unused() -> None:
    from importlib import resources

    folder = resources.files("ui")
    sources = [folder / name for name in ("app.py", "presenter.py")] + list((folder / "templates").iterdir())
    code = "".join(source.read_text(encoding="utf-8") for source in sources)
    levels = {"confidence_high", "confidence_middle", "confidence_low"}
    unused = {key for key in catalogue() if f'"{key}"' not in code} - levels
    assert not unused
