"""From files to a stored index: what is new is read, encoded and stored; derived files are kept in step."""

from qa.indexing.indexer import Indexer
from qa.indexing.progress import Failure, IndexReport, Progress
from qa.indexing.vectors import load_vectors

__all__ = ["Failure", "IndexReport", "Indexer", "Progress", "load_vectors"]
