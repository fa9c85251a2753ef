"""The journal: everybody's own conversations, the feedback on answers, and what the counts tell."""

import hashlib
import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from qa.errors import NotFoundError, UsageError
from qa.journal import records, review, statistics
from qa.journal.database import Database
from qa.journal.types import Conversation, DayCount, Feedback, QuestionCount, Turn
from qa.store.codec import pack, unpack
from qa.text.normalise import normalise

TITLE_LENGTH = 60
"""Characters of a conversation's title; a longer first question is cut."""
MAX_REASON, MAX_RIGHT_ANSWER = 500, 2000
_KEPT_EMPTY = "-1 day"
"""Conversations in which nothing was asked are dropped after so long."""


class Journal:
    """What one data folder remembers of its users; safe to use from any thread.

    An owner is whatever the caller knows somebody by, such as the value of a cookie; only its hash is stored.
    Every method raises JournalError where the file cannot be read or written, and NotFoundError for an id that is
    not this owner's: the two cases of "unknown" and "somebody else's" look the same.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Give the journal of a data folder; its file is opened, or made, at the first use.

        A damaged file is put aside under another name, with a log entry.
        """
        return cls(Database(folder))

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Conversations

    def new_conversation(self, owner: str) -> str:
        """Begin a conversation and return its id; it is listed once something is asked in it."""
        id_, now = uuid.uuid4().hex, records.now()
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM conversations WHERE owner = ? AND datetime(updated_at) < datetime('now', ?)"
                " AND number NOT IN (SELECT conversation FROM turns)",
                (_key(owner), _KEPT_EMPTY),
            )
            connection.execute(
                "INSERT INTO conversations (id, owner, title, created_at, updated_at) VALUES (?, ?, '', ?, ?)",
                (id_, _key(owner), now, now),
            )
        return id_

    def conversations(self, owner: str) -> list[Conversation]:
        """List an owner's conversations, the one used last first; those in which nothing was asked are left out."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT c.id, c.title, c.updated_at, count(*) FROM conversations AS c JOIN turns AS t"
                " ON t.conversation = c.number WHERE c.owner = ? GROUP BY c.number"
                " ORDER BY max(t.number) DESC",
                (_key(owner),),
            ).fetchall()
        return [records.to_conversation(row) for row in rows]

    def turns(self, owner: str, conversation_id: str) -> list[Turn]:
        """List what was asked in a conversation, in its order."""
        with self._database.reading() as connection:
            number = _own(connection, owner, conversation_id)
            rows = connection.execute(
                "SELECT t.id, t.question, t.resolved_question, t.response, t.asked_at, f.good FROM turns AS t"
                " LEFT JOIN feedback AS f ON f.turn = t.id WHERE t.conversation = ? ORDER BY t.number",
                (number,),
            ).fetchall()
        return [records.to_turn(row) for row in rows]

    def add_turn(self, owner: str, conversation_id: str, question: str, response: Mapping[str, Any]) -> str:
        """Add a question and its response at a conversation's end; return the turn's id.

        Args:
            question: as it was typed.
            response: as ``qa.schema.response_json`` gives it; with ``explain``, if that is to be shown again.
        """
        id_, now, packed = uuid.uuid4().hex, records.now(), records.pack_response(response)
        resolved = str(response.get("resolved_question") or question)
        reason = records.refusal(response, "reason")
        form = normalise(question).text.strip(" \t\n?？。.!！") or question.strip()
        with self._database.writing() as connection:
            number = _own(connection, owner, conversation_id)
            connection.execute(
                "INSERT INTO turns (id, conversation, question, resolved_question, response, asked_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (id_, number, pack(question), pack(resolved), packed, now),
            )
            connection.execute(
                "INSERT INTO questions (question, form, answered, reason, asked_at) VALUES (?, ?, ?, ?, ?)",
                (pack(question), pack(form), not reason, reason, now),
            )
            connection.execute(
                "UPDATE conversations SET updated_at = ?, title = iif(title = '', ?, title) WHERE number = ?",
                (now, pack(" ".join(question.split())[:TITLE_LENGTH]), number),
            )
        return id_

    def cut(self, owner: str, conversation_id: str, turn_id: str) -> None:
        """Drop a turn and all later ones of its conversation: its question is asked anew in another form."""
        with self._database.writing() as connection:
            number = _own(connection, owner, conversation_id)
            row = connection.execute(
                "SELECT number FROM turns WHERE id = ? AND conversation = ?", (pack(turn_id), number)
            ).fetchone()
            if row is None:
                raise _unknown("这条问答")
            connection.execute("DELETE FROM turns WHERE conversation = ? AND number >= ?", (number, row[0]))

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Give a conversation another title, cut to TITLE_LENGTH characters.

        Raises:
            UsageError: the title is blank.
        """
        words = " ".join(title.split())[:TITLE_LENGTH]
        if not words:
            raise UsageError("对话的名称不能是空的，请输入几个字。")
        with self._database.writing() as connection:
            number = _own(connection, owner, conversation_id)
            connection.execute("UPDATE conversations SET title = ? WHERE number = ?", (pack(words), number))

    def delete(self, owner: str, conversation_id: str) -> None:
        """Delete a conversation with its turns; counts, which name nobody, and feedback given on it stay."""
        with self._database.writing() as connection:
            number = _own(connection, owner, conversation_id)
            connection.execute("DELETE FROM conversations WHERE number = ?", (number,))

    def past_questions(self, owner: str, prefix: str, limit: int = 8) -> list[str]:
        """Find questions that an owner asked before: those that begin with a text, then those that hold it.

        Args:
            prefix: "" finds all.
            limit: at most so many, the latest first; 0 or more.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT t.question FROM turns AS t JOIN conversations AS c ON c.number = t.conversation"
                " WHERE c.owner = ? AND instr(lower(t.question), lower(?))"
                " GROUP BY t.question ORDER BY instr(lower(t.question), lower(?)) > 1, max(t.number) DESC LIMIT ?",
                (_key(owner), pack(prefix), pack(prefix), max(limit, 0)),
            ).fetchall()
        return [unpack(row[0]) for row in rows]

    # Feedback

    def give_feedback(self, owner: str, turn_id: str, good: bool, reason: str = "", right_answer: str = "") -> None:
        """Say what one thinks of an answer; said again, it replaces what was said before.

        Raises:
            UsageError: the reason or the right answer is too long.
        """
        _check_length("原因", reason, MAX_REASON)
        _check_length("正确答案", right_answer, MAX_RIGHT_ANSWER)
        with self._database.writing() as connection:
            question, blob = _own_turn(connection, owner, turn_id)
            response = records.unpack_response(blob)
            generation = int((response.get("index") or {}).get("generation", 0))
            values = (turn_id, question, pack(records.answer_text(response)), blob, generation, bool(good))
            connection.execute(
                "INSERT INTO feedback (turn, question, answer, response, generation, good, reason, right_answer,"
                " given_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (turn) DO UPDATE SET good = excluded.good,"
                " reason = excluded.reason, right_answer = excluded.right_answer, given_at = excluded.given_at",
                (*values, pack(reason.strip()), pack(right_answer.strip()), records.now()),
            )

    def withdraw_feedback(self, owner: str, turn_id: str) -> None:
        """Take back what one said of an answer; no effect where nothing was said."""
        with self._database.writing() as connection:
            _own_turn(connection, owner, turn_id)
            connection.execute("DELETE FROM feedback WHERE turn = ?", (pack(turn_id),))

    def feedback(self, *, good: bool | None = None, limit: int = 100, offset: int = 0) -> list[Feedback]:
        """List feedback, the latest first: all of it, or only the good or the bad."""
        with self._database.reading() as connection:
            return statistics.feedback(connection, good, limit, offset)

    def feedback_count(self, *, good: bool | None = None) -> int:
        """Count feedback: all of it, or only the good or the bad."""
        with self._database.reading() as connection:
            query = "SELECT count(*) FROM feedback WHERE ?1 IS NULL OR good = ?1"
            return int(connection.execute(query, (good,)).fetchone()[0])

    def export_jsonl(self, *, good: bool | None = None) -> Iterator[str]:
        """Give feedback as gold questions, one JSON object with a line end each, the earliest first.

        ``youju eval qa`` reads the file once somebody has looked through it; see review.gold_row().
        """
        for entry in reversed(self.feedback(good=good, limit=-1)):
            yield review.gold_line(entry)

    # Counts

    def unanswered(self, limit: int = 50) -> list[QuestionCount]:
        """List questions whose latest asking had no answer, the most asked first."""
        with self._database.reading() as connection:
            return statistics.unanswered(connection, limit)

    def most_asked(self, limit: int = 50) -> list[QuestionCount]:
        """List questions, the most asked first."""
        with self._database.reading() as connection:
            return statistics.most_asked(connection, limit)

    def per_day(self, days: int = 30) -> list[DayCount]:
        """Count by day, today last; days on which nothing was asked are there with zeros."""
        with self._database.reading() as connection:
            return statistics.per_day(connection, days)


def _key(owner: str) -> str:
    return hashlib.sha256(owner.encode("utf-8", "surrogatepass")).hexdigest()


def _own(connection: sqlite3.Connection, owner: str, conversation_id: str) -> int:
    """Give the number of a conversation that is this owner's."""
    query = "SELECT number FROM conversations WHERE id = ? AND owner = ?"
    row = connection.execute(query, (pack(conversation_id), _key(owner))).fetchone()
    if row is None:
        raise _unknown("这个对话")
    return int(row[0])


def _own_turn(connection: sqlite3.Connection, owner: str, turn_id: str) -> tuple[Any, bytes]:
    """Give question and response of a turn that is this owner's."""
    query = (
        "SELECT t.question, t.response FROM turns AS t JOIN conversations AS c ON c.number = t.conversation"
        " WHERE t.id = ? AND c.owner = ?"
    )
    row = connection.execute(query, (pack(turn_id), _key(owner))).fetchone()
    if row is None:
        raise _unknown("这条问答")
    return row[0], row[1]


def _unknown(what: str) -> NotFoundError:
    return NotFoundError(f"找不到{what}，它可能已经删除，请刷新页面。")


def _check_length(what: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise UsageError(f"{what}不能超过 {limit} 个字，请缩短后再提交。")
