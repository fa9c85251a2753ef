"""What the chat shows: the raw words, escaped, marked at known offsets."""

import re
from html.parser import HTMLParser
from importlib import resources
from string import Formatter
from typing import Literal, cast, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.schema import RefusalJson, ResponseJson, refusal_json, response_json
from qa.types import (
    Answer,
    AnswerKind,
    Citation,
    FoundPassage,
    Part,
    Refusal,
    RefusalReason,
    Response,
    Span,
    Subject,
    Value,
)
from tests.api.fakes import AMOUNT, COUNT, INFO, PASSAGE, response
from ui.messages import LANGUAGES, messages
from ui.presenter import (
    MAX_CARDS,
    TurnView,
    present_pending,
    present_problem,
    present_shell,
    present_thread,
    present_turn,
    present_welcome,
)
from ui.wording import refusal_line

WORDS = messages("zh")
TAGS = {
    *("section", "article", "header", "div", "h2", "h3", "p", "ul", "li", "a", "span", "blockquote", "mark", "button"),
    *("details", "summary", "svg", "path", "circle", "rect", "figure", "table", "thead", "tbody", "tr", "th", "td"),
    *("dl", "dt", "dd"),
}
ACTS = {
    *("ask", "edit", "edit-resolved", "narrow", "widen", "copy", "copy-table", "sort", "chart", "row", "vote", "why"),
    "source",
}
VOID = {"path", "circle", "rect"}


