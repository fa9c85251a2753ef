"""youju serve: index if there is none, then the page and the API on one port."""

import importlib
import socket
import threading
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from qa.cli import options
from qa.cli.console import complain, err
from qa.cli.options import ConfigFile, DataDir, Debug, Sets
from qa.errors import StoreMissingError, UsageError, YoujuError, os_reason

if TYPE_CHECKING:
    from fastapi import FastAPI
    from uvicorn import Server

    from qa.api.holder import EngineHolder
    from qa.config import Settings
    from qa.indexing import Progress

SERVE_HELP = """打开网页和接口；还没有索引时先建索引。

例：
  youju serve
  youju serve --port 8000
  youju serve --host 0.0.0.0      # 让局域网里的人也能访问
"""
PAGE = "ui.app"
"""The page is plugged in by name, so that nothing below it depends on it."""


def serve(
    host: Annotated[str | None, typer.Option("--host", metavar="HOST", help="监听的地址")] = None,
    port: Annotated[int | None, typer.Option("--port", metavar="PORT", help="监听的端口")] = None,
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """Serve until interrupted; 2 where the index or a model cannot be used."""
    settings = options.load_quietly(data_dir, config, sets, host=host, port=port)
    with bind(settings.host, settings.port) as listening:
        app = make_app(settings)
        app.state.holder.first = partial(_index_where_there_is_none, settings, app.state.holder)
        server = _make_server(app, settings)
        threading.Thread(target=_announce, args=(app, settings, server), daemon=True).start()
        try:
            server.run(sockets=[listening])
        except KeyboardInterrupt:  # the usual way to end it
            err().print(Text("已停止。"))
        finally:
            app.state.holder.stop()
    if failure := app.state.holder.failure:
        complain(failure)
        return 2
    return 0


def bind(host: str, port: int) -> socket.socket:
    """Take the port at once, before anything slow.

    Raises:
        UsageError: it is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise UsageError(_why_not(host, port, error)) from error
    return listening


def _why_not(host: str, port: int, error: OSError) -> str:
    import errno

    if error.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被占用：关掉占用它的程序，或换一个，例如 youju serve --port {port % 65535 + 1}。"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"没有权限使用端口 {port}，请换一个 1024 以上的端口。"
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return f"{host} 不是本机的地址，请改 --host，例如 127.0.0.1。"
    return f"打不开 {host}:{port}：{os_reason(error)}。"


def make_app(settings: "Settings") -> "FastAPI":
    """Put the API and the page together; the engine is loaded once the app runs, as both at once take no less time."""
    from qa.api.app import create_app

    app = create_app(settings)
    importlib.import_module(PAGE).mount(app)
    return app


def _index_where_there_is_none(settings: "Settings", holder: "EngineHolder") -> None:
    """Make the first index while the page is there already and says how far it is."""
    from qa.api.holder import LoadingStoppedError, LoadProgress
    from qa.cli.indexing import build_index
    from qa.indexing import unfinished

    def watch(progress: "Progress") -> None:
        if holder.stopping.is_set():
            raise LoadingStoppedError("服务已停止。")
        share = progress.passages_done / progress.passages_total if progress.passages_total else None
        counts = f"文档 {progress.documents_done}/{progress.documents_total}"
        holder.progress = LoadProgress(
            f"正在建立索引：{counts}，段落 {progress.passages_done}/{progress.passages_total}", share
        )

    if not unfinished.is_unfinished(settings.data_dir) and _has_index(settings):
        return
    err().print(Text(f"还没有索引，先收录 {'、'.join(map(str, settings.documents))}。"))
    holder.progress = LoadProgress("正在建立索引：载入模型", None)
    build_index(settings, settings.documents, first=True, watch=watch)


def _has_index(settings: "Settings") -> bool:
    """Tell whether there is an index, be it one that was emptied on purpose."""
    from qa.bootstrap import open_store

    try:
        open_store(settings).close()
    except StoreMissingError:
        return False
    return True


def _announce(app: "FastAPI", settings: "Settings", server: "Server") -> None:
    """Say where to look once questions can be asked; end the server where none ever can."""
    if app.state.holder.wait():
        server.should_exit = True
        return
    if app.state.holder.stopping.is_set():
        return
    _open_administration(app)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    err().print(
        Text(f"有据已就绪：http://{host}:{settings.port}（接口说明在 /docs，按 Ctrl-C 结束）", style="bold green")
    )


def _open_administration(app: "FastAPI") -> None:
    """Make the administrator's password where there is none, and go on with uploads that an earlier end cut short."""
    try:
        app.state.access.password()
        app.state.library.take_up()
    except YoujuError as error:  # questions can be answered all the same
        err().print(Text(f"注意：{error}", style="yellow"))


def _make_server(app: "FastAPI", settings: "Settings") -> "Server":
    import uvicorn

    config = uvicorn.Config(
        app,
        log_level=settings.log_level,
        access_log=settings.log_level in ("debug", "info"),
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    return uvicorn.Server(config)
