"""XLM-RoBERTa's Unigram tokeniser in plain Python: quick to load, fit for questions and short texts."""

from collections.abc import Mapping
from itertools import chain

from embeddings.packed import Vocabulary

_SPACE = "▁"
_UNKNOWN_PENALTY = 10.0
"""An unknown character scores this much less than the least likely piece (SentencePiece's kUnkPenalty)."""


class Unigram:
    """Splits text into the likeliest pieces of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        pieces = vocabulary.pieces
        self._table: Mapping[str, tuple[int, float]] = {
            piece: (number, score) for number, (piece, score) in enumerate(pieces) if score < 0
        }
        self._characters = {ord(source): target for source, target in vocabulary.characters.items()}
        self._unknown = (vocabulary.unk, min(score for _, score in pieces) - _UNKNOWN_PENALTY)
        self._longest = max(map(len, self._table))

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Give token ids without special ones, and where each stands in the text as it was given."""
        characters, origin = self._normalise(text)
        ends = self._best_path(characters)
        ids: list[int] = []
        places: list[tuple[int, int]] = []
        start = 0
        for end in ends:
            number = self._table.get(characters[start:end], self._unknown)[0]
            if ids and number == ids[-1] == self._unknown[0]:  # as SentencePiece does, and the model was trained with
                places[-1] = (places[-1][0], origin[end - 1] + 1)
            else:
                ids.append(number)
                places.append((origin[start], origin[end - 1] + 1))
            start = end
        return ids, places

    def _normalise(self, text: str) -> tuple[str, list[int]]:
        """Replace characters by the model's own table, join runs of spaces, mark spaces; with each one's origin."""
        mapped = chain.from_iterable(
            ((target, index) for target in self._characters.get(ord(source), source))
            for index, source in enumerate(text)
        )
        characters, origin = [_SPACE], [0]
        for character, index in mapped:
            if character == " " and (characters[-1] == _SPACE):
                continue
            characters.append(_SPACE if character == " " else character)
            origin.append(index)
        return "".join(characters), origin

    def _best_path(self, text: str) -> list[int]:
        """Find where the pieces of the likeliest segmentation end (Viterbi)."""
        best = [0.0] + [-float("inf")] * len(text)
        back = [0] * (len(text) + 1)
        for start in range(len(text)):
            for end in range(start + 1, min(start + self._longest, len(text)) + 1):
                found = self._table.get(text[start:end])
                if found is None and end > start + 1:
                    continue
                score = best[start] + (found or self._unknown)[1]
                if score > best[end]:
                    best[end], back[end] = score, start
        ends: list[int] = []
        at = len(text)
        while at > 0:
            ends.append(at)
            at = back[at]
        return ends[::-1]
