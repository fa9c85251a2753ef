"""The content words of a question: what is left when places, years and question words are taken away."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from qa.retrieval.known import Known
from qa.retrieval.lexicon import Lexicon
from qa.text.words import Token, is_word, tokens

_QUOTED = re.compile(r"[“\"「『《‘']([^”\"」』》’']{2,20})[”\"」』》’']")
_NUMERAL = "一二两三四五六七八九十百千万"
_NAMED = re.compile(
    rf"(?:[{_NUMERAL}]+(?:个|项|大)?[\u4e00-\u9fff]{{1,2}}){{2,4}}(?=是|指|[说的]|都|$|[，。？? ”\"])"
    rf"|(?<!\d)(?!(?:19|20)\d\d年)\d{{3,6}}(?=[\u4e00-\u9fff])"
    rf"|[{_NUMERAL}](?:个|大|项)(?:[{_NUMERAL}]|[\u4e00-\u9fff]{{2}})"
    rf"(?=是|指|都|具体|分别|$|[，。？? ”\"]|活动|工程|行动|目标|要求|机制)"
    rf"|[{_NUMERAL}]{{3,6}}(?=目标|工程|行动|计划|活动)"
    rf"|(?<![第哪几这那{_NUMERAL}])[{_NUMERAL}](?![个种类名位家户人年月日天次项大元件条点场批届期岁])[\u4e00-\u9fff]{{1,2}}"
    r"(?=指(?:什么|啥|的?是|哪)|是(?:什么|啥|哪|指)|包括(?:什么|哪))"
)
"""Coined names with figures in them, of which union work is full: 五比一创, 六个一, 1256, 十百千万."""
_FIGURE = re.compile(r"\d[\d.]*%?")
_LIGHT = re.compile(
    rf"[这那该某每本几第][\u4e00-\u9fff]|哪一?[\u4e00-\u9fff]|[从自在到][哪这那][\u4e00-\u9fff]?"
    rf"|(?:[{_NUMERAL}几多半数]|\d)+(?:个|位|名|家|项|次|种|条|天|年|月|份|样|点|件|月份|成)?"
)
"""Words that only point or count: 那张, 从哪年, 三个."""
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾"
    "夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿"
)
_ASKS = re.compile(r"什么|啥|哪|谁|多少|几|怎|咋|为何")
_UNION = "总工会"
_VERB = 2
"""Characters of a short verb with the particle that the segmenter left on it: 发了."""
_NAME_LENGTHS = (2, 3)


@dataclass(frozen=True, slots=True)
class Content:
    """What a question is about.

    Attributes:
        words: best first: names and quotes, rare words, common ones, single characters.
        synonyms: for a word, others that count for it, the nearest first.
    """

    words: tuple[str, ...]
    synonyms: Mapping[str, tuple[str, ...]]


@cache
def stop_words() -> frozenset[str]:
    """Return the words that name nothing to look for."""
    text = (resources.files(__package__) / "data" / "stopwords.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def is_stop(word: str) -> bool:
    """Tell whether a word names nothing to look for."""
    return word in stop_words() or _LIGHT.fullmatch(word) is not None


def named_terms(text: str) -> tuple[str, ...]:
    """Find what the question quotes, and coined names with figures in them."""
    quoted = [match[1].strip() for match in _QUOTED.finditer(text)]
    coined = [match[0] for match in _NAMED.finditer(text) if match[0] not in stop_words()]
    return tuple(dict.fromkeys(term for term in quoted + coined if term))


def find_content(text: str, taken: Iterable[tuple[int, int]], known: Known, lexicon: Lexicon) -> Content:
    """Find the words to match and what else counts for them.

    Args:
        text: the cleaned question.
        taken: ranges that speak of places and years, whose words do not count.
        known: the corpus's words, by which rare ones are told from common ones.
        lexicon: synonyms of words, and of turns of phrase over several words.
    """
    ranges = tuple(taken)
    words = tokens(text)
    free = [token for token in words if not _within(token, ranges)]
    pieces = [piece for token in free for piece in _pieces(token, known) if not is_stop(piece.text)]
    synonyms = {piece.text: lexicon.synonyms(piece.text) for piece in pieces}
    for start, phrase in lexicon.find(text):
        end = start + len(phrase)
        over = [piece for piece in pieces if piece.start < end and start < piece.end]
        if any(piece.start <= start and end <= piece.end for piece in over) or _ASKS.search(phrase) or is_stop(phrase):
            continue
        if any(low < end and start < high for low, high in ranges) or _cuts(words, start, end):
            continue
        there = any(len(piece.text) > 1 and known.count(piece.text) for piece in over)  # 产 is there, 产检 is not
        if known.count(phrase) or is_word(phrase) or not there:
            pieces = [piece for piece in pieces if piece not in over]
            pieces.append(Token(phrase, start, end))
            synonyms[phrase] = lexicon.synonyms(phrase)
        elif over[-1].end <= end:  # the last word is the head: 公交车司机
            head = over[-1].text
            others = (*lexicon.synonyms(phrase), *synonyms.get(head, ()))
            synonyms[head] = tuple(dict.fromkeys(other for other in others if other != head))
    ranked = sorted({piece.text for piece in pieces}, key=lambda word: _commonness(word, known))
    if known.words:  # a character that is no word of the corpus would pass for its rarest word
        ranked = [word for word in ranked if len(word) > 1 or known.count(word)]
    return Content(tuple(dict.fromkeys((*named_terms(text), *ranked))), synonyms)


def _cuts(words: Sequence[Token], start: int, end: int) -> bool:
    """Tell whether a phrase is no word here: it lies across two others (受助学生), or ends in a particle (目的)."""
    first = next((word for word in words if word.start < start < word.end), None)
    if first is None or not is_word(first.text) or end <= first.end:
        return False
    last = next((word for word in words if word.start < end <= word.end), None)
    return last is not None and (last.end != end or last.text in "的了着过地得")


def _within(token: Token, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(low <= token.start and token.end <= high for low, high in ranges)


def _pieces(token: Token, known: Known) -> list[Token]:
    """Leave a word whole that is one; take apart what the segmenter guessed, unless it may be a person's name."""
    word = token.text
    if _FIGURE.fullmatch(word):
        return []
    if len(word) == _VERB and word[1] in "了过着" and not is_word(word):
        return [Token(word[0], token.start, token.start + 1)]
    if word.endswith(_UNION):
        return [Token(_UNION, token.end - len(_UNION), token.end)]
    if len(word) == 1 or known.count(word) or is_word(word) or not "\u4e00" <= word[0] <= "\u9fff":
        return [token]
    if word[0] in _SURNAMES and len(word) in _NAME_LENGTHS and not any(map(is_stop, word)):
        return [token]
    return _split(token)


def _split(token: Token) -> list[Token]:
    """Cut a guessed word into dictionary words from its left, single characters where there is none."""
    found: list[Token] = []
    at = 0
    while at < len(token.text):
        width = next((n for n in range(len(token.text) - at, 1, -1) if is_word(token.text[at : at + n])), 1)
        found.append(Token(token.text[at : at + width], token.start + at, token.start + at + width))
        at += width
    return found


def _commonness(word: str, known: Known) -> tuple[bool, int, bool, int, str]:
    """Order words: single characters last, by how many passages hold them, unknown to the dictionary, long."""
    return len(word) == 1, known.count(word), is_word(word), -len(word), word
