"""Mends typos by the corpus's own words: homophones (福权 → 福泉) and look-alikes (集休 → 集体)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qa.retrieval.known import Known, is_han_word
from qa.text.words import Token

_LENGTHS = (4, 3, 2)
"""Of a mistyped word in characters, the longest tried first: the longer, the surer."""
_MAX_WRONG = 1
"""Characters of a word that are mistyped at once; two wrong ones of two is another word."""

_PARTICLES = frozenset("的了着过是在有和与就也都还吗呢吧啊")
"""No content word begins or ends with them, so they are no part of a mistyped one."""

_ASKING = frozenset("哪几多少什么啥谁怎何")
"""Characters that ask: what is next to one belongs to the question, not to a mistyped word (归哪个, 哪天起)."""

_RANKS = frozenset("省市州县区乡镇村级届期次")
"""Characters that stand alone by right, between a name and what comes next."""

_ODD = 3
"""What a word counts at most that is none, against 1 for one that is."""

_SURE = 3
"""Characters from which on a word is told even by sounds that are merely near."""

Segment = Callable[[str], Sequence[Token]]
Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Mend:
    """A part of the question that the documents write otherwise.

    Attributes:
        start: where it stands in the question.
        typed: as it stands there.
        meant: the corpus's word, of the same length.
        certain: the typed form is no word at all, so the question itself may be read with the other one.
    """

    start: int
    typed: str
    meant: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Speller:
    """Finds what was meant by words that the corpus lacks.

    A mistyped word is either a word that the documents do not use (物质 for 物资), or no word: it falls into odd pieces
    when the question is segmented, and the right word in its place makes the pieces whole. Only what makes the
    question easier to segment is taken for a mistake.

    Attributes:
        known: the corpus's words.
        segment: splits a cleaned question into words.
        is_word: whether the general dictionary has a word.
        is_stop: whether a word carries nothing to look for.
    """

    known: Known
    segment: Segment
    is_word: Test
    is_stop: Test

    def find(self, text: str) -> tuple[Mend, ...]:
        """Find the mistyped words of a cleaned question, in its order, none overlapping."""
        words = self.segment(text)
        mends = [mend for word in words if (mend := self._other_word(word)) is not None]
        taken = {at for mend in mends for at in range(mend.start, mend.start + len(mend.typed))}
        cost = self._cost(words)
        tails = self._tails(text, words)
        for start, end in self._windows(text, words):
            if taken.isdisjoint(range(start, end)) and start not in tails:
                mend = self._non_word(text, start, end, cost)
                if mend is not None:
                    mends.append(mend)
                    taken.update(range(start, end))
        return tuple(sorted(mends, key=lambda mend: mend.start))

    def _other_word(self, word: Token) -> Mend | None:
        """Take a proper word that the corpus lacks for one that sounds the same."""
        if not self.is_word(word.text) or self.known.count(word.text) or self.is_stop(word.text):
            return None
        meant = _nearest(word.text, self.known.homophones(word.text, near=True))
        return None if meant is None else Mend(word.start, word.text, meant, certain=False)

    def _non_word(self, text: str, start: int, end: int, cost: int) -> Mend | None:
        """Take a run of characters for a mistyped word if the right one makes the question easier to segment."""
        typed = text[start:end]
        if self.known.count(typed) or self.is_word(typed) or typed[0] in _PARTICLES or typed[-1] in _PARTICLES:
            return None
        if not _ASKING.isdisjoint(text[max(start - 1, 0) : end]):
            return None
        near = len(typed) >= _SURE
        meant = _nearest(typed, self.known.homophones(typed, near=near)) or _nearest(typed, self.known.similar(typed))
        if meant is None or self._cost(self.segment(text[:start] + meant + text[end:])) >= cost:
            return None
        return Mend(start, typed, meant, certain=True)

    def _tails(self, text: str, words: Sequence[Token]) -> frozenset[int]:
        """Find where no mistyped word begins: within a word, or where a single character before makes one of it."""
        within = {at for word in words if self._whole(word.text) for at in range(word.start + 1, word.end)}
        behind = (word.end for word in words if len(word.text) == 1)
        return frozenset(within.union(at for at in behind if self.is_word(text[at - 1 : at + 1])))

    def _cost(self, words: Sequence[Token]) -> int:
        """Count the pieces of a question, odd ones more than once; what was guessed may be several words of ours."""
        return sum(min(_ODD, self._pieces(word.text)) for word in words)

    def _pieces(self, word: str) -> int:
        """Count a word as one, else the longest known words from its left, single characters as two each."""
        at = count = 0
        while at < len(word):
            width = next((n for n in range(len(word) - at, 1, -1) if self._whole(word[at : at + n])), 1)
            count += 1 if width > 1 or self.is_stop(word[at]) else 2
            at += width
        return count

    def _whole(self, word: str) -> bool:
        return self.is_stop(word) or (len(word) > 1 and (self.known.count(word) > 0 or self.is_word(word)))

    def _windows(self, text: str, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Yield the ranges that may be one mistyped word, longest first: at least one odd character."""
        odd = {at for word in words if not self._whole(word.text) for at in range(word.start, word.end)}
        fixed = {
            word.start for word in words if len(word.text) == 1 and (self.is_stop(word.text) or word.text in _RANKS)
        }
        for length in _LENGTHS:
            for start in range(len(text) - length + 1):
                end = start + length
                places = range(start, end)
                if not odd.isdisjoint(places) and fixed.isdisjoint(places) and is_han_word(text[start:end]):
                    yield start, end


def _nearest(typed: str, candidates: Sequence[str]) -> str | None:
    """Return the first candidate that differs in so few characters that it can be a slip."""
    near = (word for word in candidates if sum(a != b for a, b in zip(typed, word, strict=True)) <= _MAX_WRONG)
    return next(near, None)
