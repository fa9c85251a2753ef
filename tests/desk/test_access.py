"""One password, kept for its owner's eyes; sessions that end; no guessing by the thousand."""

import base64
import stat
import threading
from pathlib import Path

import pytest
from pydantic import SecretStr

from qa.api.access import COOKIE, FAILURE_SECONDS, MAX_FAILURES, PASSWORD_FILE, SESSION_SECONDS, Access
from qa.config import Settings
from qa.errors import AccessError

PASSWORD = "a long password"


class Clock:
    """Stands still until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def access(tmp_path: Path, clock: Clock) -> Access:
    return Access(Settings(data_dir=tmp_path, admin_password=SecretStr(PASSWORD)), clock)


def basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"admin:{password}".encode()).decode()


def test_a_session_begins_and_ends(access: Access, clock: Clock) -> None:
    token = access.sign_in(PASSWORD)
    assert access.is_signed_in({COOKIE: token})
    assert not access.is_signed_in({}) and not access.is_signed_in({COOKIE: token + "x"})
    access.sign_out(token)
    assert not access.is_signed_in({COOKIE: token})
    token = access.sign_in(PASSWORD)
    clock.now += SESSION_SECONDS + 1
    assert not access.is_signed_in({COOKIE: token})


def test_wrong_passwords_are_refused_and_after_some_nobody_may_try(access: Access, clock: Clock) -> None:
    for _ in range(MAX_FAILURES):
        with pytest.raises(AccessError, match="密码不对"):
            access.sign_in("wrong")
    with pytest.raises(AccessError, match="过一分钟"):
        access.sign_in(PASSWORD)
    clock.now += FAILURE_SECONDS + 1
    assert access.sign_in(PASSWORD)


def test_http_basic_is_for_scripts(access: Access) -> None:
    assert access.allows({}, basic(PASSWORD))
    with pytest.raises(AccessError):
        access.allows({}, basic("wrong"))
    for header in ("", "Bearer x", "Basic", "Basic !!!", "Basic " + base64.b64encode(b"\xff:\xff").decode()):
        assert not access.allows({}, header)


def test_a_password_is_made_once_for_the_owners_eyes(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    password = Access(settings).password()
    path = tmp_path / "data" / PASSWORD_FILE
    assert path.read_text("utf-8").strip() == password and len(password.replace("-", "")) == 16
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert str(path) in caplog.text and password not in caplog.text
    assert Access(settings).password() == password
    assert Access(settings).sign_in(password)


def test_two_at_once_make_one_password(tmp_path: Path) -> None:
    settings, made = Settings(data_dir=tmp_path), list[str]()
    threads = [threading.Thread(target=lambda: made.append(Access(settings).password())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8 and Access(settings).password() in made
    assert (tmp_path / PASSWORD_FILE).read_text("utf-8").strip() == Access(settings).password()


def test_a_folder_that_cannot_be_used_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(AccessError, match="admin_password"):
        Access(Settings(data_dir=tmp_path / "file")).password()


def test_the_password_is_shown_nowhere() -> None:
    settings = Settings(admin_password=SecretStr(PASSWORD))
    assert PASSWORD not in f"{settings!r} {settings} {settings.model_dump_json()}"
