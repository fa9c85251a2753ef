"""Names of persons beside a title, a caption mark or a verb of saying, and the title phrases themselves."""

import re
from collections.abc import Iterator
from functools import cache

from qa.reading.found import Found
from qa.reading.resources import characters, words
from qa.text.words import is_word
from qa.types import AnswerKind

HAN = "\u4e00-\u9fff"
_AFTER = (
    "表示|介绍|强调|指出|说|告诉|认为|坦言|回忆|讲述|主持|出席|参加|带队|带领|率|一行|同志|先生|女士|作了|致辞|讲话|宣布|走访|看望|慰问|深入|"
    "荣获|获得|获|当选|任|担任|兼任|在|等|和|与|及|的|为|是|向|对|代表|要求|宣读|传达|来到|调研|分别|就|作|同|以|从|被|将|到|也|还|让|则|把|赴|自|又|都|已|因|于|曾|摄(?![影制像])"
)
ENDS = re.compile(rf"(?=[,。;:!?、()\[\]“”《》□\s\n/|]|$|{_AFTER})")
TAKEN_BY = re.compile(rf"摄(?![{HAN}])")
"""What stands behind the name of who took a picture: 王芳 摄."""
_POSITION = re.compile(r"\((?:前排|后排)?(?:左|右|中)[一二三四五六七八九十\d]{0,2}\)")
_PLACE_IN_PICTURE = re.compile("[左右][一二三四五六七八九]")
_LABEL = (
    r"(?:记者|通讯员|作者|编辑|主编|副主编|摄影|文稿|实习生|责任编辑|联系人|采写|撰稿|图|文)[:/]?\s?"
    r"|(?<=\n)□\s?|□|//|\((?:执行)?\)"
)


@cache
def _noname_pattern() -> re.Pattern[str]:
    return re.compile("|".join(words("not_names")))


@cache
def title_pattern() -> str:
    """Return an alternation of all titles, longest first."""
    return "|".join(words("titles"))


@cache
def name_pattern() -> str:
    """Return a pattern of a surname and one or two characters more."""
    single = "".join(sorted(characters("surnames")))
    double = "|".join(words("compound_surnames"))
    return rf"(?:(?:{double})[{HAN}]{{1,2}}|[{single}][{HAN}]{{1,2}})"


@cache
def _titled() -> re.Pattern[str]:
    return re.compile(rf"(?:{title_pattern()}|{_LABEL})(?:\(\w{{1,6}}\))?[:]?[“\s]?(?={name_pattern()})")


@cache
def _rows() -> re.Pattern[str]:
    one = rf"{name_pattern()}{{1}}"
    return re.compile(rf"(?<![{HAN}]){one}(?:\(\w{{1,8}}\))?(?:[、 ]{one}(?:\(\w{{1,8}}\))?)+")


_ORG_END = "队|公司|集团|厂|矿|校|院|中心|部|局|会|村|镇|县|社区|班|所|站|馆|街道|科|处"


@cache
def _weak() -> re.Pattern[str]:
    """A name behind 的 or a body's name, where a verb or punctuation follows: the 的某某高兴地说 kind."""
    said = "表示|介绍|说|告诉|坦言|高兴地|激动地|荣获|获得|获|当选|作为|代表|,|。|、|;|$"
    return re.compile(rf"(?:的|名叫|叫|{_ORG_END})(?P<name>{name_pattern()})(?={said})")


_HONOURS = ("劳模", "职工", "技能", "大师", "工匠", "首席", "党员", "技师", "金牌")
"""What stands between a person's name and the workshop that is named after it."""


def before_workshop(text: str) -> str:
    """Return whom a workshop is named after, the beginning of its name (某某劳模创新工作室); else the text itself."""
    return re.sub(f"(?:{'|'.join(_HONOURS)})*(?:创新)?工作室$", "", text) or text


def _workshop_names(text: str) -> Iterator[tuple[int, int]]:
    """Find whom a workshop is named after: a surname and what follows, or four quoted characters that are no words."""
    for hit in _workshop().finditer(text):
        name = "quoted" if hit["quoted"] else "short" if hit["short"] else "name"
        words = (hit[name][:2], hit[name][2:]) if hit["quoted"] else (hit[name],)
        if not any(map(is_word, words)) and not hit[name].endswith(_HONOURS):
            yield hit.span(name)


