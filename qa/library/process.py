"""Runs a task of worker.py in its process and hands on what it says."""

import json
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from qa.errors import DocumentError, YoujuError

WORKER = ["-m", "qa.library.worker"]
"""What the interpreter is called with."""
logger = logging.getLogger(__name__)
Told = Callable[[Mapping[str, Any]], None]


class Tasks:
    """Starts worker processes, and ends those that still run when it is closed."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[str]] = set()
        self._lock = threading.Lock()

    def run(self, task: Mapping[str, object], progress: Told = lambda _: None) -> Any:  # noqa: ANN401 – JSON
        """Run a task to its end; return its result.

        Raises:
            DocumentError: what the worker said was wrong, in its words, or that it ended without a word.
            YoujuError: it was ended by close().
        """
        process = self._start()
        try:
            with process:
                assert process.stdin is not None and process.stdout is not None and process.stderr is not None
                complaints: list[str] = []
                stderr = process.stderr
                reader = threading.Thread(target=lambda: complaints.append(stderr.read()), daemon=True)
                reader.start()
                with suppress(BrokenPipeError):  # it ended before it read; what it said tells why
                    process.stdin.write(json.dumps(task))
                    process.stdin.close()
                message: dict[str, Any] = {}
                for line in process.stdout:
                    message = json.loads(line)
                    if "progress" in message:
                        progress(message["progress"])
                reader.join()
        finally:
            with self._lock:
                self._running.discard(process)
        if process.returncode == -signal.SIGTERM:
            raise YoujuError("服务停止了，没有做完；下次启动会接着做。")
        return _outcome(message, "".join(complaints))

    def close(self) -> None:
        """End what runs; the index is left as it was or as it is now."""
        with self._lock:
            running = list(self._running)
        for process in running:
            process.terminate()

    def _start(self) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, *WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        with self._lock:
            self._running.add(process)
        return process


def _outcome(message: Mapping[str, Any], complaints: str) -> Any:  # noqa: ANN401 – JSON
    if "result" in message:
        return message["result"]
    if "error" in message:
        raise DocumentError(str(message["error"]))
    logger.error("the worker ended without a result: %s", complaints[-4000:])
    raise DocumentError("处理文件的程序意外结束，索引没有改动；原因已记入日志，请重试，或运行 youju doctor 检查。")
