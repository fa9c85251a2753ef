"""Which part of a question the documents lack: a place, a year, an ordinal, a name's meaning, a thing, the future."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qa.answering.fitting.alternatives import asked_alternatives, named
from qa.answering.fitting.fit import asks_for_next
from qa.answering.fitting.mentions import groups
from qa.answering.fitting.ordinals import ordinals
from qa.answering.terms import asked_terms, is_explained, plain
from qa.dialogue.words import dialogue_words
from qa.retrieval.content import is_stop
from qa.retrieval.programmes import named_programmes
from qa.store.store import Store
from qa.text.normalise import normalise
from qa.text.words import is_link, is_word, parts_of, search_words, tokens
from qa.types import Filters, Hit, Part, Passage, Query

_HEADS = "一二两三四五六七八九十百千万最各第哪每"
"""Characters that begin what counts, compares or asks, and names nothing."""
_LONGEST_THING = 10
_NEAR = 0.4
"""Coverage from which on a passage tells of the thing asked about."""
_MOST_YEARS = 6
"""Years or ordinals that are worth naming, the last ones."""
_MATCHING = 50
"""Passages that are looked through for a thing's words: if any holds all of them, it is among the best matches."""
_MOST_OTHERS = 3
"""Alternatives to the one asked for that are worth naming, those of the nearest passages."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A part of a question that the documents lack.

    Attributes:
        part: "place", "year", "words", "everything": stands nowhere; "place_thing", "year_thing": nothing about the
            thing asked about there or then; "ordinal", "alternative": only others of its kind; "term": named, never
            explained; "future": no plan tells of it.
        named: as the question has it.
        there: what the documents have instead: years, ordinals, alternatives.
    """

    part: Part
    named: tuple[str, ...] = ()
    there: tuple[str, ...] = ()


def find_lack(query: Query, hits: Sequence[Hit], store: Store) -> Lack | None:
    """Find the part to name in a refusal; None where all parts are there and only the answer is not."""
    if asks_for_next(query):
        return Lack("future")
    missing = missing_words(query, store, hits)
    place = typed_place(query)
    if place and place in missing:
        return Lack("place", (place,))
    other = _year(query, store) or _ordinal(query, hits) or _alternative(query, hits)
    return other or _words(query, missing) or _term(query, hits, store, place)


def typed_place(query: Query) -> str:
    """Return the place as the question has it, or ""."""
    return next((place for place in query.places if place in query.text), "")


def thing_of(query: Query) -> str:
    """Return the noun phrase that says best what is asked about, as it stands in the question, or ""."""
    words = tuple(programme[0] for programme in named_programmes(query.text))
    words = words or telling(word for word in query.words if word not in (*query.numbers, *query.units))
    if not words:
        return ""
    cut = tokens(query.text)
    at = next((n for n, token in enumerate(cut) if token.text in words[0] or words[0] in token.text), None)
    if at is None or is_link(words[0]):
        return words[0]
    low, high = at, at + 1
    while low and cut[low - 1].end == cut[low].start and _is_noun(cut[low - 1].text, query):
        low -= 1
    while high < len(cut) and cut[high - 1].end == cut[high].start and _is_noun(cut[high].text, query):
        high += 1
    whole = low < at or is_word(cut[at].text)  # 架飞机 may be one token, and no word
    start = cut[low].start if whole else query.text.find(words[0], cut[at].start)
    phrase = query.text[max(start, cut[low].start) : cut[high - 1].end]
    return phrase if words[0] in phrase and len(phrase) <= _LONGEST_THING else words[0]


def _is_noun(word: str, query: Query) -> bool:
    return bool(telling([word])) and not is_link(word) and not any(word in place for place in query.places)


def telling(words: Iterable[str]) -> tuple[str, ...]:
    """Keep the words that tell what is meant: no verbs of all work, question words, numbers, single characters."""
    known = dialogue_words()
    empty = known.verbs | known.light
    return tuple(
        word
        for word in words
        if len(word) > 1 and word not in empty and word[0] not in _HEADS and not is_stop(word) and word[-1] != "了"
    )


def missing_words(query: Query, store: Store, hits: Sequence[Hit]) -> list[str]:
    """Return what no passage holds of a question's places (in none of their forms) and content words (nor a synonym).

    What is cut into several words is missing only where one of these is: it stands nowhere then, however it is cut.
    What stands in one of the hits is not missing either, whole (the words around it may have been cut across it) or in
    all its parts.
    """
    words = [word for word in query.words if word not in query.numbers]  # 第九期 may stand there as 第9期
    groups = {word: (word, *query.synonyms.get(word, ())) for word in words}
    typed = typed_place(query)
    if typed:
        groups = {typed: query.places} | groups
    cuts = {form: search_words(form) for forms in groups.values() for form in forms}
    counts = store.passage_counts({token for cut in cuts.values() for token in cut})
    missing = {
        word: forms
        for word, forms in groups.items()
        if not any(all(counts.get(token, 0) for token in cuts[form]) for form in forms)
    }
    near = [normalise(f"{hit.passage.context}\n{hit.passage.text}").text for hit in hits] if missing else []
    return [word for word, forms in missing.items() if not any(_stands(form, near) for form in forms)]


