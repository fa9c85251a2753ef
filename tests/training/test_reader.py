"""From data to a file that reads: a tiny model, trained, stopped and resumed, exported, and used."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer
from typer.testing import CliRunner

from qa.errors import ModelError
from qa.reading.neural import NeuralReader
from qa.reading.pairs import TOKENS, encode_pairs
from qa.types import AnswerKind, BlockKind, Hit, Passage, Query, Span
from tests.training.conftest import STAGES, seed_texts, untrained
from training.reader import __main__ as command
from training.reader.batches import batches, collate, label, pad_pairs, token_span
from training.reader.data import Example, read_squad
from training.reader.export import export, load_reader
from training.reader.model import SpanReader, reader_loss
from training.reader.outliers import outliers
from training.reader.restore import channels_apart, restored
from training.reader.schedule import IN_DOMAIN, MORE, Part, Stage, texts_of, unseen_texts, validation_texts
from training.reader.train import Place, average, rate_at, start_from, train


@pytest.fixture
def exported(shared_file: Path, tmp_path: Path) -> Path:
    """A copy of the exported file and its card."""
    shutil.copy(shared_file.with_suffix(".json"), tmp_path)
    return Path(shutil.copy(shared_file, tmp_path))


def hits(count: int) -> list[Hit]:
    texts = [text[at : at + 300] for text in seed_texts() for at in (0, 700)]
    return [
        Hit(Passage(f"{at}", "d", "a", BlockKind.PARAGRAPH, (Span(0, len(text)),), text, "长治市总工会 › 2014"), 1.0)
        for at, text in enumerate(texts[:count])
    ]


QUERY = Query("籌集金秋助學金多少錢", "筹集金秋助学金多少钱", ("筹集",), (AnswerKind.AMOUNT,))


def test_training_ends_with_a_reader_and_changes_its_weights(trained: Path) -> None:
    before, after = torch.load(trained / "initial.pt"), torch.load(trained / "reader-final.pt")
    assert {path.name for path in trained.glob("reader-*.pt")} == {"reader-one.pt", "reader-two.pt", "reader-final.pt"}
    assert not torch.equal(before["span.weight"], after["span.weight"])
    assert all(torch.isfinite(value).all() for value in after.values())


def test_frozen_layers_stay(trained: Path) -> None:
    one, two = torch.load(trained / "reader-one.pt"), torch.load(trained / "reader-two.pt")
    changed = {name for name in two if not torch.equal(one[name], two[name])}
    assert changed
    assert not {name for name in changed if ".embeddings." in name or ".layer.0." in name}
    assert {name for name in changed if ".layer.1." in name}


def test_a_stopped_training_goes_on_where_it_was(data: Path, encoder: Path, trained: Path, tmp_path: Path) -> None:
    """Two stages in two runs give the weights of two stages in one."""
    work = untrained(trained, tmp_path / "work")
    train(data, encoder, work, stages=STAGES[:1])
    train(data, encoder, work, stages=STAGES)
    once, twice = (torch.load(folder / "reader-final.pt") for folder in (trained, work))
    assert all(torch.equal(once[name], twice[name]) for name in once)


def test_weights_are_averaged(trained: Path, tmp_path: Path) -> None:
    names = ("reader-one.pt", "reader-two.pt")
    one, two = (torch.load(trained / name) for name in names)
    mean = torch.load(average([trained / name for name in names], tmp_path / "mean.pt"))
    assert mean.keys() == one.keys()
    assert all(torch.allclose(mean[name], (one[name] + two[name]) / 2) for name in mean)


def test_other_data_is_refused(data: Path, encoder: Path, tmp_path: Path) -> None:
    changed = (data / "gonghui_qa.json").read_text("utf-8") + " "
    (tmp_path / "gonghui_qa.json").write_text(changed, "utf-8")
    with pytest.raises(ValueError, match="sha256"):
        train(tmp_path, encoder, tmp_path / "work")


def test_validation_texts_are_not_trained_on(data: Path) -> None:
    kept = {text.id for text in validation_texts(data)}
    assert kept
    assert kept.isdisjoint(text.id for text in texts_of(data, "gonghui_qa"))


def test_the_command_goes_from_data_to_figures(
    data: Path, encoder: Path, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = untrained(trained, tmp_path / "work")
    monkeypatch.setattr("embeddings.bundled.bundled_model_folder", lambda: encoder)
    monkeypatch.setattr("training.reader.train.STAGES", STAGES)
    out = tmp_path / "out" / "reader.onnx"
    arguments = ["all", "--data", str(data), "--work", str(work), "--out", str(out)]
    result = CliRunner().invoke(command.app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    figures = json.loads(result.output.splitlines()[-1])
    assert figures["set"] == "held out"
    assert 0 <= figures["f1"] <= 100
    assert (work / "train.log").read_text("utf-8").count("examples") == len(STAGES)


def test_the_file_gives_the_scores_of_the_model(trained: Path, encoder: Path, tmp_path: Path) -> None:
    reader, tokenizer = load_reader(encoder, trained, trained / "reader-final.pt")
    export(reader, tokenizer, tmp_path / "plain.onnx", int8=False)
    rows = [("谁主持", "题目", text[:200]) for text in seed_texts()]
    given = NeuralReader(tmp_path / "plain.onnx").score_texts(rows)
    ids, mask, types = (torch.from_numpy(array) for array in pad_pairs(encode_pairs(tokenizer, rows)))
    with torch.inference_mode():
        start, end, relevance = reader(ids, mask, types)
    for at, scores in enumerate(given):
        first = int(types[at].argmax())
        assert np.allclose(scores.starts, start[at, first : first + len(scores.starts)], atol=1e-4)
        assert scores.null == pytest.approx(float(start[at, 0] + end[at, 0]), abs=1e-3)
        assert scores.relevance == pytest.approx(float(relevance[at]), abs=1e-3)


def test_spans_are_parts_of_the_first_passages(exported: Path) -> None:
    found = NeuralReader(exported, passages=3).scores(QUERY, hits(5))
    assert [scores.size for scores in found] == [len(hit.passage.text) for hit in hits(3)]
    for scores, hit in zip(found, hits(3), strict=True):
        text = hit.passage.text
        spans = scores.top(text, 3)
        assert spans
        for span in spans:
            assert 0 <= span.first <= span.last < len(text)
            assert scores.span(span.first, span.last + 1) <= span.score + 1e-4  # loose marks are cut off unscored


def test_scores_do_not_depend_on_neighbours_or_threads(exported: Path) -> None:
    alone = NeuralReader(exported, threads=1).scores(QUERY, hits(1))[0]
    among = NeuralReader(exported, threads=2).scores(QUERY, hits(8)[::-1])[-1]
    assert np.array_equal(alone.starts, among.starts)
    assert alone.null == among.null


def test_nothing_to_read(exported: Path) -> None:
    assert NeuralReader(exported).scores(QUERY, []) == []
    empty = NeuralReader(exported).score_texts([("谁", "", "")])[0]
    assert empty.top("", 3) == []


@pytest.mark.parametrize("damage", ["model", "card", "swap", "kind"])
def test_a_damaged_file_is_told(exported: Path, damage: str) -> None:
    card = exported.with_suffix(".json")
    if damage == "model":
        exported.unlink()
    elif damage == "card":
        card.write_text("{", "utf-8")
    elif damage == "swap":
        exported.write_bytes(exported.read_bytes() + b"x")
    else:
        import hashlib

        exported.write_bytes(b"no model")
        card.write_text(json.dumps({"sha256": hashlib.sha256(b"no model").hexdigest()}), "utf-8")
    with pytest.raises(ModelError, match="阅读模型"):
        NeuralReader(exported)


def test_limits_are_checked(exported: Path) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        NeuralReader(exported, passages=0)


@pytest.fixture(scope="module")
def tokenizer(trained: Path) -> Tokenizer:
    return Tokenizer.from_file(str(trained / "tokenizer.json"))


def test_labels_are_the_tokens_of_the_answer(tokenizer: Tokenizer) -> None:
    passage = "晋城市总工会共筹集助学金396.6万元，资助学生1200名。"
    start = passage.index("资助")
    (row,) = label(tokenizer, [Example("資助誰", "题目", passage, (start, start + 4))])
    offsets = row.pair.offsets
    first, last = row.start - row.pair.first, row.end - row.pair.first
    assert passage[offsets[first][0] : offsets[last][1]] == "资助学生"
    (none,) = label(tokenizer, [Example("谁", "", passage, None)])
    assert (none.start, none.end) == (0, 0)


def test_long_inputs_are_cut_and_lost_answers_left_out(tokenizer: Tokenizer) -> None:
    passage = "职工" * 10 + "，工会，" * 400
    (pair,) = encode_pairs(tokenizer, [("谁" * 500, "题" * 500, passage)])
    assert len(pair.ids) == len(pair.types) == TOKENS
    assert token_span(pair, len(passage) - 3, len(passage)) is None
    assert label(tokenizer, [Example("谁", "", passage, (len(passage) - 3, len(passage)))]) == []


def test_batches_hold_every_row_once_and_are_of_like_length(tokenizer: Tokenizer) -> None:
    rows = label(tokenizer, [Example("谁", "", "工会，" * size, None) for size in range(1, 150)])
    plan = batches(rows, 8, 3)
    assert sorted(id(row) for batch in plan for row in batch) == sorted(map(id, rows))
    spread = [max(len(row.pair.ids) for row in batch) - min(len(row.pair.ids) for row in batch) for batch in plan]
    assert max(spread) <= 40
    assert [[id(row) for row in batch] for batch in batches(rows, 8, 3)] == [[id(row) for row in b] for b in plan]
    batch = collate(plan[0])
    assert batch.ids.shape == batch.mask.shape == batch.types.shape
    assert batch.ids.shape[1] % 16 == 0


def test_scores_outside_the_passage_are_blocked(encoder: Path) -> None:
    from transformers import BertConfig

    config = BertConfig.from_pretrained(encoder)
    model = SpanReader(config)
    ids = torch.randint(5, 900, (2, 9))
    types = torch.tensor([[0, 0, 0, 1, 1, 1, 1, 0, 0]] * 2)
    start, end, relevance = model(ids, None, types)
    assert relevance.shape == (2,)
    for scores in (start, end):
        assert (scores[:, [1, 2, 7, 8]] < -9000).all()
        assert (scores[:, [0, 3, 4, 5, 6]] > -100).all()
    right = reader_loss((start, end, relevance), torch.tensor([0, 4]), torch.tensor([0, 5]))
    wrong = reader_loss((start, end, relevance), torch.tensor([0, 1]), torch.tensor([0, 5]))
    assert right < wrong


def test_the_rate_warms_up_and_falls() -> None:
    stage = Stage("s", (), 2, 1e-3)
    rates = [rate_at(stage, epoch, step, 100) for epoch in range(2) for step in range(100)]
    peak = rates.index(max(rates))
    assert 0 < peak < 20
    assert rates[: peak + 1] == sorted(rates[: peak + 1])
    assert rates[peak:] == sorted(rates[peak:], reverse=True)
    assert 0 < rates[-1] < 1e-5
    assert Place() == Place(0, 0, 0)


def test_the_held_out_texts_can_be_written_with_their_questions(data: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(command.app, ["heldout", "--data", str(data), "--out", str(tmp_path / "kept.json")])
    assert result.exit_code == 0, result.output
    written = json.loads((tmp_path / "kept.json").read_text("utf-8"))["data"]
    ids = {paragraph["id"] for entry in written for paragraph in entry["paragraphs"]}
    assert ids == {text.id for text in validation_texts(data)} | {f"document-{number}" for number in range(5)}
    assert [text.id for text in read_squad(tmp_path / "kept.json")] == [text.id for text in unseen_texts(data)]


def test_an_exported_reader_is_read_back(shared_file: Path, encoder: Path, tmp_path: Path) -> None:
    """What is quantised once and multiplied out is quantised to the same again."""
    reader, tokenizer = restored(shared_file, encoder)
    apart = channels_apart(shared_file)
    assert set(apart) == set(outliers(reader, tokenizer))
    export(reader.eval(), tokenizer, tmp_path / "again.onnx", int8=True, apart=apart)
    row = [("谁主持", "题目", seed_texts()[0][:200])]
    (first,), (again,) = (NeuralReader(path).score_texts(row) for path in (shared_file, tmp_path / "again.onnx"))
    assert np.allclose(first.starts, again.starts, atol=1e-4)
    assert np.allclose(first.ends, again.ends, atol=1e-4)
    assert first.null == pytest.approx(again.null, abs=1e-4)


def test_training_can_set_out_from_an_exported_reader(
    shared_file: Path, data: Path, encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embeddings.bundled.bundled_model_folder", lambda: encoder)
    stage = Stage("wider", (Part(tuple(MORE), 1.0, 0.5), Part((IN_DOMAIN,), 1.0, 0.5, met=True)), 1, 1e-3)
    monkeypatch.setattr("training.reader.train.FURTHER", {"wider": stage})
    work = tmp_path / "work"
    arguments = ["widen", "--data", str(data), "--work", str(work), "--model", str(shared_file), "--round", "wider"]
    assert CliRunner().invoke(command.app, arguments, catch_exceptions=False).exit_code == 0
    start, end, mean = (torch.load(work / f"{name}.pt") for name in ("initial", "reader-wider", "reader-final"))
    assert start.keys() == end.keys() == mean.keys()
    assert all(torch.allclose(mean[name], (start[name] + end[name]) / 2) for name in mean)
    start_from(shared_file, "wider", encoder, work)  # the same reader again: training goes on
    (tmp_path / "other.onnx").write_bytes(b"other")
    with pytest.raises(ValueError, match="another work folder"):
        start_from(tmp_path / "other.onnx", "wider", encoder, work)
    with pytest.raises(ValueError, match="another work folder"):
        start_from(shared_file, "rivals", encoder, work)
    assert any(not torch.equal(start[name], end[name]) for name in start)


def test_the_mean_of_several_readers_is_written(trained: Path, tmp_path: Path) -> None:
    files = [trained / f"{name}.pt" for name in ("initial", "reader-one", "reader-two")]
    out = tmp_path / "reader-mean.pt"
    arguments = ["mean", *map(str, files), "--out", str(out)]
    assert CliRunner().invoke(command.app, arguments, catch_exceptions=False).exit_code == 0
    first, second, third = (torch.load(file) for file in files)
    mean = torch.load(out)
    assert mean.keys() == first.keys()
    assert all(torch.allclose(mean[name], (first[name] + second[name] + third[name]) / 3, atol=1e-6) for name in mean)
