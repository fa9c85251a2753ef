"""Whatever was put, replaced and removed before, a store is the one that its last documents alone would make."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.store import Store
from tests.store.parts import HashEncoder, by_lines, contents, document, put

FILES = ["a.txt", "b.txt", "c.txt"]
LINE = st.lists(st.sampled_from(["甲", "乙", "丙", "396.6", "GDP"]), min_size=1, max_size=4).map(" ".join)
TEXT = st.lists(LINE, min_size=1, max_size=4).map("\n".join)
STEP = st.tuples(st.sampled_from(FILES), st.none() | TEXT)


@settings(max_examples=40, deadline=None)
@given(st.lists(STEP, max_size=12))
def test_a_store_forgets_its_history(steps: list[tuple[str, str | None]]) -> None:
    final: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "lived", create=True, search_words=str.split) as store:
            store.use_encoder(HashEncoder())
            for file, text in steps:
                before = store.generation
                if text is None:
                    held = [each.id for each in store.documents() if each.file == file]
                    assert [store.remove(id_) for id_ in held] == [True] * (file in final)
                    final.pop(file, None)
                    assert store.generation == before + len(held)
                else:
                    assert put(store, by_lines(document(text, file))) == (file in final)
                    final[file] = text
                    assert store.generation == before + 1
            store.check()
            lived = contents(store)
        with Store.open(Path(folder) / "fresh", create=True, search_words=str.split) as store:
            store.use_encoder(HashEncoder())
            for file, text in final.items():
                put(store, by_lines(document(text, file)))
            assert contents(store) == lived


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    put(store, by_lines(document("题\n旧", "a.txt")))
    before, generation = contents(store), store.generation
    with pytest.raises(KeyboardInterrupt), store.transaction():
        put(store, by_lines(document("题\n新", "b.txt")))
        assert len(store.documents()) == 2  # its own changes are seen inside
        raise KeyboardInterrupt
    assert contents(store) == before and store.generation == generation
    with store.transaction():
        put(store, by_lines(document("题\n新", "b.txt")))
        store.remove(store.documents()[0].id)
    assert [each.file for each in store.documents()] == ["b.txt"]


def test_a_failed_change_inside_a_transaction_leaves_the_others(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("half way")

    with store.transaction():
        put(store, by_lines(document("题\n一", "a.txt")))
        with monkeypatch.context() as patch, pytest.raises(RuntimeError, match="half way"):
            patch.setattr("qa.store.codec.article_row", broken)
            put(store, by_lines(document("题\n二", "b.txt")))
        put(store, by_lines(document("题\n三", "c.txt")))
    assert [each.file for each in store.documents()] == ["a.txt", "c.txt"]
    store.check()


def test_the_same_source_under_another_name_replaces(store: Store) -> None:
    assert put(store, by_lines(document("题\n一", "a.txt", "/x/a.txt"))) is False
    assert put(store, by_lines(document("题\n二", "sub/a.txt", "/x/a.txt"))) is True
    assert put(store, by_lines(document("题\n二", "sub/a.txt", "/y/a.txt"))) is True  # same id, other place
    assert [(each.file, each.source) for each in store.documents()] == [("sub/a.txt", "/y/a.txt")]
    assert store.passage_counts(["一", "二"]) == {"一": 0, "二": 1}
