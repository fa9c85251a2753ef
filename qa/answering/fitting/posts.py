"""Who holds a post is asked of a person: a deputy, or who holds another post, is not who holds it."""

import re
from collections.abc import Callable
from functools import cache

from qa.answering.terms import plain
from qa.reading.resources import words
from qa.reading.subject import place_relation
from qa.reading.view import PassageView, passage_view
from qa.types import AnswerKind, Candidate, Query

_LEADING = ("主席", "书记", "主任", "长", "总裁", "经理", "总理")
"""What the titles of data/titles.txt end with that one person holds at a time."""

_CHIEF = re.compile(
    "(?<=工会)(?:的)?(?:现任|新任|新)?(?:的)?(?:一把手|当家人|掌门人|掌舵人|带头人|领头人|头头|头儿|老大)"
)
"""Who leads a union is its chair, however called."""

_FORMER = re.compile("[之以]前|前任|[原曾]任|上任")


@cache
def post_pattern() -> re.Pattern[str]:
    """Return what finds the leading posts, the longest first: 副主席 is no 主席."""
    return re.compile("|".join(title for title in words("titles") if title.endswith(_LEADING)))


@cache
def _asked() -> re.Pattern[str]:
    """Return what finds the post whose holder a question asks for (会长是谁, 谁是会长, 会长 at the end)."""
    return re.compile(
        rf"(?<![当任做])(?P<post>{post_pattern().pattern})(?:现在|当时|目前)?(?:是)?(?=谁|是谁|哪|是哪|叫|姓|名字|[是为]?何人|由[谁哪]|[?？。]?$)"
    )


@cache
def _takes() -> re.Pattern[str]:
    """Return what finds, right behind a person, the post that he or she takes."""
    return re.compile(rf"[^,。;]{{0,6}}?(?:当选|[担出兼就接]任|任)[^,。;]{{0,20}}?(?P<post>{post_pattern().pattern})")


def post_test(query: Query) -> Callable[[Candidate], bool] | None:
    """Return the test for candidates of a question that asks who holds a post, None for any other."""
    if query.kinds[0] is not AnswerKind.PERSON:
        return None
    text = _CHIEF.sub("主席", plain(query.text))
    asked = _asked().search(text)
    if asked is None or _FORMER.search(text):
        return None
    post = asked["post"]

    def test(candidate: Candidate) -> bool:
        if candidate.kind is not AnswerKind.PERSON:
            return True
        view = passage_view(candidate.hit.passage.text, candidate.hit.passage.context)
        if _is_elsewhere(query, view, candidate):
            return False
        held = _held(view, candidate)
        return not held or any(_is(post, one) for one in held | _taken(view, candidate))

    return test


def _is_elsewhere(query: Query, view: PassageView, candidate: Candidate) -> bool:
    """Tell whether what stands between a person and the one named before, in a sentence, names other places only.

    A省总工会主席王芳、B省总工会主席张强: the latter is of B.
    """
    at = view.normal.normal_span(candidate.start, candidate.end).start
    sentence = view.sentences[view.sentence_at(at)]
    start = max([sentence.start, *(one.end for one in view.persons if one.end <= at)])
    named = {one.name for one in view.places if start <= one.start and one.end <= at}
    return bool(query.places and named) and all(
        place_relation(asked, name) == 0.0 for asked in query.places for name in named
    )


def _is(post: str, held: str) -> bool:
    """Tell whether a post is the one asked about, said in full or not: 党委书记 is a 书记, a 副书记 is none."""
    return held == post or (held.endswith(post) and "副" not in held)


def _held(view: PassageView, candidate: Candidate) -> frozenset[str]:
    """Return the leading posts that a passage gives to a person, wherever it names him or her."""
    at = view.normal.normal_span(candidate.start, candidate.end)
    name = view.plain[at.start : at.end]
    roles = (role for person, role in view.roles if view.plain[person.start : person.end] in name)
    return frozenset(post for role in roles for post in post_pattern().findall(view.plain, role.start, role.end))


def _taken(view: PassageView, candidate: Candidate) -> frozenset[str]:
    """Return the post that a person has just been elected to, or has taken: 副主任王芳当选主席."""
    behind = view.normal.normal_span(candidate.start, candidate.end).end
    hit = _takes().match(view.plain, behind)
    return frozenset({hit["post"]} if hit else ())
