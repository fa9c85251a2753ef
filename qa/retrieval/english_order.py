"""The words of an English question in an order near to that of Chinese: where, of whom, what, the question last."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import resources

_AUXILIARIES = frozenset("do does did is are was were has have had can could must should will would may might".split())
_WHERE = frozenset("in at of from across throughout within".split())
_HOW_MANY = "多少个"
_SHARES = re.compile("百分之|比例|率 多少|占")
_MONTH = re.compile(r"\d{1,2}月")
_DAY = re.compile(r"[12]?\d|3[01]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_RANK = re.compile(r"第[一二三四五六七八九十\d]+")
_RANKED = frozenset("期 批 轮 条 号 名 次 届 章".split())
_NUMBERED = {"条": "第{}条", "章": "第{}章", "期": "第{}期", "批": "第{}批", "号线": "{}号线"}
_EVENT = re.compile("大会|代表大会|大赛|竞赛|比赛|博览会|论坛|展览|艺术节|运动会")
_LEVEL = re.compile("[省市县区州](?:总|委|政府|人大)")
_LEVEL_APART = re.compile("([\u4e00-\u9fff]{2})[省市县区州]? ([省市县区州](?:总|委|政府|人大))")
_EVENT_WITHIN = 5
"""Words behind an ordinal among which its noun stands: the second National Craftsmen Innovation Exchange Conference."""


class Role(Enum):
    """What a word is in its question."""

    QUESTION = "question"
    WORD = "word"
    PLACE = "place"
    SMALL = "small"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a question.

    Attributes:
        text: in Chinese; as typed, in lower case, where it is small or unread.
        role: what it is in the question.
        others: Chinese words that it may as well be.
        phrase: the English phrase that it was looked up by, "" where it was not.
    """

    text: str
    role: Role
    others: tuple[str, ...] = ()
    phrase: str = ""


_WHETHER = Piece("吗", Role.QUESTION)


def arrange(pieces: Sequence[Piece]) -> str:
    """Return the words as Chinese would have them, spaces between."""
    asked, rest = _question_last(_figures(pieces))
    places, rest = _places_apart(_owners_first(rest))
    said = _counted([piece for piece in (*rest, *_owners_first(asked)) if piece.role is not Role.SMALL])
    words = _with_levels(places, said)
    return _LEVEL_APART.sub(r"\1\2", " ".join(words))


def _with_levels(places: Sequence[Piece], said: Sequence[Piece]) -> list[str]:
    """Put the places before what is said of them: 长治 市总工会, 西宁 的 座谈会."""
    words = [piece.text for piece in said]
    if places and words and not _LEVEL.match(words[0]):
        return [*(piece.text for piece in places), "的", *words]
    return [*(piece.text for piece in places), *words]


