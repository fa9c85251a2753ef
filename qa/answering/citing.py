"""Where words stand: passages and candidates to citations with lines, section and the exact raw spans."""

from qa.text.lines import line_of
from qa.types import Article, Candidate, Citation, Document, Passage, Span, project


def _solid(text: str, start: int, end: int) -> tuple[int, int]:
    """Shrink [start, end) so that it neither begins nor ends in white space, as far as anything else is in it."""
    piece = text[start:end]
    if not piece.strip():
        return start, end
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def cite(document: Document, article: Article, passage: Passage, start: int, end: int) -> Citation:
    """Cite [start, end) of a passage's text.

    Raises:
        ValueError: the range is empty or reaches beyond the passage.
    """
    spans = project(passage.spans, start, end)
    return Citation(
        document_id=document.id,
        file=document.file,
        title=article.title,
        section=passage.section,
        line_start=min(line_of(document.text, span.start) for span in spans),  # columns may be printed out of order
        line_end=max(line_of(document.text, span.end - 1) for span in spans),
        spans=spans,
        quote=passage.text[start:end],
    )


def cite_candidate(document: Document, article: Article, candidate: Candidate) -> Citation:
    """Cite the very words of a candidate."""
    return cite(document, article, candidate.hit.passage, candidate.start, candidate.end)


def cite_passage(document: Document, article: Article, passage: Passage) -> Citation:
    """Cite a whole passage, without white space at its ends."""
    return cite(document, article, passage, *_solid(passage.text, 0, len(passage.text)))


def sentence_of(candidate: Candidate) -> tuple[str, Span]:
    """Return the raw sentence around a candidate, and where the candidate stands in it."""
    text = candidate.hit.passage.text
    start = min(candidate.sentence.start, candidate.start)
    end = max(candidate.sentence.end, candidate.end)
    start, end = _solid(text, start, end)
    start, end = min(start, candidate.start), max(end, candidate.end)
    return text[start:end], Span(candidate.start - start, candidate.end - start)
