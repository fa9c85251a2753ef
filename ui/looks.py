"""How every page of ours is mounted: its theme, and which of Gradio's own offers it goes without."""

from typing import Any

from ui.gradio_import import gr

FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "sans-serif")


def looks(head: str) -> dict[str, Any]:
    """Return what a page with ``head`` in its head hands to ``gr.mount_gradio_app``."""
    return {
        "footer_links": [],
        "run_history": False,
        "show_error": False,
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
        "theme": theme(),
        "head": head,
    }


def theme() -> gr.themes.Base:
    """Make a calm theme of the system's own fonts, so that none is fetched."""
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="stone",
        radius_size="md",
        font=FONTS,
        font_mono=("ui-monospace", "Consolas", "monospace"),
    )
