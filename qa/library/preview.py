"""What is recognised in a file: read and taken apart as for the index, but stored nowhere."""

from qa.ingest.files import SourceFile
from qa.ingest.pipeline import ingest
from qa.ingest.readers import read_document
from qa.library.types import ArticlePreview, AsidePreview, Preview
from qa.types import SET_ASIDE, Article, Block, BlockKind, Ingested, Span, spans_text

OPENING, ASIDE_TEXT, HEADING = 240, 60, 80
"""Characters shown of a text, of a block set aside, of a heading."""
ASIDE_SHOWN, HEADINGS_SHOWN = 60, 40
_LISTED = SET_ASIDE - {BlockKind.BLANK}


def preview(source: SourceFile, limit: int) -> Preview:
    """Read a file and tell what is recognised in it.

    Args:
        source: the file and the name it will have.
        limit: bytes.

    Raises:
        DocumentError: it cannot be taken in.
    """
    return describe(ingest(read_document(source, limit)))


def describe(ingested: Ingested) -> Preview:
    """Tell what was recognised in a document."""
    document = ingested.document
    aside = [block for block in ingested.blocks if block.kind in _LISTED]
    return Preview(
        file=document.file,
        title=document.title,
        encoding=document.encoding,
        size=document.size,
        characters=len(document.text),
        sha256=document.sha256,
        warnings=document.warnings,
        opening=document.text[:OPENING].strip(),
        articles=tuple(_article(article, ingested) for article in ingested.articles),
        passages=len(ingested.passages),
        aside=tuple(
            AsidePreview(block.kind.value, block.reason, _text(document.text, block, ASIDE_TEXT))
            for block in aside[:ASIDE_SHOWN]
        ),
        aside_total=len(aside),
    )


def _article(article: Article, ingested: Ingested) -> ArticlePreview:
    text = ingested.document.text
    headings = tuple(
        (block.level, _text(text, block, HEADING))
        for block in ingested.blocks
        if block.kind is BlockKind.HEADING and _inside(block.spans[0], article)
    )
    return ArticlePreview(
        title=article.title,
        organisation=article.organisation.value if article.organisation else "",
        places=tuple(fact.value for fact in article.places),
        years=tuple(fact.value for fact in article.years),
        headings=headings[:HEADINGS_SHOWN],
        passages=sum(passage.article_id == article.id for passage in ingested.passages),
        reprint=article.reprint_of is not None,
    )


def _inside(span: Span, article: Article) -> bool:
    return any(own.start <= span.start < own.end for own in article.spans)


def _text(text: str, block: Block, limit: int) -> str:
    whole = " ".join(spans_text(text, block.spans).split())
    return whole if len(whole) <= limit else f"{whole[:limit]}…"
