"""Whatever goes wrong: one sentence on stderr, nothing on stdout, the right exit status, never a traceback."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from qa.api.app import create_app
from qa.cli.doctor import _port
from qa.cli.run import FAILED, INTERRUPTED, PIPE_CLOSED, run
from qa.cli.serve import _make_server, bind
from qa.config import Settings
from qa.errors import StoreMismatchError
from tests.api.fakes import FakeEngine
from tests.cli.conftest import ROOT, Run

Capture = pytest.CaptureFixture[str]


def complaint(capsys: Capture) -> str:
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1, captured.err
    assert "Traceback" not in captured.err
    return captured.err.strip()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["ask"], "缺少 问题。用 youju ask --help 查看用法。"),
        (["ask", "a", "b"], "多出了 b；带空格的内容请放在引号里"),
        (["ask", "a", "--jsn"], "没有 --jsn 这个选项。您是指 --json 吗？"),
        (["ask", "a", "--limit", "x"], "--limit 的值不对：应为整数"),
        (["ask", "a", "--limit", "0"], "--limit 的值不对：不能小于 1"),
        (["ask", "a", "--year", "3000"], "--year 的值不对：不能大于 2999"),
        (["ask", "a", "--limit"], "后面要跟一个值"),
        (["aks", "a"], "没有这个命令：'aks'"),
        (["eval", "squad", "x.json", "--mode", "closed"], "--mode 的值不对：只能是 'open', 'gold'"),
        (["ask", " "], "问题是空的，请输入要问的内容。"),
        (["ask", "a", "--config", "none.toml"], "读不了配置文件 none.toml：没有这个文件。"),
        (["ask", "a", "--set", "port"], "--set 后面应写成 名称=值"),
        (["ask", "a", "--set", "top_q=3"], "您是指 top_k 吗？"),
        (["ask", "a", "--set", "top_k=0"], "设置 top_k 的值 '0' 不对（来自命令行）：不能小于 1。"),
    ],
)
def test_what_was_typed_wrong(fake_engine: FakeEngine, capsys: Capture, args: list[str], words: str) -> None:
    assert run(args) == FAILED
    assert words in complaint(capsys)


def test_an_unexpected_error_is_one_sentence_too(fake_engine: FakeEngine, capsys: Capture) -> None:
    assert run(["ask", "crash"]) == FAILED
    sentence = complaint(capsys)
    assert "youju doctor" in sentence and "boom" not in sentence
    with pytest.raises(RuntimeError, match="boom"):
        run(["ask", "crash", "--debug"])


def test_no_index_yet(capsys: Capture, tmp_path: Path) -> None:
    for args in (["ask", "助学金"], ["docs", "list"], ["docs", "remove", "a.txt"]):
        assert run([*args, "--data-dir", str(tmp_path / "none")]) == FAILED
        assert "youju index" in complaint(capsys)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("args", [["index", "none"], ["docs", "add", "none"]])
def test_nothing_to_index(capsys: Capture, args: list[str]) -> None:
    assert run(args) == FAILED
    assert "不存在" in complaint(capsys)


def test_a_port_in_use_is_told_at_once(capsys: Capture, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert run(["serve", "--port", str(port), "--data-dir", str(tmp_path / "none")]) == FAILED
    assert f"端口 {port} 已被占用" in complaint(capsys)
    assert not (tmp_path / "none").exists()


def test_the_doctor_tells_youju_on_its_port_from_another_program(tmp_path: Path) -> None:
    with bind("127.0.0.1", 0) as listening:
        settings = Settings(data_dir=tmp_path, host="0.0.0.0", port=listening.getsockname()[1])
        server = _make_server(create_app(settings, FakeEngine()), settings)
        serving = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        serving.start()
        found = _port(settings)  # waits for the answer
        server.should_exit = True
        serving.join(30)
    assert found.ok and "有据正在运行" in found.detail
    with HTTPServer(("127.0.0.1", 0), Healthy) as other:
        threading.Thread(target=other.handle_request).start()
        found = _port(Settings(port=other.server_port))
    assert not found.ok and "已被占用" in found.detail


class Healthy(BaseHTTPRequestHandler):
    """Another program, which answers as many do."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"status": "ok"}')


def test_a_gold_file_is_looked_at_before_the_models_are_loaded(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.bootstrap.open_engine", lambda settings: pytest.fail("loaded"))
    assert run(["eval", "qa", str(tmp_path / "none.jsonl")]) == FAILED
    assert "读不了评测文件" in complaint(capsys)


def test_an_engine_that_cannot_be_loaded_ends_the_server(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(settings: object) -> None:
        raise StoreMismatchError("索引不相配：请重新建立索引。")

    monkeypatch.setattr("qa.cli.serve._index_where_there_is_none", lambda *_: None)
    monkeypatch.setattr("qa.bootstrap.open_engine", fail)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert run(["serve", "--port", str(port), "--data-dir", str(tmp_path)]) == FAILED
    assert complaint(capsys) == "索引不相配：请重新建立索引。"


def test_a_folder_without_permission(
    fake_engine: FakeEngine, capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may = os.access

    def access(path: str | Path, mode: int) -> bool:  # a folder's mode would not stop root
        return os.fsdecode(path) != str(tmp_path) and may(path, mode)

    monkeypatch.setattr(os, "access", access)
    assert run(["ask", "助学金", "--data-dir", str(tmp_path)]) == FAILED
    assert complaint(capsys).startswith(f"--data-dir 的值不对：没有权限读 {tmp_path}。")


def test_an_address_of_another_machine(capsys: Capture) -> None:
    assert run(["serve", "--host", "192.0.2.1"]) == FAILED
    assert "不是本机的地址" in complaint(capsys)


def test_a_closed_pipe_is_silent() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "qa.cli", "config"],
        stdout=writer,
        stderr=subprocess.PIPE,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    os.close(writer)
    assert done.stderr == b"" and done.returncode == PIPE_CLOSED


def test_an_interruption_is_one_sentence(tmp_path: Path) -> None:
    code = (
        "import signal, sys, time, qa.cli.settings as settings\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background jobs ignore it
        "def slow(*args, **options):\n"
        "    print('started', file=sys.stderr, flush=True)\n"
        "    time.sleep(60)\n"
        "settings.options.load = slow\n"
        "from qa.cli import main\n"
        "sys.argv = ['youju', 'config']\n"
        "main()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stderr is not None and process.stderr.readline() == "started\n"
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == INTERRUPTED
    assert err == "已中断；已经存好的内容都在，没做完的没有写入。\n"


def test_an_interruption_while_the_program_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text("raise KeyboardInterrupt", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from qa.cli import main; main()"],
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"},
    )
    assert done.returncode == INTERRUPTED and done.stderr == "已中断。\n"


def test_arguments_that_are_not_utf8(youju: Run) -> None:
    done = youju("ask", b"\xff\xfe")
    assert done.returncode == FAILED and done.stdout == ""
    assert "youju index" in done.stderr and "Traceback" not in done.stderr
