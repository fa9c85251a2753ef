"""Cut a Unigram vocabulary down to what Chinese, Latin letters, digits and symbols need, and to where answers end.

A SentencePiece vocabulary holds pieces such as 「年的」 or 「》。」 that straddle the ends of answers: 6% of the
training sets' answers begin or end inside a piece of the full vocabulary, so no reader could give them. Pieces of mixed
character classes and pieces that training answers cut through are left out; the rest keeps its rows and scores.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tokenizers import Tokenizer

SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
"""Kept first, in this order, as in XLM-RoBERTa."""

LATIN_KEPT = 3000
"""Latin pieces kept by rank besides those seen; the vocabulary is sorted by frequency."""

ROUNDS = 3
"""Leaving pieces out makes others come up, so answers are laid against the pieces this many times."""

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_HAN_PIECE = re.compile(f"▁?[{_HAN}]+")
_DIGITS = re.compile(r"▁?[0-9]+")
_LATIN = re.compile(r"▁?[A-Za-z]+")
_DOTS = re.compile(r"▁?\.+")
_LOOSE_ENDS = re.compile("^[的了是在等被于]|[的了是在]$")


@dataclass(frozen=True, slots=True)
class Answered:
    """A text with the code point ranges of its answers."""

    text: str
    answers: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Ends:
    """How often answers end at a piece's edge, and inside it, by piece."""

    edge: Counter[str]
    inside: Counter[str]


def prune_tokenizer(full: Tokenizer, texts: Sequence[Answered]) -> tuple[Tokenizer, list[int]]:
    """Make the small tokenizer, and the rows of the full embedding matrix that its ids stand for, in their order.

    Args:
        full: a Unigram tokenizer with a Metaspace pre-tokenizer.
        texts: training texts; their pieces are kept, and pieces that their answers cut through are left out.
    """
    state: dict[str, Any] = json.loads(full.to_str())
    vocabulary: list[tuple[str, float]] = [(piece, score) for piece, score in state["model"]["vocab"]]
    tokenizer, dropped, rows = full, set[str](), list[int]()
    for _ in range(ROUNDS):
        ends = count_ends(tokenizer, texts)
        seen = count_pieces(tokenizer, (text.text for text in texts))
        dropped |= {piece for piece, _ in vocabulary if straddles(piece, ends)}
        rows = kept_rows([piece for piece, _ in vocabulary], seen, dropped)
        tokenizer = _with_rows(state, vocabulary, rows)
    return tokenizer, rows


def kept_rows(pieces: Sequence[str], seen: Counter[str], dropped: set[str]) -> list[int]:
    """List the rows to keep: the special ones first, then the others in their order."""
    rows = [pieces.index(piece) for piece in SPECIAL]
    latin = 0
    for row, piece in enumerate(pieces):
        if piece in SPECIAL or piece in dropped:
            continue
        is_latin = _LATIN.fullmatch(piece) is not None
        latin += is_latin
        if wanted(piece, piece in seen) or (is_latin and latin <= LATIN_KEPT):
            rows.append(row)
    return rows


def wanted(piece: str, seen: bool) -> bool:
    """Tell whether a piece is of one class and of use: Han, digits, dots, or a letter or sign that was seen."""
    if len(piece) == 1 and (piece.isascii() or piece == "▁" or "\u3000" <= piece <= "\u303f"):
        return True
    if any(form.fullmatch(piece) for form in (_HAN_PIECE, _DIGITS, _DOTS)):
        return True
    return seen and (_LATIN.fullmatch(piece) is not None or len(piece.lstrip("▁")) == 1)


def straddles(piece: str, ends: Ends) -> bool:
    """Tell whether answers end inside a Han piece often enough (a tenth of those at its edges) to do without it."""
    if _HAN_PIECE.fullmatch(piece) is None or len(piece.lstrip("▁")) == 1:
        return False
    edge, inside = ends.edge[piece], ends.inside[piece]
    if inside and inside * 10 >= edge:
        return True
    return _LOOSE_ENDS.search(piece) is not None and (inside > 0 or edge < 3)


def count_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> Counter[str]:
    """Count the pieces of texts."""
    found: Counter[str] = Counter()
    for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False):
        found.update(encoding.tokens)
    return found


def count_ends(tokenizer: Tokenizer, texts: Sequence[Answered]) -> Ends:
    """Count where answers begin and end, against the pieces."""
    ends = Ends(Counter(), Counter())
    encodings = tokenizer.encode_batch([text.text for text in texts], add_special_tokens=False)
    for text, encoding in zip(texts, encodings, strict=True):
        cuts = Counter(cut for answer in text.answers for cut in answer)
        for piece, (start, end) in zip(encoding.tokens, encoding.offsets, strict=True):
            if cuts[start] or cuts[end]:
                ends.edge[piece] += cuts[start] + cuts[end]
            inside = sum(cuts[at] for at in range(start + 1, end))
            if inside:
                ends.inside[piece] += inside
    return ends


def _with_rows(state: dict[str, Any], vocabulary: list[tuple[str, float]], rows: Sequence[int]) -> Tokenizer:
    model = {**state["model"], "vocab": [list(vocabulary[row]) for row in rows], "unk_id": SPECIAL.index("<unk>")}
    added = [entry for entry in state["added_tokens"] if entry["content"] in SPECIAL]
    small = {
        **state,
        "model": model,
        "added_tokens": added,
        "post_processor": None,
        "truncation": None,
        "padding": None,
    }
    return Tokenizer.from_str(json.dumps(small, ensure_ascii=False))
