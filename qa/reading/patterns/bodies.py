"""Places and organisations: known by name, told by how they end, or pointed at by 位于, 在…举行, 由…负责."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from qa.reading.found import Found
from qa.reading.resources import listed, noun_endings
from qa.text.organisations import find_organisations
from qa.text.places import PlaceMention
from qa.text.words import Token, is_link, tokens
from qa.types import AnswerKind

_JOINS = frozenset("和及与")
_LOCATION = re.compile(
    r"(?:位于|坐落于|坐落在|设在|设于|地处|选址|安家|落户)(?:了|在)?(?P<place>[^,。;:!?\n、“”]{2,26})"
)
_HELD = re.compile(
    r"(?<![正现存所])在(?P<place>[^,。;:!?\n“”]{2,28}?)(?=正式|隆重|顺利|联合|共同|同时|胜利)?(?:举行|召开|举办|开幕|闭幕|启动|成立|揭牌|拉开|开展|进行|发布|播出|上学|就读|开赛)"
)
_ACTING = re.compile(
    r"(?:(?<![自理缘])由|向|报|到)(?P<place>[^,。;:!?\n“”、]{3,28}?)(?=会同|责令|负责|处理|组织|主办|承办|支付|协调|审查|受理|认定|委派|监督|管理|提出"
    r"|申请|申领|反映|投诉|举报|报告|报送|备案|登记|领取|办理)"
)
_TOGETHER = "共同|联合|合作|合力|携手|联手|协同|一起|一道|一同|一块儿?|共建|合办"
_JOINTLY = "组织|协调|协商|研究|制定|开展|举办|处理|实施|编制|建立|确定|拟定|提出|印发|发布"
_PARTNER = re.compile(
    rf"(?P<join>会同|联合|联手|携手|协同|(?<![的异不相如等协共])同(?!级)|(?<![参给])与|(?<![共总缓平])和|跟)"
    rf"(?P<place>(?:(?!{_TOGETHER}|会同|与|跟)[^,。;:!?\n“”]){{2,40}})(?:(?P<with>{_TOGETHER})|(?={_JOINTLY}))"
)
_DOES = re.compile(rf"(?:(?<!企业)(?<!社会)(?<!群团)(?<!工会)(?<!行业)(?<!基层)(?<!党)组织|{_JOINTLY[3:]})$")
_HERE = re.compile(
    r"[上下中内里间前后时]$|.*(?:方面|基础|同时|过程|指导下|领导下|支持下|全国|全省|全市|全县|全区|今天|昨天|\d[日号]|上午|下午|现场|情况)$"
)
_LEAD = re.compile(
    r"(?:第[零一二三四五六七八九十百\d]+[编章节条款项]\s*|[零一二三四五六七八九十]{1,4}\))?"
    r"(?:[年月日同](?=[省市县区州]))?"
    r"(?:[经由向被报据](?=[省市县区州镇乡国]|[上本同县]级|上一级|所在|工商|有关|[\u4e00-\u9fff]{2,3}[省市县区州]))?"
)
_LONGEST = 24


@cache
def _vague() -> re.Pattern[str]:
    """What is no name: 各部门, 该企业, 爱心企业, a bare 公司, 现场."""
    heads, tails = "|".join(listed("vague_heads")), "|".join(listed("vague_tails"))
    return re.compile(rf"(?:{heads})\w{{0,2}}(?:{tails})|{tails}|.*(?:{'|'.join(listed('no_names'))})|.?")


@cache
def _endings() -> tuple[str, ...]:
    people = noun_endings()["人"]
    every = {ending for endings in noun_endings().values() if endings != people for ending in endings}
    return tuple(every - set(listed("common_ends")))


def find_bodies(text: str, places: Sequence[PlaceMention] = ()) -> list[Found]:
    """Find PLACE and ORGANISATION ranges of a text in normal form.

    Marks: "named" (the text package knows it), "site" (a body that is a place to go to, as well), "located" (what 位于
    points at), "acting" (由…负责), "ending" (told by its last word only).
    """
    found: dict[tuple[int, int, AnswerKind], Found] = {}
    for body in find_organisations(text):
        marks = frozenset({"named", "site"} if body.kind in {"education", "health"} else {"named"})
        one = Found(body.start, body.end, AnswerKind.ORGANISATION, marks=marks)
        found[one.start, one.end, one.kind] = one
    partners = [
        one for one in find_partners(text) if not any(name.start < one.start < name.end for name in found.values())
    ]
    for one in (*_located(text), *partners, *_by_ending(text, tokens(text), places), *_known(text, places)):
        before = found.get((one.start, one.end, one.kind))
        found[one.start, one.end, one.kind] = replace(one, marks=one.marks | before.marks) if before else one
    return list(found.values())


def _known(text: str, places: Iterable[PlaceMention]) -> list[Found]:
    """Take over known places, and those that stand side by side as one (四川雅江)."""
    found = [Found(one.start, one.end, AnswerKind.PLACE, marks=frozenset({"named"})) for one in places]
    joined: list[Found] = []
    for one in found:
        if joined and joined[-1].end == one.start:
            joined[-1] = Found(joined[-1].start, one.end, AnswerKind.PLACE, marks=frozenset({"named"}))
        else:
            joined.append(one)
    return [*joined, *(one for one in found if one not in joined)]


def _located(text: str) -> list[Found]:
    found = []
    for pattern in (_LOCATION, _HELD):
        for hit in pattern.finditer(text):
            start, end = hit.span("place")
            start = max(start, text.rfind("在", start, end) + 1)
            if end - start >= 2 and not _HERE.search(text, start, end):
                found.append(Found(start, end, AnswerKind.PLACE, marks=frozenset({"located"})))
    for hit in _ACTING.finditer(text):
        start, end = hit.span("place")
        if text[start:end].endswith(_endings()) and not _vague().fullmatch(text, start, end):
            found.append(Found(start, end, AnswerKind.ORGANISATION, marks=frozenset({"acting"})))
    return found


def find_partners(text: str) -> list[Found]:
    """Find with whom something is done, all of them as one: 与甲县委、县政府共同打造, 会同同级工会和企业组织协调.

    Mere 与, 和, 同 or 跟 tells of a partner only where 共同, 一起 or the like follows.
    """
    found = []
    for hit in _PARTNER.finditer(text):
        start, end = hit.span("place")
        while (verb := _DOES.search(text, max(start, end - 4), end)) is not None:
            end = verb.start()
        meant = len(hit["join"]) > 1 or hit["with"]
        if meant and text[start:end].endswith((*_endings(), "政府", "单位", "联")):
            found.append(Found(start, end, AnswerKind.ORGANISATION, marks=frozenset({"acting"})))
    return found


def _by_ending(text: str, words: Sequence[Token], places: Sequence[PlaceMention]) -> list[Found]:
    """Walk left from every word that ends like a body or a place, over words that may be part of its name."""
    found: list[Found] = []
    for index, word in enumerate(words):
        if not word.text.endswith(_endings()) or _goes_on(text, words, index):
            continue
        for start in _starts(text, words, index, places):
            if not _vague().fullmatch(text, start, word.end):
                found.append(_body(text, start, word.end))
    return found


def _goes_on(text: str, words: Sequence[Token], index: int) -> bool:
    """Tell whether the next word makes a longer name of it (公司工会), so that the name does not end here."""
    if index + 1 >= len(words) or words[index + 1].start != words[index].end:
        return False
    return words[index + 1].text in {"办公室", "委员会"} and text[words[index].end - 1] not in "委部局"


def _starts(text: str, words: Sequence[Token], index: int, places: Sequence[PlaceMention]) -> list[int]:
    """Return where a name that ends with words[index] may start.

    As far left as it can go; behind a 和 or 企业 inside it; at a place named shortly before it (山西三元煤业公司).
    """
    first = index
    joins: list[int] = []
    while first and _continues(text, words, first, index):
        first -= 1
        if words[first].text in _JOINS or words[first].text in listed("classes"):
            joins.append(words[first].end)
    while first < index and (words[first].text in _JOINS or words[first].text in listed("never_first")):
        first += 1
    start = max([words[first].start, *(at for at in joins if _parts_places(places, at))])
    near = [
        one.start
        for one in places
        if one.start < start
        and one.end <= start <= one.end + 4
        and _HAN.fullmatch(text, one.start, start)
        and text[one.end : start] not in _JOINS
    ]
    return [start, *(at for at in joins if start < at < words[index].end), *near[-1:]]


def _parts_places(places: Sequence[PlaceMention], at: int) -> bool:
    """Tell whether the 和 before an offset stands between two places (甲县和乙州丙县): no name holds both."""
    return any(one.start == at for one in places) and any(one.end == at - 1 for one in places)


_HAN = re.compile("[\u4e00-\u9fff]*")


def _continues(text: str, words: Sequence[Token], first: int, index: int) -> bool:
    """Tell whether the word before words[first] may belong to the name."""
    before = words[first - 1]
    between = text[before.end : words[first].start]
    if between not in {"", "(", ")", "·"} or words[index].end - before.start > _LONGEST:
        return False
    if between and before.text in _JOINS:
        return False
    if before.text in listed("outside"):
        return False
    return before.text in listed("inside") or (not is_link(before.text) and not before.text[0].isdigit())


def behind_lead(text: str, start: int, end: int) -> int:
    """Return where the name in [start, end) begins, behind what leads to it: the number of an article, 由 or 经."""
    lead = _LEAD.match(text, start, end)
    return lead.end() if lead is not None and lead.end() < end else start


def _body(text: str, start: int, end: int) -> Found:
    start = behind_lead(text, start, end)
    name = text[start:end]
    if name.endswith(listed("place_ends")) and not name.endswith(listed("not_place_ends")):
        return Found(start, end, AnswerKind.PLACE, marks=frozenset({"ending"}))
    marks = {"ending", "site"} if name.endswith(listed("site_ends")) else {"ending"}
    return Found(start, end, AnswerKind.ORGANISATION, marks=frozenset(marks))
