"""/api/v1/feedback and /api/v1/statistics: what people thought of the answers, and what they asked."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import StreamingResponse

from qa.api.access import Administrator
from qa.api.problems import documented
from qa.journal import Feedback, Journal, QuestionCount

router = APIRouter(tags=["管理"], dependencies=[Administrator], responses=documented(401))


def journal_of(request: Request) -> Journal:
    """Return the app's journal."""
    journal = request.app.state.journal
    assert isinstance(journal, Journal)
    return journal


JournalOf = Annotated[Journal, Depends(journal_of)]
Good = Annotated[bool | None, Query(description="只要好评（true）或差评（false）")]


@router.get("/api/v1/feedback", summary="用户反馈，最近的在前", responses=documented(503))
def feedback(
    journal: JournalOf,
    good: Good = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> list[dict[str, Any]]:
    """List feedback."""
    return [feedback_json(entry) for entry in journal.feedback(good=good, limit=limit, offset=offset)]


@router.get(
    "/api/v1/feedback.jsonl",
    summary="导出反馈",
    description="每行一题，人工核对后可用 youju eval qa 评测；要补的内容写在 needs_review 里。",
    responses=documented(503),
)
def export(journal: JournalOf, good: Good = None) -> StreamingResponse:
    """Write feedback as gold questions."""
    lines: Iterator[str] = journal.export_jsonl(good=good)
    headers = {"Content-Disposition": 'attachment; filename="feedback.jsonl"'}
    return StreamingResponse(lines, headers=headers, media_type="application/jsonl; charset=utf-8")


@router.get("/api/v1/statistics", summary="提问统计", responses=documented(503))
def statistics(
    journal: JournalOf,
    days: Annotated[int, Query(ge=1, le=366)] = 30,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    """Count questions by day, and list the frequent and the unanswered ones."""
    return {
        "days": [
            {"day": day.day.isoformat(), "asked": day.asked, "answered": day.answered, "good": day.good, "bad": day.bad}
            for day in journal.per_day(days)
        ],
        "most_asked": [count_json(item) for item in journal.most_asked(limit)],
        "unanswered": [count_json(item) for item in journal.unanswered(limit)],
    }


def feedback_json(entry: Feedback) -> dict[str, Any]:
    """Describe what somebody thought of an answer."""
    return {
        "number": entry.number,
        "question": entry.question,
        "answer": entry.answer,
        "good": entry.good,
        "reason": entry.reason,
        "right_answer": entry.right_answer,
        "generation": entry.generation,
        "given_at": entry.given_at.isoformat(timespec="seconds"),
    }


def count_json(item: QuestionCount) -> dict[str, Any]:
    """Describe how often a question was asked."""
    return {
        "question": item.question,
        "count": item.count,
        "answered": item.answered,
        "reason": item.reason,
        "last_asked": item.last_asked.isoformat(timespec="seconds"),
    }
