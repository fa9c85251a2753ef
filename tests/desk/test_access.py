"""One password, kept for its owner's eyes; sessions that end; no guessing by the thousand."""

import base64
import resource
import stat
import threading
from pathlib import Path

import pytest
from pydantic import SecretStr

from qa.api.access import (
    COOKIE,
    FAILURE_SECONDS,
    MAX_CLIENTS,
    MAX_FAILURES,
    PASSWORD_FILE,
    SESSION_SECONDS,
    Access,
    client_of,
)
from qa.config import Settings
from qa.errors import AccessError

PASSWORD = "a long password"
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


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
    token = access.sign_in(PASSWORD, HERE)
    assert access.is_signed_in({COOKIE: token})
    assert not access.is_signed_in({}) and not access.is_signed_in({COOKIE: token + "x"})
    access.sign_out(token)
    assert not access.is_signed_in({COOKIE: token})
    token = access.sign_in(PASSWORD, HERE)
    clock.now += SESSION_SECONDS + 1
    assert not access.is_signed_in({COOKIE: token})


def test_wrong_passwords_are_refused_and_after_some_one_has_to_wait(access: Access, clock: Clock) -> None:
    for _ in range(MAX_FAILURES):
        with pytest.raises(AccessError, match="密码不对"):
            access.sign_in("wrong", HERE)
    with pytest.raises(AccessError, match="过一分钟"):
        access.sign_in(PASSWORD, HERE)
    clock.now += FAILURE_SECONDS + 1
    assert access.sign_in(PASSWORD, HERE)


def test_who_guesses_keeps_nobody_else_out(access: Access) -> None:
    for _ in range(MAX_FAILURES):
        with pytest.raises(AccessError):
            access.sign_in("wrong", ELSEWHERE)
    assert access.sign_in(PASSWORD, HERE) and access.allows({}, basic(PASSWORD), HERE)
    with pytest.raises(AccessError, match="过一分钟"):
        access.allows({}, basic(PASSWORD), ELSEWHERE)


def test_of_those_who_guess_only_the_latest_are_remembered(access: Access) -> None:
    for number in range(MAX_CLIENTS + 1):
        for _ in range(MAX_FAILURES):
            with pytest.raises(AccessError):
                access.sign_in("wrong", f"10.0.{number >> 8}.{number & 255}")
    assert access.sign_in(PASSWORD, "10.0.0.0")
    with pytest.raises(AccessError, match="过一分钟"):
        access.sign_in(PASSWORD, "10.0.0.1")


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:0:0:1", "2001:db8::/64"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_an_ipv6_network_counts_as_one_client(address: str, client: str) -> None:
    assert client_of(address) == client


def test_http_basic_is_for_scripts(access: Access) -> None:
    assert access.allows({}, basic(PASSWORD), HERE)
    with pytest.raises(AccessError):
        access.allows({}, basic("wrong"), HERE)
    for header in ("", "Bearer x", "Basic", "Basic !!!", "Basic " + base64.b64encode(b"\xff:\xff").decode()):
        assert not access.allows({}, header, HERE)


def test_a_password_is_made_once_for_the_owners_eyes(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    password = Access(settings).password()
    path = tmp_path / "data" / PASSWORD_FILE
    assert path.read_text("utf-8").strip() == password and len(password.replace("-", "")) == 16
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert str(path) in caplog.text and password not in caplog.text
    assert Access(settings).password() == password
    assert Access(settings).sign_in(password, HERE)


def test_two_at_once_make_one_password(tmp_path: Path) -> None:
    settings, made = Settings(data_dir=tmp_path), list[str]()
    threads = [threading.Thread(target=lambda: made.append(Access(settings).password())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 8 and Access(settings).password() in made
    assert (tmp_path / PASSWORD_FILE).read_text("utf-8").strip() == Access(settings).password()


def test_an_empty_file_is_none(tmp_path: Path) -> None:
    (tmp_path / PASSWORD_FILE).touch(0o644)
    settings = Settings(data_dir=tmp_path)
    password = Access(settings).password()
    path = tmp_path / PASSWORD_FILE
    assert path.read_text("utf-8").strip() == password and stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Access(settings).sign_in(password, HERE)


def test_a_password_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4, limits[1]))  # as on a full disk
    try:
        with pytest.raises(AccessError, match="admin_password"):
            Access(Settings(data_dir=tmp_path)).password()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(tmp_path.iterdir()) == []
    assert Access(Settings(data_dir=tmp_path)).password()


def test_a_folder_that_cannot_be_used_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(AccessError, match="admin_password"):
        Access(Settings(data_dir=tmp_path / "file")).password()


def test_the_password_is_shown_nowhere() -> None:
    settings = Settings(admin_password=SecretStr(PASSWORD))
    assert PASSWORD not in f"{settings!r} {settings} {settings.model_dump_json()}"