@cache
def _workshop() -> re.Pattern[str]:
    honour = f"(?:{'|'.join(_HONOURS)})"
    surname = f"[{''.join(sorted(characters('surnames')))}]"
    begins = rf"(?:(?<![{HAN}])|(?<=[了的以为立建成和及]))"
    quoted = rf"(?P<quoted>(?<=[“\"])[{HAN}]{{4}})(?={honour}+(?:创新)?工作室)"
    short = rf"(?P<short>{surname}[^了的\W])(?={honour}+(?:创新)?工作室|创新工作室)"
    named = rf"(?P<name>(?!.?[了的]){name_pattern()})(?=(?:{honour}|[{HAN}]{{0,6}}创新)+工作室)"
    return re.compile(rf"{begins}(?:{quoted}|(?={short})|(?={named}))")


def find_persons(text: str, gaps: frozenset[int] = frozenset()) -> list[Found]:
    """Find PERSON ranges of a text in normal form by their surroundings.

    Args:
        text: in normal form.
        gaps: offsets of ``text`` before which the raw text has white space (杨万莲 赵艳莉 are two, 李 忠 is one).

    Marks: "title" (a title before it), "row" (one of several), "position" (a caption's （左一）), "workshop" (one is
    named after the person), "alone", "weak".
    """
    found: dict[tuple[int, int], Found] = {}
    for hit in _titled().finditer(text):
        _add_row(found, text, hit.end(), gaps)
    for hit in _rows().finditer(text):
        for name in re.finditer(name_pattern(), hit.group()):
            _add(found, text, hit.start() + name.start(), hit.start() + name.end(), "row")
    for hit in _positioned().finditer(text):
        _add(found, text, *hit.span("name"), "position")
    for hit in re.finditer(rf"(?<![{HAN}]){name_pattern()}{ENDS.pattern}", text):
        _add(found, text, *hit.span(), "alone")
    for hit in _weak().finditer(text):
        _add(found, text, *hit.span("name"), "weak")
    for start, end in _workshop_names(text):
        _add(found, text, start, end, "workshop")
    return list(found.values())


@cache
def _positioned() -> re.Pattern[str]:
    return re.compile(rf"(?:{title_pattern()}|(?<=[,、(;]))(?P<name>[{HAN}]{{2,3}}){_POSITION.pattern}")


def _add_row(found: dict[tuple[int, int], Found], text: str, start: int, gaps: frozenset[int]) -> None:
    """Add the name at start, and those that follow it after 、 or a gap."""
    while (end := name_end(text, start, gaps)) > 0:
        _add(found, text, start, end, "title")
        behind = re.compile(r"(?:\(\w{1,6}\))?[、 ]").match(text, end)
        if not behind and end not in gaps:
            return
        start = behind.end() if behind else end


def name_end(text: str, start: int, gaps: frozenset[int] = frozenset()) -> int:
    """Return where the name that starts at start ends, 0 where there is none.

    Three characters unless the third begins what follows a name (a verb, punctuation, a gap).
    """
    hit = re.compile(name_pattern()).match(text, start)
    if not hit:
        return 0
    ends = [
        start + length
        for length in range(2, len(hit.group()) + 1)
        if ENDS.match(text, start + length) or start + length in gaps
    ]
    if (
        hit.end() in ends
        and len(ends) > 1
        and (ends[0] in gaps or text[ends[0] : ends[0] + 1] in tuple("的在和与等为是说率任"))
    ):
        return ends[0]
    return ends[-1] if ends else hit.end()


def _add(found: dict[tuple[int, int], Found], text: str, start: int, end: int, mark: str) -> None:
    if end - start > 2 and TAKEN_BY.match(text, end - 1):
        end -= 1
    if (
        (start, end) in found
        or _PLACE_IN_PICTURE.search(text, start, end)
        or _noname_pattern().search(text, start, end)
    ):
        return
    found[start, end] = Found(start, end, AnswerKind.PERSON, marks=frozenset({mark}))
