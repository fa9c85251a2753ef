"""What is trained on, in which stages; where the data is published, and its checksums."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from training.reader.data import Text, held_out, read_squad, with_questions

SEED = 20180918
HELD_OUT = 0.1
"""Share of the texts of gonghui_qa that is never trained on."""

IN_DOMAIN = "gonghui_qa"
DOCUMENTS = "gonghui_docs_a"
QUESTIONS = Path(__file__).parents[1] / "questions"
"""Our own questions as JSON lines, apart from the texts, most of which belong to their publishers."""

INVENTED = "invented"
INVENTED_TEXTS = Path(__file__).parents[1] / "texts" / "invented.jsonl"
"""Texts of our own, every figure, person and firm in them invented: one object a line, "id" and "text"."""

MORE: Mapping[str, str] = {"more_gonghui_qa": IN_DOMAIN, "more_gonghui_docs": DOCUMENTS}
"""Files in QUESTIONS to train on, and the source that holds their texts."""

THIRD: Mapping[str, str] = {"invented": INVENTED, "pairs_gonghui_qa": IN_DOMAIN, "third_gonghui_docs": DOCUMENTS}
"""The same, written later: many of them choose between figures that stand side by side."""

FOURTH: Mapping[str, str] = {"fourth_invented": INVENTED, "fourth_gonghui_docs": DOCUMENTS}
"""The same: shorter, more everyday questions; more dates, places, persons and reasons; a quarter without an answer."""

FIFTH: Mapping[str, str] = {
    "fifth_gonghui_qa": IN_DOMAIN,
    "fifth_gonghui_docs": DOCUMENTS,
    "fifth_invented": INVENTED,
}
"""The same in pairs: one with an answer in other words than the text's, one without for a single detail."""

SIXTH: Mapping[str, str] = {"sixth_gonghui_docs": DOCUMENTS, "sixth_invented": INVENTED}
"""The same, and twins: two questions in nearly the same words, one with an answer, one without for a single detail."""

TRAINED: Mapping[str, str] = {**MORE, **THIRD, **FOURTH, **FIFTH, **SIXTH}
"""All files in QUESTIONS that the reader is trained on."""

RANKING = ("ranking", "ranking_pairs", "ranking_details", "ranking_twins", "ranking_elsewhere")
"""Files in QUESTIONS that only the ranking is fitted on: over texts of DOCUMENTS, and over those held out.

The questions of the last one are about things that none of them tells of; those of ``ranking_twins`` are of the same
kind as those of ``ranking_details``."""

ENCYCLOPAEDIA = ("cmrc2018_train", "cmrc2018_trial", "drcd_dev_simplified", "drcd_test_simplified")


@dataclass(frozen=True, slots=True)
class Source:
    """A data file: where it is published, under which licence, and the SHA-256 of the file used.

    Attributes:
        suffix: ".json" for SQuAD's format, ".jsonl" for texts without questions, one JSON object a line.
    """

    published: str
    licence: str
    sha256: str
    suffix: str = ".json"


