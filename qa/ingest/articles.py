"""Where articles start and end, what they are called, and under which headings each paragraph stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qa.ingest import patterns
from qa.ingest.blocks import Draft
from qa.ingest.contents import Entry, find_entry
from qa.ingest.headings import PLAIN, TITLE
from qa.ingest.sections import set_sections
from qa.types import BlockKind

_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.REPRINT})
_FRONT = frozenset({BlockKind.MASTHEAD, BlockKind.CONTENTS})
_LINES = 5
"""Lines that a title may have."""
_NO_ARTICLE = frozenset({BlockKind.CONTENTS, BlockKind.FURNITURE, BlockKind.BLANK})
_LONGEST_TITLE = 60


@dataclass(slots=True)
class Piece:
    """An article on its way: its title as it is shown and cited, and its drafts in document order."""

    title: str
    drafts: list[Draft] = field(default_factory=list)
    subtitle: str = ""


def split_articles(drafts: Sequence[Draft], entries: Sequence[Entry], fallback: str) -> list[Piece]:
    """Divide the drafts of a document among its articles; sets ``article``, ``section``, and levels of titles.

    Args:
        fallback: the title of text that has none.
    """
    _part_digest_title(drafts)
    starts = _starts(drafts, entries)
    imprint, pieces = Piece(_periodical(drafts) or fallback), [Piece(fallback)]
    above: BlockKind | None = None
    for group in _groups(drafts):
        below_imprint = above in _FRONT and group[0].kind is BlockKind.CAPTION
        above = above if below_imprint else group[-1].kind
        if group[0].kind is BlockKind.MASTHEAD or below_imprint:
            imprint.drafts += group
            continue
        if group[0].number in starts:
            pieces.append(_opened(group, entries, fallback))
        elif _is_picture_news(group, pieces[-1]):
            pieces.append(Piece("图片新闻"))
        pieces[-1].drafts += group
    pieces = [piece for piece in (imprint, *pieces) if any(draft.kind not in _NO_ARTICLE for draft in piece.drafts)]
    for ordinal, piece in enumerate(pieces):
        for draft in piece.drafts:
            draft.article = ordinal
    set_sections(drafts)
    return pieces


def _part_digest_title(drafts: Sequence[Draft]) -> None:
    """Take the name of a compilation off the first headline, which stands right beneath it."""
    groups = list(_groups(drafts))
    if _is_digest(groups) and len(groups[0]) > 1 and patterns.DIGEST.search(groups[0][0].text):
        groups[0][0].kind, groups[0][0].level = BlockKind.MASTHEAD, 0


def _opened(group: Sequence[Draft], entries: Sequence[Entry], fallback: str) -> Piece:
    """Open the article that a group of headings starts."""
    title, subtitle = _title(group, entries)
    for draft in group:
        draft.level = TITLE if draft.kind is BlockKind.HEADING else 0
    return Piece(title or fallback, subtitle=subtitle)


def _periodical(drafts: Sequence[Draft]) -> str:
    """Return the name of a periodical: the first line of its masthead."""
    names = (draft.text for draft in drafts if draft.kind is BlockKind.MASTHEAD)
    return next((" ".join(name.split()) for name in names if any(patterns.is_han(char) for char in name)), "")


def _groups(drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    """Group headings that stand together, with the author's name under them; all else is a group of its own."""
    group: list[Draft] = []
    for draft in drafts:
        if group and draft.kind in (BlockKind.HEADING, BlockKind.BYLINE) and _goes_with(group, draft):
            group.append(draft)
            continue
        if group:
            yield group
        group = [draft]
    if group:
        yield group


def _goes_with(group: Sequence[Draft], draft: Draft) -> bool:
    """Tell whether a line belongs to the heading above it: the title's next line, its subtitle, its author."""
    if group[0].kind is not BlockKind.HEADING:
        return False
    if draft.kind is BlockKind.BYLINE:
        return True
    if patterns.SUBTITLE.match(draft.text):
        return True
    if group[-1].kind is not BlockKind.HEADING or patterns.STAR.match(draft.text) or _is_under(draft.text):
        return False
    return draft.level == group[-1].level and not patterns.marker_level(group[-1].text) and draft.gap <= 2


def _is_under(text: str) -> bool:
    """Tell whether a heading stands under a title by its form: numbered, a question, the month of a chronicle."""
    return bool(patterns.marker_level(text) or patterns.UNDER_TITLE.match(text))


