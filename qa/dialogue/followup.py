"""What a follow-up question leaves out is taken over from the turn before it, by rule."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.dialogue.anatomy import Anatomy, Piece, dissect
from qa.dialogue.areas import area_behind, is_area
from qa.dialogue.lines import line
from qa.dialogue.pronouns import pronoun
from qa.dialogue.slots import counted_noun, put, stem
from qa.dialogue.smalltalk import is_smalltalk
from qa.dialogue.words import dialogue_words
from qa.retrieval.cleaning import fold_case
from qa.retrieval.known import NOTHING_KNOWN, Known
from qa.text.words import Token, tokens

_MEASURE = "个张次年天时些位本座家场条份种笔里儿边样会届项支名件"
_LEAD = re.compile(rf"^(?:那么|那就是?|那(?![{_MEASURE}])|还有(?=.*呢)|另外|再问)[,， ]*|^(?:那|嗯|哦|好的?)[,， ]+")
_TAIL = re.compile(r"的?(?:呢|又?怎么样呢?|情况(?:如何|怎么样)|也是这样吗|也一样吗)$")
_AMONG = re.compile(r"^(?:其中|这里面|里面)")
_OTHERS = re.compile(
    r"^(?:其他|其它|别的|另外的?)(?:[几的]个?)?(?:地方|地区|城市|市|州|县|省|单位|工会|公司|企业)?(?:的)?$"
)
_AGAIN = re.compile(r"^(?:还有(?:吗|没有|别的吗|其他的?吗)?|(?:是)?真的吗|是吗|对吗|再说一遍|再查一次)$")
_COMPARED = re.compile(
    r"^(?:和|跟|与|同|比起)(?P<other>.+?)(?:相比|比较|比起来|比)?(?:哪个|谁|哪里|哪儿|如何|怎么样|$)"
)
_COMPARING = frozenset({"比", "比起", "较", "占", "和", "跟", "与", "同"})
_DIFFERENCE = re.compile(
    r"^(?:(?:比起?|较|(?:和|跟|与|同)(?=[^,，]{1,12}?比)).{1,12}?(?:[增减多少高低快慢降涨]|上升|提高|扩大)"
    r"|占.{1,12}?(?:多少|几|百分之|比例|比重))"
)
_HOW = re.compile(r"^(?:是)?(?:为什么|为啥|为何|怎么|怎样|如何|咋|什么时候|何时|哪一?[年天])(?:的)?$")
_UNIT_ASKED = re.compile(rf"(?:多少|几)[{_MEASURE}]")
_COUNTED = re.compile(r"(?:多少|几)(?=[^钱元块万亿资经款])")
_MONEY = re.compile(r"(?:的?(?:资金|经费|钱|款项?|金额|总额))+$")
_ROLE = re.compile(r"(?:常务)?副?(?:主席|书记|主任|负责人|领导|会长|秘书长)")


_COMPLETE = re.compile(rf"{_ROLE.pattern}|[这那该][{_MEASURE}]")
"""With a place of its own, a post or something that is pointed at makes a question complete."""

_PLACE_LENGTH = 4
"""Characters of the longest short name of a place (呼和浩特)."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that can be understood on its own.

    Attributes:
        question: as it was typed where nothing was taken over.
        inherited: whether something was taken over from an earlier turn.
    """

    question: str
    inherited: bool = False


def resolve(question: str, previous: Sequence[str], known: Known = NOTHING_KNOWN) -> Resolved:
    """Put into a question what it leaves out.

    A question that names a topic of its own stands as it is; "那…呢", a bare place, year or ordinal, a question word
    without a topic and a pronoun take what they lack from the last turn that had a topic.

    Args:
        question: as typed.
        previous: questions of the earlier turns, resolved or as typed, oldest first.
        known: the vocabulary of the documents, by which places are told.
    """
    before: Anatomy | None = None
    for turn in previous:
        full, _ = _completed(turn, before, known)
        heard = _dissected(full, known)
        before = heard if heard is not None and (heard.topics or heard.where) else before
    return Resolved(*_completed(question, before, known))


def _completed(question: str, before: Anatomy | None, known: Known) -> tuple[str, bool]:
    """Return the question in full, and whether something was taken over."""
    typed = line(question, known)
    if before is None or not typed or is_smalltalk(fold_case(typed)):
        return question, False
    full = _resolved(typed, before, known)
    return (f"{full}？", True) if full and full != typed.rstrip("?？") else (question, False)


def _dissected(question: str, known: Known) -> Anatomy | None:
    typed = line(question, known)
    return dissect(typed, known) if typed and not is_smalltalk(fold_case(typed)) else None


def _resolved(typed: str, before: Anatomy, known: Known) -> str:
    """Return the full question, or "" where the typed one stands on its own."""
    text = dissect(typed, known).text
    core = _LEAD.sub("", text)
    bare = _TAIL.sub("", core)
    marked = core != text or bare != core
    asked = dissect(bare if not dissect(bare, known).asks else core, known)
    for rule in (_whole, _compared, _difference, _among, pronoun):
        full = rule(asked, before, known)
        if full:
            return full
    if asked.asks:
        return _ask(asked, before, known, marked)
    return _elliptic(asked, before, known, marked)


def _whole(asked: Anatomy, before: Anatomy, known: Known) -> str:
    """Take over all ("还有吗"), or all but the place ("其他地方呢", "各县呢")."""
    area = _without(asked.text, asked.when).strip(" 的,，")
    if is_area(area):
        return put(before, asked, where=area)
    if _OTHERS.match(asked.text):
        return put(before, asked, where="各地") if before.where else before.text
    return before.text if _AGAIN.match(asked.text) else ""


def _compared(asked: Anatomy, before: Anatomy, known: Known) -> str:
    """Set another place beside the one before: "和商洛比呢"."""
    found = _COMPARED.match(asked.text)
    if found is None or not asked.where or not before.where or asked.topics:
        return ""
    return put(before, asked, where=f"{before.where[0].text}和{asked.where[0].text}")


def _difference(asked: Anatomy, before: Anatomy, known: Known) -> str:
    """Say of what was spoken of how it compares: "比去年多多少", "占全省的多少"."""
    found = _DIFFERENCE.match(asked.text)
    if found is None or tokens(asked.text)[0].text not in _COMPARING:
        return ""
    own = [topic for topic in asked.topics if topic.start >= found.end()]
    return f"{stem(before)}{asked.text}" if not own else ""


def _among(asked: Anatomy, before: Anatomy, known: Known) -> str:
    return f"{stem(before)}{asked.text}" if _AMONG.match(asked.text) else ""


def _ask(asked: Anatomy, before: Anatomy, known: Known, marked: bool) -> str:
    """Complete a question that has its question word: it may lack a topic, or a place and a time."""
    if not asked.topics:
        return _about(asked, before, known, marked)
    return _prefixed(asked, before) if marked else ""


def _about(asked: Anatomy, before: Anatomy, known: Known, marked: bool) -> str:
    """Ask something else about what was spoken of: "有多少人", "2017年是谁"."""
    rest = _without(asked.text, (*asked.where, *asked.when, *asked.which)).strip(" 的,，")
    if asked.where and not marked and (_COMPLETE.search(rest) or any(map(_is_firm, asked.where))):
        return ""
    if not marked and _of_area(asked):
        return ""
    if _ROLE.match(rest) and (before.where or asked.where):
        return _of_body(asked, before, rest)
    spoken = dissect(stem(before), known)
    about = _beside(spoken, asked, rest) or put(spoken, asked)
    if _COUNTED.search(rest):
        about = _MONEY.sub("", about)
    verb = before.verb if _HOW.match(rest) and before.verb else ""
    return f"{about}{rest}{verb.removesuffix('了')}"


def _of_area(asked: Anatomy) -> bool:
    """Tell whether a question asks after something in a whole area, which is a question of its own: 全省有多少会员."""
    areas = [piece for piece in asked.where if is_area(piece.text) or area_behind(asked.text, piece.end)]
    return bool(areas) and any(map(_is_named, asked.words))


def _is_named(word: Token) -> bool:
    """Tell whether a general noun says by itself what is counted: 会员, not 人 or 时间."""
    return len(word.text) > 1 and word.text in dialogue_words().counted


def _beside(spoken: Anatomy, asked: Anatomy, rest: str) -> str:
    """Keep only place and time where another thing is counted than the general noun before: 多少个工会 after 会员."""
    noun = counted_noun(spoken)
    other = [word for word in asked.words if _is_named(word) and word.text not in spoken.text]
    if spoken.topics or noun is None or not _is_named(noun) or not other or not _UNIT_ASKED.search(rest):
        return ""
    verbs = [word for word in spoken.words if word.end == noun.start and word.text in dialogue_words().verbs]
    return put(spoken, asked, until=verbs[0].start if verbs else noun.start)


def _is_firm(where: Piece) -> bool:
    """Tell whether a body is neither a place nor a union, which both have all kinds of work."""
    return not re.search(r"[省市县区州盟旗镇乡村]$|工会$", where.text) and len(where.text) > _PLACE_LENGTH


def _of_body(asked: Anatomy, before: Anatomy, rest: str) -> str:
    """Ask for a post of the body itself, whatever of its work was spoken of."""
    when = asked.when[0].text if asked.when else ""
    return f"{(asked.where or before.where)[0].text}{when}{rest}"


def _without(text: str, pieces: Sequence[Piece]) -> str:
    for piece in sorted(pieces, key=lambda piece: -piece.start):
        text = text[: piece.start] + text[piece.end :]
    return text


def _prefixed(asked: Anatomy, before: Anatomy) -> str:
    """Put the place and time of the last turn before a question that lacks them."""
    where = "" if asked.where or not before.where else before.where[0].text
    when = "" if asked.when or not before.when else before.when[0].text
    if asked.where:
        at = asked.where[-1].end
        return f"{asked.text[:at]}{when}{asked.text[at:]}" if when else asked.text
    return f"{where}{when}{asked.text}"


def _elliptic(asked: Anatomy, before: Anatomy, known: Known, marked: bool) -> str:
    """Complete words without a question word: another place, year or thing, or another measure."""
    rest = _without(asked.text, (*asked.where, *asked.when, *asked.which)).strip(" 的,，、和")
    if asked.topics:
        return _another_thing(asked, before, rest) if marked else ""
    ask = dialogue_words().asks.get(rest)
    if ask is not None:
        if _ROLE.match(rest) and (before.where or asked.where):
            return _of_body(asked, before, f"{rest}{ask}")
        return f"{put(dissect(stem(before), known), asked)}的{rest}{ask}"
    if rest in dialogue_words().verbs:
        return _another_verb(asked, before, rest)
    noun = counted_noun(before) if marked and not before.topics else None
    if noun is not None and rest != noun.text and rest.endswith(noun.text):
        return put(before, asked, thing=rest)
    if rest and not all(word.text in dialogue_words().light for word in asked.words):
        return f"{put(dissect(stem(before), known), asked)}{rest}" if marked else ""
    return put(before, asked) if asked.where or asked.when or asked.which else ""


def _another_verb(asked: Anatomy, before: Anatomy, verb: str) -> str:
    """Ask the last question with another verb: "那发放呢"."""
    if not before.verb:
        return f"{put(before, asked)}{verb}"
    at = before.text.index(before.verb, before.head)
    tail = before.text[at + len(before.verb) :]
    return put(before, asked, until=at) + verb + ("了" if before.verb.endswith("了") else "") + tail


def _another_thing(asked: Anatomy, before: Anatomy, thing: str) -> str:
    """Ask the last question about another thing: "那医疗互助呢"."""
    last = asked.words[-1].text if asked.words else ""
    if last in dialogue_words().asks:
        return _prefixed(asked, before) + dialogue_words().asks[last]
    if asked.topics and all(topic.text in before.text for topic in asked.topics):
        return put(before, asked)
    named = before.topics or counted_noun(before)
    return put(before, asked, thing=thing) if named else _prefixed(asked, before)
