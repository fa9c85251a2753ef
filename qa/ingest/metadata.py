"""What an article is about: organisation, places and years, each with where it was read."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa.ingest import patterns
from qa.ingest.articles import Piece
from qa.ingest.blocks import Draft
from qa.text.numbers import parse_number
from qa.text.organisations import expand_abbreviation, find_organisations
from qa.text.places import find_places
from qa.types import BlockKind, Fact, Span, project, spans_text

WEIGHTS = {
    "signature": 6.0,
    "title": 6.5,
    "byline": 4.0,
    "opening": 3.0,
    "masthead": 2.0,
    "file": 2.0,
    "heading": 1.0,
    "body": 0.5,
}
"""How much a mention says about the whole article, by where it stands; set by hand."""
_MOST = {"body": 5, "heading": 3}
"""Mentions of one thing in one kind of text that count, 2 elsewhere: what an article repeats it is not more about."""
_OPENING, _BODY = 300, 6000
"""Characters of the first paragraph, and of everything, that are looked at."""
DATES = WEIGHTS | {"byline": 5.0, "masthead": 5.0, "file": 5.0, "opening": 2.0}
"""The same for years: when a text was printed says more than the years that it tells of."""
_PLACES, _YEARS = 8, 5
_YEAR = re.compile(
    r"(?<!\d)(?P<arabic>(?:19|20)\d\d)(?=\s*(?:年(?!\d*月?(?:\d+日)?(?:出生|生[于，。、]))|[-—–~～至到/]\s*(?:19|20)\d\d\s*年|[-./]\d{1,2}[-./]\d{1,2}))|(?P<han>[一二][九〇○零][〇○零一二三四五六七八九]{2})(?=年)"
)
_SINCE = re.compile(r"(?:自|始于|起于|创办于|成立于|创建于|始建于)\s*$")
_TO_COME = re.compile(r"(?:预计|计划|力争|拟于|定于|将于)(?:[到至在])?\s*$")
_ONWARDS = re.compile(r"\s*年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:起|以来|开始|至今)")
"""Years since when something lasts, or that are still to come, do not tell of when a text is."""
_FILE_YEAR = re.compile(r"(?<!\d)(?P<arabic>(?:19|20)\d\d)(?:(?:0[1-9]|1[0-2])(?:[0-3]\d)?)?(?!\d)")
_SMALL = frozenset({"town", "village"})
_AUTHORITIES = frozenset({"party", "government"})
_TELLING = frozenset({"title", "signature"})
_PLACE_UNION = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,8}?)(?:各级)?(?<!总)工会$")
_SHORT_UNION = re.compile(r"(?<=[省市县州区])总$")
_OFFICE = re.compile(r"(?:(?<=总工会)|(?<=[省市县州区]总))(?:办公室|研究室|机关党委|[\u4e00-\u9fff]{2,6}部)$")
_ABOUT_ALL = frozenset({"title", "signature", "byline", "opening"})
_RUNNING = frozenset({"opening", "body"})
_ENOUGH = 3.0
"""Weight from which a body is what an article is about; twice as much where neither title nor opening name it."""
_ADDRESS = re.compile(r"[路街道巷号]\s*\d+|\d+\s*号|地\s*址|印\s*刷")
_UNION = 2.0
"""Weight of a union beside other bodies: these are union documents."""


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of an article's text that says something about all of it."""

    where: str
    text: str
    spans: tuple[Span, ...]

    def span(self, start: int, end: int) -> Span | None:
        """Return where [start, end) stands in the raw text: its first part where a line end is in it."""
        return project(self.spans, start, end)[0] if self.spans else None


@dataclass(frozen=True, slots=True)
class Facts:
    """What was read off an article; the likeliest place and year come first; ``year`` is the one to show, or ""."""

    organisation: Fact | None
    places: tuple[Fact, ...]
    years: tuple[Fact, ...]
    year: str


def masthead_sources(text: str, drafts: Sequence[Draft], file: str) -> list[Source]:
    """Return what the whole document says about each of its articles: its masthead and its file name."""
    lines = [draft for draft in drafts if draft.kind is BlockKind.MASTHEAD and not _ADDRESS.search(draft.text)]
    found = [_source("masthead", text, draft.spans) for draft in lines]
    return [*found, Source("file", file, ())]


def read_facts(text: str, piece: Piece, shared: Sequence[Source]) -> Facts:
    """Read organisation, places and years off an article.

    Args:
        text: the raw text of the document.
        shared: what masthead and file name say.
    """
    own = list(_sources(text, piece))
    hints = tuple(
        mention.name for source in shared if source.where == "masthead" for mention in find_places(source.text)
    )
    places = _rank(_places([*own, *shared], hints))[:_PLACES]
    years = _rank(_years([*own, *shared]), DATES)[:_YEARS]
    year = years[0][0].value if years and (years[0][1] >= 1.5 or len(years) == 1) else ""
    return Facts(_organisation(own, [fact.value for fact, _ in places]), _facts(places), _facts(years), year)


def _source(where: str, text: str, spans: tuple[Span, ...]) -> Source:
    return Source(where, spans_text(text, spans), spans)


