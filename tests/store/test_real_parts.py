"""Two of the seeds through the real reader, ingest, encoder, SQLite and FAISS."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from embeddings.exact_store import ExactStore
from embeddings.protocols import Encoder
from embeddings.sentence_encoder import load_encoder
from qa.bootstrap import open_encoder
from qa.config import Settings
from qa.indexing import Indexer, Progress, load_vectors
from qa.ingest.files import find_files
from qa.retrieval.known import Known
from qa.store import Store, encoding_text, vector_id
from qa.text.words import search_words
from qa.types import spans_text

SEEDS = Path(__file__).parents[2] / "seeds"
FILES = sorted(SEEDS.glob("00[24]_*.txt"))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="module")
def real(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("real"), create=True) as store:
        seen: list[Progress] = []
        report = Indexer(store, encoder).index(find_files(FILES), seen.append)
        assert len(report.added) == len(FILES) == 2 and not report.failed
        assert seen[-1].passages_done == seen[-1].passages_total == report.passages > 20
        yield store


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="this system does not list a process's threads")
def test_the_encoder_has_as_many_threads_as_are_set(encoder: Encoder) -> None:
    def started(threads: int) -> int:
        before = len(list(Path("/proc/self/task").iterdir()))
        opened = open_encoder(Settings(threads=threads))
        more = len(list(Path("/proc/self/task").iterdir())) - before
        assert opened.dim == encoder.dim
        return more

    assert [started(threads) for threads in (1, 2, 5)] == [0, 1, 4]  # whoever asks is one of them


def test_passages_are_what_their_spans_hold(real: Store) -> None:
    real.check()
    texts = {document.id: real.document(document.id).text for document in real.documents()}
    assert sorted(texts.values()) == sorted(path.read_bytes().decode() for path in FILES)
    for passage in real.all_passages():
        assert spans_text(texts[passage.document_id], passage.spans) == passage.text
        assert real.article(passage.article_id) in real.articles(passage.document_id)


def test_every_passage_is_its_own_nearest_neighbour_and_best_match(real: Store, encoder: Encoder) -> None:
    vectors = load_vectors(real, encoder)
    ids, rows = real.vectors()
    exact = ExactStore(encoder.dim)
    exact.add(ids, rows)
    scores, found = vectors.search(rows, 3)
    expected_scores, expected = exact.search(rows, 3)
    assert found.tolist() == expected.tolist() and found[:, 0].tolist() == ids.tolist()
    np.testing.assert_allclose(scores, expected_scores, rtol=1e-5)
    for passage in real.all_passages():
        assert vector_id(passage.id) in dict(real.match_words(search_words(passage.text), 3))


def test_the_vocabulary_is_the_words_of_texts_and_contexts(real: Store) -> None:
    words: Counter[str] = Counter()
    for passage in real.all_passages():
        words.update({*search_words(passage.text), *search_words(passage.context)})
    assert len(words) > 1000 and real.vocabulary() == words
    known = Known.from_store(real)
    assert known.words == words and set(known.titles) == {article.title for article in real.articles()}


def test_a_second_run_has_nothing_to_do(real: Store, encoder: Encoder) -> None:
    generation = real.generation
    report = Indexer(real, encoder).index(find_files(FILES))
    assert len(report.unchanged) == 2 and real.generation == generation and report.seconds < 5


def test_stored_vectors_are_the_encoders(real: Store, encoder: Encoder) -> None:
    passages = real.all_passages()[:4]
    ids, rows = real.vectors()
    held = rows[[ids.tolist().index(vector_id(passage.id)) for passage in passages]]
    again = encoder.encode_passages([encoding_text(passage) for passage in passages])
    assert (np.sum(held * again, axis=1) > 0.999).all()  # batches of other lengths round differently in bf16
