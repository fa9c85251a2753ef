"""Where a row of the ledger stands: file, article, section, lines and the exact raw spans."""

from collections.abc import Sequence
from functools import cache

from qa.errors import NotFoundError
from qa.ledger.types import Figure
from qa.store.keys import vector_id
from qa.store.store import Store
from qa.text.lines import line_of
from qa.types import Citation, Passage


def cite_figure(store: Store, figure: Figure) -> Citation:
    """Cite the very words of a figure.

    Raises:
        NotFoundError: its document has been taken out of the index since.
    """
    return cite_figures(store, [figure])[0]


def cite_figures(store: Store, figures: Sequence[Figure]) -> list[Citation]:
    """Cite several figures, in their order; each document is read once.

    Raises:
        NotFoundError: a document has been taken out of the index since.
    """
    document_of, article_of = cache(store.document), cache(store.article)
    with store.snapshot():
        passages = store.passages(vector_id(figure.passage_id) for figure in figures)
        found = []
        for figure in figures:
            document, article = document_of(figure.document_id), article_of(figure.article_id)
            found.append(
                Citation(
                    document_id=document.id,
                    file=document.file,
                    title=article.title,
                    section=_passage(passages, figure).section,
                    line_start=min(line_of(document.text, span.start) for span in figure.spans),
                    line_end=max(line_of(document.text, span.end - 1) for span in figure.spans),
                    spans=figure.spans,
                    quote=figure.text,
                )
            )
    return found


def _passage(passages: dict[int, Passage], figure: Figure) -> Passage:
    found = passages.get(vector_id(figure.passage_id))
    if found is None:
        raise NotFoundError("台账中没有这条数据：它所在的文档可能已经更新，请重新查找。")
    return found
