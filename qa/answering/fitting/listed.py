"""What lists a question cannot mean: of other things than it names, of titles where persons are asked for."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from qa.answering.terms import plain
from qa.reading.question import asked
from qa.reading.resources import noun_endings, words
from qa.reading.view import placed
from qa.types import AnswerKind, Candidate, Query

_NUMBER = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_QUOTED = re.compile(rf"哪(?:几|些|{_NUMBER})[个大项种句条]?[“\"'‘「『](?P<said>[\u4e00-\u9fff]{{1,6}})[”\"'’」』]")
_PERSONS_ASKED = re.compile(rf"哪(?:几|些|{_NUMBER})?位|谁")
_CLASS = re.compile(
    rf"[”》)]?(?:等?[共这]?{_NUMBER}[个大项种家类所支](?P<counted>[\u4e00-\u9fff]{{2,10}})"
    r"|等(?P<named>[\u4e00-\u9fff]{2,10}))"
)
_POINTS_ASKED = re.compile(rf"哪(?:几|{_NUMBER})(?:条|点|步|招|个?方面|个?步骤)")
_SHORTEST = 2
"""Characters of a noun that tells one class of things from another."""

Lists = Mapping[float, Sequence[Candidate]]


def without_other_lists(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out the lists that the question cannot mean, in their order; all other candidates stay."""
    lists: dict[float, list[Candidate]] = defaultdict(list)
    for one in candidates:
        if one.kind is AnswerKind.LIST and "group" in one.features:
            lists[one.features["group"]].append(one)
    if not lists:
        return list(candidates)
    others = _without_word(query, lists) | _of_titles(query, candidates, lists)
    others |= _of_another_class(query, lists) | _within_points(query, lists)
    return [one for one in candidates if one.kind is not AnswerKind.LIST or one.features.get("group") not in others]


def _without_word(query: Query, lists: Lists) -> frozenset[float]:
    """哪四个“网上”: where every item of a list holds the word in quotation marks, the lists without it are others."""
    said = _QUOTED.search(query.text)
    if said is None:
        return frozenset()
    wanted = asked(query).items
    held = {
        number
        for number, items in lists.items()
        if wanted in {None, len(items)} and all(said["said"] in plain(item.text) for item in items)
    }
    return frozenset(lists).difference(held) if held else frozenset()


def _of_titles(query: Query, candidates: Sequence[Candidate], lists: Lists) -> frozenset[float]:
    """哪两位 asks for names: a list with a mere title (副主任) among its items parts the titles of one person."""
    named = any(one.kind is AnswerKind.PERSON for one in candidates)
    if not named or AnswerKind.PERSON not in query.kinds or not _PERSONS_ASKED.search(query.text):
        return frozenset()
    titles = frozenset(words("titles"))
    return frozenset(number for number, items in lists.items() if any(plain(item.text) in titles for item in items))


def _of_another_class(query: Query, lists: Lists) -> frozenset[float]:
    """哪几个事业单位: where 2个事业单位 closes one list, the one that 6个部室 closes is of other things."""
    noun = asked(query).noun
    if len(noun) < _SHORTEST:
        return frozenset()
    classes = {number: _class_behind(items[-1], noun) for number, items in lists.items()}
    if not any(said.startswith(noun) for said in classes.values()):
        return frozenset()
    return frozenset(number for number, said in classes.items() if said and not _may_be(noun, said))


def _within_points(query: Query, lists: Lists) -> frozenset[float]:
    """哪几条: a list within one item of another is no list of points."""
    if not _POINTS_ASKED.search(query.text):
        return frozenset()
    return frozenset(
        number
        for number, items in lists.items()
        if any(_holds(item, items) for other, points in lists.items() if other != number for item in points)
    )


def _holds(item: Candidate, inner: Sequence[Candidate]) -> bool:
    """Tell whether an item of a list holds the whole of another one."""
    at_once = item.hit.passage.id == inner[0].hit.passage.id == inner[-1].hit.passage.id
    return at_once and item.start <= inner[0].start and inner[-1].end <= item.end


def _class_behind(last: Candidate, noun: str) -> str:
    """Return the class of things that a text says the items of a list are, right behind the last one, and what goes on.

    Where it does not count them (等平台), only what is known for a class is one; "" where none is said.
    """
    view, _, at = placed(last)
    hit = _CLASS.match(view.plain, at.end)
    if hit is None:
        return ""
    return hit["counted"] or (hit["named"] if hit["named"].startswith(noun) or _known(hit["named"]) else "")


def _known(said: str) -> str:
    """Return the longest noun of data/nouns.json, of two characters or more, that words begin with."""
    nouns = (noun for noun in noun_endings() if len(noun) >= _SHORTEST and said.startswith(noun))
    return max(nouns, key=len, default="")


def _may_be(noun: str, said: str) -> bool:
    """Tell whether things of a class may be of the one asked for: 部门 are 单位, and no 企业 is a 部门."""
    own, other = (noun_endings().get(one, ()) for one in (noun, _known(said)))
    return said.startswith(noun) or not frozenset(own).isdisjoint(other)
