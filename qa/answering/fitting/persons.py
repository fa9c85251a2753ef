"""Who is asked for is a person: no sum, no place, nobody after whom a team is named, and not the one beside him."""

import re
from collections.abc import Callable, Sequence
from functools import cache

from qa.answering.fitting.posts import post_pattern
from qa.answering.terms import plain
from qa.reading.patterns.credits import label_of
from qa.reading.patterns.persons import title_pattern
from qa.reading.resources import characters
from qa.reading.view import PassageView, placed
from qa.types import AnswerKind, Candidate, Query, Span

_SUMS = frozenset({AnswerKind.AMOUNT, AnswerKind.PERCENT})
_NAMESAKE = re.compile("命名|名字|谁的|[用以]谁|(?:哪|什么|啥)[^,。?]{0,6}(?:队|工作室|基金|奖)")
_NAMED_AFTER = ("队", "工作室", "基金", "基金会", "班组", "奖", "驿站", "热线")
"""What is named after a person, and is none."""
_LEADS_TEAM = re.compile("[带率领]队$")
_NAMESAKE_REACH = 14
_POSITION = re.compile("(?:前排|后排)?[左右](?:起?第)?[一二三四五六七八九十]")
_BEHIND_NAME = re.compile(r"\((?P<at>[^()]{1,8})\)")
_LABEL_ASKED = re.compile(
    r"(?P<label>编辑|责编|校对|记者|通讯员|摄影|主持人?)(?:者|人|师)?(?:[是叫为姓名])?"
    r"(?:谁|哪|什么|啥|何人|名字|[ ?]|$)"
    r"|(?:谁|哪[位个名])(?:来|在|是)?(?P<other>编辑|责编|校对|记者|通讯员|主持)"
)
_LEADER = "领导"
"""Anybody who holds a leading post."""
_WHICH = r"哪一?[位个名]"
_IS_WHO = r"(?:是谁|是哪[位个名]|叫(?:什么|啥)|姓(?:什么|啥|甚)|的?(?:姓名|名字)|[?]?$)"


def person_test(query: Query) -> Callable[[Candidate], bool] | None:
    """Return the test for what cannot be the person asked for, None where none is asked for."""
    if query.kinds[0] is not AnswerKind.PERSON:
        return None
    namesake = _NAMESAKE.search(plain(query.text)) is not None

    def test(candidate: Candidate) -> bool:
        if candidate.kind is not AnswerKind.PERSON:
            return True
        view, _, at = placed(candidate)
        return not _is_no_person(view, at) and (namesake or not _is_namesake(view, at))

    return test


def _is_no_person(view: PassageView, at: Span) -> bool:
    """Tell whether a range is a figure, a date or a place, and nobody's name."""
    if any(one.start < at.end and at.start < one.end for one in view.persons):
        return False
    if any(one.kind in _SUMS and at.start <= one.start and one.end <= at.end for one in view.figures):
        return True
    measured = any(one.start <= at.start and at.end <= one.end for one in (*view.figures, *view.dates))
    return measured or any((one.start, one.end) == (at.start, at.end) for one in view.places)


def _is_namesake(view: PassageView, at: Span) -> bool:
    """Tell whether a name is but the beginning of what is named after the person: 某某爱心服务队."""
    return any(
        one.kind is AnswerKind.ORGANISATION
        and one.start <= at.start
        and at.end < one.end <= at.end + _NAMESAKE_REACH
        and view.plain.endswith(_NAMED_AFTER, at.end, one.end)
        and "(" not in view.plain[at.end : one.end]
        and _LEADS_TEAM.search(view.plain, at.end, one.end) is None
        for one in view.bodies
    )


