"""youju index, youju docs."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from qa.cli import options
from qa.cli.console import err, out, table, write_json
from qa.cli.options import AsJson, ConfigFile, DataDir, Debug, Sets
from qa.errors import DocumentError, NotFoundError, StoreError

if TYPE_CHECKING:
    from qa.config import Settings
    from qa.indexing import IndexReport, Progress
    from qa.ingest.files import Walk
    from qa.store.contents import StoredDocument

INDEX_HELP = """把文档收进索引：新的收进来，没变的跳过，变了的换掉，文件夹里已经删掉的移除。

不给路径时用设置里的 documents（默认 seeds）。

例：
  youju index                     # 索引设置里的文件夹
  youju index 通知/ 简报.txt
  youju index --rebuild 通知/     # 全部重做，换向量模型或索引损坏时用
"""
DOCS_HELP = """看、加、删索引里的文档。在网页上传的，移除时文件一并删除；别处的文件不动。

例：
  youju docs list
  youju docs add 新通知.txt
  youju docs remove 新通知.txt
"""


def index(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[路径]…", help="文件或文件夹")] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="全部重做")] = False,
    encoder: Annotated[str | None, typer.Option("--encoder", metavar="NAME", help="向量模型的名称或文件夹")] = None,
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """Index files; 0 all well, 2 where a file could not be taken in."""
    settings = options.load_quietly(data_dir, config, sets, encoder=encoder)
    report = build_index(settings, paths or settings.documents, rebuild=rebuild)
    return 2 if report.failed else 0


def build_index(
    settings: "Settings",
    paths: Sequence[Path],
    *,
    rebuild: bool = False,
    first: bool = False,
    watch: "Callable[[Progress], None] | None" = None,
) -> "IndexReport":
    """Index files with a progress bar, and say what was done.

    Args:
        settings: name the data folder and the encoder.
        paths: files and folders; the folder of the uploads always counts, too.
        rebuild: take everything in anew.
        first: what has no index yet gets one; see qa/indexing/unfinished.py.
        watch: told of the progress, too.

    Raises:
        DocumentError: a path will not do, or there is neither a file to take in nor a document to take out.
    """
    from qa.library.uploads import uploaded_folder

    paths = [*paths, *uploaded_folder(settings.data_dir)]
    folders = [path for path in paths if path.is_dir()]
    found = _found(settings, paths, folders)
    if first:
        from qa.indexing import unfinished

        unfinished.begin(settings.data_dir)
    with showing_progress() as tell:
        tell(None)
        from qa.bootstrap import open_indexer  # heavy: the models
        from qa.store.store import Store

        if rebuild:  # a damaged index must not stand in the way of its own repair
            Store.open(settings.data_dir, create=True, discard_unreadable=True).close()
        with open_indexer(settings) as indexer:
            report = indexer.index(found.files, _both(tell, watch), folders=folders, rebuild=rebuild)
    for warning in found.warnings:
        err().print(Text(f"注意：{warning}。", style="yellow"))
    if found.unsupported:
        names = "、".join(source.name for source in found.unsupported[:5])
        err().print(Text(f"跳过了 {len(found.unsupported)} 个不支持的文件：{names}。", style="yellow"))
    _summarise(report)
    return report


def _found(settings: "Settings", paths: Sequence[Path], folders: Sequence[Path]) -> "Walk":
    """Find the files to index; none will do where the index holds documents whose files are gone from the folders."""
    from qa.indexing.plan import is_gone_from
    from qa.ingest.files import nothing_found, walk
    from qa.store.store import Store

    found = walk(paths)
    if not found.files:
        gone = False
        with suppress(StoreError), Store.open(settings.data_dir) as store:
            gone = any(is_gone_from(document.source, folders) for document in store.documents())
        if not gone:
            raise nothing_found(paths, found)
    return found


def _both(
    tell: "Callable[[Progress], None]", watch: "Callable[[Progress], None] | None"
) -> "Callable[[Progress], None]":
    def told(progress: "Progress") -> None:
        tell(progress)
        if watch is not None:
            watch(progress)

    return told


class _Teller:
    """Shows a run's progress: documents and passages done, time left."""

    def __init__(self) -> None:
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

        self.bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TextColumn("{task.fields[counts]}"),
            TextColumn("[dim]{task.fields[left]}"),
            console=err(),
            transient=True,
        )
        self._task = self.bar.add_task("载入模型", total=None, counts="", left="")

    def __call__(self, progress: "Progress | None") -> None:
        if progress is None:
            return
        left = progress.seconds_left
        self.bar.update(
            self._task,
            description="建立索引",
            total=max(progress.passages_total, 1),
            completed=progress.passages_done,
            counts=f"文档 {progress.documents_done}/{progress.documents_total}"
            f" · 段落 {progress.passages_done}/{progress.passages_total}",
            left=f"还要 {_duration(left)}" if left is not None else "",
        )


