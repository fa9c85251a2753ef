"""Document → blocks, articles, passages: the stages of ingest in their order."""

from collections.abc import Iterator, Sequence

from qa.ingest import patterns
from qa.ingest.articles import Piece, split_articles
from qa.ingest.blocks import Draft, paragraphs
from qa.ingest.chunking import Chunk, chunks
from qa.ingest.contents import mark_contents, mark_masthead
from qa.ingest.headings import mark_headings
from qa.ingest.joins import join_cuts
from qa.ingest.kinds import mark_plain_kinds
from qa.ingest.lines import Line, read_lines
from qa.ingest.metadata import Facts, masthead_sources, read_facts
from qa.ingest.reprints import mark_reprints, mark_titles_printed_twice
from qa.types import Article, Block, BlockKind, Document, Ingested, Passage, Span, project, spans_text

_TITLE, _SECTION, _CONTEXT = 44, 28, 90
"""Longest title, section and whole of a passage's context, in characters."""


def ingest(document: Document) -> Ingested:
    """Recognise the structure of a document.

    Every character that is not white space is in exactly one passage or one block that was set aside. The same document
    gives the same result, to the last id. Any text will do; none raises.
    """
    lines = read_lines(document.text)
    drafts = paragraphs(lines)
    entries = mark_contents(drafts)
    mark_masthead(drafts)
    mark_plain_kinds(drafts, entries)
    copies = mark_reprints(drafts)
    join_cuts(drafts)
    mark_headings(drafts, entries)
    pieces = split_articles(drafts, entries, document.title.strip() or document.file)
    mark_titles_printed_twice(drafts)
    shared = masthead_sources(document.text, drafts, document.file)
    facts = [read_facts(document.text, piece, shared) for piece in pieces]
    articles = tuple(
        _article(document, ordinal, piece, facts[ordinal], _original(piece, drafts, copies))
        for ordinal, piece in enumerate(pieces)
    )
    passages = tuple(_passages(document, pieces, articles, facts))
    return Ingested(document, tuple(_blocks(drafts, lines)), articles, passages)


def _blocks(drafts: Sequence[Draft], lines: Sequence[Line]) -> Iterator[Block]:
    for draft in drafts:
        if draft.head is None:
            spans = tuple(span for line in draft.all_lines for span in line.spans)
            if draft.cut:
                yield Block(BlockKind.REPRINT, project(spans, 0, draft.cut), 0, "标题重复")
                spans = project(spans, draft.cut, sum(len(span) for span in spans))
            level = draft.level if draft.kind is BlockKind.HEADING else 0
            yield Block(draft.kind or BlockKind.PARAGRAPH, spans, level, draft.reason)
    markup = tuple(span for line in lines for span in line.markup)
    if markup:
        yield Block(BlockKind.FURNITURE, markup, 0, "排版标记")


def _original(piece: Piece, drafts: Sequence[Draft], copies: dict[int, int]) -> int | None:
    """Return the ordinal of the article that this one repeats from beginning to end, or None."""
    running = [
        draft for draft in piece.drafts if draft.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.REPRINT)
    ]
    repeated = [draft for draft in running if draft.kind is BlockKind.REPRINT]
    if not repeated or len(repeated) < len(running):
        return None
    original = drafts[copies[repeated[0].number]].article
    return original if original != repeated[0].article else None


def _article(document: Document, ordinal: int, piece: Piece, facts: Facts, original: int | None) -> Article:
    return Article(
        id=f"{document.id}:{ordinal}",
        document_id=document.id,
        title=piece.title,
        organisation=facts.organisation,
        places=facts.places,
        years=facts.years,
        spans=tuple(_stretches(piece.drafts)),
        reprint_of=None if original is None else f"{document.id}:{original}",
    )


def _stretches(drafts: Sequence[Draft]) -> Iterator[Span]:
    """Yield the raw ranges of an article: one for each run of drafts that follow one another."""
    start = end = 0
    before: Draft | None = None
    for draft in drafts:
        if before is not None and draft.number != before.number + 1:
            yield Span(start, end)
            before = None
        if before is None:
            start = draft.spans[0].start
        end = draft.spans[-1].end
        before = draft
    if before is not None:
        yield Span(start, end)


def _passages(
    document: Document, pieces: Sequence[Piece], articles: Sequence[Article], facts: Sequence[Facts]
) -> Iterator[Passage]:
    ordinal = 0
    for number, (piece, article) in enumerate(zip(pieces, articles, strict=True)):
        for chunk in chunks(document.text, piece):
            yield Passage(
                id=f"{document.id}-{ordinal:05d}",
                document_id=document.id,
                article_id=article.id,
                kind=chunk.kind or BlockKind.PARAGRAPH,
                spans=tuple(chunk.spans),
                text=spans_text(document.text, chunk.spans),
                context=_context(piece, article, chunk, facts[number].year),
                section=" › ".join(_shown(heading) for heading in chunk.section),
            )
            ordinal += 1


def _shown(heading: str) -> str:
    return " ".join(patterns.STAR.sub("", heading).split())


def _context(piece: Piece, article: Article, chunk: Chunk, year: str) -> str:
    """Put together what a passage does not say itself: title › subtitle or section › organisation › year."""
    section = chunk.lead or " ".join(_shown(heading) for heading in chunk.section[-2:]) or piece.subtitle
    organisation = (
        article.organisation.value if article.organisation else (article.places[0].value if article.places else "")
    )
    parts = [article.title[:_TITLE], section[:_SECTION], organisation]
    kept: list[str] = []
    for part in [*parts, f"{year}年" if year else ""]:
        if part and not any(part in other for other in kept):
            kept.append(part)
    return " › ".join(kept)[:_CONTEXT]
