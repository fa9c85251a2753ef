"""The settings: flags over ``YOUJU_…`` environment variables over youju.toml over defaults.

``Settings(...)`` itself reads nothing but its arguments, so that tests and embedders get what they ask for;
``load_settings`` is the one place where the layers come together.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from embeddings.cores import usable_cores
from qa.errors import UsageError, os_reason

CONFIG_FILE = "youju.toml"
ENV_PREFIX = "YOUJU_"


def _threads() -> int:
    return min(max(usable_cores(), 2), 4)


class Settings(BaseSettings):
    """Everything that can be set; descriptions are for users."""

    model_config = SettingsConfigDict(env_prefix=ENV_PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True)

    data_dir: Path = Field(Path(".youju"), description="存放索引的文件夹")
    documents: Annotated[tuple[Path, ...], NoDecode] = Field(
        (Path("seeds"),), min_length=1, description="要索引的文件或文件夹（环境变量中用逗号分隔）"
    )
    max_file_mb: int = Field(50, ge=1, le=2048, description="单个文件的大小上限，单位 MB")
    encoder: str = Field(
        "multilingual-e5-small", min_length=1, description="向量模型：内置的名称、sentence-transformers 模型名或文件夹"
    )
    reader: str = Field("auto", min_length=1, description="答案抽取：auto、rules，或阅读模型的文件夹、名称")
    top_k: int = Field(20, ge=1, le=200, description="每个问题细读多少个段落")
    threads: int = Field(
        default_factory=_threads,
        ge=1,
        le=256,
        description="模型计算用的线程数，也是同时回答的问题数（默认每核一个，2 至 4 个）",
    )
    host: str = Field("127.0.0.1", min_length=1, description="网页和接口监听的地址")
    port: int = Field(7860, ge=1, le=65535, description="网页和接口监听的端口")
    admin_password: SecretStr | None = Field(
        None, min_length=8, description="管理页面的密码；不填则自动生成，存在数据文件夹的 admin-password.txt 里"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("warning", description="日志级别")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take arguments only; see the module's docstring."""
        return (init_settings,)

    @field_validator("documents", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Let one string stand for several paths."""
        if isinstance(value, str):
            return tuple(part.strip() for part in value.replace("，", ",").split(",") if part.strip())
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings and, for each field, where its value came from in words."""

    settings: Settings
    origins: Mapping[str, str]


def load_settings(flags: Mapping[str, object] | None = None, config: Path | None = None) -> Loaded:
    """Put the four layers together.

    Args:
        flags: values given on the command line; None values count as not given.
        config: a TOML file; without it, youju.toml in the working directory where there is one.

    Raises:
        UsageError: an unknown key, a value out of range, or a file that cannot be read.
    """
    values: dict[str, Any] = {}
    origins = dict.fromkeys(Settings.model_fields, "默认值")
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    path = _config_path(config)
    layers: tuple[tuple[str, Mapping[str, object]], ...] = (
        (f"配置文件 {path}", _file_values(path)),
        ("环境变量", _environment_values()),
        ("命令行", given),
    )
    for origin, layer in layers:
        for name, value in layer.items():
            _check_name(name, origin)
            values[name] = value
            origins[name] = origin
    try:
        return Loaded(Settings(**values), origins)
    except ValidationError as error:
        raise UsageError(_sentence(error, origins)) from error


def _config_path(config: Path | None) -> Path | None:
    if config is not None:
        return config
    default = Path(CONFIG_FILE)
    return default if default.is_file() else None


def _file_values(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError(f"读不了配置文件 {path}：{os_reason(error)}。请检查 --config 给出的路径。") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"配置文件 {path} 不是 UTF-8 编码，请另存为 UTF-8。") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"配置文件 {path} 不是正确的 TOML：{error}。") from error


def _environment_values() -> dict[str, Any]:
    for name in os.environ:
        if name.upper().startswith(ENV_PREFIX):
            _check_name(name[len(ENV_PREFIX) :].lower(), f"环境变量 {name}")
    return EnvSettingsSource(Settings, env_prefix=ENV_PREFIX)()


def _check_name(name: str, origin: str) -> None:
    if name in Settings.model_fields:
        return
    near = difflib.get_close_matches(name, Settings.model_fields, n=1)
    hint = f"您是指 {near[0]} 吗？" if near else "用 youju config 可以看到所有设置。"
    raise UsageError(f"{origin} 里的设置 {name} 不存在。{hint}")


def _sentence(error: ValidationError, origins: Mapping[str, str]) -> str:
    """Say what is wrong with the first bad value; a secret is not shown, be it a wrong one."""
    first = error.errors()[0]
    name = str(first["loc"][0])
    value = "的值" if _is_secret(name) else f"的值 {first['input']!r} "
    return f"设置 {name} {value}不对（来自{origins.get(name, '命令行')}）：{reason(first)}。"


def _is_secret(name: str) -> bool:
    annotation = Settings.model_fields[name].annotation
    return SecretStr in (annotation, *get_args(annotation))


_REASONS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "string_type": "应为文字",
    "string_unicode": "含有不完整的字符",
    "string_too_short": "不能少于 {min_length} 个字符",
    "string_too_long": "不能超过 {max_length} 个字符",
    "too_short": "至少要有 {min_length} 个",
    "too_long": "不能超过 {max_length} 个",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "finite_number": "应为有限的数",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "greater_than_equal": "不能小于 {ge}",
    "greater_than": "应大于 {gt}",
    "less_than_equal": "不能大于 {le}",
    "less_than": "应小于 {lt}",
    "literal_error": "只能是 {expected}",
    "path_type": "应为路径",
    "tuple_type": "应为列表",
    "list_type": "应为列表",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "dict_type": "应为对象",
    "json_invalid": "不是正确的 JSON",
}


def reason(error: Mapping[str, Any]) -> str:
    """Turn one of pydantic's error records into Chinese words."""
    context = {name: str(value).replace(" or ", " 或 ") for name, value in (error.get("ctx") or {}).items()}
    # The length of a secret is reported like that of a list, but of no kind of list.
    of_secret = error["type"] == "too_short" and context.get("field_type") == "Value"
    template = _REASONS.get("string_too_short" if of_secret else error["type"])
    return template.format_map(context) if template is not None else str(error["msg"])
