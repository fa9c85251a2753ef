"""The types of qa/types.py to what SQLite holds, and back, exactly.

SQLite's TEXT is UTF-8, which has no lone surrogates; a decoded file or a file name may hold some. Such a text, and
only such a text, is stored as a BLOB (UTF-8 with surrogatepass): TEXT affinity leaves a BLOB as it is.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from embeddings.protocols import Vectors
from qa.types import Article, Block, BlockKind, Document, Fact, Passage, Span

Row = Sequence[Any]
Packed = str | bytes


def pack(text: str) -> Packed:
    """Turn a text into what SQLite can hold."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def unpack(value: Packed) -> str:
    """Undo pack()."""
    return value if isinstance(value, str) else value.decode("utf-8", "surrogatepass")


def pack_values(values: Iterable[object]) -> list[object]:
    """Turn the texts among a statement's values into what SQLite can hold."""
    return [pack(value) if isinstance(value, str) else value for value in values]


def pack_json(value: object) -> Packed:
    """Turn lists, strings and numbers into JSON; escapes are not used, for they would join two lone surrogates."""
    return pack(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def unpack_json(value: Packed) -> Any:  # noqa: ANN401 – JSON holds what was put in
    """Undo pack_json()."""
    return json.loads(unpack(value))


def pack_spans(spans: Iterable[Span]) -> Packed:
    """Turn spans into [[start,end],…]."""
    return pack_json([[span.start, span.end] for span in spans])


def unpack_spans(value: Packed) -> tuple[Span, ...]:
    """Undo pack_spans()."""
    return tuple(Span(start, end) for start, end in unpack_json(value))


def pack_vector(vector: Vectors) -> bytes:
    """Turn a vector of shape (dim,) into little-endian bytes."""
    return vector.astype("<f4", copy=False).tobytes()


def unpack_vectors(blobs: Sequence[bytes], dim: int) -> Vectors:
    """Turn n blobs into float32 (n, dim).

    Raises:
        ValueError: they hold another number of values than n × dim.
    """
    values = np.frombuffer(b"".join(blobs), dtype="<f4").astype(np.float32)
    return values.reshape(len(blobs), dim)


def _fact(fact: Fact) -> list[object]:
    return [fact.value, fact.where, None if fact.span is None else [fact.span.start, fact.span.end]]


def _unpack_fact(value: Sequence[Any]) -> Fact:
    text, where, span = value
    return Fact(text, where, None if span is None else Span(*span))


def unpack_facts(value: Packed) -> tuple[Fact, ...]:
    """Read a list of facts as article_row() writes them."""
    return tuple(_unpack_fact(fact) for fact in unpack_json(value))


DOCUMENT_COLUMNS = "id, file, source, title, text, encoding, sha256, size, warnings"


def document_row(document: Document) -> Row:
    """Give the values of DOCUMENT_COLUMNS."""
    return (
        document.id,
        pack(document.file),
        pack(document.source),
        pack(document.title),
        pack(document.text),
        document.encoding,
        document.sha256,
        document.size,
        pack_json(document.warnings),
    )


def to_document(row: Row) -> Document:
    """Undo document_row()."""
    id_, file, source, title, text, encoding, sha256, size, warnings = row
    return Document(
        id=id_,
        file=unpack(file),
        source=unpack(source),
        title=unpack(title),
        text=unpack(text),
        encoding=encoding,
        sha256=sha256,
        size=size,
        warnings=tuple(unpack_json(warnings)),
    )


BLOCK_COLUMNS = "kind, spans, level, reason"


def block_row(block: Block) -> Row:
    """Give the values of BLOCK_COLUMNS."""
    return (block.kind.value, pack_spans(block.spans), block.level, pack(block.reason))


def to_block(row: Row) -> Block:
    """Undo block_row()."""
    kind, spans, level, reason = row
    return Block(BlockKind(kind), unpack_spans(spans), level, unpack(reason))


ARTICLE_COLUMNS = "id, document_id, title, organisation, places, years, spans, reprint_of"


def article_row(article: Article) -> Row:
    """Give the values of ARTICLE_COLUMNS."""
    return (
        article.id,
        article.document_id,
        pack(article.title),
        None if article.organisation is None else pack_json(_fact(article.organisation)),
        pack_json([_fact(place) for place in article.places]),
        pack_json([_fact(year) for year in article.years]),
        pack_spans(article.spans),
        article.reprint_of,
    )


def to_article(row: Row) -> Article:
    """Undo article_row()."""
    id_, document_id, title, organisation, places, years, spans, reprint_of = row
    return Article(
        id=id_,
        document_id=document_id,
        title=unpack(title),
        organisation=None if organisation is None else _unpack_fact(unpack_json(organisation)),
        places=unpack_facts(places),
        years=unpack_facts(years),
        spans=unpack_spans(spans),
        reprint_of=reprint_of,
    )


PASSAGE_COLUMNS = "id, document_id, article_id, kind, spans, text, context, section"


def passage_row(passage: Passage) -> Row:
    """Give the values of PASSAGE_COLUMNS."""
    return (
        passage.id,
        passage.document_id,
        passage.article_id,
        passage.kind.value,
        pack_spans(passage.spans),
        pack(passage.text),
        pack(passage.context),
        pack(passage.section),
    )


def to_passage(row: Row) -> Passage:
    """Undo passage_row()."""
    id_, document_id, article_id, kind, spans, text, context, section = row
    return Passage(
        id=id_,
        document_id=document_id,
        article_id=article_id,
        kind=BlockKind(kind),
        spans=unpack_spans(spans),
        text=unpack(text),
        context=unpack(context),
        section=unpack(section),
    )
