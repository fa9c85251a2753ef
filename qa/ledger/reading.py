"""Read the ledger off a document that was taken apart: one row a figure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from qa.ledger.picking import Picked, pick
from qa.ledger.resolving import Resolver
from qa.ledger.rows import labels_of
from qa.ledger.scene import Scene, scene_of
from qa.ledger.things import per_head, verb_of, what_of, without_unions
from qa.ledger.types import Figure
from qa.reading.view import PassageView
from qa.types import AnswerKind, Article, BlockKind, Ingested, Passage, Span, Value, project, spans_text

_LISTED = re.compile("[、,和及与]|以及|提高到|增加到|上升到|下降到|[升降增涨]到|至")
_COMPARED = re.compile(
    r"\)?,(?:同比|环比|实际|名义|[比较][^,。;]{2,14}?)(?:实际|增长|增加|提高|上升|下降|减少|多|少|高|低|翻|增)"
)
_ONLY = re.compile("[了约近超达]*")


def read_figures(ingested: Ingested) -> tuple[Figure, ...]:
    """Return the rows of a document, in the order of its passages.

    What is printed twice gives one row: a figure of a headline that the text beneath repeats, a repeated sentence.
    """
    scenes = {article.id: _scene(ingested, article) for article in ingested.articles}
    rows = [row for passage in ingested.passages for row in read_passage(passage, scenes[passage.article_id])]
    headings = [span for block in ingested.blocks if block.kind is BlockKind.HEADING for span in block.spans]
    told = {_key(row) for row in rows if not _within(row, headings)}
    kept: dict[tuple[str, str, int], Figure] = {}
    for row in rows:
        if _within(row, headings) and (_key(row) in told or not row.text[:1].isdigit()):
            continue
        kept.setdefault((row.article_id, "".join(row.sentence.split()), row.mark.start), row)
    return tuple(kept.values())


def _scene(ingested: Ingested, article: Article) -> Scene:
    return scene_of(article, spans_text(ingested.document.text, article.spans))


def _key(row: Figure) -> tuple[str, float, str]:
    return row.article_id, row.value.number, row.value.unit


def _within(row: Figure, spans: list[Span]) -> bool:
    return any(span.start <= row.spans[0].start < span.end for span in spans)


def read_passage(passage: Passage, scene: Scene) -> tuple[Figure, ...]:
    """Return the rows of one passage, in the order of its text."""
    view = PassageView(passage.text)
    picked = pick(view)
    if not picked:
        return ()
    reader = _PassageReader(passage, view, scene, picked)
    return tuple(reader.rows())


class _PassageReader:
    """What the figures of a passage share."""

    def __init__(self, passage: Passage, view: PassageView, scene: Scene, picked: list[Picked]) -> None:
        self._passage = passage
        self._view = view
        self._resolver = Resolver(view, passage.section, scene)
        self._picked = picked
        self._labels = labels_of(view.plain, picked, view.sentences)

    def rows(self) -> Iterator[Figure]:
        """Yield the rows in the order of the text."""
        rows: list[Figure] = []
        for ordinal, one in enumerate(self._picked):
            row = self._row(ordinal, one)
            if rows:
                row = self._following(row, one, rows[-1], self._picked[ordinal - 1])
                row = self._compared(row, one, rows)
            yield row
            rows.append(row)

    def _following(self, row: Figure, one: Picked, last: Figure, before: Picked) -> Figure:
        """Let a figure share what the one before it says: 15%、40%; 每人联系1个…、1名…; …1861万元,比去年增长200%."""
        if row.sentence != last.sentence:
            return row
        between = self._view.plain[before.end : one.start]
        if _LISTED.fullmatch(between) and one.kind is before.kind and not row.what:
            row = replace(row, what=last.what, verb=last.verb)
        if last.per_head and "、" in between and len(between) < 16 and one.kind is before.kind:
            row = replace(row, per_head=True)
        return row

    def _compared(self, row: Figure, one: Picked, rows: list[Figure]) -> Figure:
        """Let a growth be of what grew, and of the whole before a part in brackets: 5万元(其中市总1万元),增长20%."""
        plain, index = self._view.plain, len(rows) - 1
        between = _COMPARED.match(plain, self._picked[index].end, one.start)
        is_rate = one.kind is AnswerKind.PERCENT
        if between is None or not (is_rate or (not row.what and _ONLY.fullmatch(plain, between.end(), one.start))):
            return row
        if closed := between.group().startswith(")"):
            opening = plain.rfind("(", 0, self._picked[index].start)
            index = max((n for n, other in enumerate(self._picked[:index]) if other.end <= opening), default=index)
        whole = rows[index]
        if whole.sentence != row.sentence or not (is_rate or one.value.unit == whole.value.unit):
            return row
        row = replace(row, what=whole.what)
        return replace(row, body=whole.body, place=whole.place) if closed else row

    def _row(self, ordinal: int, one: Picked) -> Figure:
        view, passage = self._view, self._passage
        index = view.sentence_at(one.start)
        sentence, clause = view.sentences[index], view.clause_at(one.start)
        clause = Span(max(clause.start, sentence.start), max(clause.end, one.end))
        raw = view.raw_span(one.start, one.end)
        around = view.raw_sentences[index]
        low, high = min(around.start, raw.start), max(around.end, raw.end)
        floor = self._picked[ordinal - 1].end if ordinal else 0
        ceiling = self._picked[ordinal + 1].start if ordinal + 1 < len(self._picked) else len(view.plain)
        what = what_of(view.plain, one, clause, floor, ceiling)
        label = self._labels.get(one.start, "")
        named = self._resolver.labelled(label) if label else None
        owner = named or self._resolver.owner_at(one.start)
        what = without_unions(view.plain, what, self._resolver.unions_in(what))
        period = self._resolver.period_at(one.start)
        return Figure(
            id=f"{passage.id}.{ordinal:03d}",
            document_id=passage.document_id,
            article_id=passage.article_id,
            passage_id=passage.id,
            spans=project(passage.spans, raw.start, raw.end),
            text=passage.text[raw.start : raw.end],
            kind=one.kind,
            value=Value(one.value.number, one.value.unit),
            approximate=one.approximate,
            per_head=per_head(view.plain, one, clause),
            what=label if label and named is None else view.plain[what.start : what.end],
            verb=verb_of(view.plain, one, clause, sentence, what),
            body=owner.body,
            place=owner.place,
            period=period.text,
            year=period.year,
            sentence=passage.text[low:high],
            mark=Span(raw.start - low, raw.end - low),
            upper=one.upper,
        )