def _sources(text: str, piece: Piece) -> Iterator[Source]:
    """Yield the parts of an article that are worth reading for its facts, the telling ones first."""
    kinds = {BlockKind.SIGNATURE: "signature", BlockKind.BYLINE: "byline", BlockKind.CAPTION: "body"}
    opening, left = True, _BODY
    if all(draft.kind is BlockKind.CAPTION for draft in piece.drafts):
        kinds[BlockKind.CAPTION] = "opening"
    for draft in piece.drafts:
        if patterns.AUTHOR_NOTE.match(draft.text):
            yield _source("body", text, draft.spans)
        elif draft.kind is BlockKind.HEADING:
            yield _source("title" if draft.level == 1 else "heading", text, draft.spans)
        elif draft.kind in kinds:
            yield _source(kinds[draft.kind], text, draft.spans)
        elif draft.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.REPRINT) and left > 0:
            whole = _source("body", text, draft.spans)
            if opening and whole.text.strip():
                yield _part("opening", whole, 0, _OPENING)
            yield _part("body", whole, _OPENING if opening else 0, left)
            yield from _inline_signature(whole)
            opening, left = False, left - len(whole.text)


def _part(where: str, source: Source, start: int, end: int) -> Source:
    end = min(end, len(source.text))
    if start >= end:
        return Source(where, "", ())
    return Source(where, source.text[start:end], project(source.spans, start, end))


def _inline_signature(source: Source) -> Iterator[Source]:
    found = patterns.INLINE_SIGNATURE.search(source.text)
    if found:
        yield _part("signature", source, found.start("name"), found.end("name"))


_Scores = dict[str, dict[str, list[Fact]]]


def _add(scores: _Scores, value: str, where: str, span: Span | None) -> None:
    scores[value][where].append(Fact(value, where, span))


def _places(sources: Iterable[Source], hints: tuple[str, ...]) -> _Scores:
    scores: _Scores = defaultdict(lambda: defaultdict(list))
    for source in sources:
        for mention in find_places(source.text, hints):
            if mention.level not in _SMALL:
                _add(scores, mention.name, source.where, source.span(mention.start, mention.end))
    return scores


def _years(sources: Iterable[Source]) -> _Scores:
    scores: _Scores = defaultdict(lambda: defaultdict(list))
    for source in sources:
        pattern = _FILE_YEAR if source.where == "file" else _YEAR
        for found in pattern.finditer(source.text):
            digits = found.groupdict().get("han")
            value = str(int(parse_number(digits) or 0)) if digits else found.group("arabic")
            if value != "0" and not _is_far(source, found.start(), found.end()):
                _add(scores, value, source.where, source.span(found.start(), found.end()))
    return scores


def _is_far(source: Source, start: int, end: int) -> bool:
    """Tell whether a year in running text is that of a beginning long ago (自2011年起), or one to come."""
    before = source.text[max(start - 6, 0) : start]
    return source.where in _RUNNING and bool(
        _SINCE.search(before) or _TO_COME.search(before) or _ONWARDS.match(source.text, end)
    )


def _rank(scores: _Scores, weights: Mapping[str, float] = WEIGHTS) -> list[tuple[Fact, float]]:
    """Order values by the weights of their mentions; each with its most telling mention."""
    ranked: list[tuple[Fact, float]] = []
    for value, by_source in scores.items():
        if set(by_source) == {"body"} and len(by_source["body"]) < 2 and not value.isdigit():
            continue
        total = sum(weights[where] * min(len(facts), _MOST.get(where, 2)) for where, facts in by_source.items())
        best = max(by_source, key=lambda where: weights[where])
        ranked.append((by_source[best][0], total))
    return sorted(ranked, key=lambda entry: (-entry[1], -int(entry[0].value) if entry[0].value.isdigit() else 0))


def _facts(ranked: Sequence[tuple[Fact, float]]) -> tuple[Fact, ...]:
    return tuple(fact for fact, _ in ranked)


def _organisation(sources: Sequence[Source], places: Sequence[str]) -> Fact | None:
    """Choose whose work an article tells of: who signed it, else who is named most in title and opening."""
    scores: _Scores = defaultdict(lambda: defaultdict(list))
    unions: set[str] = set()
    for source in sources:
        for mention in find_organisations(source.text):
            if mention.kind in _AUTHORITIES and source.where not in _TELLING:
                continue
            name = _expanded(mention.name, places)
            _add(scores, name, source.where, source.span(mention.start, mention.end))
            if mention.kind == "union":
                unions.add(name)
    ranked = [(fact, points * _share(fact, unions)) for fact, points in _rank(scores)]
    best = max(ranked, key=lambda entry: entry[1], default=None)
    return best[0] if best and best[1] >= (_ENOUGH if best[0].where in _ABOUT_ALL else 2 * _ENOUGH) else None


def _share(fact: Fact, unions: set[str]) -> float:
    """Weigh a body: unions more than others, the national union, which most texts name, less."""
    if fact.value.endswith("全国总工会") and fact.where != "title":
        return 0.5
    return _UNION if fact.value in unions else 1.0


def _expanded(name: str, places: Sequence[str]) -> str:
    """Name a local body in full: by the first of the places in whose reach it is; an office of a union by the union."""
    name = _OFFICE.sub("", name)
    for place in places:
        full = expand_abbreviation(name, place)
        if full != name:
            name = full
            break
    local = _PLACE_UNION.match(name)
    if local:
        mention = find_places(local.group("place"))
        if len(mention) == 1 and mention[0].end - mention[0].start == len(local.group("place")):
            return f"{local.group('place') if name[-3] in '省市县州区' else mention[0].name}总工会"
    return _SHORT_UNION.sub("总工会", _OFFICE.sub("", name))