@contextmanager
def showing_progress() -> Iterator[_Teller]:
    """Show a progress bar for as long as a run takes."""
    teller = _Teller()
    with teller.bar:
        yield teller


def _duration(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60} 分 {whole % 60} 秒" if whole >= 60 else f"{whole} 秒"


def _summarise(report: "IndexReport") -> None:
    parts = (
        ("新收录", len(report.added)),
        ("更新", len(report.replaced)),
        ("未变", len(report.unchanged)),
        ("移除", len(report.removed)),
        ("失败", len(report.failed)),
    )
    done = "，".join(f"{name} {count} 份" for name, count in parts if count) or "没有要做的"
    err().print(Text(f"{done}；用时 {_duration(report.seconds)}。", style="green" if not report.failed else ""))
    err().print(Text(f"索引现有 {report.documents} 份文档，{report.passages} 个段落（第 {report.generation} 代）。"))
    for failure in report.failed:
        err().print(Text(f"✗ {failure.file}：{failure.message}", style="red"), soft_wrap=True)


def docs_list(
    as_json: AsJson = False,
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """List the documents of the index."""
    settings = options.load_quietly(data_dir, config, sets)
    from qa.bootstrap import open_store

    with open_store(settings) as store:
        documents = store.documents()
    if as_json:
        write_json([_record(document) for document in documents])
        return 0
    if not documents:
        out().print("索引里还没有文档，用 youju docs add 收录。")
        return 0
    grid = table("文件", "标题", "编码", "文章", "段落", "编号")
    for document in documents:
        counts = (str(document.articles), str(document.passages))
        grid.add_row(Text(document.file), Text(document.title), document.encoding, *counts, Text(document.id, "dim"))
    out().print(grid)
    for document in documents:
        for warning in document.warnings:
            out().print(Text(f"注意 {document.file}：{warning}", style="yellow"))
    return 0


def docs_add(
    paths: Annotated[list[Path], typer.Argument(metavar="路径…", help="文件或文件夹")],
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """Add documents to the index."""
    settings = options.load_quietly(data_dir, config, sets)
    return 2 if build_index(settings, paths).failed else 0


def docs_remove(
    names: Annotated[list[str], typer.Argument(metavar="文件…", help="文件名或编号，见 youju docs list")],
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """Remove documents and the files of uploaded ones: all or, where one is unknown, none."""
    settings = options.load_quietly(data_dir, config, sets)
    from qa.bootstrap import open_store
    from qa.library.uploads import Uploads
    from qa.store.lock import index_lock

    uploads = Uploads(settings.data_dir, settings.max_file_mb * 2**20)
    with open_store(settings) as store, index_lock(store.folder):
        chosen = [_find(store.documents(), name) for name in names]
        for document in chosen:
            store.remove(document.id)
    for document in chosen:
        uploads.delete(document.source)  # else the next start takes it in again
        err().print(Text(f"已移除 {document.file}。"))
    return 0


def _find(documents: "Sequence[StoredDocument]", name: str) -> "StoredDocument":
    found = [document for document in documents if name in (document.id, document.file)]
    found = found or [document for document in documents if Path(document.file).name == Path(name).name]
    if not found:
        raise NotFoundError(f"索引里没有“{name}”，用 youju docs list 查看有哪些文档。")
    if len(found) > 1:
        raise DocumentError(f"有 {len(found)} 份文档都叫“{name}”，请改用编号（见 youju docs list）。")
    return found[0]


def _record(document: "StoredDocument") -> dict[str, object]:
    return {
        "id": document.id,
        "file": document.file,
        "source": document.source,
        "title": document.title,
        "encoding": document.encoding,
        "size": document.size,
        "sha256": document.sha256,
        "articles": document.articles,
        "passages": document.passages,
        "set_aside": document.set_aside,
        "warnings": list(document.warnings),
        "indexed_at": document.indexed_at,
    }
