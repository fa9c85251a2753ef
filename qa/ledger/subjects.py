"""Whose a figure is, and where: what governs its sentence, else its paragraph, its heading, its article."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from qa.ledger.lists import alternation
from qa.ledger.mentions import Mention, Owner, acts, find_mentions, place_of, same_body
from qa.ledger.scene import Scene, official
from qa.text.places import contains_place
from qa.text.words import tokens
from qa.types import Span

_UNDER = re.compile(r"[^,。;]{0,30}(?:领导|指导|支持|帮助|关心|要求|部署|安排|重视|统一|关怀)[^,。;]{0,4}[下,。]")
_JOINT = re.compile(r"[、和与及]|以及|会同|联合|暨")
_QUOTES = ("《》", "“”")
_PARTS = re.compile(r"其中[,:]?[^,。;]{0,12}?(?:本级|总工会|[省市县区州]总|机关)")
_AT_FIRST = re.compile(r"^[^,。;:]{0,8}(?:期间|季|天|年|月|日|以来|[中上后时际]),")
"""What a sentence may begin with before its subject: 这个夏季, 活动期间."""
_ADVERBS = "各每共先全已在由又还也将均年月日第"
"""Begin words behind a subject that are no part of its name: 市妇联各派驻…, 长治电视台每周…."""
_CARRIED = 3
"""Sentences over which a subject holds that is not named again; one that is not the article's own, for one less."""


@cache
def _object() -> re.Pattern[str]:
    """Before a name: a verb or preposition that makes an object of it, or of the row that it stands in."""
    row = r"(?:[^,。;:!?\n\d]{0,40}(?:[、和与及]|以及))?"
    some = r"(?:了|过)?(?:[一两二三四五六七八九十几\d]+[个支名家位])?"
    near = r"(?:向|给|与|同|跟|对|联合)[\u4e00-\u9fff]{0,5}"
    return re.compile(rf"(?:(?:{alternation('objects')}){some}{row}(?:[\u4e00-\u9fff]{{0,4}}的)?|{near})[“\"]?$")


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"[^,。;]{{0,12}}等\d|第[一二三四五六七八九十]+[届次]|《|(?:{alternation('behind')})|[\"”]")


@cache
def _opens() -> re.Pattern[str]:
    """From the head of a sentence or clause to a name: nothing, or time and the like."""
    words = rf"{alternation('opening')}|[\s\d年月日至以来—~-]|[(一二三四五六七八九十)]|[,:、]"
    return re.compile(rf"(?:^|[,。;:!?\n、])(?:{words})*$")


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(alternation("whole"))