def of_the_asked(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out the persons whom the text puts elsewhere than the one asked for, where it tells of that one.

    Who stands second from the left is not who stands first; the editor is not the reporter; 老杨 has a full name.
    """
    if query.kinds[0] is not AnswerKind.PERSON:
        return list(candidates)
    kept = _full_names(query, candidates)
    for bears in (_position(query), _label(query), _titled(query)):
        if bears is not None:
            kept = _those_who(bears, kept)
    return kept


Bears = Callable[[Candidate], bool | None]
"""Whether a person bears a mark: True, False where another one stands there instead, None where none does."""


def _those_who(bears: Bears, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out, in the passages where somebody bears a mark, those who bear another one."""
    told = [bears(one) if one.kind is AnswerKind.PERSON else None for one in candidates]
    where = {one.hit.passage.id for one, mark in zip(candidates, told, strict=True) if mark}
    return [
        one for one, mark in zip(candidates, told, strict=True) if mark is not False or one.hit.passage.id not in where
    ]


def _position(query: Query) -> Bears | None:
    """The place in a picture: 左二."""
    asked = _POSITION.search(plain(query.text))
    if asked is None:
        return None
    wanted = asked.group()

    def bears(candidate: Candidate) -> bool | None:
        view, _, at = placed(candidate)
        behind = _BEHIND_NAME.match(view.plain, at.end)
        found = _POSITION.search(behind["at"]) if behind is not None else None
        return None if found is None else found.group().endswith(wanted) or wanted.endswith(found.group())

    return bears


def _label(query: Query) -> Bears | None:
    """The label of a credit: 编辑, 记者, 主持人. Who has none is not whom a label asks for."""
    hit = _LABEL_ASKED.search(plain(query.text))
    if hit is None:
        return None
    wanted = (hit["label"] or hit["other"]).replace("责编", "编辑").removesuffix("人")

    def bears(candidate: Candidate) -> bool | None:
        view, _, at = placed(candidate)
        return wanted in label_of(view.plain, at.start).replace("责编", "编辑")

    return bears


@cache
def _title_asked() -> re.Pattern[str]:
    title = f"{_LEADER}|{title_pattern()}"
    return re.compile(rf"{_WHICH}(?P<which>{title})|(?P<title>{title}){_IS_WHO}")


def _titled(query: Query) -> Bears | None:
    """The title: where a passage names a 常委 and a 委员, the 委员 is not the 常委 asked for."""
    hit = _title_asked().search(plain(query.text))
    if hit is None:
        return None
    wanted = hit["which"] or hit["title"]

    def bears(candidate: Candidate) -> bool | None:
        view, _, at = placed(candidate)
        held = [
            view.plain[role.start : role.end]
            for person, role in view.roles
            if person.start < at.end and at.start < person.end
        ]
        return any(_has_title(role, wanted) for role in held) if held else None

    return bears


def _has_title(role: str, title: str) -> bool:
    if title == _LEADER:
        return post_pattern().search(role) is not None
    return re.search(rf"(?<!副){title}", role) is not None


@cache
def _short_name() -> re.Pattern[str]:
    """Return what finds how somebody is called by the surname alone: 老杨, 王站长, 李师傅."""
    surname = f"[{''.join(sorted(characters('surnames')))}]"
    called = f"{title_pattern()}|大爷|大妈|大娘|大叔|大姐|大哥|阿姨|总"
    return re.compile(rf"(?:[老小阿](?P<familiar>{surname})|(?P<titled>{surname})(?:{called}))$")


def _full_names(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out whom the passage calls by the surname alone and once, elsewhere, by the full name."""
    asked = plain(query.text)

    def has_full_name(candidate: Candidate) -> bool:
        view, _, at = placed(candidate)
        hit = _short_name().search(view.plain, at.start, at.end) if candidate.kind is AnswerKind.PERSON else None
        if hit is None:
            return False
        full = _names_of(view, hit["familiar"] or hit["titled"])
        return len(full) == 1 and not any(name in asked for name in full)

    return [one for one in candidates if not has_full_name(one)]


def _names_of(view: PassageView, surname: str) -> set[str]:
    """Return the full names that a passage has of a surname; of two that start alike, the longer."""
    names = {view.plain[one.start : one.end] for one in view.persons}
    full = {name for name in names if name.startswith(surname) and not _short_name().fullmatch(name)}
    return {name for name in full if not any(other != name and other.startswith(name) for other in full)}
