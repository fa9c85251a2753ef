"""Files to a stored index: what is new, changed, gone, broken or interrupted."""

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import DocumentError, StoreError, StoreFullError, StoreMismatchError
from qa.indexing import Indexer, IndexReport
from qa.ingest.files import SourceFile
from qa.store import EncoderKey, Store, encoding_text, vector_id
from qa.store.lock import index_lock
from qa.types import Document, Ingested
from tests.store.parts import FILES, HashEncoder, an_indexer, by_lines, contents, document, index, put, write_files


def test_added_unchanged_replaced_removed(store: Store, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    write_files(texts, FILES)
    report = index(store, texts)
    assert report.added == ("a.txt", "b.txt", "c.txt") and not report.replaced + report.unchanged + report.removed
    assert (report.documents, report.passages, report.failed) == (3, 5, ())
    generation = store.generation
    report = index(store, texts)
    assert report.unchanged == ("a.txt", "b.txt", "c.txt") and not report.added + report.replaced
    assert store.generation == report.generation == generation
    (texts / "a.txt").write_text("甲 题\n一 行\n新 行", "utf-8")
    (texts / "b.txt").unlink()
    report = index(store, texts)
    assert (report.replaced, report.unchanged, report.removed) == (("a.txt",), ("c.txt",), ("b.txt",))
    assert store.passage_counts(["二", "三", "新"]) == {"二": 0, "三": 0, "新": 1}
    assert store.generation == generation + 2


def test_vectors_are_the_encoders_of_context_and_text(store: Store, tmp_path: Path) -> None:
    write_files(tmp_path, FILES)
    index(store, tmp_path)
    ids, vectors = store.vectors()
    rows = dict(zip(ids.tolist(), vectors.tolist(), strict=True))
    passages = store.all_passages()
    expected = HashEncoder().encode_passages([encoding_text(passage) for passage in passages])
    assert rows == {vector_id(passage.id): row for passage, row in zip(passages, expected.tolist(), strict=True)}
    assert encoding_text(passages[0]).split("\n") == [passages[0].context, passages[0].text]


def test_only_what_is_new_is_encoded(store: Store, tmp_path: Path) -> None:
    write_files(tmp_path, FILES)
    encoder = HashEncoder()
    index(store, tmp_path, encoder)
    assert sorted(encoder.encoded) == sorted(encoding_text(passage) for passage in store.all_passages())
    encoder.encoded.clear()
    (tmp_path / "a.txt").write_text("甲 题\n一 行\n新 行\n新 行", "utf-8")
    index(store, tmp_path, encoder)
    assert encoder.encoded == ["甲 题\n新 行"]
    with Store.open(tmp_path / "fresh", create=True, search_words=str.split) as fresh:
        index(fresh, tmp_path)
        assert contents(fresh) == contents(store)


def test_a_new_recipe_makes_everything_anew_but_equal_vectors(store: Store, tmp_path: Path) -> None:
    sources = write_files(tmp_path, FILES)
    encoder = HashEncoder()
    an_indexer(store, encoder).index(sources)
    encoder.encoded.clear()
    report = an_indexer(store, encoder, "r2").index(sources)
    assert len(report.replaced) == 3 and encoder.encoded == []
    assert {document.recipe for document in store.documents()} == {"r2"}


STEP = st.tuples(
    st.sampled_from(sorted(FILES)), st.none() | st.sampled_from(["题\n一 行", "题\n一 行\n二 行", "他\n三"])
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(STEP, max_size=4), max_size=4))
def test_an_index_is_what_a_fresh_one_would_be(rounds: list[list[tuple[str, str | None]]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder, texts = Path(name), Path(name) / "texts"
        write_files(texts, FILES)
        with Store.open(folder / "lived", create=True, search_words=str.split) as lived:
            for steps in rounds:
                for file, text in steps:
                    if text is None:
                        (texts / file).unlink(missing_ok=True)
                    else:
                        (texts / file).write_text(text, "utf-8")
                index(lived, texts)
            index(lived, texts)
            with Store.open(folder / "fresh", create=True, search_words=str.split) as fresh:
                index(fresh, texts)
                assert contents(fresh) == contents(lived)
            lived.check()


def test_bad_files_do_not_stop_the_others(store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    sources = write_files(tmp_path, FILES | {"empty.txt": "", "odd.txt": "怪\n怪"})
    sources.append(SourceFile(tmp_path / "none.txt", "none.txt"))
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 20)
    sources.append(SourceFile(tmp_path / "binary.txt", "binary.txt"))

    def odd(document: Document) -> Ingested:
        if document.file == "odd.txt":
            raise IndexError("list index out of range")
        return by_lines(document)

    report = Indexer(store, HashEncoder(), ingest=odd).index(sources)
    assert report.added == ("a.txt", "b.txt", "c.txt")
    messages = {failure.file: failure.message for failure in report.failed}
    assert set(messages) == {"empty.txt", "odd.txt", "none.txt", "binary.txt"}
    assert (
        "空文件" in messages["empty.txt"] and "不存在" in messages["none.txt"] and "IndexError" in messages["odd.txt"]
    )
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_file_that_broke_keeps_its_older_version(store: Store, tmp_path: Path) -> None:
    write_files(tmp_path, FILES)
    index(store, tmp_path)
    before = contents(store)
    (tmp_path / "a.txt").write_bytes(b"")
    report = index(store, tmp_path)
    assert [failure.file for failure in report.failed] == ["a.txt"] and report.removed == ()
    assert contents(store) == before


def test_only_files_of_the_indexed_folders_are_missed(store: Store, tmp_path: Path) -> None:
    write_files(tmp_path / "one", {"a.txt": "题\n一"})
    write_files(tmp_path / "one_more", {"b.txt": "题\n二"})
    index(store, tmp_path / "one")
    index(store, tmp_path / "one_more")
    (tmp_path / "one" / "a.txt").unlink()
    (tmp_path / "one_more" / "b.txt").unlink()
    assert an_indexer(store).index([]).removed == ()
    assert an_indexer(store).index([], folders=[tmp_path / "one"]).removed == ("a.txt",)
    assert [document.file for document in store.documents()] == ["b.txt"]


def test_a_moved_folder_is_noticed_without_work(store: Store, tmp_path: Path) -> None:
    write_files(tmp_path / "old", FILES)
    index(store, tmp_path / "old")
    (tmp_path / "old").rename(tmp_path / "new")
    encoder = HashEncoder()
    report = index(store, tmp_path / "new", encoder)
    assert len(report.unchanged) == 3 and encoder.encoded == []
    assert {Path(document.source).parent for document in store.documents()} == {tmp_path / "new"}


def test_a_moved_file_is_not_missed_where_it_was(store: Store, tmp_path: Path) -> None:
    write_files(tmp_path / "old", FILES)
    index(store, tmp_path / "old")
    (tmp_path / "old").rename(tmp_path / "new")
    sources = [SourceFile(path, path.name) for path in sorted((tmp_path / "new").iterdir())]
    report = an_indexer(store).index(sources, folders=[tmp_path])
    assert len(report.unchanged) == report.documents == 3 and report.removed == ()


def test_a_file_that_is_there_is_not_missed(store: Store, tmp_path: Path) -> None:
    sources = write_files(tmp_path, FILES)
    an_indexer(store).index(sources)
    report = an_indexer(store).index(sources[:1], folders=[tmp_path])  # as where a folder below cannot be looked into
    assert report.removed == () and report.documents == 3


def test_a_copy_is_stored_once(store: Store, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_files(tmp_path / name, {"a.txt": "题\n一"})
    index(store, tmp_path / "one")
    report = index(store, tmp_path / "two")
    assert report.unchanged == ("a.txt",) and report.documents == 1
    assert Path(store.documents()[0].source).parent == tmp_path / "one"


def spelled(folder: Path) -> list[SourceFile]:
    """Give the files of a folder as a version that kept ".." in a path named them."""
    return [SourceFile(folder / ".." / folder.name / path.name, path.name) for path in sorted(folder.iterdir())]


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_file_has_one_place_whatever_its_path_is_spelled_like(store: Store, tmp_path: Path, rebuild: bool) -> None:
    folder = tmp_path / "texts"
    write_files(folder, FILES)
    an_indexer(store).index(spelled(folder), folders=[folder / ".." / "texts"])
    (folder / "a.txt").write_text("甲 题\n新 行", "utf-8")
    report = index(store, folder, rebuild=rebuild)
    assert "a.txt" in report.replaced and report.added == report.removed == ()
    assert sorted(document.source for document in store.documents()) == sorted(map(str, folder.iterdir()))
    store.check()


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_file_that_was_stored_twice_is_stored_once(store: Store, tmp_path: Path, rebuild: bool) -> None:
    folder = tmp_path / "texts"
    write_files(folder, {"a.txt": "甲 题\n新 行", "b.txt": "乙 题\n三 行"})
    for spelling, text in ((folder / ".." / "texts", "甲 题\n旧 行"), (folder, "甲 题\n新 行")):
        put(store, by_lines(document(text, "a.txt", str(spelling / "a.txt"))))
    assert len(store.documents()) == 2
    report = index(store, folder, rebuild=rebuild)
    assert (report.documents, report.added, report.removed) == (2, ("b.txt",), ("a.txt",))
    assert [held.source for held in store.documents()] == [str(folder / "a.txt"), str(folder / "b.txt")]
    assert store.passage_counts(["旧", "新"]) == {"旧": 0, "新": 1}
    store.check()


def test_an_old_spelling_alone_is_put_right_without_work(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    write_files(folder, FILES)
    index(store, folder)
    for held in store.documents():
        store.move(held.id, str(folder / ".." / "texts" / held.file))
    encoder = HashEncoder()
    report = index(store, folder, encoder)
    assert len(report.unchanged) == report.documents == 3 and encoder.encoded == []
    assert [held.source for held in store.documents()] == sorted(map(str, folder.iterdir()))
    (folder / "b.txt").unlink()
    store.move(store.documents()[1].id, str(folder / ".." / "texts" / "b.txt"))
    assert index(store, folder).removed == ("b.txt",)


def test_a_source_given_twice_counts_once(store: Store, tmp_path: Path) -> None:
    sources = write_files(tmp_path, FILES)
    assert len(an_indexer(store).index(sources + sources).added) == 3


def test_another_encoder_needs_a_rebuild(store: Store, tmp_path: Path) -> None:
    write_files(tmp_path / "kept", {"kept.txt": "留 题\n六 行"})
    index(store, tmp_path / "kept")
    (tmp_path / "kept" / "kept.txt").unlink()  # its text is in the store, so it can be made anew
    write_files(tmp_path / "texts", FILES)
    index(store, tmp_path / "texts")
    before, generation = contents(store), store.generation
    other = HashEncoder(4, "other")
    with pytest.raises(StoreMismatchError, match="hash"):
        index(store, tmp_path / "texts", other)
    assert contents(store) == before and store.generation == generation
    report = index(store, tmp_path / "texts", other, rebuild=True)
    assert len(report.replaced) == 4 and report.documents == 4 and store.generation > generation
    assert store.encoder == EncoderKey("other", 4) and store.vectors()[1].shape == (6, 4)
    assert len(other.encoded) == 6
    store.check()


def test_two_runs_do_not_mix(store: Store, tmp_path: Path) -> None:
    sources = write_files(tmp_path, FILES)
    with index_lock(store.folder):
        with pytest.raises(StoreError, match="正在"):
            an_indexer(store).index(sources)
        with pytest.raises(StoreError, match="正在"):
            an_indexer(store).remove("x")
    assert store.generation == 0
    an_indexer(store).index(sources)
    assert an_indexer(store).remove(store.documents()[0].id) and store.info().documents == 2


@pytest.mark.parametrize("error", [StoreFullError("满"), DocumentError("坏")])
def test_a_full_disk_ends_a_run_and_a_bad_document_does_not(
    store: Store, tmp_path: Path, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = write_files(tmp_path, FILES)

    def failing(document: Document) -> Ingested:
        if document.file == "b.txt":
            raise error
        return by_lines(document)

    run: Callable[[], IndexReport] = lambda: Indexer(store, HashEncoder(), ingest=failing).index(sources)  # noqa: E731
    if isinstance(error, StoreFullError):
        with pytest.raises(StoreFullError):
            run()
    else:
        assert run().failed[0].message == "坏"
