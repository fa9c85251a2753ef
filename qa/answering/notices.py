"""What a reader should know about answers taken together: printed again elsewhere, or at odds with one another."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from qa.ingest.patterns import squeezed
from qa.ledger.types import Figure
from qa.store.store import Store
from qa.text.lines import line_of
from qa.types import Answer, BlockKind, Candidate, spans_text

Given = tuple[Candidate, Answer, Figure | None]
"""A candidate, the answer that it became, and its row of the ledger where it has one."""


def notices_for(given: Sequence[Given], store: Store) -> tuple[str, ...]:
    """Return the notices on some answers, at most one of each wording."""
    return tuple(dict.fromkeys((*_conflicts(given), *_reprints(given, store))))


def _conflicts(given: Sequence[Given]) -> Iterator[str]:
    """Name two articles that give different figures for one thing of one body in one year."""
    for (_, one, row), (_, other, rival) in combinations(given, 2):
        if row is not None and rival is not None and _at_odds(row, rival):
            yield (
                f"两处说法不一：{_source(one)}为“{one.text}”，{_source(other)}为“{other.text}”，"
                f"说的似是同一件事（{row.body}{row.period}），请核对原文。"
            )


def _at_odds(one: Figure, other: Figure) -> bool:
    same = all(
        getattr(one, name) == getattr(other, name) for name in ("body", "year", "what", "verb", "per_head", "kind")
    )
    told = bool(one.body and one.what and one.year)
    differ = one.value.unit == other.value.unit and one.value.number != other.value.number
    return same and told and differ and one.article_id != other.article_id


def _reprints(given: Sequence[Given], store: Store) -> Iterator[str]:
    """Name the lines that print an answer's sentence again; they are set aside, and not counted as more answers."""
    answers = [answer for _, answer, _ in given]
    for document_id in dict.fromkeys(answer.citation.document_id for answer in answers):
        copies = store.blocks(document_id, BlockKind.REPRINT)
        if not copies:
            continue
        text = store.document(document_id).text
        printed = [(line_of(text, copy.spans[0].start), squeezed(spans_text(text, copy.spans))) for copy in copies]
        for answer in answers:
            sentence = squeezed(answer.sentence) if answer.citation.document_id == document_id else ""
            lines = [f"第 {line} 行" for line, copy in printed if sentence and sentence in copy]
            if lines:
                yield f"{_source(answer)}的这句话在同一文件的{'、'.join(lines)}重复刊登，只算一次。"


def _source(answer: Answer) -> str:
    citation = answer.citation
    return f"《{citation.title}》（{citation.file} 第 {citation.line_start} 行）"