SOURCES = {
    "cmrc2018_train": Source(
        "https://github.com/ymcui/cmrc2018 (squad-style)",
        "CC BY-SA 4.0",
        "08cf1ffee57e3116aae35ef8391031ca1efaea34586234d49e1f68351769534e",
    ),
    "cmrc2018_trial": Source(
        "https://github.com/ymcui/cmrc2018 (squad-style)",
        "CC BY-SA 4.0",
        "7c284ca106d41551cd80820b2e4f2288d5aca096154bbcbc26208c451cd22250",
    ),
    "drcd_dev_simplified": Source(
        "https://github.com/DRCKnowledgeTeam/DRCD, characters through OpenCC t2s",
        "CC BY-SA 3.0",
        "f382cae0f55173fb29e81ad5645bd874ae7503bfde040899d61b4d81333ff9e1",
    ),
    "drcd_test_simplified": Source(
        "https://github.com/DRCKnowledgeTeam/DRCD, characters through OpenCC t2s",
        "CC BY-SA 3.0",
        "b41b1b2489bb8381e2440ff783f76f816ea6401b47b15faafbafdfc025865227",
    ),
    "gonghui_qa": Source(
        "the project's own questions over public news, transcripts and statutes; not published",
        "questions: the project's; texts: their publishers'",
        "8f34e99a957a72edd13484d07dc1e7dda69f49521260b393320c49eaf162ebeb",
    ),
    "gonghui_docs_a": Source(
        "public news of 2023, transcripts, statutes and newspaper text of 1998 that mention trade unions",
        "texts: their publishers'",
        "b5e84c7c550fd6850afd7ccf0ac9044ada907f60cf3d8d7531bf37500aee5beb",
        ".jsonl",
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A share of some files' questions, drawn anew each epoch.

    Attributes:
        negatives: passages without the answer for each answerable question, on average.
        met: whether the passages are those that the program cuts, each with its context, instead of cut at random.
    """

    files: tuple[str, ...]
    share: float
    negatives: float
    met: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """Epochs over a mix; the rate warms up, then falls linearly to nothing.

    Attributes:
        frozen: embeddings and this many of the lowest layers stay as they are; 0 trains everything.
    """

    name: str
    parts: tuple[Part, ...]
    epochs: int
    rate: float
    frozen: int = 0


STAGES = (
    Stage("general", (Part(ENCYCLOPAEDIA, 0.25, 0.25), Part((IN_DOMAIN,), 1.0, 0.5)), 1, 1.5e-4, 4),
    Stage("in-domain", (Part((IN_DOMAIN,), 1.0, 0.7), Part(ENCYCLOPAEDIA, 0.17, 0.25)), 1, 1e-4, 4),
    Stage("again", (Part((IN_DOMAIN,), 1.0, 0.7), Part(ENCYCLOPAEDIA, 0.25, 0.25)), 1, 8e-5, 4),
    Stage("encyclopaedia", (Part(ENCYCLOPAEDIA, 1.0, 0.25), Part((IN_DOMAIN,), 0.5, 0.5)), 2, 1.2e-4, 2),
    Stage("last", (Part((IN_DOMAIN,), 1.0, 0.7), Part(ENCYCLOPAEDIA, 0.35, 0.25)), 1, 6e-5, 2),
    Stage("both", (Part(ENCYCLOPAEDIA, 1.0, 0.15), Part((IN_DOMAIN,), 1.0, 0.5)), 1, 9e-5, 1),
)
"""Made for two CPU cores: under three hours there; some 20 million tokens."""

WIDER = Stage(
    "wider",
    (Part(tuple(MORE), 1.0, 0.7), Part((IN_DOMAIN,), 0.6, 0.7), Part(ENCYCLOPAEDIA, 0.4, 0.2)),
    2,
    8e-5,
    1,
)
"""Goes on from a reader that has been through STAGES: with twice the questions of the field."""

RIVALS = Stage(
    "rivals",
    (
        Part(tuple(THIRD), 1.0, 0.7),
        Part(tuple(MORE), 0.25, 0.7),
        Part((IN_DOMAIN,), 0.25, 0.7),
        Part(ENCYCLOPAEDIA, 0.1, 0.2),
    ),
    2,
    8e-5,
    1,
)
"""Goes on from WIDER: with texts full of figures that compete, and questions without an answer close to one with it."""

EVERYDAY = Stage(
    "everyday",
    (
        Part(tuple(FOURTH), 1.0, 0.7),
        Part(tuple(THIRD), 0.25, 0.7),
        Part(tuple(MORE), 0.1, 0.7),
        Part((IN_DOMAIN,), 0.1, 0.7),
        Part(ENCYCLOPAEDIA, 0.08, 0.2),
    ),
    2,
    8e-5,
    1,
)
"""Goes on from RIVALS: with questions as people type them."""

DETAILS = Stage(
    "details",
    (
        Part(tuple(FIFTH), 1.0, 0.7),
        Part(tuple(FOURTH), 0.25, 0.7),
        Part(tuple(THIRD), 0.2, 0.7),
        Part(tuple(MORE), 0.15, 0.7),
        Part((IN_DOMAIN,), 0.15, 0.7),
        Part(ENCYCLOPAEDIA, 0.06, 0.2),
    ),
    2,
    8e-5,
    1,
)
"""Goes on from EVERYDAY: with pairs of questions that differ in what the text says of one detail."""

TWINS = Stage(
    "twins",
    (
        Part(tuple(SIXTH), 1.0, 0.7),
        Part(tuple(FIFTH), 0.3, 0.7),
        Part(tuple(FOURTH), 0.15, 0.7),
        Part(tuple(THIRD), 0.15, 0.7),
        Part(tuple(MORE), 0.15, 0.7),
        Part((IN_DOMAIN,), 0.15, 0.7),
        Part(ENCYCLOPAEDIA, 0.05, 0.2),
    ),
    2,
    8e-5,
    1,
)
"""Goes on from DETAILS: with more pairs, many of them in nearly the same words, over longer texts.

What came of it reads no better on the whole and did not ship (decision 0020); WHOLE goes on from DETAILS, too."""

WHOLE = Stage(
    "whole",
    (
        Part(tuple(SIXTH), 1.0, 0.7),
        Part(tuple(FIFTH), 0.6, 0.7),
        Part(tuple(FOURTH), 0.4, 0.7),
        Part(tuple(THIRD), 0.4, 0.7),
        Part(tuple(MORE), 0.4, 0.7),
        Part((IN_DOMAIN,), 0.4, 0.7),
        Part(ENCYCLOPAEDIA, 0.08, 0.2),
    ),
    1,
    1e-4,
    1,
)
"""Goes on from DETAILS: with the questions of SIXTH, and much of all others again (decision 0023)."""

MET = Stage(
    "met",
    (
        Part(tuple(SIXTH), 1.0, 0.8, met=True),
        Part(tuple(FIFTH), 1.0, 0.8, met=True),
        Part(tuple(FOURTH), 0.8, 0.8, met=True),
        Part(tuple(THIRD), 0.8, 0.8, met=True),
        Part(tuple(MORE), 0.8, 0.8, met=True),
        Part((IN_DOMAIN,), 0.8, 0.8, met=True),
        Part(ENCYCLOPAEDIA, 0.08, 0.2),
    ),
    1,
    1e-4,
    1,
)
"""Goes on from the end of WHOLE, not from a mean: with the passages that are met in use (decision 0023)."""

FURTHER: Mapping[str, Stage] = {stage.name: stage for stage in (WIDER, RIVALS, EVERYDAY, DETAILS, TWINS, WHOLE, MET)}
"""What a trained reader goes through further, in this order, by name."""

AVERAGED = ("last", "both")
"""Stages whose weights are averaged into the trained reader (Wortsman et al. 2022, "Model soups"): the last one alone
reads the in-domain texts a little better than the one before, and the encyclopaedia worse."""


def texts_of(folder: Path, file: str) -> list[Text]:
    """Read the texts of one file to train on: without those held out, and without those near an evaluation document.

    Raises:
        ValueError: the file is not the one that the figures were measured with.
        OSError: it is not there.
    """
    if file in TRAINED:
        return with_questions(_contexts(folder, TRAINED[file]), QUESTIONS / f"{file}.jsonl")
    texts = read_squad(checked(folder, file))
    if file != IN_DOMAIN:
        return texts
    excluded = set(Path(__file__).with_name("excluded.txt").read_text(encoding="utf-8").split())
    train, _ = held_out(texts, HELD_OUT, SEED)
    return [text for text in train if text.id not in excluded]


def _contexts(folder: Path, source: str) -> dict[str, str]:
    """Read the texts, by id, that questions written later may be about: none that is held out or excluded."""
    if source == INVENTED:
        return invented_texts()
    if source != DOCUMENTS:
        return {text.id: text.context for text in texts_of(folder, source)}
    return document_texts(folder)


def invented_texts() -> dict[str, str]:
    """Read the invented texts by id."""
    return _by_id(INVENTED_TEXTS, "id")


def _by_id(path: Path, key: str) -> dict[str, str]:
    """Read texts from JSON lines."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {row[key]: row["text"] for row in rows}


def document_texts(folder: Path) -> dict[str, str]:
    """Read the public documents by id.

    Raises:
        ValueError: another checksum.
    """
    return _by_id(checked(folder, DOCUMENTS), "doc_id")


def validation_texts(folder: Path) -> list[Text]:
    """Read the texts of the in-domain set that are never trained on."""
    return held_out(read_squad(checked(folder, IN_DOMAIN)), HELD_OUT, SEED)[1]


def unseen_texts(folder: Path) -> list[Text]:
    """Read the texts that no reader is trained on, with all their questions: those held out, and those of RANKING."""
    kept = validation_texts(folder)
    contexts = document_texts(folder) | {text.id: text.context for text in kept}
    found = {text.id: text for text in kept}
    for text in (text for file in RANKING for text in with_questions(contexts, QUESTIONS / f"{file}.jsonl")):
        known = found.get(text.id, replace(text, questions=()))
        found[text.id] = replace(known, questions=known.questions + text.questions)
    return list(found.values())


def checked(folder: Path, file: str) -> Path:
    """Give the path of a data file, its checksum compared.

    Raises:
        ValueError: another checksum.
    """
    path = folder / f"{file}{SOURCES[file].suffix}"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != SOURCES[file].sha256:
        raise ValueError(
            f"{path} has sha256 {found}, expected {SOURCES[file].sha256}; get it from {SOURCES[file].published}"
        )
    return path
