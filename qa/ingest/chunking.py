"""Articles to passages: along sentences, about 300 characters, never across an article or a heading."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from qa.ingest import patterns
from qa.ingest.articles import Piece
from qa.ingest.blocks import Draft
from qa.text.sentences import sentence_spans
from qa.types import SET_ASIDE, BlockKind, Span, project, spans_text

AIM, LONGEST = 300, 400
"""Characters of a passage: short paragraphs are put together up to AIM, one of up to LONGEST stays whole."""
_TAIL = 60
"""Characters by which a signature may lengthen the last passage."""
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})


@dataclass(slots=True)
class Chunk:
    """A passage on its way: ranges of the raw text, the kind of what it holds, the headings above it."""

    spans: list[Span] = field(default_factory=list)
    length: int = 0
    kind: BlockKind | None = None
    section: tuple[str, ...] = ()
    end: Span | None = None
    leads: bool = False
    is_law: bool = False
    lead: str = ""

    def add(self, spans: Sequence[Span], kind: BlockKind, end: Span | None) -> None:
        """Add a paragraph behind a line end."""
        if self.spans and self.end is not None:
            self.spans.append(Span(self.end.end - 1, self.end.end))
        self.spans += spans
        self.length += sum(len(span) for span in spans)
        self.kind = kind if self.kind is None or kind in _RUNNING else self.kind
        self.end = end


def chunks(text: str, piece: Piece) -> list[Chunk]:
    """Cut an article into passages, in reading order; everything that is not set aside is in exactly one."""
    return _Chunker(text).run(piece.drafts)


class _Chunker:
    """Collects paragraphs until a passage is full, a heading comes, or a law's next article."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.done: list[Chunk] = []
        self.current = Chunk()
        self.captions: list[Chunk] = []
        self.waiting: list[Draft] = []
        self.lead = ""

    def run(self, drafts: Sequence[Draft]) -> list[Chunk]:
        """Cut one article."""
        for draft in drafts:
            if draft.head is None and draft.kind is not None and draft.kind not in SET_ASIDE:
                self._take(draft, draft.kind)
        self._flush()
        for draft in self.waiting:
            self._append(draft, BlockKind.HEADING if draft.kind is BlockKind.HEADING else BlockKind.BYLINE)
        self._flush()
        return self.done

    def _take(self, draft: Draft, kind: BlockKind) -> None:
        if kind is BlockKind.HEADING:
            if not self.waiting or self.waiting[-1].kind is not BlockKind.HEADING:
                self._flush()
            self.waiting.append(draft)
        elif kind is BlockKind.BYLINE and self.waiting:
            self.waiting.append(draft)
        elif kind is BlockKind.CAPTION:
            self._caption(draft)
        elif kind in (BlockKind.SIGNATURE, BlockKind.BYLINE):
            self._sign(draft, kind)
        else:
            self._paragraph(draft, kind)

    def _flush(self) -> None:
        if self.current.spans:
            self.done.append(self.current)
        self.done += self.captions
        self.current, self.captions = Chunk(), []

    def _append(self, draft: Draft, kind: BlockKind, spans: Sequence[Span] | None = None) -> None:
        """Add a draft to the current passage, or start one where it cannot be parted from it by a line end."""
        if self.current.spans and self.current.end is None:
            self._flush()
        lines = draft.all_lines
        self.current.add(content(draft) if spans is None else spans, kind, lines[-1].break_at)
        self.current.section = draft.section

    def _headings(self) -> None:
        """Put the headings that wait in front of what comes beneath them."""
        for draft in self.waiting:
            if self.current.length + len(draft.text) > LONGEST:
                self._flush()
            self._append(draft, BlockKind.HEADING)
        self.waiting = []

    def _caption(self, draft: Draft) -> None:
        """Make a passage of a caption, or put it to the caption right above it; it comes behind the text around it."""
        last = self.captions[-1] if self.captions else None
        if (
            last
            and last.kind is BlockKind.CAPTION
            and draft.gap == 0
            and last.length + len(draft.text) <= AIM
            and last.end
        ):
            last.add(content(draft), BlockKind.CAPTION, draft.all_lines[-1].break_at)
            return
        chunk = Chunk(section=draft.section)
        chunk.add(content(draft), BlockKind.CAPTION, draft.all_lines[-1].break_at)
        self.captions.append(chunk)

    def _sign(self, draft: Draft, kind: BlockKind) -> None:
        if self.current.length + len(draft.text) > LONGEST + _TAIL:
            self._flush()
        self._append(draft, kind)

    def _paragraph(self, draft: Draft, kind: BlockKind) -> None:
        text, spans = self._plain(draft)
        if not spans:
            return
        if kind is not BlockKind.ITEM or self.waiting:
            self.lead = ""
        is_law = bool(patterns.ARTICLE_OF_LAW.match(text))
        if self._is_full(text, draft, is_law):
            self._flush()
            self.current.lead = self.lead
        if self.waiting:
            self._headings()
            if is_law and self.current.length > 2 * _TAIL:
                self._flush()
        if len(text) > LONGEST:
            self._long(draft, kind, text, spans)
        else:
            self._append(draft, kind, spans)
        self.current.leads = text.endswith(("：", ":"))
        self.current.is_law = self.current.is_law or is_law
        if is_law or self.current.leads:
            self.lead = text

    def _plain(self, draft: Draft) -> tuple[str, tuple[Span, ...]]:
        spans = content(draft)
        return spans_text(self.text, spans), spans

    def _is_full(self, text: str, draft: Draft, is_law: bool) -> bool:
        """Tell whether a paragraph starts a new passage."""
        if not self.current.spans:
            return False
        starts_list = text[-1] in "：:" and 0 < patterns.marker_level(text) <= 3
        if is_law or starts_list or draft.section != self.current.section or self.waiting:
            return True
        limit = LONGEST if self.current.leads or self.current.is_law or draft.kind is BlockKind.ITEM else AIM
        return self.current.length + len(text) > limit

    def _long(self, draft: Draft, kind: BlockKind, text: str, spans: tuple[Span, ...]) -> None:
        """Cut a long paragraph at sentence ends into parts of about the same length."""
        lead = self.current.length
        parts = list(balanced(text, lead))
        for at, (start, end) in enumerate(parts):
            if at:
                self._flush()
            self._append(draft, kind, project(spans, start, end))


def content(draft: Draft) -> tuple[Span, ...]:
    """Return the raw ranges of a draft and what was joined to it, without what was set aside at its start."""
    spans = tuple(span for line in draft.all_lines for span in line.spans)
    total = sum(len(span) for span in spans)
    if not draft.cut:
        return spans
    return project(spans, draft.cut, total) if draft.cut < total else ()


def balanced(text: str, lead: int = 0) -> Iterator[tuple[int, int]]:
    """Yield ranges of a text that end with sentences: of nearly the same length, at most LONGEST where these allow.

    Args:
        lead: characters that already stand in front of the first part.
    """
    sentences = sentence_spans(text)
    parts = max(1, round((lead + len(text)) / AIM), -(-(lead + len(text)) // LONGEST))
    start = 0
    for at, (sentence, following) in enumerate(itertools.pairwise(sentences)):
        length = lead * (start == 0) + sentence.end - sentences[start].start
        left = len(text) - sentences[start].start + lead * (start == 0)
        enough = parts > 1 and length + len(following) / 2 >= left / parts
        if enough or length + len(following) > LONGEST:
            yield sentences[start].start, sentence.end
            start, parts = at + 1, max(1, parts - 1)
    if sentences:
        yield sentences[start].start, sentences[-1].end
