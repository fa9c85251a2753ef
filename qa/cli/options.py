"""Options that several commands share, and the way from them to settings."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.errors import UsageError
from qa.types import Filters

if TYPE_CHECKING:
    from qa.config import Loaded, Settings

COMMON = "通用选项"
LIMITS = "查找范围"

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", metavar="DIR", help="索引所在的文件夹", rich_help_panel=COMMON)
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="配置文件，默认 ./youju.toml", rich_help_panel=COMMON)
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="改一项设置（见 youju config），可多次", rich_help_panel=COMMON),
]
Debug = Annotated[bool, typer.Option("--debug", help="出错时显示细节", rich_help_panel=COMMON)]
Files = Annotated[
    list[str] | None, typer.Option("--file", metavar="NAME", help="只查这个文件，可多次", rich_help_panel=LIMITS)
]
Places = Annotated[
    list[str] | None, typer.Option("--place", metavar="PLACE", help="只查这个地方，可多次", rich_help_panel=LIMITS)
]
Years = Annotated[
    list[int] | None,
    typer.Option("--year", metavar="YEAR", min=1000, max=2999, help="只查这一年，可多次", rich_help_panel=LIMITS),
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，格式与接口相同")]
Explain = Annotated[bool, typer.Option("--explain", help="附上对问题的理解和各项得分")]


def load(data_dir: Path | None, config: Path | None, sets: Sequence[str] | None, **flags: object) -> "Loaded":
    """Put flags over environment, youju.toml and defaults, and set up logging.

    Raises:
        UsageError: something is wrong with a setting.
    """
    from qa.config import load_settings  # pydantic: not wanted for --help

    given: dict[str, object] = {}
    for item in sets or ():
        name, equals, value = item.partition("=")
        if not equals:
            raise UsageError(f"--set 后面应写成 名称=值，而不是 {item!r}；名称见 youju config。")
        given[name.strip().replace("-", "_")] = value.strip()
    given |= {name: value for name, value in {"data_dir": data_dir, **flags}.items() if value is not None}
    loaded = load_settings(given, config)
    logging.basicConfig(level=loaded.settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    return loaded


def load_quietly(data_dir: Path | None, config: Path | None, sets: Sequence[str] | None, **flags: object) -> "Settings":
    """Return the settings alone."""
    return load(data_dir, config, sets, **flags).settings


def filters(files: Sequence[str] | None, places: Sequence[str] | None, years: Sequence[int] | None) -> Filters:
    """Put limits together."""
    return Filters(files=tuple(files or ()), places=tuple(places or ()), years=tuple(years or ()))
