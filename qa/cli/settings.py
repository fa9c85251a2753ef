"""youju config."""

from rich.text import Text

from qa.cli import options
from qa.cli.console import out, table, write_json
from qa.cli.options import AsJson, ConfigFile, DataDir, Debug, Sets

CONFIG_HELP = """列出所有设置、现在的值、来自哪里。

先后：命令行 > 环境变量 YOUJU_… > youju.toml > 默认值。

例：
  youju config
  YOUJU_PORT=8000 youju config
  youju config --set top_k=30
"""


def show_config(
    as_json: AsJson = False,
    data_dir: DataDir = None,
    config: ConfigFile = None,
    sets: Sets = None,
    debug: Debug = False,
) -> int:
    """List all settings."""
    from qa.config import ENV_PREFIX, Settings

    loaded = options.load(data_dir, config, sets)
    values = {name: _shown(getattr(loaded.settings, name)) for name in Settings.model_fields}
    if as_json:
        write_json({name: {"value": value, "from": loaded.origins[name]} for name, value in values.items()})
        return 0
    grid = table("设置", "值", "来自", "说明")
    for name, value in values.items():
        description = Settings.model_fields[name].description or ""
        grid.add_row(Text(name, "bold"), Text(value), Text(loaded.origins[name], "dim"), Text(description))
    out().print(grid)
    out().print(Text(f"\n环境变量的名称是 {ENV_PREFIX} 加大写的设置名，例如 {ENV_PREFIX}DATA_DIR。", style="dim"))
    return 0


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return "" if value is None else str(value)
