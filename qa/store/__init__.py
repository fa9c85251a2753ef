"""The stored index: SQLite as the truth about documents, articles, passages, words and vectors."""

from qa.store.contents import EncoderKey, StoredDocument
from qa.store.keys import encoding_text, vector_id
from qa.store.store import Store

__all__ = ["EncoderKey", "Store", "StoredDocument", "encoding_text", "vector_id"]
