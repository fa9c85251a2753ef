"""Paragraphs printed twice: the copy that stands worse is set aside, with what it repeats, so that it counts once.

Resemblance and containment of sets of shingles (w consecutive characters) after A. Z. Broder, "On the resemblance and
containment of documents", Compression and Complexity of Sequences 1997: c(A, B) = |S(A) ∩ S(B)| / |S(A)|.
"""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from qa.ingest import patterns
from qa.ingest.blocks import Draft
from qa.types import BlockKind

_SHINGLE = 5
_CONTAINED = 0.95
"""Share of a copy's shingles that the original must hold; one other name in a hundred characters is below it."""
_SHORTEST = 40
"""Letters and figures below which a repeated paragraph may stand twice for its own sake."""
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_GOES_ON = re.compile(r"[于在的是将正由为已以及和与，。、；：]")
"""What a title runs on with when it is the subject of the first sentence."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def mark_reprints(drafts: Sequence[Draft]) -> dict[int, int]:
    """Set aside paragraphs whose content another one holds; map the number of each to that of the one it repeats."""
    found: dict[int, int] = {}
    candidates = [draft for draft in drafts if _may_be_copy(draft)]
    shingles = {draft.number: _shingles(draft.text) for draft in candidates}
    holders: dict[str, list[Draft]] = defaultdict(list)
    for draft in candidates:
        for original in _resembling(draft, holders, shingles):
            copy, kept = _choose(original, draft, shingles, drafts)
            if copy is not None and kept.number not in found and copy.number not in found:
                found[copy.number] = kept.number
        for shingle in shingles[draft.number]:
            holders[shingle].append(draft)
    for number, kept_number in found.items():
        drafts[number].kind = BlockKind.REPRINT
        drafts[number].reason = f"重复刊登，与“{drafts[kept_number].text[:20]}…”相同"
    return found


def _may_be_copy(draft: Draft) -> bool:
    """Tell whether a draft may be a copy: a paragraph of some length; items of lists and statutes never are."""
    text = draft.text
    if draft.kind is not BlockKind.PARAGRAPH or patterns.marker_level(text) or patterns.ARTICLE_OF_LAW.match(text):
        return False
    return len(patterns.squeezed(text)) >= _SHORTEST


def _shingles(text: str) -> frozenset[str]:
    plain = patterns.squeezed(text)
    return frozenset(plain[at : at + _SHINGLE] for at in range(len(plain) - _SHINGLE + 1))


def _resembling(draft: Draft, holders: dict[str, list[Draft]], shingles: dict[int, frozenset[str]]) -> list[Draft]:
    """Return the earlier drafts that share most shingles with this one, the nearest match first."""
    shared: Counter[int] = Counter()
    by_number: dict[int, Draft] = {}
    for shingle in shingles[draft.number]:
        for holder in holders.get(shingle, ()):
            shared[holder.number] += 1
            by_number[holder.number] = holder
    size = len(shingles[draft.number])
    return [
        by_number[number]
        for number, count in sorted(shared.items(), key=lambda entry: (-entry[1], entry[0]))
        if count >= _CONTAINED * min(size, len(shingles[number]))
    ]


def _choose(
    earlier: Draft, later: Draft, shingles: dict[int, frozenset[str]], drafts: Sequence[Draft]
) -> tuple[Draft | None, Draft]:
    """Decide which of two is the copy: it says nothing more than the other; of equals the one that stands worse."""
    later_in = _contained(later, earlier, shingles)
    earlier_in = _contained(earlier, later, shingles)
    if later_in and earlier_in:
        better = _under_heading(later, drafts) and not _under_heading(earlier, drafts)
        return (earlier, later) if better else (later, earlier)
    return (later if later_in else None), earlier


def _contained(copy: Draft, original: Draft, shingles: dict[int, frozenset[str]]) -> bool:
    """Tell whether a paragraph says nothing that the other does not; another figure is something new."""
    own = shingles[copy.number]
    if len(own & shingles[original.number]) < _CONTAINED * len(own):
        return False
    return not Counter(_NUMBER.findall(copy.text)) - Counter(_NUMBER.findall(original.text))


def _under_heading(draft: Draft, drafts: Sequence[Draft]) -> bool:
    above = drafts[draft.number - 1] if draft.number else None
    return above is not None and above.kind is None


def mark_titles_printed_twice(drafts: Sequence[Draft]) -> None:
    """Cut the title off the start of a paragraph that repeats it, once or several times, as web pages do."""
    for title, draft in itertools.pairwise(drafts):
        if (
            title.kind is not BlockKind.HEADING
            or draft.kind not in _RUNNING
            or len(title.text) < 8
            or draft.head is not None
        ):
            continue
        cut = 0
        while draft.text.startswith(title.text, cut):
            cut += len(title.text)
            while cut < len(draft.text) and draft.text[cut].isspace():
                cut += 1
        if cut < len(draft.text) and not _GOES_ON.match(draft.text, cut):
            draft.cut = cut