def _stands(form: str, texts: Sequence[str]) -> bool:
    """Tell whether one of the texts holds a form, whole or in all its parts."""
    parts = parts_of(form)
    return any(form in text or (parts and all(part in text for part in parts)) for text in texts)


def _year(query: Query, store: Store) -> Lack | None:
    """Name a year that nothing is of, or nothing of the place asked about."""
    if not query.years:
        return None
    asked = Filters(places=query.places, years=query.years)
    if _count(store, asked):
        return None
    years = tuple(f"{year}年" for year in query.years)
    return Lack("year", years, years_about(query, store))


def years_about(query: Query, store: Store) -> tuple[str, ...]:
    """Return the years, but for those asked about, that articles about the question's place are of, ascending."""
    wanted = store.allowed(Filters(places=query.places))
    articles = store.articles() if wanted is None else store.articles_of(wanted.tolist())
    found = {fact.value for article in articles for fact in article.years[:1]} - {str(year) for year in query.years}
    return tuple(f"{year}年" for year in sorted(found)[-_MOST_YEARS:])


def _count(store: Store, filters: Filters) -> int:
    found = store.allowed(filters)
    return len(found) if found is not None else 0


def _ordinal(query: Query, hits: Sequence[Hit]) -> Lack | None:
    """Name a 第三届 where the nearest passages tell of other ones only."""
    asked, near = ordinals(query.text), _near(hits)
    found = {one for passage in near for one in ordinals(passage.text) | ordinals(passage.context)}
    lacking = sorted(one for one in asked if one not in found and any(one[1] == rank for _, rank in found))
    if not lacking:
        return None
    rank = lacking[0][1]
    there = sorted(other for other, kind in found if kind == rank)
    typed = next((number for number in query.numbers if ordinals(number) & asked), f"第{lacking[0][0]}{rank}")
    return Lack("ordinal", (typed,), tuple(f"第{other}{rank}" for other in there[:_MOST_YEARS]))


def _near(hits: Sequence[Hit]) -> list[Passage]:
    """Return the passages that tell of the thing asked about."""
    return [hit.passage for hit in hits if hit.parts.get("coverage", 1.0) >= _NEAR]


def _alternative(query: Query, hits: Sequence[Hit]) -> Lack | None:
    """Name 零售 where the nearest passages tell of 批发 only."""
    question, texts = plain(query.text), [normalise(passage.text).text for passage in _near(hits)]
    for group, asked in asked_alternatives(query.text).items():
        there = [(text, one) for text in texts for one in named(text).get(group, ())] if group in groups() else []
        if there and not any(one.members & asked.members for _, one in there):
            others = dict.fromkeys(text[one.start : one.end] for text, one in there)
            return Lack("alternative", (question[asked.start : asked.end],), tuple(others)[:_MOST_OTHERS])
    return None


def _words(query: Query, missing: Sequence[str]) -> Lack | None:
    lacking = (*(word for word in telling(missing) if not is_link(word)), *query.unread)
    if not lacking:
        return None
    everything = bool(missing) and set(telling(missing)) == set(telling(query.words)) and not query.places
    return Lack("everything" if everything else "words", lacking)


def _term(query: Query, hits: Sequence[Hit], store: Store, place: str) -> Lack | None:
    """Name a term that is never explained; else the place or the years in which nothing tells of the thing."""
    texts = [normalise(hit.passage.text).text for hit in hits]
    named = [term for term in asked_terms(query) if any(term in text for text in texts)]
    unexplained = tuple(term for term in named if not any(is_explained(text, term) for text in texts))
    if unexplained:
        return Lack("term", unexplained)
    forms = _forms(query)
    if place and forms and not _told(forms, store, Filters(places=query.places)):
        return Lack("place_thing", (place,))
    if query.years and forms and not _told(forms, store, Filters(places=query.places, years=query.years)):
        return Lack("year_thing", tuple(f"{year}年" for year in query.years), years_about(query, store))
    return None


def _forms(query: Query) -> tuple[str, ...]:
    """Return the ways to write the thing asked about; none where we know too few to say that it is not told of."""
    programmes = named_programmes(query.text)
    thing = thing_of(query)
    others = query.synonyms.get(thing, ())
    return programmes[0] if programmes else (thing, *others) if others else ()


def _told(forms: Sequence[str], store: Store, filters: Filters) -> bool:
    """Tell whether any of the passages within the filters that match best holds all words of one of the forms."""
    allowed = store.allowed(filters)
    if allowed is None:
        return True
    cuts = [search_words(form) for form in forms]
    matching = {id_ for cut in cuts for id_, _ in store.match_words(cut, _MATCHING, allowed)}
    passages = store.passages(matching).values()
    texts = [normalise(passage.text + passage.context).text for passage in passages]
    return any(all(word in text for word in cut) for cut in cuts for text in texts)
