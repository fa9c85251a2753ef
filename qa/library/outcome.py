"""What came of an indexing run, in words for the administrator."""

from collections.abc import Mapping
from typing import Any

from qa.errors import DocumentError

SHOWN = 5
"""So many failures are told one by one."""


def outcome(kind: str, result: Mapping[str, Any]) -> str:
    """Sum up a run of the worker, the files that failed and why included.

    Args:
        kind: of the job, "add", "update" or "rebuild".
        result: what the worker's task "index" gives.

    Raises:
        DocumentError: nothing came of it but failures; unchanged files count only where none was to be added.
    """
    succeeded = ("added", "replaced", "removed") if kind == "add" else ("added", "replaced", "removed", "unchanged")
    if result["failed"] and not any(result[part] for part in succeeded):
        raise DocumentError(_failures(result))
    parts = (
        ("新收录", len(result["added"])),
        ("更新", len(result["replaced"])),
        ("未变", result["unchanged"]),
        ("移除", len(result["removed"])),
        ("失败", len(result["failed"])),
    )
    done = "，".join(f"{name} {count} 份" for name, count in parts if count) or "没有要做的"
    summary = f"{done}；用时 {round(result['seconds'], 1):g} 秒"
    return f"{summary}。{_failures(result)}" if result["failed"] else summary


def _failures(result: Mapping[str, Any]) -> str:
    told = "；".join(failure["message"].rstrip("。") for failure in result["failed"][:SHOWN])
    return f"{told}。上传而没能收录的文件已退回“待确认”，请丢弃，改好后再上传。" if result["rejected"] else f"{told}。"