def _starts(drafts: Sequence[Draft], entries: Sequence[Entry]) -> frozenset[int]:
    """Return the numbers of the headings at which articles start."""
    groups = list(_groups(drafts))
    digest = _is_digest(groups)
    tops = sum(group[0].lines[0].level == 1 for group in groups)
    found: set[int] = set()
    ended, first = True, True
    for at, group in enumerate(groups):
        head = group[0]
        if head.kind is BlockKind.HEADING and ((first and not digest) or _leads_to_text(groups, at, digest)):
            numbered = patterns.marker_level(head.text) > 0
            announced = not numbered and _is_announced(group, entries)
            subtitled = not numbered and any(patterns.SUBTITLE.match(part.text) for part in group[1:])
            starred = bool(patterns.STAR.match(head.text)) or (head.lines[0].level == 1 and tops > 1)
            signed = any(part.kind is BlockKind.BYLINE for part in group) and not numbered and head.lines[0].level < 3
            if (
                (first and not digest)
                or announced
                or starred
                or subtitled
                or digest
                or (not numbered and (ended or (signed and bool(entries))))
            ):
                found.add(head.number)
            first = False
        ended = _ends_article(group, ended)
    return frozenset(found)


def _is_announced(group: Sequence[Draft], entries: Sequence[Entry]) -> bool:
    return find_entry(_joined(group), entries) is not None or any(find_entry(part.text, entries) for part in group)


def _leads_to_text(groups: Sequence[Sequence[Draft]], at: int, digest: bool) -> bool:
    """Tell whether running text stands under a heading, before the next title."""
    for group in groups[at + 1 :]:
        kind = group[0].kind
        if kind in _RUNNING:
            return True
        if kind is BlockKind.HEADING and (digest or group[0].level <= groups[at][0].level):
            return _is_under(group[0].text) and not digest
    return False


def _ends_article(group: Sequence[Draft], ended: bool) -> bool:
    """Tell whether an article has ended behind this group, given whether it had before it."""
    kind, text = group[-1].kind, group[-1].text
    if kind in (BlockKind.SIGNATURE, BlockKind.MASTHEAD, BlockKind.CONTENTS):
        return True
    if kind is BlockKind.BYLINE and group[0].kind is BlockKind.BYLINE:
        return not patterns.DATELINE.match(text)
    if kind in _RUNNING:
        return bool(patterns.INLINE_SIGNATURE.search(group[-1].whole))
    return ended and kind in (BlockKind.CAPTION, BlockKind.FURNITURE, BlockKind.BLANK)


def _is_digest(groups: Sequence[Sequence[Draft]]) -> bool:
    """Tell a compilation of news items, each a headline and a paragraph or two, from an article with headings."""
    units: list[list[Draft]] = []
    heads: list[Draft] = []
    for group in groups:
        if group[0].kind is BlockKind.HEADING and not _is_under(group[0].text):
            units.append([])
            heads.append(group[-1])
        elif group[0].kind in _RUNNING and units:
            units[-1] += group
        elif group[0].kind is BlockKind.HEADING:
            return False
    full = [unit for unit in units if unit]
    if len(full) < 3 or any(head.lines[0].level for head in heads):
        return False
    small = sum(len(unit) <= 2 and sum(len(draft.text) for draft in unit) <= 500 for unit in full)
    news = sum(bool(patterns.NEWS_OPENING.match(unit[0].text)) for unit in full)
    named = bool(patterns.DIGEST.search(groups[0][0].text))
    return small >= 0.8 * len(full) and (named or (news >= 0.6 * len(full) and len(full) >= 4))


def _joined(group: Sequence[Draft]) -> str:
    return "".join(draft.text for draft in group if draft.kind is BlockKind.HEADING)


def _title(group: Sequence[Draft], entries: Sequence[Entry]) -> tuple[str, str]:
    """Return an article's title in one line, and its subtitle."""
    headings = [draft.text for draft in group if draft.kind is BlockKind.HEADING]
    subtitle = " ".join(text for text in headings if patterns.SUBTITLE.match(text)).lstrip("—–―─- ")
    mains = [text for text in headings if not patterns.SUBTITLE.match(text)] or headings
    mains = [text for text in mains if not patterns.SLOGAN.match(text)] or mains
    title = _announced_title(mains, entries) or patterns.STAR.sub("", " ".join(mains)).strip()
    if len(title) > _LONGEST_TITLE and len(mains) > 1:
        title = max(mains, key=len)
    return title, subtitle


def _announced_title(mains: Sequence[str], entries: Sequence[Entry]) -> str:
    """Return the title as the contents page has it, where some of the lines have the very same characters."""
    for length in range(min(len(mains), _LINES), 0, -1):
        for start in range(len(mains) - length + 1):
            title = patterns.STAR.sub("", "".join(mains[start : start + length]))
            entry = find_entry(title, entries)
            if entry is not None and _same_words(title, entry.title):
                return entry.title
    return ""


def _same_words(title: str, announced: str) -> bool:
    """Tell whether two titles hold the same characters, be their lines in another order or broken elsewhere."""
    return sorted(patterns.squeezed(title)) == sorted(patterns.squeezed(announced))


def _is_picture_news(group: Sequence[Draft], piece: Piece) -> bool:
    """Tell whether a caption tells a story of its own: long, with the photographer's name, behind an article."""
    draft = group[0]
    return (
        draft.kind is BlockKind.CAPTION
        and len(draft.text) >= 50
        and bool(patterns.CREDIT.search(draft.text))
        and bool(piece.drafts)
    )


__all__ = ["PLAIN", "Piece", "split_articles"]
