"""Train the ranking: ``python -m training.ranking DATA.json --work DIR --out qa/answering/data/NAME.json``.

DATA is a question set in SQuAD's format whose questions have a ``type``; its texts are indexed in a store of their own,
each question goes the real way up to the candidates, and the candidates that match a gold answer are the right ones.
The figures printed are those of every fifth text, by a model that has not seen it, and so is the probability of an
answer below which a question is refused; the model written has seen all texts.
"""

import argparse
import hashlib
import json
import pickle
from dataclasses import asdict
from pathlib import Path

from qa.answering.ranking import FAMILIES
from qa.bootstrap import open_engine, open_indexer
from qa.config import Settings
from qa.ingest.files import find_files
from qa.reading.neural import SHIPPED
from training.ranking.collect import Labelled, label, squad_questions, write_texts
from training.ranking.model import HAND_SET, PARTS, Regularisation, completed, fit_model, held_out, refusing, report


def collect(data: Path, work: Path, reader: str, every: int) -> list[Labelled]:
    """Index the texts of a question set and label the candidates of every so-manieth question."""
    texts, rows = squad_questions(json.loads(data.read_text("utf-8")))
    write_texts(texts, work / "texts")
    settings = Settings(data_dir=work / "index", documents=(work / "texts",), reader=reader)
    with open_indexer(settings) as indexer:
        indexer.index(find_files([work / "texts"]))
    return list(label(open_engine(settings), rows[::every]))


def reader_name(reader: str) -> str:
    """Say which reader a setting stands for: the checksum of its file, where it is one."""
    path = SHIPPED if reader == "auto" else Path(reader)
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else reader


def main() -> None:
    """Collect, fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder for texts, index and collected features")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reader", default="auto", help="as the setting of that name")
    parser.add_argument("--every", type=int, default=1, help="take every so-manieth question only")
    parser.add_argument("--prior", type=Path, help="weights to set out from: rules.json, or the present joint.json")
    parser.add_argument("--l2", type=float, default=3e-3, help="penalty on moving away from the prior's order")
    parser.add_argument("--l2-new", type=float, default=3e-3, help="the same for weights that the prior does not have")
    parser.add_argument("--l2-confidence", type=float, default=3e-3, help="the same for how likely the first is right")
    parser.add_argument("--l2-answerable", type=float, default=3e-3, help="the same for whether there is an answer")
    parser.add_argument("--way", type=float, default=1.0, help="how far from the prior's confidence to the fitted one")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="the others keep the prior's weights")
    parser.add_argument("--families", nargs="+", choices=FAMILIES, default=FAMILIES, help="the others keep the prior's")
    args = parser.parse_args()
    cache = args.work / "features.pickle"
    if not cache.exists():
        args.work.mkdir(parents=True, exist_ok=True)
        cache.write_bytes(pickle.dumps(collect(args.data, args.work, args.reader, args.every)))
    questions: list[Labelled] = pickle.loads(cache.read_bytes())  # our own file of a moment ago
    prior = completed(json.loads(args.prior.read_text("utf-8"))) if args.prior else HAND_SET
    kept = [question for question in questions if held_out(question)]
    regularisation = Regularisation(args.l2, args.l2_new, args.l2_confidence, args.l2_answerable, args.way)
    how = regularisation, args.families, args.parts
    trial = fit_model([question for question in questions if not held_out(question)], prior, *how)
    print(report(trial, kept))
    model = fit_model(questions, prior, *how) | {"refuse_below": refusing(trial, kept)}
    model["calibration"] = HAND_SET["calibration"]  # to be fitted by training.ranking.calibrate
    digest = hashlib.sha256(args.data.read_bytes()).hexdigest()
    provenance = {
        "data": args.data.name,
        "sha256": digest,
        "questions": len(questions),
        "regularisation": asdict(regularisation),
        "parts": list(args.parts),
        "families": list(args.families),
        "reader": reader_name(args.reader),
        "prior": prior.get("provenance"),  # whence the parts that were kept
    }
    args.out.write_text(json.dumps({"provenance": provenance, **model}, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
