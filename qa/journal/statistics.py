"""What the administrator wants to know of the journal: feedback, unanswered and frequent questions, counts by day."""

import sqlite3
from datetime import datetime, timedelta

from qa.journal import records
from qa.journal.types import DayCount, Feedback, QuestionCount

_COUNTS = """
    SELECT q.question, n.count, n.answered, q.reason, q.asked_at
    FROM (SELECT max(number) AS last, count(*) AS count, sum(answered) AS answered FROM questions GROUP BY form) AS n
    JOIN questions AS q ON q.number = n.last
"""
"""With one max() beside it nothing is left to chance: the joined row is that of the latest asking."""


def feedback(connection: sqlite3.Connection, good: bool | None, limit: int, offset: int) -> list[Feedback]:
    """List feedback, the latest first; a negative limit means all."""
    rows = connection.execute(
        f"SELECT {records.FEEDBACK_COLUMNS} FROM feedback WHERE ?1 IS NULL OR good = ?1"
        " ORDER BY number DESC LIMIT ?2 OFFSET ?3",
        (good, limit, offset),
    ).fetchall()
    return [records.to_feedback(row) for row in rows]


def unanswered(connection: sqlite3.Connection, limit: int) -> list[QuestionCount]:
    """List questions whose latest asking was refused, the most asked first, then the latest."""
    query = f"{_COUNTS} WHERE NOT q.answered ORDER BY n.count - n.answered DESC, q.number DESC LIMIT ?"
    return [records.to_count(row) for row in connection.execute(query, (limit,)).fetchall()]


def most_asked(connection: sqlite3.Connection, limit: int) -> list[QuestionCount]:
    """List questions by how often they were asked, then the latest."""
    query = f"{_COUNTS} ORDER BY n.count DESC, q.number DESC LIMIT ?"
    return [records.to_count(row) for row in connection.execute(query, (limit,)).fetchall()]


def per_day(connection: sqlite3.Connection, days: int) -> list[DayCount]:
    """Count by this machine's days, today last.

    Raises:
        ValueError: fewer days than 1.
    """
    if days < 1:
        raise ValueError(f"at least one day is needed, got {days}")
    today = datetime.now().astimezone().date()
    first = today - timedelta(days=days - 1)
    asked = _by_day(connection, "questions", "asked_at", "answered", first.isoformat())
    votes = _by_day(connection, "feedback", "given_at", "good", first.isoformat())
    found = []
    for back in range(days):
        day = first + timedelta(days=back)
        count, answered = asked.get(day.isoformat(), (0, 0))
        given, good = votes.get(day.isoformat(), (0, 0))
        found.append(DayCount(day, count, answered, good, given - good))
    return found


def _by_day(connection: sqlite3.Connection, table: str, time: str, flag: str, first: str) -> dict[str, tuple[int, int]]:
    """Count the rows of a table by day, and those that have a flag."""
    query = f"SELECT date({time}, 'localtime') AS day, count(*), sum({flag}) FROM {table} WHERE day >= ? GROUP BY day"
    return {day: (count, flagged) for day, count, flagged in connection.execute(query, (first,)).fetchall()}