def _question_last(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Part the question phrase at the head (in which county, how many stations) from what follows its auxiliary."""
    start = next((n for n, piece in enumerate(pieces) if piece.role is not Role.SMALL or _is_auxiliary(piece)), None)
    if start is None or pieces[start].role is not Role.QUESTION:
        asks_whether = start is not None and _is_auxiliary(pieces[start])
        return [_WHETHER] if asks_whether else [], list(pieces)
    end = next((n for n in range(start + 1, len(pieces)) if _is_auxiliary(pieces[n])), None)
    if end is None or any(_is_relative(piece) for piece in pieces[start + 1 : end]):
        return [], list(pieces)
    if pieces[start + 1].text == "of":  # how many of the members are farmers
        whole = [*pieces[start + 2 : end], Piece("中", Role.WORD)]
        return [pieces[start]], [*whole, *pieces[end + 1 :]]
    if _SHARES.match(pieces[start].text):
        return [pieces[start]], [*pieces[start + 1 : end], *pieces[end + 1 :]]
    if end == start + 1:
        end = _end_of_definition(pieces, end)
    return list(pieces[:end]), list(pieces[end + 1 :])


def _is_auxiliary(piece: Piece) -> bool:
    return piece.role is Role.SMALL and piece.text in _AUXILIARIES


def _is_relative(piece: Piece) -> bool:
    return piece.role is Role.QUESTION or piece.text == "that"


def _end_of_definition(pieces: Sequence[Piece], auxiliary: int) -> int:
    """Return where "what is the purpose" ends in "what is the purpose of the fund"."""
    of = next((n for n in range(auxiliary + 1, len(pieces)) if pieces[n].text == "of"), None)
    if of is None or of - auxiliary > 3 or pieces[auxiliary - 1].text != "什么":
        return auxiliary
    return of


def _owners_first(pieces: Sequence[Piece]) -> list[Piece]:
    """Turn "cases of unpaid wages" round: what stands behind "of", up to the next small word, comes first."""
    found = list(pieces)
    for at in range(len(found) - 2, 0, -1):
        if found[at].text != "of" or found[at - 1].role is not Role.WORD:
            continue
        start = at + 2 if found[at + 1].text == "the" else at + 1
        end = start
        while end < len(found) and found[end].role in (Role.WORD, Role.PLACE):
            end += 1
        found[at - 1 : end] = [*found[start:end], found[at - 1]]
    return found


def _places_apart(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Part the places behind in, of, at and the like, which Chinese has at the head, from the rest."""
    places = {n for n in range(1, len(pieces)) if pieces[n].role is Role.PLACE and pieces[n - 1].text in _WHERE}
    return [pieces[n] for n in sorted(places)], [piece for n, piece in enumerate(pieces) if n not in places]


def _counted(pieces: Sequence[Piece]) -> list[Piece]:
    """Give "how many" the classifier of what is counted: the last word behind it, else the one before it."""
    found = list(pieces)
    at = next((n for n, piece in enumerate(found) if piece.text == _HOW_MANY), None)
    if at is None or len(found) == 1:
        return found
    noun = found[_last_counted(found, at)].text
    widths = range(len(noun), 0, -1)
    classifier = next((classifiers()[noun[-n:]] for n in widths if noun[-n:] in classifiers()), "个")
    found[at] = Piece(_HOW_MANY[:-1] + classifier, Role.QUESTION)
    return found


def _last_counted(pieces: Sequence[Piece], at: int) -> int:
    """Return where the noun stands: the question stands last, unless it had no auxiliary (how many workers joined)."""
    if at == 0:
        return 1
    return len(pieces) - 1 if at < len(pieces) - 1 else at - 1


@cache
def classifiers() -> Mapping[str, str]:
    """Return noun → classifier, for nouns that are not counted with 个."""
    lines = (resources.files(__package__) / "data" / "classifiers.txt").read_text("utf-8").splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return {noun: row[0] for row in rows for noun in row[1:]}


def _figures(pieces: Sequence[Piece]) -> list[Piece]:
    """Join what Chinese writes as one word: 8月3日, 2017年, 第七期, 第二届, 第12条."""
    found: list[Piece] = []
    at = 0
    while at < len(pieces):
        joined, width = _joined(pieces, at)
        found.append(Piece(joined, Role.WORD) if joined else pieces[at])
        at += width
    return found


def _joined(pieces: Sequence[Piece], at: int) -> tuple[str, int]:
    """Return the word that begins here and of how many pieces it is made; "" where it stays as it is."""
    here, after = pieces[at].text, pieces[at + 1].text if at + 1 < len(pieces) else ""
    if _MONTH.fullmatch(here) and _DAY.fullmatch(after):
        return f"{here}{after}日", 2
    if _DAY.fullmatch(here) and _MONTH.fullmatch(after):
        return f"{after}{here}日", 2
    if _YEAR.fullmatch(here):
        return f"{here}年", 1
    if here in _NUMBERED and after.isdigit():
        return _NUMBERED[here].format(after), 2
    if _RANK.fullmatch(here):
        if after in _RANKED:
            return here + after, 2
        if any(_EVENT.search(piece.text) for piece in pieces[at + 1 : at + 1 + _EVENT_WITHIN]):
            return here + "届", 1
    return "", 1
