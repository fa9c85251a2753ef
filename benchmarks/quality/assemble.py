"""Put questions of ours together with texts that are not: ``python -m benchmarks.quality.assemble ROWS TEXTS OUT``.

ROWS is a file of ``benchmarks/questions``: one object a line, "text" (an id), "question", "type", "spans" (those of the
answers, [start, end] in code points), "aliases" (spans that say the same), "part" (the range of the text that is the
document, the whole where it is left out). TEXTS is a folder, the file names being the ids, or a file of JSON lines with
"doc_id" and "text". OUT, a new folder, gets ``documents/`` and ``gold.jsonl``: ``python -m benchmarks.quality --set``.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from qa.ingest.decoding import decode

Row = Mapping[str, Any]


def read_texts(place: Path) -> dict[str, str]:
    """Read the texts by id.

    Raises:
        OSError: there is no such folder or file.
        EncodingError: a file of the folder is no text.
    """
    if place.is_dir():
        return {path.name: decode(path.read_bytes()).text for path in place.iterdir() if path.is_file()}
    rows = read_rows(place)
    return {row["doc_id"]: row["text"] for row in rows}


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON objects, one a line."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def assemble(rows: Sequence[Row], texts: Mapping[str, str], name: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Return the documents by file name and the gold rows, numbered in the order of ``rows``.

    Raises:
        KeyError: a text is not there.
        ValueError: a span is no part of its document, or two documents have one name.
    """
    documents: dict[str, str] = {}
    gold = []
    for number, row in enumerate(rows, 1):
        low, high = row.get("part", (0, len(texts[row["text"]])))
        file = row["text"] if row["text"].endswith(".txt") else f"{row['text']}.txt"
        document = texts[row["text"]][low:high]
        if documents.setdefault(file, document) != document:
            raise ValueError(f"row {number}: {file} is another document already")
        answers = list(_answers(row, document, low, file))
        id_ = f"{name}-{number:03d}"
        required = row["type"] == "list"
        gold.append(
            {"id": id_, "question": row["question"], "type": row["type"], "answers": answers, "all_required": required}
        )
    return documents, gold


def _answers(row: Row, document: str, low: int, file: str) -> Iterator[dict[str, Any]]:
    aliases = [_said(document, span, low) for span in row.get("aliases", ())]
    for span in row["spans"]:
        line = document.count("\n", 0, span[0] - low) + 1
        yield {"text": _said(document, span, low), "file": file, "lines": [line], "aliases": aliases}


def _said(document: str, span: Sequence[int], low: int) -> str:
    start, end = span[0] - low, span[1] - low
    if not 0 <= start < end <= len(document):
        raise ValueError(f"{span} is no part of the document")
    return document[start:end]


def main() -> None:
    """Read, assemble, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("rows", "texts", "out"):
        parser.add_argument(name, type=Path)
    args = parser.parse_args()
    documents, gold = assemble(read_rows(args.rows), read_texts(args.texts), args.rows.stem)
    folder = args.out / "documents"
    folder.mkdir(parents=True)
    for file, text in documents.items():
        folder.joinpath(file).write_text(text, "utf-8", newline="")
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in gold)
    args.out.joinpath("gold.jsonl").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
