"""What is said while a question is being answered: how it was understood, then how much was found."""

from collections.abc import Sequence

from qa.types import AnswerKind, Hit, Query, Stage

KIND_NAMES = {
    AnswerKind.AMOUNT: "金额",
    AnswerKind.COUNT: "数量",
    AnswerKind.PERCENT: "比例",
    AnswerKind.DATE: "日期",
    AnswerKind.PERIOD: "时长",
    AnswerKind.PERSON: "人物",
    AnswerKind.ROLE: "职务",
    AnswerKind.PLACE: "地点",
    AnswerKind.ORGANISATION: "单位",
    AnswerKind.PHONE: "电话",
    AnswerKind.EMAIL: "邮箱",
    AnswerKind.ADDRESS: "地址",
    AnswerKind.WORK: "文件或作品",
    AnswerKind.LIST: "逐项列出",
    AnswerKind.EXPLAIN: "说明",
    AnswerKind.SPAN: "原文",
}
_SHOWN_WORDS = 4
_SHOWN_KINDS = 2


def understood(query: Query) -> Stage:
    """Say of whom, when and what the question asks, such as "晋城市 · 2014年 · 金秋助学、筹集 · 问金额"."""
    bodies = [body for body in query.organisations if body not in query.places]
    places = [place for place in query.places if not any(place in body for body in bodies)]
    parts = [
        "、".join((*bodies, *places)),
        "、".join(f"{year}年" for year in query.years),
        "、".join(query.words[:_SHOWN_WORDS]),
        "问" + "或".join(KIND_NAMES[kind] for kind in query.kinds[:_SHOWN_KINDS]),
    ]
    return Stage("understood", " · ".join(part for part in parts if part))


def found(hits: Sequence[Hit]) -> Stage:
    """Say how many passages in how many files were found."""
    if not hits:
        return Stage("found", "没有找到相关的段落")
    files = len({hit.passage.document_id for hit in hits})
    return Stage("found", f"在 {files} 个文件里找到 {len(hits)} 段相关内容")
