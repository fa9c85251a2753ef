"""A tiny encoder with the real tokenizer, and questions about the seeds."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.bundled import bundled_model_folder
from training.reader import schedule
from training.reader.export import export, load_reader
from training.reader.schedule import Part, Stage
from training.reader.train import train

SEEDS = Path(__file__).parents[2] / "seeds"
QUESTIONS = (
    ("筹集金秋助学金多少钱", "万元"),
    ("全省有多少名职工参加", "职工"),
    ("由谁主持会议", "主席"),
)

_PART = (Part(("gonghui_qa",), 1.0, 0.5),)
STAGES = (Stage("one", _PART, 1, 1e-3), Stage("two", _PART, 1, 1e-3, 1))


def seed_texts() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BertModel folder of two thin layers over the whole vocabulary."""
    import torch
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("encoder")
    shutil.copy(bundled_model_folder() / "tokenizer.json", folder)
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=250037, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with one question set over the seeds, known to the schedule as the in-domain one."""
    paragraphs = []
    for number, text in enumerate(seed_texts() * 3):
        context = text[number * 50 : number * 50 + 900]
        rows = [
            {"id": f"{number}-{at}", "question": question, "type": "amount", "answers": _answers(context, answer)}
            for at, (question, answer) in enumerate(QUESTIONS)
        ]
        rows.append({"id": f"{number}-none", "question": "火星上有几家工会", "type": "unanswerable", "answers": []})
        paragraphs.append({"id": str(number), "context": context, "qas": rows})
    folder = tmp_path_factory.mktemp("data")
    path = folder / "gonghui_qa.json"
    path.write_text(json.dumps({"data": [{"title": "", "paragraphs": paragraphs}]}), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in schedule.ENCYCLOPAEDIA:
            patch.delitem(schedule.SOURCES, name)
        source = schedule.Source("here", "none", hashlib.sha256(path.read_bytes()).hexdigest())
        patch.setitem(schedule.SOURCES, schedule.IN_DOMAIN, source)
        _add_questions(folder, patch)
        yield folder


def _add_questions(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Put questions that lie apart from their texts into a folder, and documents for some of them."""
    texts = {f"document-{number}": text[:600] for number, text in enumerate(seed_texts())}
    documents = folder / "gonghui_docs_a.jsonl"
    rows = [{"doc_id": id_, "text": text} for id_, text in texts.items()]
    documents.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    source = schedule.Source("here", "none", hashlib.sha256(documents.read_bytes()).hexdigest(), ".jsonl")
    patch.setitem(schedule.SOURCES, schedule.DOCUMENTS, source)
    patch.setattr(schedule, "QUESTIONS", folder)
    kept = [text.id for text in schedule.texts_of(folder, schedule.IN_DOMAIN)]
    files = {**schedule.TRAINED, **dict.fromkeys(schedule.RANKING, schedule.DOCUMENTS)}
    for name, about in files.items():
        if about == schedule.INVENTED:
            continue
        asked = kept if about == schedule.IN_DOMAIN else list(texts)
        more = [{"text": id_, "question": "什么", "type": "explain", "spans": [[3, 9]]} for id_ in asked]
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in more), encoding="utf-8")


@pytest.fixture(scope="session")
def trained(data: Path, encoder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The work folder of a training through STAGES."""
    work = tmp_path_factory.mktemp("work")
    train(data, encoder, work, stages=STAGES)
    return work


@pytest.fixture(scope="session")
def shared_file(trained: Path, encoder: Path) -> Path:
    """The int8 file of that training; nobody may change it."""
    reader, tokenizer = load_reader(encoder, trained, trained / "reader-final.pt")
    export(reader, tokenizer, trained / "reader.onnx", int8=True)
    return trained / "reader.onnx"


def untrained(trained: Path, folder: Path) -> Path:
    """Make a work folder that begins with the same weights and vocabulary, which take long to make."""
    folder.mkdir()
    for name in ("initial.pt", "tokenizer.json"):
        shutil.copy(trained / name, folder)
    return folder


def _answers(context: str, answer: str) -> list[dict[str, object]]:
    start = context.find(answer)
    return [{"text": answer, "answer_start": start}] if start >= 0 else []
