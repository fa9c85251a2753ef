"""The administrator's pages without a browser: every word escaped, in both languages, empty states included."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import anyio
import pytest

from qa.config import Settings
from qa.journal import DayCount, Feedback, Journal, QuestionCount
from qa.library.health import KINDS, Finding, Health
from qa.library.library import Library
from qa.library.types import ArticlePreview, AsidePreview, Job, JobState, Preview, Staged
from qa.store.contents import StoredDocument
from qa.store.store import Store
from qa.types import Span
from tests.journal.makers import refused
from tests.store.parts import by_lines, document, put
from ui.admin_desk import Desk
from ui.admin_presenter import (
    FEEDBACK_ROWS,
    DocumentView,
    ListState,
    StagedView,
    job_name,
    last_over,
    matching,
    present_documents,
    present_feedback,
    present_health,
    present_jobs,
    present_sections,
    present_sign_in,
    present_staged,
    present_statistics,
    present_upload,
    size,
)
from ui.desk import words_of
from ui.messages import LANGUAGES, Messages

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
NOW = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
PREVIEW = Preview(
    file=EVIL,
    title=EVIL,
    encoding="utf-8",
    size=2048,
    characters=12345,
    sha256="0",
    warnings=(EVIL,),
    opening=EVIL,
    articles=(ArticlePreview(EVIL, EVIL, (EVIL,), ("2014",), ((1, EVIL), (2, EVIL)), 3, True),),
    passages=3,
    aside=(AsidePreview("reprint", EVIL, EVIL), AsidePreview("unheard-of", "", "")),
    aside_total=2,
)
DOCUMENT = StoredDocument("d", EVIL, EVIL, EVIL, "utf-8", "0", 100, 1, 3, 2, (EVIL,), "2026-01-02T03:04:05+00:00", "r")
JOB = Job(3, "add", (EVIL, "b"), NOW, JobState.FAILED, 0.5, 12.0, EVIL)
FEEDBACK = Feedback(1, EVIL, EVIL, {}, 7, False, EVIL, EVIL, NOW)
COUNT = QuestionCount(EVIL, 3, 1, "no_match", NOW)
DAYS = [DayCount(date(2026, 1, day), day, day - 1, 1, 0) for day in (1, 2, 3)]


def everything(words: Messages) -> str:
    health = Health(1, 2)
    for kind in KINDS:
        for _ in range(40):
            health.add(Finding(kind, "d", EVIL, EVIL, EVIL, Span(0, 3)))
    staged = [
        StagedView(Staged("0", EVIL, Path("x"), 1), PREVIEW, notes=[EVIL]),
        StagedView(Staged("1", EVIL, Path("x"), 1)),
    ]
    staged.append(StagedView(Staged("2", EVIL, Path("x"), 1), problem=EVIL))
    running = replace(JOB, number=4, state=JobState.RUNNING)
    jobs = [running, JOB, *(replace(JOB, kind=kind) for kind in ("remove", "update", "rebuild"))]
    state = ListState(EVIL, 1, "d")
    return "".join(
        (
            present_sign_in(EVIL, words),
            present_sections(words),
            present_upload(50 * 2**20, words),
            present_staged(staged, words),
            present_jobs(jobs, words),
            present_documents([DOCUMENT], state, [DocumentView(DOCUMENT, True, PREVIEW)], 1, jobs, words),
            present_documents([DOCUMENT], state, [DocumentView(DOCUMENT, False)], 2, jobs, words),
            present_documents([DOCUMENT], state, [], 1, [], words),
            present_documents([], ListState(), [], 1, [], words),
            present_statistics(DAYS, [COUNT], [COUNT], words),
            present_statistics([DayCount(date(2026, 1, 1), 0, 0, 0, 0)], [], [], words),
            present_feedback([FEEDBACK, replace(FEEDBACK, good=True, reason="", right_answer="")], "bad", 2, 90, words),
            present_feedback([], "all", 1, 0, words),
            present_health(health, words),
            present_health(Health(), words),
            present_health(None, words),
        )
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_escaped_in_every_state(language: str) -> None:
    html = everything(words_of("en" if language == "en" else "zh"))
    assert "<script" not in html and "<img" not in html and "alert(1)" in html


def test_the_catalogues_say_the_same_things() -> None:
    assert set(words_of("zh").texts) == set(words_of("en").texts)
    chinese = {key for key, text in words_of("en").texts.items() if any("\u4e00" <= char <= "\u9fff" for char in text)}
    assert chinese <= {"other_language", "filter_what_hint"}


def test_what_is_shown_of_a_job() -> None:
    words = words_of("zh")
    running = replace(JOB, state=JobState.RUNNING, message="")
    html = present_jobs([running], words)
    assert 'value="50"' in html and "还要约 12 秒" in html and "data-busy" in html and 'data-last="0"' in html
    html = present_jobs([replace(JOB, state=JobState.DONE, message="新收录 1 份")], words)
    assert "新收录 1 份" in html and "data-busy" not in html and 'data-last="3"' in html
    assert job_name(replace(JOB, names=("a.txt", "b.txt")), words) == "收录 a.txt 等 2 个文件"
    assert job_name(replace(JOB, kind="update", names=()), words) == "更新索引"
    assert last_over([running]) == 0 and last_over([JOB, replace(JOB, number=1)]) == 3


def test_only_what_was_read_can_be_taken_in() -> None:
    words = words_of("zh")
    assert present_staged([], words).strip() == ""
    unread = StagedView(Staged("0", "a.txt", Path("x"), 1))
    assert 'data-desk="accept"' not in present_staged([unread], words)
    assert 'data-desk="accept"' not in present_staged([replace(unread, problem="坏")], words)
    ready = replace(unread, preview=PREVIEW)
    assert 'data-desk="accept"' in present_staged([ready], words)
    assert 'data-desk="accept-all"' not in present_staged([ready, unread], words)
    assert 'data-desk="accept-all"' in present_staged([ready, ready], words)


def test_removing_says_what_becomes_of_the_file() -> None:
    words = words_of("zh")
    document = replace(DOCUMENT, file="通报.txt", source="/文件/通报.txt")
    uploaded = present_documents([document], ListState(), [DocumentView(document, True)], 1, [], words)
    assert words.text("remove_uploaded") in uploaded
    kept = present_documents([document], ListState(), [DocumentView(document, False)], 1, [], words)
    assert "文件本身在 /文件/通报.txt，不会删除" in kept


def test_documents_are_found_by_file_and_title() -> None:
    documents = [replace(DOCUMENT, file="A通报.TXT", title="x"), replace(DOCUMENT, file="b", title="年度总结")]
    assert matching(documents, "a通报") == documents[:1]
    assert matching(documents, " 总结 ") == documents[1:]
    assert matching(documents, "") == documents and matching(documents, "没有") == []


@pytest.mark.parametrize("given", [{}, {"page": "0"}, {"page": "-1"}, {"page": "9" * 30}, {"page": None, "text": None}])
def test_list_states_that_make_no_sense(given: dict[str, object]) -> None:
    assert ListState.read(given) == ListState()


@pytest.mark.parametrize(("count", "text"), [(0, "0 B"), (1023, "1023 B"), (2048, "2 KB"), (5 * 2**20, "5.0 MB")])
def test_sizes(count: int, text: str) -> None:
    assert size(count) == text


def told(desk: Desk, **wish: str) -> str:
    """Tell the desk a wish and return what it answers."""

    async def answers() -> list[str]:
        return [html async for parts in desk.answer(wish, words_of("zh")) for html in parts.values()]

    return "".join(anyio.run(answers))


def test_the_pages_of_feedback_are_those_of_the_votes_chosen(tmp_path: Path) -> None:
    with Journal.open(tmp_path) as journal:
        conversation = journal.new_conversation("owner")
        for number in range(2 * FEEDBACK_ROWS + 1):
            turn = journal.add_turn("owner", conversation, f"问题{number}", refused())
            journal.give_feedback("owner", turn, number > FEEDBACK_ROWS)
        desk = Desk(Library(Settings(data_dir=tmp_path)), journal)
        first = told(desk, wish="feedback", votes="bad")
        assert 'data-page="2" data-votes="bad">' in first and words_of("zh").text("page_of", page=1, pages=2) in first
        for page in ("2", "3"):
            last = told(desk, wish="feedback", votes="bad", page=page)
            assert last.count('class="card vote bad"') == 1 and "card vote good" not in last
            assert 'data-page="1" data-votes="bad">' in last


def test_a_page_of_the_documents_that_is_gone_shows_the_last_one(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        put(store, by_lines(document("题\n一 行")))
    with Journal.open(tmp_path) as journal:
        desk = Desk(Library(Settings(data_dir=tmp_path)), journal)
        shown = told(desk, wish="list", page="2")
        assert 'data-page="1"' in shown and '<span class="file">a.txt</span>' in shown
        assert 'data-page="1"' in told(desk, wish="list", page="2", text="没有这样的")
