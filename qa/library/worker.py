"""A process of its own for what takes long, so that questions are answered meanwhile: ``python -m qa.library.worker``.

Reads one JSON object from standard input and writes JSON objects, one a line, to standard output: {"progress": …} any
number of times, then {"result": …} or {"error": "what to do"}. While it indexes, other processes go first (nice).
"""

import json
import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import YoujuError
from qa.ingest.files import SourceFile, absolute, walk
from qa.ingest.formats import is_supported
from qa.library.uploads import uploaded_folder, uploads_folder

if TYPE_CHECKING:  # a preview needs neither, and somebody waits for it
    from qa.config import Settings
    from qa.indexing.progress import IndexReport, Progress

NICENESS = 10


def main() -> None:
    """Do one task."""
    task = json.load(sys.stdin)
    try:
        result = TASKS[task["task"]](task)
    except YoujuError as error:
        _tell(error=str(error))
    else:
        _tell(result=result)


def _tell(**message: object) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _preview(task: dict[str, Any]) -> dict[str, Any]:
    from qa.library.preview import preview

    return preview(SourceFile(Path(task["path"]), task["name"]), task["limit"]).to_json()


def _index(task: dict[str, Any]) -> dict[str, Any]:
    """Bring the index in step with files: the uploads only, or all files that it knows of."""
    from qa.bootstrap import open_indexer, open_store
    from qa.config import Settings

    os.nice(NICENESS)
    settings = Settings(**task["settings"])
    uploads = uploads_folder(settings.data_dir)
    with open_store(settings, create=True) as store:
        held = {absolute(document.source): document.file for document in store.documents()}
    uploads_only = task["scope"] == "uploads"
    paths = known_paths(settings, held, new=not uploads_only and "documents" in settings.model_fields_set)
    files = walk(paths).files
    folders = [path for path in paths if path.is_dir()]
    if uploads_only:
        files, folders = [source for source in files if source.path.is_relative_to(uploads)], [uploads]
    else:
        listed = {source.path for source in files}
        others = [SourceFile(path, name) for path, name in held.items() if path not in listed]
        files += [source for source in others if source.path.is_file()]
    with open_indexer(settings) as indexer:
        report = indexer.index(files, _progress, folders=folders, rebuild=task["scope"] == "rebuild")
    return {
        "added": report.added,
        "replaced": report.replaced,
        "unchanged": len(report.unchanged),
        "removed": report.removed,
        "failed": [{"file": failure.file, "message": failure.message} for failure in report.failed],
        "rejected": _rejected(report, [source for source in files if source.path.is_relative_to(uploads)], held),
        "seconds": report.seconds,
    }


def _rejected(report: "IndexReport", uploads: Sequence[SourceFile], held: Collection[Path]) -> list[str]:
    """List the uploaded files that could not be taken in and have no older version among the sources held before."""
    failed = {failure.file for failure in report.failed}
    return [str(source.path) for source in uploads if source.name in failed and source.path not in held]


def known_paths(settings: "Settings", held: Collection[Path], *, new: bool) -> list[Path]:
    """Give the folders and files that the index is made of: those in the settings that are there, and the uploads.

    Args:
        settings: name them.
        held: the sources of the index's documents.
        new: whether those in the settings count that the index has nothing of; where nobody set any, nobody asked for
            them: they are only the settings' default.
    """
    there = [path for path in settings.documents if path.is_dir() or (path.is_file() and is_supported(path.name))]
    chosen = [absolute(path) for path in there]
    if not new:
        chosen = [path for path in chosen if any(source.is_relative_to(path) for source in held)]
    return [*chosen, *uploaded_folder(settings.data_dir)]


def _progress(progress: "Progress") -> None:
    fraction = progress.passages_done / progress.passages_total if progress.passages_total else 0.0
    _tell(progress={"file": progress.file, "fraction": min(fraction, 1.0), "left": progress.seconds_left})


TASKS = {"preview": _preview, "index": _index}

if __name__ == "__main__":
    main()
