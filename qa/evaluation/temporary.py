"""An engine over a folder of documents, in a store that goes when it is left."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from qa.bootstrap import open_engine, open_indexer
from qa.config import Settings
from qa.engine import Engine
from qa.indexing import Progress
from qa.ingest.files import find_files


@contextmanager
def temporary_engine(
    documents: Path, settings: Settings, progress: Callable[[Progress], None] | None = None
) -> Iterator[Engine]:
    """Index a folder and open an engine over it; the user's own store is left alone.

    Args:
        documents: a folder of files to index.
        settings: the encoder, the reader and so on; their data folder does not count.
        progress: told how far the index is.

    Raises:
        YoujuError: a model cannot be loaded, or the disk is full.
    """
    with TemporaryDirectory(prefix="youju-eval-") as folder:
        own = settings.model_copy(update={"data_dir": Path(folder), "documents": (documents,)})
        with open_indexer(own) as indexer:
            if progress is None:
                indexer.index(find_files([documents]))
            else:
                indexer.index(find_files([documents]), progress)
        engine = open_engine(own)
        try:
            yield engine
        finally:
            engine.store.close()