class Page(HTMLParser):
    """Collects text by class, as a browser would show it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[dict[str, str]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[list[str]] = []
        self.feed(html)
        assert not self._open, "a tag is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.add(tag)
        self.attributes.append(values)
        assert not any(name.startswith("on") for name in values), "a script in an attribute"
        classes = [*values.get("class", "").split(), tag]
        for name in classes:
            self.texts.setdefault(name, []).append("")
        self._open.append(classes)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[-1] == tag

    def handle_data(self, data: str) -> None:
        for classes in self._open:
            for name in classes:
                self.texts[name][-1] += data

    def values(self, name: str) -> list[str]:
        return [attributes[name] for attributes in self.attributes if name in attributes]


def shown(made: Response, **values: object) -> str:
    turn = TurnView("t1", made.question, response_json(made, explain=True), **values)  # type: ignore[arg-type]
    return present_turn(turn, "c1", WORDS)


nasty = st.text(st.sampled_from("据<>&\"'{}%$`\\ \n#a𠮷；\u202e"), max_size=30) | st.sampled_from(
    ["<script>alert(1)</script>", "</mark>", "{{ 7*7 }}", "${x}", '" onload="x', "&lt;b&gt;", "<!--", "]]>"]
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    before, text, after = draw(nasty), draw(nasty.filter(lambda text: bool(text.strip()))), draw(nasty)
    citation = Citation("0" * 16, draw(nasty), draw(nasty), draw(nasty), 3, 4, (Span(5, 7), Span(9, 12)), text)
    mark = Span(len(before), len(before) + len(text))
    subject = Subject(draw(nasty), draw(nasty), draw(st.none() | st.integers(1990, 2020)), draw(nasty))
    value = draw(st.none() | st.builds(Value, st.floats(0, 1e9), st.sampled_from(["元", "人"])))
    kind = draw(st.sampled_from(AnswerKind))
    return Answer(text, kind, value, subject, before + text + after, mark, draw(st.floats(0, 1)), citation)


@given(st.lists(answers(), min_size=1, max_size=5), nasty, nasty)
def test_every_word_is_shown_as_it_is_and_nothing_else_is_markup(
    given_answers: list[Answer], question: str, notice: str
) -> None:
    passage = FoundPassage(given_answers[0].sentence, 0.5, given_answers[0].citation)
    made = Response("1", question, question, tuple(given_answers), (passage,), None, (notice,), {}, INFO)
    page = Page(shown(made))
    assert page.tags <= TAGS
    assert set(page.values("data-act")) <= ACTS
    assert page.texts["asked"] == [question]
    assert page.values("data-question") == [question] * len(page.values("data-question"))
    assert [text.strip("\n") for text in page.texts["notice"]] == [notice.strip("\n")]
    if "several" in page.texts:
        assert page.texts["cell-text"] == [answer.text for answer in given_answers]
        assert page.texts["sentence"] == [answer.sentence for answer in (given_answers[0], *given_answers)]
    else:
        assert page.texts["answer-text"] == [answer.text for answer in given_answers]
        assert page.texts["sentence"] == [answer.sentence for answer in given_answers]
    assert all(link.startswith(("/source/", "/chat/turns/")) for link in page.values("href"))


@given(nasty, nasty, nasty)
def test_a_refusal_shows_its_words_and_the_nearest_passages(question: str, text: str, suggestion: str) -> None:
    refusal = Refusal(RefusalReason.NO_MATCH, text, (suggestion,))
    page = Page(shown(Response("1", question, question, (), (PASSAGE,), refusal, (), {}, INFO)))
    assert page.tags <= TAGS
    assert len(page.texts["refusal-card"]) == 1 and "answer-card" not in page.texts
    assert page.texts["reason"] == [text]
    assert suggestion in page.values("data-question")
    assert PASSAGE.text in page.texts["passage"][0]


@given(nasty, nasty)
def test_problems_and_stages_are_shown_as_text(question: str, text: str) -> None:
    problem = Page(present_problem(question, text, WORDS))
    assert problem.tags <= TAGS and problem.texts["reason"] == [text]
    pending = Page(present_pending(question, [text, text], WORDS))
    assert pending.tags <= TAGS | {"ol"} and pending.texts["asked"] == [question]
    assert pending.texts["done"] == [text] and pending.texts["now"] == [text]
    welcome = Page(present_welcome([question], "s", WORDS))
    assert welcome.values("data-question") == [question] and welcome.texts["example"] == [question]


def test_a_long_answer_is_shown_once_within_its_sentence() -> None:
    sentence = "为职工办实事，" * 5
    citation = Citation("0" * 16, "a.txt", "题", "", 1, 1, (Span(0, len(sentence)),), sentence)
    whole = Answer(sentence, AnswerKind.EXPLAIN, None, Subject(), sentence, Span(0, len(sentence)), 0.6, citation)
    page = Page(shown(response("怎么做", whole)))
    assert page.texts["answer-text"] == [sentence]
    assert page.texts["sentence"] == [sentence]


def test_many_long_answers_are_not_all_shown_at_once() -> None:
    sentence = "为职工办实事，" * 5
    citation = Citation("0" * 16, "a.txt", "题", "", 1, 1, (Span(0, len(sentence)),), sentence)
    whole = Answer(sentence, AnswerKind.EXPLAIN, None, Subject(), sentence, Span(0, len(sentence)), 0.6, citation)
    page = Page(shown(response("怎么做", *[whole] * 7)))
    assert len(page.texts["answer-card"]) == 7
    assert any(WORDS.text("more_answers", count=7 - MAX_CARDS) in text for text in page.texts["related"])


def test_several_short_answers_are_a_table_and_one_is_not() -> None:
    page = Page(shown(response("助学金", AMOUNT, COUNT)))
    assert len(page.texts["answer-card"]) == 1 and len(page.texts["answer-row"]) == 2
    assert page.values("data-order") == ["0", "1"]
    assert "/chat/turns/c1/t1/answers.csv" in page.values("href")
    assert "several" not in Page(shown(response("助学金", AMOUNT))).texts
    unsaved = present_turn(TurnView("", "助学金", response_json(response("助学金", AMOUNT, COUNT))), "", WORDS)
    assert "answers.csv" not in unsaved and 'data-act="vote"' not in unsaved


def test_a_hundred_rows() -> None:
    page = Page(shown(response("助学金", *[AMOUNT] * 100)))
    assert len(page.texts["answer-row"]) == 100 and len(page.texts["answer-card"]) == 1
    assert len([value for value in page.values("data-value")]) == 100


def test_what_a_turn_was_asked_with_is_shown() -> None:
    made = response("助学金", AMOUNT)
    followed: ResponseJson = {
        **response_json(made, explain=True),
        "follow_up": True,
        "resolved_question": "青山县助学金",
    }
    page = Page(
        present_turn(TurnView("t", "那青山县呢？", followed, {"places": ["青山县"], "years": [2014]}, True), "c", WORDS)
    )
    assert page.texts["resolved"][0].replace("\n", "").endswith("青山县助学金")
    assert [text for text in page.texts["still"]] == ["青山县", "2014年"]
    assert page.values("aria-pressed") == ["true", "false"]


def test_why_is_told_from_the_explain_data() -> None:
    made = response_json(response("助学金", AMOUNT), explain=True)
    made["query"] = {"kinds": ["amount"], "words": ["助学"], "synonyms": {"助学": ["圆梦"]}, "years": [2014]}
    page = Page(present_turn(TurnView("t", "助学金", made), "c", WORDS))
    assert "助学（圆梦）" in page.texts["why"][0] and "金额" in page.texts["why"][0]
    del made["query"]
    assert 'data-act="why"' not in present_turn(TurnView("t", "助学金", made), "c", WORDS)


def test_a_thread_holds_its_turns_in_order_and_its_stamp() -> None:
    turns = [TurnView(f"t{number}", f"问{number}<b>", response_json(response("助学金", AMOUNT))) for number in range(3)]
    page = Page(present_thread(turns, "c9", "stamp", WORDS))
    assert page.texts["asked"] == ["问0<b>", "问1<b>", "问2<b>"]
    assert "stamp" in page.values("data-stamp") and page.values("data-conversation")[0] == "c9"


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_catalogues_hold_the_same_messages_with_the_same_values() -> None:
    """What the engine says in Chinese itself, only the other catalogue has to say."""
    chinese, english = (messages(language).texts for language in LANGUAGES)
    english = {key: text for key, text in english.items() if not key.startswith("engine_")}
    assert chinese.keys() == english.keys()
    assert {key: placeholders(text) for key, text in chinese.items()} == {
        key: placeholders(text) for key, text in english.items()
    }
    assert all(text.strip() for texts in (chinese, english) for text in texts.values())


@pytest.mark.parametrize("reason", RefusalReason)
@pytest.mark.parametrize("part", [*get_args(Part), ""])
@pytest.mark.parametrize("named", [(), ("定边", "火星")])
def test_a_refusal_is_worded_in_either_language(
    reason: RefusalReason, part: Literal[""] | Part, named: tuple[str, ...]
) -> None:
    refusal = refusal_json(Refusal(reason, "没有。", part=part, named=named, there=("第2届", "第3届")))
    assert refusal_line(refusal, messages("zh")) == "没有。"
    english = refusal_line(refusal, messages("en"))
    if reason is not RefusalReason.BAD_QUESTION or part or named:
        assert english[0].isupper() and "{" not in english
        assert ("定边”, “火星" in english) == bool(named and part != "future")
    older = {key: value for key, value in refusal.items() if key in {"reason", "message", "suggestions"}}
    assert refusal_line(cast(RefusalJson, older), messages("zh")) == "没有。"


def test_what_is_there_instead_is_told_in_english() -> None:
    refusal = Refusal(RefusalReason.NO_MATCH, "没有。", part="year", named=("2030年",), there=("2016年", "2017年"))
    line = refusal_line(refusal_json(refusal), messages("en"))
    assert line == "The documents have nothing of “2030年” (there is: 2016年, 2017年)."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_the_page_is_there_in_both_languages(language: str) -> None:
    words = messages("en" if language == "en" else "zh")
    for name in ("side", "panel", "context", "hint"):
        html = present_shell(name, words)
        assert html.strip()
        if language == "en":
            assert not re.search(r"[\u4e00-\u9fff]", html), name
    turn = TurnView("t", "question", response_json(response("助学金", AMOUNT, COUNT), explain=True))
    assert words.text("several", count=2) in present_turn(turn, "c", words)


def test_no_message_is_left_unused() -> None:
    folder = resources.files("ui")
    sources = [entry for entry in folder.iterdir() if entry.name.endswith(".py")]
    sources += list(folder.joinpath("templates", "chat").iterdir())
    scripts = [entry for entry in folder.joinpath("static").iterdir() if entry.name.endswith(".js")]
    code = "".join(source.read_text(encoding="utf-8") for source in sources)
    script = "".join(source.read_text(encoding="utf-8") for source in scripts)
    families = ("kind_", "feature_", "part_", "where_", "timing_", "confidence_", "csv_", "why_", "stage_")
    unused = set()
    for key in messages("zh").texts:
        if key.startswith("js_"):
            used = re.search(rf"said\.{key.removeprefix('js_')}\b", script) or key in ("js_past", "js_title")
        else:
            used = re.search(f"[\"']{key}[\"']", code) or key.startswith(families)
        if not used:
            unused.add(key)
    assert not unused
