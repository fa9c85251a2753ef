"""Answers and passages for a terminal: the words themselves, marked in their sentence, and where they stand."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from qa.cli.console import lines, table
from qa.schema import confidence_level
from qa.types import Answer, AnswerExplanation, Citation, FoundPassage, Query, Response, Span, Subject

CERTAINTY = {"high": "把握大", "middle": "较有把握", "low": "把握不大，请核对原文"}
"""Words for the levels of confidence."""


def show_response(console: Console, response: Response, explain: bool) -> None:
    """Print a response for people."""
    if response.follow_up:
        lines(console, [Text(f"接着上文，查的是：{response.resolved_question}", style="cyan")])
    lines(console, (Text(f"注意：{notice}", style="yellow") for notice in response.notices))
    if response.refusal is not None:
        _show_refusal(console, response)
    many = len(response.answers) > 1
    for number, answer in enumerate(response.answers, 1):
        _show_answer(console, answer, number if many else 0)
        if explain:
            _show_parts(console, "排序依据", answer.features)
        if response.explanation is not None:
            _show_why(console, answer, response.explanation.answers[number - 1])
    if explain and response.query is not None:
        _show_query(console, response.query)
    if explain:
        _show_threshold(console, response)
        _show_parts(console, "用时（毫秒）", response.timing_ms)


def show_passages(console: Console, passages: Sequence[FoundPassage], explain: bool) -> None:
    """Print passages for people, best first."""
    for number, passage in enumerate(passages, 1):
        console.print(Text.assemble((f"{number}. ", "bold"), (f"得分 {passage.score:.3f}", "dim")))
        lines(console, [Text(passage.text), where(passage.citation), Text()], 3)
        if explain:
            _show_parts(console, "得分组成", passage.parts)


def where(citation: Citation) -> Text:
    """Say title › section, file and lines."""
    parts = dict.fromkeys(part for part in (citation.title.strip(), citation.section.strip()) if part)
    lines = f"第 {citation.line_start} 行"
    if citation.line_end != citation.line_start:
        lines = f"第 {citation.line_start}–{citation.line_end} 行"
    return Text.assemble(("—— ", "dim"), (" › ".join(parts), "cyan"), (f"  {citation.file} {lines}", "dim"))


def marked(sentence: str, mark: Span, colours: bool) -> Text:
    """Mark the answer in its sentence: by colour, or by 【】 where there is none."""
    before, inside, after = sentence[: mark.start], sentence[mark.start : mark.end], sentence[mark.end :]
    return Text.assemble(before, (inside, "black on yellow") if colours else f"【{inside}】", after)


def subject_line(subject: Subject) -> str:
    """Say whose, where and when, without saying a place twice."""
    place = subject.place if subject.place not in subject.organisation else ""
    year = f"{subject.year}年" if subject.year is not None else ""
    return " · ".join(part for part in (subject.organisation, place, year, subject.what) if part)


def _show_answer(console: Console, answer: Answer, number: int) -> None:
    about = " · ".join(part for part in (subject_line(answer.subject), _confidence(answer.confidence)) if part)
    sentence = marked(answer.sentence, answer.mark, console.is_terminal)
    lines(console, [Text.assemble(f"{number}. " if number else "", (answer.text, "bold green"))])
    lines(console, [Text(about, style="dim"), sentence, where(answer.citation), Text()], 3 if number else 0)


def _confidence(confidence: float) -> str:
    return f"{CERTAINTY[confidence_level(confidence)]}（{confidence:.2f}）"


def _show_refusal(console: Console, response: Response) -> None:
    assert response.refusal is not None
    lines(console, [Text(f"没有找到答案：{response.refusal.message}", style="bold")])
    if response.refusal.suggestions:
        lines(console, [Text("可以这样问：")])
        lines(console, [Text(f"· {suggestion}") for suggestion in response.refusal.suggestions], 2)
    if response.passages:
        lines(console, [Text(), Text("最接近的原文：")])
        show_passages(console, response.passages, False)


def _show_parts(console: Console, title: str, values: Mapping[str, float]) -> None:
    grid = table(title=title)
    for name, value in sorted(values.items(), key=lambda item: -abs(item[1])):
        grid.add_row(Text(name), f"{value:.4g}")
    console.print(grid)
    console.print()


PLACES = {
    "sentence": "原句",
    "passage": "所在段落",
    "paragraph": "同段前文",
    "section": "所在小节",
    "opening": "开头",
    "context": "标题、小标题",
    "title": "标题",
    "heading": "小标题",
    "body": "正文",
    "byline": "署名行",
    "signature": "落款",
    "masthead": "刊头",
    "file": "文件名",
    "article": "所在文章",
}
"""Words for where a word or a subject was found."""


def _show_why(console: Console, answer: Answer, why: AnswerExplanation) -> None:
    """Say which words of the question stand where, and how it is known of whom the answer speaks."""
    grid = table(title="为什么是它")
    for match in why.words:
        form = f"{match.word} → {match.form}" if match.form not in ("", match.word) else match.word
        grid.add_row(Text(form), Text(PLACES.get(match.where, match.where) if match.where else "没有找到"))
    subject = answer.subject
    named = {"place": subject.place, "organisation": subject.organisation, "year": subject.year}
    for part, where in why.subject_from.items():
        grid.add_row(Text(f"{named[part]}", style="cyan"), Text(f"见{PLACES.get(where, where)}"))
    console.print(grid)
    _show_parts(console, "所在段落的得分", why.passage)


def _show_threshold(console: Console, response: Response) -> None:
    if response.explanation is None:
        return
    best = response.explanation.best
    held = "没有候选答案" if best is None else f"候选答案中最大的把握是 {best:.2f}"
    lines(console, [Text(f"把握不到 {response.explanation.threshold:.2f} 就不作回答；{held}。"), Text()])


def _show_query(console: Console, query: Query) -> None:
    rows = {
        "查找": query.text,
        "类型": " ".join(kind.value for kind in query.kinds),
        "词语": " ".join(query.words),
        "同义": "；".join(f"{word}={'、'.join(others)}" for word, others in query.synonyms.items()),
        "单位": " ".join(query.units),
        "地方": " ".join(query.places),
        "机构": " ".join(query.organisations),
        "年份": " ".join(map(str, query.years)),
        "期数等": " ".join(query.numbers),
        "多个答案": "是" if query.many else "否",
    }
    grid = table(title="对问题的理解")
    for name, value in rows.items():
        if value:
            grid.add_row(Text(name, style="dim"), Text(value))
    console.print(grid)
    console.print()
