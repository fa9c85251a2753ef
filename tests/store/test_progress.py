"""What an indexing run tells while it goes on."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from embeddings.protocols import Vectors
from qa.indexing import Indexer, Progress
from qa.store import Store, encoding_text
from tests.store.parts import FILES, HashEncoder, an_indexer, by_lines, write_files


def test_progress_goes_up_and_ends_at_the_truth(store: Store, tmp_path: Path) -> None:
    many = {f"{number:02}.txt": "\n".join(f"{number} 行{line}" for line in range(45)) for number in range(9)}
    seen: list[Progress] = []
    report = an_indexer(store).index(write_files(tmp_path, many), seen.append)
    assert [each.documents_done for each in seen] == sorted(each.documents_done for each in seen)
    assert [each.passages_done for each in seen] == sorted(each.passages_done for each in seen)
    assert {each.documents_total for each in seen} == {9}
    assert all(each.passages_done <= each.passages_total for each in seen)
    middle = [each for each in seen if each.passages_done]
    assert all(abs(each.passages_total - 9 * 44) <= 20 for each in middle)
    assert all(each.seconds_left is not None and each.seconds_left >= 0 for each in middle)
    last = seen[-1]
    assert (last.documents_done, last.passages_done, last.passages_total) == (9, report.passages, report.passages)
    assert last.seconds_left == 0 and last.file == "" and len(middle) > 5


def test_repeated_passages_count_each(store: Store, tmp_path: Path) -> None:
    seen: list[Progress] = []
    encoder = HashEncoder()
    an_indexer(store, encoder).index(write_files(tmp_path, {"a.txt": "题\n同\n同\n异"}), seen.append)
    assert (seen[-1].passages_done, seen[-1].passages_total) == (3, 3) and len(encoder.encoded) == 2


def test_time_left_goes_by_characters(store: Store, tmp_path: Path) -> None:
    sources = write_files(tmp_path, {"a.txt": "\n".join(f"{number}".rjust(5 * number + 5) for number in range(40))})
    seen: list[Progress] = []
    seconds = 0.0

    class Steady(HashEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Vectors:
            nonlocal seconds
            seconds += sum(map(len, texts))
            return super().encode_passages(texts)

    Indexer(store, Steady(), ingest=by_lines, clock=lambda: seconds).index(sources, seen.append)
    assert seconds > 0
    moments = {each.passages_done: each.seconds_left for each in seen if each.passages_done}
    assert list(moments) == [16, 32, 39]
    whole = sum(len(encoding_text(passage)) for passage in store.all_passages())
    longest = sorted((len(encoding_text(passage)) for passage in store.all_passages()), reverse=True)
    assert list(moments.values()) == pytest.approx([whole - sum(longest[:16]), whole - sum(longest[:32]), 0])


def test_progress_when_there_is_nothing_to_do(store: Store, tmp_path: Path) -> None:
    sources = write_files(tmp_path, FILES)
    an_indexer(store).index(sources)
    seen: list[Progress] = []
    an_indexer(store).index(sources, seen.append)
    assert (seen[-1].documents_done, seen[-1].documents_total) == (3, 3)
    assert seen[-1].passages_total == 0 and seen[-1].seconds_left is None