class Owners:
    """Finds whose the figures of one passage are.

    Args:
        text: the passage in normal form.
        sentences: its sentences.
        section: the headings above it, in normal form.
        scene: its article.
    """

    def __init__(self, text: str, sentences: Sequence[Span], section: str, scene: Scene) -> None:
        self._text = text
        self._sentences = sentences
        self._scene = scene
        self._mentions = find_mentions(text, scene)
        heads = [one for one in find_mentions(section, scene) if one.owner.body and one.is_union]
        self._section = heads[-1].owner if heads else None

    def of(self, at: int) -> Owner:
        """Return whose the figure is that begins at an offset."""
        index = max((n for n, one in enumerate(self._sentences) if one.start <= at), default=0)
        sentence = self._sentences[index] if self._sentences else Span(0, len(self._text))
        found = self._governing(sentence, at)
        if found is not None:
            return self._settled(found, sentence, at)
        paragraph = self._text.rfind("\n", 0, at) + 1
        for distance, earlier in enumerate(reversed(self._sentences[:index]), 1):
            if earlier.start < paragraph or distance > _CARRIED:
                break
            topic = self._topic(earlier, len(self._text))
            if topic is not None:
                if distance == _CARRIED and topic.owner.body != self._scene.body:
                    break
                return replace(topic.owner, where="paragraph")
        if self._section is not None:
            return replace(self._section, where="section")
        return self._of_article(sentence)

    def unions_in(self, span: Span) -> list[int]:
        """Return where the names of unions end that end in a range."""
        found = [one for one in self._mentions if one.is_union and span.start < one.end <= span.end]
        return [one.end for one in found if self._text.endswith(("工会", "总", "委员会", "联合会"), one.start, one.end)]

    def _of_article(self, sentence: Span) -> Owner:
        """Fall back on the article; where it tells of no place, on the area that an earlier sentence speaks of."""
        scene = self._scene
        body = "" if scene.is_law else scene.body
        if body or scene.place:
            return Owner(body, scene.place, "article")
        areas = [one for one in self._mentions if one.is_area and one.end <= sentence.start]
        return Owner("", areas[-1].owner.place, "paragraph") if areas else Owner()

    def _governing(self, sentence: Span, at: int) -> Mention | None:
        """Return the nearest mention before an offset that can be the one who does or has what the figure counts.

        It stands in the same part between semicolons, or opens the sentence.
        """
        start = max(self._text.rfind(";", sentence.start, at) + 1, sentence.start)
        inside = [one for one in self._mentions if start <= one.start and one.end <= at]
        for one in reversed(inside):
            if self._is_subject(one, sentence, at):
                return self._first_of_row(one, sentence, at)
        return self._topic(sentence, at)

    def _first_of_row(self, one: Mention, sentence: Span, at: int) -> Mention:
        """Go from the last of several bodies that act together to the first: 市总、市人社局联合开展."""
        for other in reversed([other for other in self._mentions if sentence.start <= other.start < one.start]):
            joint = _JOINT.fullmatch(self._text, other.end, one.start)
            if not joint or not other.owner.body or not self._is_subject(other, sentence, at):
                break
            one = other
        return one

    def _topic(self, sentence: Span, at: int) -> Mention | None:
        """Return the subject that a sentence opens with, named before an offset; None where it opens otherwise."""
        for one in self._mentions:
            if not (sentence.start <= one.start and one.end <= min(at, sentence.end)):
                continue
            if not self._is_subject(one, sentence, min(at, sentence.end)):
                continue
            opens = _opens().match(_AT_FIRST.sub("", self._text[sentence.start : one.start]))
            return one if opens and (one.is_area or not self._goes_on(one.end)) else None
        return None

    def _goes_on(self, end: int) -> bool:
        """Tell whether a name goes on behind what was recognised of it: 常村煤矿 + 综采队王海川."""
        word = next((word for word in tokens(self._text) if word.start >= end), None)
        return word is not None and word.start == end and not acts(word.text) and word.text[0] not in _ADVERBS

    def _is_subject(self, one: Mention, sentence: Span, at: int) -> bool:
        before, behind = self._text[sentence.start : one.start], self._text[one.end : at + 1]
        if _object().search(before) or _behind().match(behind):
            return False
        if "在" in re.split("[,;]", before)[-1] and _UNDER.match(behind):
            return False
        if any(before.rfind(pair[0]) > before.rfind(pair[1]) for pair in _QUOTES):
            return False
        opens = bool(_opens().search(before))
        if one.is_area:
            return opens or not self._is_larger(one.owner.place) or bool(_whole().match(behind))
        if one.is_union:
            return True
        if one.owner.body and self._goes_on(one.end):
            return False
        return opens and not behind.startswith(("、", "召开", "举行", "举办"))

    def _is_larger(self, place: str) -> bool:
        own = place_of(self._scene.body, self._scene)
        return bool(own) and place != own and (place == "全国" or contains_place(place, own))

    def _settled(self, one: Mention, sentence: Span, at: int) -> Owner:
        """Tell a whole area from a body within it that the sentence goes on to: 全市…, 其中市总…."""
        owner = replace(one.owner, where="sentence")
        if not one.is_area or not owner.place or owner.body.endswith("各级工会"):
            return owner
        parts = _PARTS.search(self._text[at : sentence.end])
        return replace(owner, body=f"{owner.place}各级工会") if parts else owner


def tidy(owner: Owner, scene: Scene) -> Owner:
    """Use the official name of a place, and the article's spelling of its own body."""
    body = scene.body if owner.body and scene.body and same_body(owner.body, scene.body) else owner.body
    return Owner(body, official(owner.place, scene.places) if owner.place else "", owner.where)
