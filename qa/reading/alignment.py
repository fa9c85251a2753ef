"""Coordinated figures and names: in 「A、B、C分别为x、y、z」 the second answer belongs to the second label."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from qa.reading.found import UNKNOWN, Found
from qa.reading.lists.groups import split
from qa.reading.matching import Matcher
from qa.types import Span

_BETWEEN = re.compile(r"(?:\(\w{1,10}\))?(?:[、和及与]|以及)[^、,。;:!?\d]{0,24}")
_RANKS = (
    (re.compile(r"冠军|第一|头名|金奖|榜首"), 0),
    (re.compile(r"亚军|第二|银奖"), 1),
    (re.compile(r"季军|第三|铜奖"), 2),
)
_RANKED = re.compile(r"前[三3二2]名|名单|依次|分别")
_LABELS_END = re.compile(r"分别|各为|依次|\d")
_CLAUSE = re.compile(r"[^,。;:!?\n]+")


def rows_of(found: Sequence[Found], text: str) -> list[tuple[Found, ...]]:
    """Chain ranges of one kind that only 、, 和 or a short name parts: 10.5亿人、2.4亿人、2.9亿人."""
    chains: list[list[Found]] = []
    for one in sorted((one for one in found if "pair" not in one.marks), key=lambda one: one.start):
        last = chains[-1][-1] if chains else None
        if last and last.kind is one.kind and last.unit == one.unit and _BETWEEN.fullmatch(text, last.end, one.start):
            chains[-1].append(one)
        else:
            chains.append([one])
    return [tuple(chain) for chain in chains if len(chain) > 1]


class Alignment:
    """Which place in its row each range has, and whether the question asks for that place."""

    def __init__(self, found: Sequence[Found], matcher: Matcher, question: str) -> None:
        self._matcher = matcher
        self._question = question
        self._wanted: dict[tuple[int, int], float] = {}
        rank = next((at for words, at in _RANKS if words.search(question)), None)
        for row in rows_of(found, matcher.view.plain):
            shares = self._shares(row, rank)
            for one, share in zip(row, shares, strict=True):
                self._wanted[one.start, one.end] = share

    def of(self, found: Found) -> float:
        """1 for the range whose label is asked about, 0 for its sisters, unknown where nothing tells."""
        return self._wanted.get((found.start, found.end), UNKNOWN)

    def _shares(self, row: tuple[Found, ...], rank: int | None) -> list[float]:
        text = self._matcher.view.plain
        sentence = self._matcher.view.sentences[self._matcher.view.sentence_at(row[0].start)]
        before = text[sentence.start : row[0].start]
        if rank is not None and rank < len(row) and _RANKED.search(before):
            return [float(at == rank) for at in range(len(row))]
        labels = self._labels(sentence.start, row[0].start, len(row))
        asked = self._asked(labels)
        return [UNKNOWN if asked is None else float(at == asked) for at in range(len(row))]

    def _asked(self, labels: Sequence[Span]) -> int | None:
        """Tell which label is asked about: by the question's words and their synonyms, and no other has more in common.

        Alone, the words favour the last label, behind which stands what all have in common (养老、失业保险参保人数).
        """
        said = [self._matcher.view.plain[label.start : label.end] for label in labels]
        by_words = _highest([self._matcher.share(label.start, label.end) for label in labels])
        by_letters = [_in_common(label, self._question) for label in said]
        named = [label in self._question for label in said]
        if any(named):
            return _highest(named)
        return by_words if not any(by_letters) or _highest(by_letters) == by_words else None

    def _labels(self, start: int, end: int, count: int) -> list[Span]:
        """Find the nearest row of as many labels before the figures, in their sentence."""
        text = self._matcher.view.plain
        for clause in reversed(list(_CLAUSE.finditer(text, start, end))):
            cut = _LABELS_END.search(text, clause.start(), clause.end())
            labels = split(text, clause.start(), cut.start() if cut else clause.end(), "、和及与")
            if len(labels) == count > 1:
                return [*labels[:-1], _own_part(labels)]
        return []


def _highest(values: Sequence[float]) -> int | None:
    """Return the place of the highest value, None where there is no single one."""
    best = [at for at, value in enumerate(values) if value == max(values)]
    return best[0] if len(best) == 1 and len(values) > 1 else None


def _in_common(label: str, question: str) -> int:
    """Return the length of the longest run of characters that both have."""
    return SequenceMatcher(None, label, question, autojunk=False).find_longest_match().size


def _own_part(labels: Sequence[Span]) -> Span:
    """Cut the last label to what is its own: what all labels share stands behind it (城镇、农村参保人数)."""
    last, longest = labels[-1], max(len(label) for label in labels[:-1])
    return Span(last.start, min(last.end, last.start + longest + 2))
