"""Works in 《》 and names in quotation marks."""

import re

from qa.reading.found import Found
from qa.types import AnswerKind

_WORK = re.compile(r"《[^《》\n]{1,60}》")
_QUOTED = re.compile(r"“(?P<inside>[^“”\n。!?]{1,40})”|「(?P<inner>[^「」\n。!?]{1,40})」")


def find_works(text: str) -> list[Found]:
    """Find WORK ranges: 《…》 with its marks, and the inside of quotation marks, marked "quoted"."""
    found = [Found(*hit.span(), AnswerKind.WORK) for hit in _WORK.finditer(text)]
    for hit in _QUOTED.finditer(text):
        name = "inside" if hit["inside"] is not None else "inner"
        found.append(Found(*hit.span(name), AnswerKind.WORK, marks=frozenset({"quoted"})))
    return found
