"""All lists of a passage."""

from qa.reading.lists.enclosed import find_enclosed
from qa.reading.lists.groups import Group
from qa.reading.lists.labels import find_labels
from qa.reading.lists.points import find_points
from qa.reading.lists.rows import find_rows


def find_groups(text: str, gaps: frozenset[int] = frozenset()) -> list[Group]:
    """Find every list of a text in normal form; several readings of one stretch are all given, each only once."""
    groups: dict[tuple[object, ...], Group] = {}
    for group in (*find_points(text, gaps), *find_enclosed(text), *find_labels(text, gaps), *find_rows(text, gaps)):
        groups.setdefault(group.items, group)
    return list(groups.values())
