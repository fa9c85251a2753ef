"""A question taken apart: of whom, when, which one, about what, and where the words that ask begin."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qa.dialogue.areas import area_behind, first_area
from qa.dialogue.words import dialogue_words
from qa.retrieval.content import is_stop, named_terms
from qa.retrieval.known import Known
from qa.retrieval.subjects import body_mentions, place_mentions
from qa.retrieval.years import ABOUT, HAN_YEAR, LASTING, PART_OF_YEAR, SINCE, UNTIL
from qa.text.words import Token, tokens

_HAN = "一二三四五六七八九十"
_YEAR = (
    r"(?:(?:19|20)\d{2}(?:\s*年度?|(?!\d|\s*[元块万亿人名户家个册份%.]))"
    rf"|(?<!\d)\d{{2}}年(?!龄|{LASTING})|{HAN_YEAR}年|[去今前明后]年|上一?年|[前后]一年|第二年|次年|[本当同]年"
    rf"|近[{_HAN}两\d]+年)"
)
_SEASON = (
    rf"(?:上半年|下半年|年初|年底|年末|第?[一二三四1-4]季度|(?<![\d几])\d{{1,2}}月份?(?:\d{{1,2}}[日号])?"
    rf"|(?<![{_HAN}几])[{_HAN}]{{1,2}}月份?(?:[{_HAN}]{{1,3}}[日号])?|春节|元旦|中秋节?|国庆节?|[“\"]?十[{_HAN}]五[”\"]?(?:期?末)?)"
)
_POINT = rf"(?:{_YEAR}(?:{PART_OF_YEAR})?\s*(?:{_SEASON})?|{_SEASON})"
_WHEN = re.compile(
    rf"{_POINT}(?:起?\s*[-—–~～至到]+\s*{_POINT})?(?:{SINCE}|{UNTIL}|{ABOUT}|期间|时期|[前后](?![\u4e00-\u9fff]?[一二三四五六七八九十]))?"
)
_ORDINAL = re.compile(rf"第?\s*(?:[{_HAN}百]+|\d+)\s*(?:期|届|批|轮|季)(?!间|度)")
_ASK = re.compile(
    r"多少|几(?!乎)|什么|啥|哪|谁|怎么|怎样|咋|如何|为何|何时|何地|是否|能否|有没有|是不是|能不能|会不会"
    r"|多(?:大|长|久|高|远|重)|[吗嘛](?=$|[?？])"
)
_END = re.compile(r"[?？。.!！,，;；\s]+$")
_BE = frozenset("有是达为叫在")


class Piece(NamedTuple):
    """A part of a question, [start, end)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A question taken apart.

    Attributes:
        text: without the mark at its end.
        where: runs of places and bodies; when: times; which: ordinals (第九期).
        topics: runs of words that bring up a topic, with the general nouns right before them.
        words: all words outside of where, when and which.
        ask: where the first question word stands, or the end of the text.
        head: where the words that ask begin: the verb and the particles before the question word.
        verb: the verb among these, or "".
    """

    text: str
    where: tuple[Piece, ...]
    when: tuple[Piece, ...]
    which: tuple[Piece, ...]
    topics: tuple[Piece, ...]
    words: tuple[Token, ...]
    ask: int
    head: int
    verb: str

    @property
    def asks(self) -> bool:
        """Whether there is a question word."""
        return self.ask < len(self.text)


def dissect(text: str, known: Known) -> Anatomy:
    """Take a cleaned question apart in which unions are written in full (``expand_unions``)."""
    text = _END.sub("", text)
    places = [(place.start, place.end) for place in place_mentions(text, known)]
    named = _merged(text, places + [(body.start, body.end) for body in body_mentions(text)])
    when = _pieces(text, _WHEN, named)
    area = None if named else first_area(text, when[0].end if when and not when[0].start else 0)
    where = named if area is None else _merged(text, [area])
    which = _pieces(text, _ORDINAL, (*where, *when))
    below = [Piece(text[start:end], start, end) for start, end in _below(text, where)]
    taken = (*where, *when, *which, *below)
    words = tuple(token for token in tokens(text) if not _overlaps(token, taken))
    found = _ASK.search(text)
    ask = found.start() if found is not None else len(text)
    head, verb = _head(text, words, ask) if found is not None else (ask, "")
    return Anatomy(text, where, when, which, _topics(text, words, ask, when), words, ask, head, verb)


def _below(text: str, where: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Find what narrows a place down right behind it, which is no topic: 各县 in 晋城市各县."""
    for place in where:
        found = area_behind(text, place.end)
        if found is not None:
            yield found


def _merged(text: str, ranges: Iterable[tuple[int, int]]) -> tuple[Piece, ...]:
    """Put ranges that overlap or touch together: 长治市 and 长治市总工会."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(Piece(text[start:end], start, end) for start, end in merged)


def _pieces(text: str, pattern: re.Pattern[str], taken: Sequence[Piece]) -> tuple[Piece, ...]:
    found = (Piece(match[0], match.start(), match.end()) for match in pattern.finditer(text))
    return tuple(piece for piece in found if not _overlaps(piece, taken))


def _overlaps(piece: Token | Piece, taken: Sequence[Piece]) -> bool:
    return any(other.start < piece.end and piece.start < other.end for other in taken)


def _is_topic(word: str) -> bool:
    return dialogue_words().is_topic(word) and not is_stop(word) and not _ASK.search(word)


def _topics(text: str, words: Sequence[Token], ask: int, when: Sequence[Piece]) -> tuple[Piece, ...]:
    """Find the runs of topic words, each with the general nouns right before it (职工 in 职工医疗互助)."""
    nouns = dialogue_words().nouns
    runs: list[Piece] = []
    start = end = -1
    for word in words:
        if word.start != end:
            start = word.start
        if _is_topic(word.text):
            if runs and runs[-1].start == start:
                runs.pop()
            runs.append(Piece(text[start : word.end], start, word.end))
            end = word.end
        else:
            end = word.end if word.text in nouns else -1
    return _with_names(text, runs, when)


def _with_names(text: str, runs: Sequence[Piece], when: Sequence[Piece]) -> tuple[Piece, ...]:
    """Put coined names (六个一) in the place of the runs that they overlap; their words are mere numbers.

    Times are no names (十三五期间).
    """
    starts = [(text.index(name), name) for name in named_terms(text) if name in text]
    names = [Piece(name, start, start + len(name)) for start, name in starts]
    names = [name for name in names if not any(p.start <= name.start and name.end <= p.end for p in (*runs, *when))]
    kept = [run for run in runs if not _overlaps(run, names)]
    return tuple(sorted([*kept, *names], key=lambda piece: piece.start))


def _head(text: str, words: Sequence[Token], ask: int) -> tuple[int, str]:
    """Walk back from the question word over particles and at most one verb."""
    known = dialogue_words()
    head, verb, stated = ask, "", False
    for word in reversed([word for word in words if word.end <= ask]):
        if text[word.end : head].strip():
            break
        if word.text in known.light:
            stated = stated or word.text in _BE
        elif word.text in known.verbs and not verb and not stated:
            verb = word.text
        else:
            break
        head = word.start
    return head, verb
