"""What a reader should know about answers taken together: printed again elsewhere, or at odds with one another."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from qa.ledger.types import Figure
from qa.store.store import Store
from qa.types import Answer, Candidate

Given = tuple[Candidate, Answer, Figure | None]
"""A candidate, the answer that it became, and its row of the ledger where it has one."""


def notices_for(given: Sequence[Given], left_out: int, store: Store) -> tuple[str, ...]:
    """Return the notices on some answers, at most one of each wording.

    Args:
        left_out: answers that the limit cut off.
    """
    notices = [*_conflicts(given), *_reprints(given, store)]
    if left_out:
        notices.append(f"另有 {left_out} 条答案未列出。")
    return tuple(dict.fromkeys(notices))


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
    """Name the articles that repeat one that is cited; they are set aside, and not counted as more answers."""
    articles = dict.fromkeys(candidate.hit.passage.article_id for candidate, _, _ in given)
    for cited in articles:
        article = store.article(cited)
        again = [one for one in store.articles(article.document_id) if one.reprint_of == cited]
        if again:
            yield f"《{article.title}》在同一文件里重复刊载 {len(again)} 次，只算一次。"


def _source(answer: Answer) -> str:
    citation = answer.citation
    return f"《{citation.title}》（{citation.file} 第 {citation.line_start} 行）"
