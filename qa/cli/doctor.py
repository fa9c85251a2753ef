"""youju doctor: checks the parts, and the parts against each other, and says what to do."""

import errno
import http.client
import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rich.text import Text

from qa.cli import options
from qa.cli.console import err, out, write_json
from qa.cli.options import AsJson, ConfigFile, DataDir, Debug, Sets
from qa.errors import YoujuError

if TYPE_CHECKING:
    from embeddings.protocols import Encoder
    from qa.config import Settings
    from qa.reading.span_scores import SpanScorer
    from qa.store.store import Store

DOCTOR_HELP = """检查运行环境、向量模型、阅读器、索引是否完好、是否相配，并说明该怎么办。

退出状态：0 一切正常，2 有问题。
"""
PYTHON = (3, 11)
T = TypeVar("T")
SPACE_MB = 500
"""Free space that an index and its replacement need with room to spare."""
ANSWER_SECONDS, ANSWER_BYTES = 3.0, 1 << 22
"""What a program that listens on our port is given to say what it is."""
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
"""Where a server that listens on all addresses of the machine can be reached."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report."""

    what: str
    ok: bool
    detail: str


def doctor(
    as_json: AsJson = False,
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """Check everything; 0 all well, 2 a problem."""
    settings = options.load_quietly(data_dir, config, sets)
    with err().status("正在检查…"):
        findings = list(examine(settings))
    if as_json:
        write_json([{"what": item.what, "ok": item.ok, "detail": item.detail} for item in findings])
    else:
        for item in findings:
            sign, style = ("✓", "green") if item.ok else ("✗", "red")
            out().print(Text.assemble((f"{sign} {item.what}", style), f"：{item.detail}"))
    return 0 if all(item.ok for item in findings) else 2


def examine(settings: "Settings") -> Iterator[Finding]:
    """Yield all findings, the basic ones first."""
    yield _python()
    yield _documents(settings)
    yield _space(settings.data_dir)
    yield _port(settings)
    opened = _attempt("向量模型", partial(_open_encoder, settings), _describe_encoder)
    reader = _attempt("阅读器", partial(_open_scorer, settings), _describe_scorer)
    stored = _attempt("索引", partial(_open_store, settings), _describe_store)
    yield from (opened[1], reader[1], stored[1])
    encoder, store = opened[0], stored[0]
    if store is None:
        return
    with store:
        if encoder is not None:
            yield _match(store, encoder)
        yield _vectors(store)


def _attempt(what: str, open_: Callable[[], T], describe: Callable[[T], str]) -> tuple[T | None, Finding]:
    """Open a part and describe it, or tell why it cannot be opened."""
    try:
        part = open_()
        return part, Finding(what, True, describe(part))
    except YoujuError as error:
        return None, Finding(what, False, str(error))


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] == PYTHON:
        return Finding("Python", True, version)
    return Finding("Python", False, f"{version}，需要 3.11：装好后删掉 .venv，再运行 make install。")


def _documents(settings: "Settings") -> Finding:
    missing = [str(path) for path in settings.documents if not path.exists()]
    if missing:
        return Finding("文档", False, f"设置里的 {'、'.join(missing)} 不存在，请检查 documents（见 youju config）。")
    return Finding("文档", True, "、".join(map(str, settings.documents)))


def _space(data_dir: Path) -> Finding:
    folder = next(path for path in (data_dir.absolute(), *data_dir.absolute().parents) if path.exists())
    free = shutil.disk_usage(folder).free // 2**20
    if free >= SPACE_MB:
        return Finding("磁盘空间", True, f"{folder} 还有 {free} MB")
    return Finding("磁盘空间", False, f"{folder} 只剩 {free} MB，请腾出至少 {SPACE_MB} MB。")


def _port(settings: "Settings") -> Finding:
    from qa.cli.serve import bind

    try:
        bind(settings.host, settings.port).close()
    except YoujuError as error:
        if getattr(error.__cause__, "errno", None) != errno.EADDRINUSE:
            return Finding("端口", False, str(error))
        if _is_served(settings.host, settings.port):
            return Finding("端口", True, f"有据正在运行（{settings.host}:{settings.port}）")
        return Finding("端口", False, f"{error}如果有据刚刚启动，请稍候再检查。")
    return Finding("端口", True, f"{settings.host}:{settings.port} 空闲")


def _is_served(host: str, port: int) -> bool:
    """Tell whether what listens on a port is Youju, by its API's title: many a program says that its health is "ok"."""
    from qa.api.app import TITLE

    connection = http.client.HTTPConnection(ANYWHERE.get(host, host), port, timeout=ANSWER_SECONDS)
    try:
        connection.request("GET", "/openapi.json")
        return bool(json.loads(connection.getresponse().read(ANSWER_BYTES))["info"]["title"] == TITLE)
    except (OSError, http.client.HTTPException, ValueError, LookupError, TypeError):
        return False
    finally:
        connection.close()


def _open_encoder(settings: "Settings") -> "Encoder":
    from qa.bootstrap import open_encoder  # heavy: torch

    return open_encoder(settings)


def _describe_encoder(encoder: "Encoder") -> str:
    return f"{encoder.name}，{encoder.dim} 维"


def _open_scorer(settings: "Settings") -> "SpanScorer | None":
    from qa.bootstrap import open_scorer  # heavy: onnxruntime, or torch

    return open_scorer(settings)


def _describe_scorer(scorer: "SpanScorer | None") -> str:
    return "不用（只按规则抽取）" if scorer is None else "可用"


def _open_store(settings: "Settings") -> "Store":
    from qa.bootstrap import open_store

    store = open_store(settings)
    try:
        store.check()
    except YoujuError:
        store.close()
        raise
    return store


def _describe_store(store: "Store") -> str:
    info = store.info()
    return f"{store.folder}，{info.documents} 份文档，{info.passages} 个段落，第 {info.generation} 代"


def _match(store: "Store", encoder: "Encoder") -> Finding:
    held = store.encoder
    if held is None or held == (encoder.name, encoder.dim):
        return Finding("索引与模型", True, "相配")
    detail = f"索引是用 {held.name} 建的，现在的设置是 {encoder.name}：改回 encoder，或运行 youju index --rebuild。"
    return Finding("索引与模型", False, detail)


def _vectors(store: "Store") -> Finding:
    from qa.indexing.vectors import saved_generation

    generation = saved_generation(store.folder)
    if generation is None:
        return Finding("向量文件", True, "没有或不完整，下次提问时自动生成")
    if generation != store.generation:
        return Finding("向量文件", True, f"是第 {generation} 代的，下次提问时自动更新")
    return Finding("向量文件", True, f"第 {generation} 代，与索引一致")
