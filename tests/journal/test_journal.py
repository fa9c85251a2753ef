"""The journal over a real file: nobody sees another's conversations, nothing is lost, nothing half-written."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import JournalError, NotFoundError, StoreError, UsageError
from qa.journal import Journal
from qa.journal.database import FILE_NAME
from qa.journal.journal import MAX_REASON, TITLE_LENGTH
from tests.journal.makers import answered, refused

ANNE, BEN = "anne's cookie", "ben's cookie"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.open(tmp_path / "new" / "folder") as journal:
        yield journal


def ask(journal: Journal, owner: str, *questions: str) -> tuple[str, list[str]]:
    """Begin a conversation and ask in it."""
    conversation = journal.new_conversation(owner)
    return conversation, [journal.add_turn(owner, conversation, text, answered(text)) for text in questions]


def test_a_conversation_comes_back_as_it_was(journal: Journal) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    conversation, (first, second) = ask(journal, ANNE, "助学金多少？", "那2015年呢？")
    turns = journal.turns(ANNE, conversation)
    assert [(turn.id, turn.question, turn.vote) for turn in turns] == [
        (first, "助学金多少？", None),
        (second, "那2015年呢？", None),
    ]
    assert turns[0].response == answered("助学金多少？")
    assert turns[0].resolved_question == answered("助学金多少？")["resolved_question"]
    assert before < turns[0].asked_at <= turns[1].asked_at <= datetime.now(UTC)
    (listed,) = journal.conversations(ANNE)
    assert (listed.id, listed.title, listed.turns) == (conversation, "助学金多少？", 2)


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    with Journal.open(tmp_path) as journal:
        conversation, (turn,) = ask(journal, ANNE, "助学金多少？")
        journal.give_feedback(ANNE, turn, True)
    with Journal.open(tmp_path) as journal:
        assert [item.vote for item in journal.turns(ANNE, conversation)] == [True]
        assert [item.id for item in journal.conversations(ANNE)] == [conversation]


def test_conversations_are_listed_the_latest_first_and_without_empty_ones(journal: Journal) -> None:
    first, _ = ask(journal, ANNE, "一？")
    second, _ = ask(journal, ANNE, "二？")
    journal.new_conversation(ANNE)
    journal.add_turn(ANNE, first, "三？", refused())
    assert [item.id for item in journal.conversations(ANNE)] == [first, second]
    assert journal.conversations("nobody") == []


def _uses(journal: Journal, conversation: str, turn: str) -> list[Callable[[str], object]]:
    return [
        lambda owner: journal.turns(owner, conversation),
        lambda owner: journal.add_turn(owner, conversation, "问？", answered()),
        lambda owner: journal.cut(owner, conversation, turn),
        lambda owner: journal.rename(owner, conversation, "新名"),
        lambda owner: journal.delete(owner, conversation),
        lambda owner: journal.give_feedback(owner, turn, True),
        lambda owner: journal.withdraw_feedback(owner, turn),
    ]


def test_what_is_somebody_elses_looks_like_what_is_not_there(journal: Journal) -> None:
    conversation, (turn,) = ask(journal, ANNE, "助学金多少？")
    foreign = _uses(journal, conversation, turn)
    unknown = _uses(journal, "0" * 32, "1" * 32)
    for use, absent in zip(foreign, unknown, strict=True):
        with pytest.raises(NotFoundError) as of_another:
            use(BEN)
        with pytest.raises(NotFoundError) as of_nobody:
            absent(BEN)
        assert str(of_another.value) == str(of_nobody.value)
    assert journal.conversations(BEN) == [] and journal.past_questions(BEN, "") == []
    assert [item.vote for item in journal.turns(ANNE, conversation)] == [None]


def test_owners_are_not_stored_as_they_are(journal: Journal, tmp_path: Path) -> None:
    ask(journal, ANNE, "助学金多少？")
    journal.close()
    content = b"".join(path.read_bytes() for path in (tmp_path / "new" / "folder").iterdir())
    assert ANNE.encode() not in content


def test_cutting_drops_a_turn_and_the_later_ones(journal: Journal) -> None:
    conversation, turns = ask(journal, ANNE, "一？", "二？", "三？")
    other, (kept,) = ask(journal, ANNE, "别处？")
    journal.cut(ANNE, conversation, turns[1])
    assert [turn.question for turn in journal.turns(ANNE, conversation)] == ["一？"]
    assert [turn.id for turn in journal.turns(ANNE, other)] == [kept]
    with pytest.raises(NotFoundError):
        journal.cut(ANNE, conversation, kept)


def test_renaming_and_deleting(journal: Journal) -> None:
    conversation, _ = ask(journal, ANNE, "  助学金 \n 多少？" + "很长" * 100)
    assert journal.conversations(ANNE)[0].title == ("助学金 多少？" + "很长" * 100)[:TITLE_LENGTH]
    journal.rename(ANNE, conversation, " 助学 ")
    journal.add_turn(ANNE, conversation, "还有？", answered())
    assert journal.conversations(ANNE)[0].title == "助学"
    with pytest.raises(UsageError, match="不能是空的"):
        journal.rename(ANNE, conversation, " \n")
    journal.delete(ANNE, conversation)
    assert journal.conversations(ANNE) == []
    with pytest.raises(NotFoundError):
        journal.turns(ANNE, conversation)


def test_past_questions_that_begin_with_the_text_come_first(journal: Journal) -> None:
    ask(journal, ANNE, "长治助学金多少？", "助学金多少？", "助学几人？", "助学金多少？", "100%_A的")
    ask(journal, BEN, "助学谁管？")
    assert journal.past_questions(ANNE, "助学") == ["助学金多少？", "助学几人？", "长治助学金多少？"]
    assert journal.past_questions(ANNE, "助学", 1) == ["助学金多少？"]
    assert journal.past_questions(ANNE, "%") == ["100%_A的"]
    assert journal.past_questions(ANNE, "_a") == ["100%_A的"]
    assert journal.past_questions(ANNE, "") == ["100%_A的", "助学金多少？", "助学几人？", "长治助学金多少？"]


def test_feedback_replaces_feedback_and_outlives_the_conversation(journal: Journal) -> None:
    conversation, (turn,) = ask(journal, ANNE, "助学金多少？")
    journal.give_feedback(ANNE, turn, True)
    journal.give_feedback(ANNE, turn, False, " 年份不对 ", "400万元")
    assert [item.vote for item in journal.turns(ANNE, conversation)] == [False]
    journal.delete(ANNE, conversation)
    (entry,) = journal.feedback()
    assert (entry.question, entry.answer, entry.generation) == ("助学金多少？", "396.6万元", 7)
    assert (entry.good, entry.reason, entry.right_answer) == (False, "年份不对", "400万元")
    assert entry.response == answered("助学金多少？")
    assert journal.feedback(good=True) == []


def test_feedback_can_be_taken_back(journal: Journal) -> None:
    conversation, (turn,) = ask(journal, ANNE, "助学金多少？")
    journal.give_feedback(ANNE, turn, True)
    journal.withdraw_feedback(ANNE, turn)
    journal.withdraw_feedback(ANNE, turn)
    assert journal.feedback() == [] and journal.turns(ANNE, conversation)[0].vote is None


def test_feedback_has_a_greatest_length(journal: Journal) -> None:
    _, (turn,) = ask(journal, ANNE, "助学金多少？")
    journal.give_feedback(ANNE, turn, False, "字" * MAX_REASON)
    with pytest.raises(UsageError, match=f"{MAX_REASON} 个字"):
        journal.give_feedback(ANNE, turn, False, "字" * (MAX_REASON + 1))


def test_counts_by_question(journal: Journal) -> None:
    conversation, _ = ask(journal, ANNE, "助学金多少？", "助学金多少", "助學金多少？")
    journal.add_turn(ANNE, conversation, "食堂几点开门", refused())
    journal.add_turn(BEN, journal.new_conversation(BEN), "食堂几点开门？", refused())
    journal.delete(ANNE, conversation)  # counts outlive conversations
    most = [(item.question, item.count, item.answered) for item in journal.most_asked()]
    assert most == [("助學金多少？", 3, 3), ("食堂几点开门？", 2, 0)]
    (unanswered,) = journal.unanswered()
    assert (unanswered.question, unanswered.count, unanswered.reason) == ("食堂几点开门？", 2, "no_match")
    assert len(journal.most_asked(1)) == 1


def test_a_question_answered_by_now_is_not_unanswered(journal: Journal) -> None:
    conversation = journal.new_conversation(ANNE)
    journal.add_turn(ANNE, conversation, "助学金？", refused())
    journal.add_turn(ANNE, conversation, "助学金", answered())
    assert journal.unanswered() == []
    assert [(item.count, item.answered) for item in journal.most_asked()] == [(2, 1)]


def test_counts_by_day_have_no_gaps(journal: Journal) -> None:
    conversation, (turn, _) = ask(journal, ANNE, "一？", "二？")
    journal.add_turn(ANNE, conversation, "三？", refused())
    journal.give_feedback(ANNE, turn, True)
    days = journal.per_day(7)
    today = datetime.now().astimezone().date()
    assert [day.day for day in days] == [today - timedelta(days=back) for back in range(6, -1, -1)]
    last = days[-1]
    assert (last.asked, last.answered, last.good, last.bad) == (3, 2, 1, 0)
    assert all(day.asked == 0 for day in days[:-1])


def test_many_threads_write_and_read_at_once(journal: Journal) -> None:
    failures: list[BaseException] = []

    def live(owner: str) -> None:
        try:
            conversation = journal.new_conversation(owner)
            for number in range(15):
                turn = journal.add_turn(owner, conversation, f"{owner} 第{number}问", answered())
                journal.give_feedback(owner, turn, number % 2 == 0)
                assert [item.question for item in journal.turns(owner, conversation)][-1] == f"{owner} 第{number}问"
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=live, args=(f"owner {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(journal.feedback(limit=1000)) == 120
    assert sum(day.asked for day in journal.per_day(2)) == 120


@given(st.text(alphabet=st.characters(), max_size=30), st.text(alphabet=st.characters(), max_size=30))
def test_any_text_comes_back(text: str, other: str) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder, Journal.open(Path(folder)) as journal:
        conversation = journal.new_conversation(text)
        turn = journal.add_turn(text, conversation, other, answered(other))
        journal.give_feedback(text, turn, False, text, other)
        assert [item.question for item in journal.turns(text, conversation)] == [other]
        assert journal.turns(text, conversation)[0].response["question"] == other
        assert other in journal.past_questions(text, "")
        assert journal.feedback()[0].reason == text.strip()
        assert len(list(journal.export_jsonl())) == 1
        with pytest.raises(NotFoundError):
            journal.turns(text + "x", conversation)
        with pytest.raises(NotFoundError):
            journal.turns(text, other)


def test_a_damaged_file_is_put_aside_and_kept(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"not a database at all" * 200)
    with Journal.open(tmp_path) as journal:
        ask(journal, ANNE, "助学金多少？")
        assert len(journal.conversations(ANNE)) == 1
    (kept,) = tmp_path.glob(f"{FILE_NAME}.damaged-*")
    assert kept.read_bytes().startswith(b"not a database")
    assert "改名存为" in caplog.text


def test_files_that_are_not_ours_are_refused_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE_NAME) as connection:
        connection.execute("CREATE TABLE other (x)")
    connection.close()
    with pytest.raises(JournalError, match="不是有据的对话记录"):
        Journal.open(tmp_path).conversations(ANNE)
    with Journal.open(tmp_path / "later") as journal:
        journal.conversations(ANNE)
    with sqlite3.connect(tmp_path / "later" / FILE_NAME) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(JournalError, match="格式 99"):
        Journal.open(tmp_path / "later").conversations(ANNE)


def test_errors_are_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StoreError, match="文件夹"):
        Journal.open(tmp_path / "file").new_conversation(ANNE)


def test_nothing_is_made_before_the_first_use_and_closing_is_not_the_end(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path / "folder")
    assert not (tmp_path / "folder").exists()
    conversation, _ = ask(journal, ANNE, "一？")
    journal.close()
    assert len(journal.turns(ANNE, conversation)) == 1
    journal.close()
    journal.close()


def test_an_error_in_the_middle_leaves_nothing_half_written(journal: Journal) -> None:
    conversation, _ = ask(journal, ANNE, "一？")
    before = journal.per_day(1)
    with pytest.raises(NotFoundError):
        journal.add_turn(BEN, conversation, "二？", answered())
    assert journal.per_day(1) == before and len(journal.turns(ANNE, conversation)) == 1
