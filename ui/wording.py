"""What is said of an answer: whose it is, where it stands, how sure it is; pure functions of the answer schema."""

from qa.schema import AnswerJson, CitationJson, RefusalJson, SubjectJson, confidence_level
from ui.messages import Messages, messages

SHORT = 24
"""Characters up to which an answer is set large, above its sentence; a longer one is shown within its sentence only."""


def is_short(answer: AnswerJson) -> bool:
    """Tell whether an answer is set large above its sentence."""
    return len(answer["text"]) <= SHORT and answer["text"] != answer["sentence"]


def split(text: str, mark: list[int]) -> tuple[str, str, str]:
    """Cut a text into what is before, in and after a mark [start, end)."""
    start, end = mark
    return text[:start], text[start:end], text[end:]


def lines(citation: CitationJson, words: Messages) -> str:
    """Say which lines a citation stands on."""
    start, end = citation["line_start"], citation["line_end"]
    return words.text("line", start=start) if start == end else words.text("lines", start=start, end=end)


def heading(citation: CitationJson, words: Messages) -> str:
    """Say title › section."""
    parts = [citation["title"].strip() or words.text("untitled"), citation["section"].strip()]
    return " › ".join(dict.fromkeys(part for part in parts if part))


def who_and_where(subject: SubjectJson) -> str:
    """Say organisation · place, without saying the place twice."""
    place = subject["place"] if subject["place"] not in subject["organisation"] else ""
    return " · ".join(part for part in (subject["organisation"], place) if part)


def year(subject: SubjectJson, words: Messages) -> str:
    """Say the year; "" where it is not known."""
    return words.text("year", year=subject["year"]) if subject["year"] is not None else ""


def subject_line(subject: SubjectJson, words: Messages) -> str:
    """Say whose, where and when: organisation · place · year · what."""
    return " · ".join(part for part in (who_and_where(subject), year(subject, words), subject["what"]) if part)


def refusal_line(refusal: RefusalJson, words: Messages) -> str:
    """Say why there is no answer: in the engine's own words, in Chinese, or in the catalogue's ("engine_…")."""
    names, there = refusal.get("named", []), refusal.get("there", [])  # turns of earlier versions are kept without
    key = f"engine_{refusal.get('part') or ('near' if names else refusal['reason'])}"
    if key not in words.texts:
        return refusal["message"]
    listed = words.text("listed")
    instead = words.text("engine_there", there=listed.join(there)) if there else ""
    return words.text(key, named=listed.join(f"“{name}”" for name in names), there=instead)


def percent(confidence: float) -> str:
    """Write a confidence, 0..1, in whole percent; only certainty is 100%."""
    return f"{min(round(confidence * 100), 99 if confidence < 1 else 100)}%"


def confidence_words(confidence: float, words: Messages) -> str:
    """Say a confidence, 0..1, in words and percent."""
    return words.text(
        "confidence", words=words.text(f"confidence_{confidence_level(confidence)}"), percent=percent(confidence)
    )


def official_form(answer: AnswerJson) -> str:
    """Write answer and source as official papers do: 答案（《题名》，文件名，第X–Y行）; always in Chinese.

    Inside 《》 a title's own marks become 〈〉, after GB/T 15834.
    """
    citation, chinese = answer["citation"], messages("zh")
    title = citation["title"].strip().replace("《", "〈").replace("》", "〉")
    start, end = citation["line_start"], citation["line_end"]
    place = chinese.text("official_line" if start == end else "official_lines", start=start, end=end)
    parts = [chinese.text("official_title", title=title)] if title else []
    return chinese.text("official", answer=answer["text"], source="，".join([*parts, citation["file"], place]))


def table_line(answer: AnswerJson, words: Messages) -> str:
    """Write an answer as a line of a table for pasting, its cells parted by tabs."""
    citation = answer["citation"]
    cells = (
        who_and_where(answer["subject"]),
        year(answer["subject"], words),
        answer["text"],
        heading(citation, words),
        citation["file"],
        lines(citation, words),
    )
    return "\t".join(" ".join(cell.split()) for cell in cells)
