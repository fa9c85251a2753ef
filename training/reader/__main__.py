"""``python -m training.reader``: from data to the shipped file; ``--help`` lists the steps."""

import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__)

Data = Annotated[Path, typer.Option(help="folder of the SQuAD-format files that schedule.SOURCES names")]
Work = Annotated[Path, typer.Option(help="folder for checkpoints, the log and the trained reader")]
Out = Annotated[Path, typer.Option(help="the ONNX file to write")]


@app.command("all")
def everything(data: Data, work: Work, out: Out, threads: int = 2) -> None:
    """Train (going on from the last checkpoint), export to int8, and evaluate on the held-out texts."""
    train(data, work, threads=threads)
    export(work, out)
    evaluate(out, data=data)


@app.command()
def train(data: Data, work: Work, share: float = 1.0, threads: int = 2) -> None:
    """Train, or go on from the last checkpoint."""
    import torch

    from embeddings.bundled import bundled_model_folder
    from training.reader.train import train as run

    torch.set_num_threads(threads)
    _log_to(work)
    run(data, bundled_model_folder(), work, share=share)


@app.command()
def widen(
    data: Data,
    work: Work,
    model: Annotated[Path, typer.Option(help="the exported int8 file to set out from")],
    stage: Annotated[
        Literal["wider", "rivals", "everyday", "details", "twins", "whole", "met"],
        typer.Option("--round", help="the stage of schedule.FURTHER to go through"),
    ],
    share: float = 1.0,
    threads: int = 2,
) -> None:
    """Train a reader that has been through the schedule further, on more questions of the field, or go on with it."""
    import torch

    from embeddings.bundled import bundled_model_folder
    from training.reader.train import widen as run

    torch.set_num_threads(threads)
    _log_to(work)
    run(data, bundled_model_folder(), work, model, stage, share=share)


@app.command()
def mean(
    readers: Annotated[list[Path], typer.Argument(help="weights of training: initial.pt and reader-NAME.pt files")],
    out: Annotated[Path, typer.Option(help="the file to write, reader-NAME.pt in a work folder")],
) -> None:
    """Write the mean of the weights of some readers of one vocabulary."""
    from training.reader.train import average

    typer.echo(average(readers, out))


@app.command()
def export(work: Work, out: Out, name: str = "final", int8: bool = True) -> None:
    """Write the ONNX file of a trained reader: reader-NAME.pt in the work folder."""
    from embeddings.bundled import bundled_model_folder
    from training.reader.export import export as write
    from training.reader.export import load_reader

    reader, tokenizer = load_reader(bundled_model_folder(), work, work / f"reader-{name}.pt")
    typer.echo(f"{write(reader, tokenizer, out, int8=int8)}  {out}  {out.stat().st_size / 1e6:.1f} MB")


@app.command()
def evaluate(
    model: Annotated[Path, typer.Argument(help="the ONNX file")],
    files: Annotated[list[Path] | None, typer.Argument(help="SQuAD-format files")] = None,
    data: Annotated[Path | None, typer.Option(help="evaluate on the held-out texts of this folder, too")] = None,
    threshold: Annotated[
        float | None, typer.Option(help="least score of an answer; by default fitted to each set")
    ] = None,
    limit: int | None = None,
) -> None:
    """Print the figures of an exported reader, one JSON object a set."""
    from qa.reading.neural import NeuralReader
    from training.reader.data import read_squad
    from training.reader.evaluate import best_threshold, figures, read_all
    from training.reader.schedule import validation_texts

    reader = NeuralReader(model)
    sets = {path.stem: read_squad(path) for path in files or []}
    if data is not None:
        sets["held out"] = validation_texts(data)
    for name, texts in sets.items():
        readings = read_all(reader, texts, limit)
        found = figures(readings, best_threshold(readings) if threshold is None else threshold)
        typer.echo(json.dumps({"set": name, **{key: round(value, 2) for key, value in asdict(found).items()}}))


@app.command()
def heldout(data: Data, out: Annotated[Path, typer.Option(help="the SQuAD-format file to write")]) -> None:
    """Write the texts and questions that no reader is trained on: what the joint ranking is fitted on."""
    from training.reader.data import as_squad
    from training.reader.schedule import unseen_texts

    out.write_text(json.dumps(as_squad(unseen_texts(data)), ensure_ascii=False), "utf-8")


def _log_to(work: Path) -> None:
    work.mkdir(parents=True, exist_ok=True)
    form = logging.Formatter("%(asctime)s %(message)s")
    for handler in (logging.StreamHandler(), logging.FileHandler(work / "train.log")):
        handler.setFormatter(form)
        logging.getLogger("training").addHandler(handler)
    logging.getLogger("training").setLevel(logging.INFO)


if __name__ == "__main__":
    app()
