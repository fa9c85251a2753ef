"""Flags over environment over youju.toml over defaults."""

import json
import os
import traceback
from pathlib import Path

import pytest

from qa.cli.run import run
from qa.config import Settings, load_settings
from qa.errors import UsageError


def test_the_defaults_are_valid_and_described() -> None:
    loaded = load_settings()
    assert loaded.settings == Settings()
    assert set(loaded.origins.values()) == {"默认值"}
    assert all(field.description for field in Settings.model_fields.values())


def test_the_layers_lie_over_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "youju.toml").write_text('port = 1001\nhost = "toml"\ntop_k = 7\ndocuments = ["a", "b"]\n', "utf-8")
    monkeypatch.setenv("YOUJU_PORT", "1002")
    monkeypatch.setenv("YOUJU_HOST", "env")
    loaded = load_settings({"port": "1003", "encoder": None})
    settings = loaded.settings
    assert (settings.port, settings.host, settings.top_k) == (1003, "env", 7)
    assert settings.documents == (Path("a"), Path("b"))
    assert loaded.origins["port"] == "命令行" and loaded.origins["host"] == "环境变量"
    assert loaded.origins["top_k"] == "配置文件 youju.toml" and loaded.origins["encoder"] == "默认值"


def test_several_documents_in_one_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_DOCUMENTS", "a, b，c")
    assert load_settings().settings.documents == (Path("a"), Path("b"), Path("c"))


def test_settings_themselves_read_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "youju.toml").write_text("port = 1001\n", "utf-8")
    monkeypatch.setenv("YOUJU_PORT", "1002")
    assert Settings().port == 7860


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("port = 0", "设置 port 的值 0 不对（来自配置文件 youju.toml）：不能小于 1。"),
        ('port = "x"', "应为整数"),
        ("prt = 1", "您是指 port 吗？"),
        ("port = ", "不是正确的 TOML"),
        ('log_level = "loud"', "只能是 'debug', 'info', 'warning' 或 'error'"),
        ("documents = []", "至少要有 1 个"),
        ('host = ""', "不能少于 1 个字符"),
    ],
)
def test_a_bad_file_is_one_sentence(tmp_path: Path, toml: str, words: str) -> None:
    (tmp_path / "youju.toml").write_text(toml, "utf-8")
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert words in str(caught.value)


def test_a_file_of_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "youju.toml").write_bytes('host = "主机"'.encode("gb18030"))
    with pytest.raises(UsageError, match="不是 UTF-8"):
        load_settings()


def test_a_bad_variable_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YOUJU_DATADIR", "x")
    with pytest.raises(UsageError, match="您是指 data_dir 吗"):
        load_settings()
    monkeypatch.delenv("YOUJU_DATADIR")
    monkeypatch.setenv("YOUJU_PORT", "many")
    with pytest.raises(UsageError, match="设置 port 的值 'many' 不对（来自环境变量）：应为整数"):
        load_settings()


@pytest.mark.parametrize(
    ("toml", "words"),
    [('"abc12"', "：不能少于 8 个字符。"), ("13572468", "：应为文字。"), ('["abc12"]', "：应为文字。")],
)
def test_a_password_that_will_not_do_is_not_shown(tmp_path: Path, toml: str, words: str) -> None:
    (tmp_path / "youju.toml").write_text(f"admin_password = {toml}\n", "utf-8")
    with pytest.raises(UsageError) as caught:
        load_settings()
    assert str(caught.value) == f"设置 admin_password 的值不对（来自配置文件 youju.toml）{words}"
    told = "".join(traceback.format_exception(caught.value))
    assert "abc12" not in told and "13572468" not in told


def test_threads_fit_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where the system does not tell which cores a process may use, or how many there are."""
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    for cores, threads in ((3, 3), (64, 4), (None, 2)):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        assert Settings().threads == threads


def test_config_lists_all_with_their_origin(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YOUJU_PORT", "1002")
    assert run(["config", "--set", "top-k=9", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert set(listed) == set(Settings.model_fields)
    assert listed["port"] == {"value": "1002", "from": "环境变量"}
    assert listed["top_k"] == {"value": "9", "from": "命令行"}
    assert run(["config"]) == 0
    text = capsys.readouterr().out
    assert all(f"\n{name} " in text for name in Settings.model_fields)
