"""Lists that run over a passage's end: numbered points and labelled lines that go on in the next passage."""

from collections.abc import Sequence

from qa.reading.lists.groups import Group
from qa.reading.view import PassageView
from qa.types import Hit

_RUNNING = frozenset({"points", "labels"})


def chains(hits: Sequence[Hit], views: Sequence[PassageView]) -> list[list[tuple[int, Group]]]:
    """Return every list of the hits as its parts, (index of the hit, group), in the document's order.

    Two groups are one list where the passages follow each other in one article, the first runs up to its passage's end,
    and the second starts its passage and goes on counting (or is labelled in the same way).
    """
    found: list[list[tuple[int, Group]]] = []
    order = sorted(range(len(hits)), key=lambda at: hits[at].passage.id)
    for before, at in zip([None, *order], order, strict=False):
        follows = before is not None and _follow(hits[before], hits[at])
        for group in views[at].groups:
            chain = _open_chain(found, before, views, group, views[at]) if follows and before is not None else None
            if chain is None:
                found.append([(at, group)])
            else:
                chain.append((at, group))
    return found


def _follow(before: Hit, after: Hit) -> bool:
    """Tell whether one passage comes right behind the other in one article."""
    one, other = before.passage, after.passage
    if one.article_id != other.article_id:
        return False
    (head, _, low), (tail, _, high) = one.id.rpartition("-"), other.id.rpartition("-")
    return head == tail and low.isdigit() and high.isdigit() and int(high) == int(low) + 1


def _open_chain(
    found: list[list[tuple[int, Group]]], before: int, views: Sequence[PassageView], group: Group, view: PassageView
) -> list[tuple[int, Group]] | None:
    """Return the list of the passage before that this group goes on with."""
    if group.style not in _RUNNING or len(view.plain[: group.start].strip()) > 8:
        return None
    for chain in reversed(found):
        at, last = chain[-1]
        if at != before or last.style != group.style or "\n" in views[before].plain[last.end :].strip():
            continue
        counted = last.first + len(last.items) == group.first if group.style == "points" else True
        if counted and not (group.style == "points" and group.first == 1):
            return chain
    return None
