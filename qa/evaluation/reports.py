"""Reports as text for people and as JSON for programs."""

from dataclasses import asdict
from typing import Any

from qa.evaluation.qa_runner import Miss, QaReport
from qa.evaluation.squad_runner import SquadMiss, SquadReport

DIGITS = 4
_NAMES = {
    "overall": "总分",
    "exact@1": "首答正确（短答题）",
    "exact@3": "前三答有正确（短答题）",
    "cited@1": "首答正确且出处正确",
    "list_recall": "列举题找全率",
    "list_precision": "列举题准确率",
    "explain_hit": "说明题命中",
    "refusal_recall": "该拒答的拒答率",
    "false_refusal": "误拒率（越低越好）",
}


def to_json(report: QaReport | SquadReport) -> dict[str, Any]:
    """Return a report as plain values, floats rounded to four digits; keys are the field names."""
    rounded = _rounded(asdict(report))
    if not isinstance(rounded, dict):
        raise TypeError("a report is a mapping")
    return rounded


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, DIGITS)
    if isinstance(value, dict):
        return {str(key): _rounded(item) for key, item in value.items()}
    return [_rounded(item) for item in value] if isinstance(value, (list, tuple)) else value


def render(report: QaReport | SquadReport, *, misses: int = 0) -> str:
    """Return a report as lines of text.

    Args:
        report: of either kind.
        misses: how many of the questions that went wrong to show, the worst first; 0 for none.
    """
    lines = _qa_lines(report) if isinstance(report, QaReport) else _squad_lines(report)
    worst: list[Miss] | list[SquadMiss]
    if isinstance(report, QaReport):
        worst = sorted(report.misses, key=lambda miss: miss.own)
    else:
        worst = sorted(report.misses, key=lambda miss: miss.f1)
    return "\n".join([*lines, *(_miss_line(miss) for miss in worst[:misses])])


def _qa_lines(report: QaReport) -> list[str]:
    lines = [f"问题 {report.questions} 个"]
    lines += [
        f"  {_NAMES[name]:<14}\t{name:<14}\t{report.figures[name]:.3f}" for name in _NAMES if name in report.figures
    ]
    lines += [f"  证据段落在前 {k}\trecall@{k:<10}\t{share:.3f}" for k, share in report.recall.items()]
    if report.calibration_error is not None:
        lines.append(f"  置信度校准误差\tECE\t{report.calibration_error:.3f}")
    lines.append("分题型：" + "，".join(f"{name} {score:.3f}" for name, score in report.by_type.items()))
    return [*lines, _time_line(report)]


def _squad_lines(report: SquadReport) -> list[str]:
    way = "在全部原文中查找" if report.mode == "open" else "给定原文"
    lines = [f"问题 {report.questions} 个，原文 {report.contexts} 篇，{way}"]
    lines += [f"  {name:<14}\t{value:.2f}" for name, value in report.figures.items() if not name.endswith("total")]
    lines.append(f"  作答 {report.answered:.3f}，其中出自正确原文 {report.right_context:.3f}")
    return [*lines, _time_line(report)]


def _time_line(report: QaReport | SquadReport) -> str:
    return f"每题用时：中位数 {report.p50_ms:.0f} 毫秒，95% 的题不超过 {report.p95_ms:.0f} 毫秒"


def _miss_line(miss: Miss | SquadMiss) -> str:
    if isinstance(miss, SquadMiss):
        golds = "；".join(miss.golds) or "（无答案）"
        return f"- {miss.id} {miss.question}\n    答：{miss.given or '（拒答）'}\n    应为：{golds}"
    given = "；".join(f"{text}（{confidence:.2f}）" for text, confidence in miss.given) or "（拒答）"
    place = f"，证据段落排第 {miss.found_at}" if miss.found_at else "，证据段落未找到" if miss.gold else ""
    gold = "；".join(miss.gold) or "（应拒答）"
    return f"- {miss.id} [{miss.type}] {miss.question} = {miss.own:.2f}{place}\n    答：{given}\n    应为：{gold}"
