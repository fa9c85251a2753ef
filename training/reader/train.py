"""The training loop: bf16 weights with fp32 masters on CPU, autocast on a GPU, resumable at any batch."""

import hashlib
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import Progress
from tokenizers import Tokenizer
from torch import Tensor

from training.reader.batches import Labelled, batches, collate, label
from training.reader.data import Mixer
from training.reader.met import Met
from training.reader.model import SpanReader, initial_reader, reader_config, reader_loss
from training.reader.prune import Answered
from training.reader.restore import restored
from training.reader.schedule import AVERAGED, FURTHER, SEED, SOURCES, STAGES, Part, Stage, texts_of

BATCH = 32
WARM_UP = 0.06
SAVE_SECONDS = 600.0
LOG_STEPS = 20
CLIP = 1.0
WEIGHT_DECAY = 0.01

log = logging.getLogger("training.reader")


@dataclass(frozen=True, slots=True)
class Place:
    """Where training stands: the next batch to take."""

    stage: int = 0
    epoch: int = 0
    step: int = 0


class Masters:
    """fp32 copies of the parameters that AdamW works on, while the model itself computes in bf16.

    Twice the speed of autocast on a CPU with bf16 matrix units, without the weights standing still for want of bits.
    """

    def __init__(self, model: SpanReader, rate: float) -> None:
        self._working = list(model.parameters())
        self._masters = [parameter.detach().float().clone() for parameter in self._working]
        plain = [master for master in self._masters if master.dim() < 2]
        matrices = [master for master in self._masters if master.dim() >= 2]
        groups = [{"params": matrices, "weight_decay": WEIGHT_DECAY}, {"params": plain, "weight_decay": 0.0}]
        self.optimiser = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98), fused=True)

    def step(self, rate: float) -> None:
        """Take one step down the working gradients, and copy the result into the working weights."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        for master, working in zip(self._masters, self._working, strict=True):
            master.grad = working.grad.float() if working.grad is not None else None
            working.grad = None
        torch.nn.utils.clip_grad_norm_(self._masters, CLIP)
        self.optimiser.step()
        self._publish()

    def state(self) -> dict[str, Any]:
        """Give everything that load takes."""
        return {"masters": self._masters, "optimiser": self.optimiser.state_dict()}

    def load(self, state: dict[str, Any]) -> None:
        """Take up where ``state`` was."""
        for master, saved in zip(self._masters, state["masters"], strict=True):
            master.copy_(saved)
        self.optimiser.load_state_dict(state["optimiser"])
        self._publish()

    @torch.no_grad()
    def _publish(self) -> None:
        for master, working in zip(self._masters, self._working, strict=True):
            working.copy_(master)


def start_from(model: Path, stage: str, encoder: Path, work: Path) -> None:
    """Let training in ``work`` set out from an exported reader, through a stage, instead of from the encoder.

    Raises:
        ValueError: ``work`` holds a training that set out from something else, or for another stage.
    """
    work.mkdir(parents=True, exist_ok=True)
    mark, start = work / "set-out-from.txt", f"{hashlib.sha256(model.read_bytes()).hexdigest()} {stage}"
    if mark.exists() or (work / "initial.pt").exists():
        if not mark.exists() or mark.read_text("utf-8") != start:
            raise ValueError(f"{work} holds another training than {stage} from {model}: name another work folder")
        return
    reader, tokenizer = restored(model, encoder)
    tokenizer.save(str(work / "tokenizer.json"))
    _write(reader.state_dict(), work / "initial.pt")
    mark.write_text(start, "utf-8")


def train(
    data: Path, encoder: Path, work: Path, *, share: float = 1.0, stages: tuple[Stage, ...] | None = None
) -> Path:
    """Train through all stages, going on from the last checkpoint in ``work``; return the folder of the trained reader.

    Args:
        data: folder of the SQuAD-format files.
        encoder: sentence-transformers folder of a BertModel with a Unigram tokenizer.
        work: for checkpoints and the log; made where missing.
        share: of the questions of each epoch; below 1 for a quick try.
        stages: by default those of the schedule.
    """
    work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    model, tokenizer = _start(data, encoder, work)
    trainer = _Trainer(model, tokenizer, data, work, share)
    place = trainer.resume()
    stages = STAGES if stages is None else stages
    for number in range(place.stage, len(stages)):
        trainer.run_stage(stages[number], number, place if number == place.stage else Place(number))
    averaged = [stage.name for stage in stages if stage.name in AVERAGED] or [stages[-1].name]
    return average([work / f"reader-{name}.pt" for name in averaged], work / "reader-final.pt")


def widen(data: Path, encoder: Path, work: Path, model: Path, stage: str, *, share: float = 1.0) -> Path:
    """Train an exported reader further through one of FURTHER; return the mean of its weights before and after.

    The mean keeps what the reader knew of other texts (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").

    Raises:
        KeyError: no such stage.
        ValueError: ``work`` holds another training.
    """
    stages = (FURTHER[stage],)
    start_from(model, stage, encoder, work)
    train(data, encoder, work, share=share, stages=stages)
    return average([work / "initial.pt", work / f"reader-{stage}.pt"], work / "reader-final.pt")


def average(readers: Sequence[Path], out: Path) -> Path:
    """Write the mean of the weights of some readers, one or more; return where."""
    states = [torch.load(path, weights_only=True) for path in readers]
    mean = {name: torch.stack([state[name].float() for state in states]).mean(dim=0) for name in states[0]}
    _write(mean, out)
    return out


def _start(data: Path, encoder: Path, work: Path) -> tuple[SpanReader, Tokenizer]:
    initial = work / "initial.pt"
    if not initial.exists():
        texts = [_answered(data, file) for file, source in SOURCES.items() if source.suffix == ".json"]
        model, tokenizer = initial_reader(encoder, [text for part in texts for text in part])
        tokenizer.save(str(work / "tokenizer.json"))
        _write(model.state_dict(), initial)
        log.info("vocabulary of %d pieces", tokenizer.get_vocab_size())
    tokenizer = Tokenizer.from_file(str(work / "tokenizer.json"))
    model = SpanReader(reader_config(encoder, tokenizer.get_vocab_size()))
    model.load_state_dict(torch.load(initial, weights_only=True))
    return model, tokenizer


def _answered(data: Path, file: str) -> Iterator[Answered]:
    for text in texts_of(data, file):
        answers = [(start, start + len(answer)) for q in text.questions for answer, start in q.answers if start >= 0]
        yield Answered(text.context, answers)
        yield Answered("\n".join([text.title, *(question.text for question in text.questions)]), [])


class _Trainer:
    def __init__(self, model: SpanReader, tokenizer: Tokenizer, data: Path, work: Path, share: float) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.model = model.to(self.device, torch.bfloat16)
        self.masters = Masters(self.model, 0.0)
        self.tokenizer, self.data, self.work, self.share = tokenizer, data, work, share
        self._initial_masters()

    def _initial_masters(self) -> None:
        """Take the masters from the fp32 file, not from the model's own rounded weights."""
        state = torch.load(self.work / "initial.pt", weights_only=True)
        names = [name for name, _ in self.model.named_parameters()]
        self.masters.load({**self.masters.state(), "masters": [state[name] for name in names]})

    def resume(self) -> Place:
        path = self.work / "checkpoint.pt"
        if not path.exists():
            return Place()
        state = torch.load(path, weights_only=True)
        self.masters.load(state["masters"])
        place = Place(*state["place"])
        log.info("going on at stage %d, epoch %d, step %d", place.stage, place.epoch, place.step)
        return place

    def run_stage(self, stage: Stage, number: int, place: Place) -> None:
        mixers = [(part, self._mixer(part)) for part in stage.parts]
        self.model.freeze(stage.frozen)
        for epoch in range(place.epoch, stage.epochs):
            rows = self._rows(mixers, SEED + 100 * number + epoch)
            plan = batches(rows, BATCH, SEED + epoch)
            tokens = sum(len(row.pair.ids) for row in rows)
            log.info(
                "%s, epoch %d: %d examples, %d batches, %d tokens", stage.name, epoch, len(rows), len(plan), tokens
            )
            self._run_epoch(stage, Place(number, epoch, place.step if epoch == place.epoch else 0), plan)
        self.save(Place(number + 1))
        self.save_reader(stage.name)

    def _mixer(self, part: Part) -> Mixer | Met:
        texts = [text for file in part.files for text in texts_of(self.data, file)]
        return Met(texts, part.negatives) if part.met else Mixer(texts, part.negatives)

    def _rows(self, mixers: list[tuple[Part, Mixer | Met]], seed: int) -> list[Labelled]:
        examples = [row for part, mixer in mixers for row in mixer.epoch(seed, part.share * self.share)]
        return label(self.tokenizer, examples)

    def _run_epoch(self, stage: Stage, place: Place, plan: list[list[Labelled]]) -> None:
        started = saved = time.monotonic()
        losses: list[float] = []
        tokens = 0
        with Progress(disable=not sys.stderr.isatty()) as progress:
            bar = progress.add_task(
                f"{stage.name} {place.epoch + 1}/{stage.epochs}", total=len(plan), completed=place.step
            )
            for step in range(place.step, len(plan)):
                losses.append(self._step(plan[step], rate_at(stage, place.epoch, step, len(plan))))
                tokens += sum(len(row.pair.ids) for row in plan[step])
                progress.update(bar, advance=1)
                if (step + 1) % LOG_STEPS == 0:
                    speed = tokens / (time.monotonic() - started)
                    recent = sum(losses[-LOG_STEPS:]) / len(losses[-LOG_STEPS:])
                    log.info(
                        "%s %d: %d/%d loss %.3f, %.0f tokens/s",
                        stage.name,
                        place.epoch,
                        step + 1,
                        len(plan),
                        recent,
                        speed,
                    )
                if time.monotonic() - saved > SAVE_SECONDS:
                    self.save(Place(place.stage, place.epoch, step + 1))
                    saved = time.monotonic()
        self.save(Place(place.stage, place.epoch + 1))

    def _step(self, rows: list[Labelled], rate: float) -> float:
        batch = collate(rows)
        ids, mask, types, starts, ends = (
            self._tensor(array) for array in (batch.ids, batch.mask, batch.types, batch.starts, batch.ends)
        )
        loss = reader_loss(self.model(ids, mask, types), starts, ends)
        loss.backward()  # type: ignore[no-untyped-call]
        self.masters.step(rate)
        return loss.item()

    def _tensor(self, array: NDArray[np.int64]) -> Tensor:
        return torch.from_numpy(array).to(self.device)

    def save(self, place: Place) -> None:
        _write(
            {"masters": self.masters.state(), "place": (place.stage, place.epoch, place.step)},
            self.work / "checkpoint.pt",
        )

    def save_reader(self, name: str) -> Path:
        """Write the fp32 weights under their names; what evaluation and export take."""
        names = [name for name, _ in self.model.named_parameters()]
        state = dict(zip(names, self.masters.state()["masters"], strict=True))
        path = self.work / f"reader-{name}.pt"
        _write(state, path)
        return path


def rate_at(stage: Stage, epoch: int, step: int, steps: int) -> float:
    """Give the learning rate: a linear warm-up, then a linear fall to nothing at the stage's end."""
    done = (epoch * steps + step + 1) / (stage.epochs * steps)
    return stage.rate * min(done / WARM_UP, (1 - done) / (1 - WARM_UP) + 1e-3)


def _write(state: object, path: Path) -> None:
    """Write so that a process killed at any moment leaves the old file or the new one."""
    part = path.with_suffix(".part")
    torch.save(state, part)
    os.replace(part, path)
