"""The only place that picks concrete classes: settings in, working parts out."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from embeddings.errors import EncoderError
from embeddings.protocols import Encoder
from qa.answering.choosing import Chooser, Thresholds
from qa.answering.ranking import Ranker, RankingModel
from qa.config import Settings
from qa.dialogue.followup import resolve
from qa.engine import Engine, Parts
from qa.errors import ModelError
from qa.indexing import Indexer, load_vectors
from qa.ingest.readers import read_document
from qa.ledger.reading import read_figures
from qa.protocols import Reader
from qa.reading.joint import JointReader
from qa.reading.neural import SHIPPED, NeuralReader
from qa.reading.reader import TypedReader
from qa.reading.span_scores import SpanScorer
from qa.retrieval.fusion import HybridRetriever, Weights
from qa.retrieval.known import Known
from qa.retrieval.query import analyse
from qa.store.store import Store
from qa.types import Filters, Query


@dataclass(frozen=True, slots=True)
class Variant:
    """What a measurement leaves out to see what it is worth; by default nothing.

    Attributes:
        weights: of the parts of retrieval.
        understood: puts something else in a question's place once it is understood.
        ignored: features that the ranking does not see.
    """

    weights: Weights = field(default_factory=Weights)
    understood: Callable[[Query], Query] = lambda query: query
    ignored: frozenset[str] = frozenset()


def open_encoder(settings: Settings) -> Encoder:
    """Load the encoder that the settings name.

    Raises:
        ModelError: it is missing, damaged or of the wrong kind.
    """
    from embeddings.sentence_encoder import load_encoder  # heavy: onnxruntime, or torch

    try:
        return load_encoder(settings.encoder, threads=settings.threads)
    except EncoderError as error:
        raise ModelError(str(error)) from error


def open_store(settings: Settings, *, create: bool = False) -> Store:
    """Open the stored index.

    Raises:
        StoreMissingError: there is none, and ``create`` is off.
        StoreDamagedError: it cannot be read.
    """
    store = Store.open(settings.data_dir, create=create)
    store.fill_ledger(read_figures)
    return store


@contextmanager
def open_indexer(settings: Settings) -> Iterator[Indexer]:
    """Open an indexer over the stored index, made where there is none."""
    encoder = open_encoder(settings)
    with open_store(settings, create=True) as store:
        read = partial(read_document, limit=settings.max_file_mb * 2**20)
        yield Indexer(store, encoder, read=read)


def open_engine(settings: Settings, variant: Variant = Variant()) -> Engine:
    """Open an engine over the stored index.

    Raises:
        StoreError: there is no index, or it does not fit the settings.
        ModelError: a model cannot be loaded.
    """
    store = open_store(settings)
    encoder = open_encoder(settings)
    scorer = open_scorer(settings)

    def parts() -> Parts:
        known = Known.from_store(store)

        def understand(question: str, filters: Filters) -> Query:
            return variant.understood(analyse(question, filters, known))

        return Parts(
            known=known,
            resolve=partial(resolve, known=known),
            analyse=understand,
            retriever=HybridRetriever(store, load_vectors(store, encoder), encoder, weights=variant.weights),
            reader=_reader(store, scorer),
        )

    model = RankingModel.load("rules" if scorer is None else "joint").without(variant.ignored)
    chooser = Chooser(store, Thresholds(answerable=model.refuse_below), model.calibration)
    return Engine(store, parts, Ranker(model), chooser, top_k=settings.top_k)


def open_scorer(settings: Settings) -> SpanScorer | None:
    """Load the neural reader that the settings name; None where rules alone are to read, or none is shipped.

    Raises:
        ModelError: it is missing or damaged.
    """
    if settings.reader == "rules" or (settings.reader == "auto" and not SHIPPED.exists()):
        return None
    path = SHIPPED if settings.reader == "auto" else Path(settings.reader)
    if path.suffix == ".onnx":
        return NeuralReader(path, threads=settings.threads)
    from qa.reading.transformers_reader import TransformersReader  # heavy: transformers, torch

    return TransformersReader(settings.reader)


def _reader(store: Store, scorer: SpanScorer | None) -> Reader:
    rules = TypedReader(_idf(store))
    return rules if scorer is None else JointReader(rules, scorer)


def _idf(store: Store) -> Callable[[str], float]:
    """Weigh words by how few passages hold them: log((N + 1) / (n + 0.5)), after Robertson and Spärck Jones (1976)."""
    total = store.info().passages

    @lru_cache(maxsize=20_000)
    def idf(word: str) -> float:
        return math.log((total + 1) / (store.passage_counts([word]).get(word, 0) + 0.5))

    return idf
