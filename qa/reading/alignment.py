"""Coordinated figures and names: in 「A、B、C分别为x、y、z」 the second answer belongs to the second label."""

import re
from collections.abc import Sequence

from qa.reading.found import UNKNOWN, Found
from qa.reading.lists.groups import split
from qa.reading.matching import Matcher
from qa.types import Span

_BETWEEN = re.compile(r"(?:\([^()]{1,10}\))?(?:[、和及与]|以及)[^、,。;:!?\d]{0,24}")
_RANKS = (
    (re.compile(r"冠军|第一|头名|金奖|榜首"), 0),
    (re.compile(r"亚军|第二|银奖"), 1),
    (re.compile(r"季军|第三|铜奖"), 2),
)
_RANKED = re.compile(r"前[三3二2]名|名单|依次|分别")
_LABELS_END = re.compile(r"分别|各为|依次|\d")
_SHORTEST = 2
"""Characters of the shortest label that names anything."""
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
        """Tell which label stands in the question; None where none does, or several.

        Of the first label the end will do, and of the last the beginning: around them stands what belongs to all
        (全市养老、失业、工伤保险参保人数).
        """
        said = [self._matcher.view.plain[label.start : label.end] for label in labels]
        if said:
            said[0] = self._own(said[0], said[0][-max(min(map(len, said[1:])), _SHORTEST) :])
            said[-1] = self._own(said[-1], said[-1][: max(min(map(len, said[:-1])), _SHORTEST)])
        named = [at for at, label in enumerate(said) if len(label) >= _SHORTEST and label in self._question]
        whole = [at for at in named if not any(said[at] in said[other] for other in named if other != at)]
        return whole[0] if len(whole) == 1 else None

    def _own(self, label: str, part: str) -> str:
        return label if label in self._question else part

    def _labels(self, start: int, end: int, count: int) -> list[Span]:
        """Find the nearest row of as many labels before the figures, in their sentence."""
        text = self._matcher.view.plain
        for clause in reversed(list(_CLAUSE.finditer(text, start, end))):
            cut = _LABELS_END.search(text, clause.start(), clause.end())
            labels = split(text, clause.start(), cut.start() if cut else clause.end(), "、和及与")
            if len(labels) == count > 1:
                return labels
        return []
