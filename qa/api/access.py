"""Who may administer: one password, sessions in this process's memory, a cookie that scripts cannot read."""

import base64
import binascii
import hmac
import ipaddress
import logging
import os
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from qa.config import Settings
from qa.errors import AccessError, os_reason

COOKIE = "youju_admin"
PASSWORD_FILE = "admin-password.txt"
"""In the data folder, readable for its owner only; made where the settings give no password."""
SESSION_SECONDS = 12 * 3600
MAX_FAILURES, FAILURE_SECONDS = 5, 60.0
"""After so many wrong passwords within so many seconds, whoever gave them has to wait."""
MAX_CLIENTS = 1000
"""So many who gave wrong passwords are remembered, the latest."""
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what looks alike: i, l, o, 0, 1."""
logger = logging.getLogger(__name__)


class Access:
    """Checks the administrator's password and remembers who is signed in; safe to use from any thread."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._given = settings.admin_password
        self._file = settings.data_dir / PASSWORD_FILE
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: dict[str, float] = {}
        self._failures: dict[str, list[float]] = {}
        """When each client gave a wrong password; whoever did so last stands last."""

    def password(self) -> str:
        """Give the password: that of the settings, else the one in the data folder, made where there is none.

        Raises:
            AccessError: the file cannot be read or written.
        """
        if self._given is not None:
            return self._given.get_secret_value()
        try:
            return self._read() or self._make()
        except OSError as error:
            raise AccessError(
                f"管理员密码读写不了（{self._file}，{os_reason(error)}）：请检查权限，或用设置 admin_password 给一个。"
            ) from error

    def sign_in(self, password: str, address: str) -> str:
        """Begin a session and return what its cookie holds.

        Args:
            address: of the client; only its own wrong passwords make it wait.

        Raises:
            AccessError: the password is wrong, or was wrong too often.
        """
        self._check(password, address)
        token = secrets.token_urlsafe(32)
        with self._lock:
            now = self._clock()
            self._sessions = {key: end for key, end in self._sessions.items() if end > now}
            self._sessions[token] = now + SESSION_SECONDS
        return token

    def sign_out(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(token, None)

    def is_signed_in(self, cookies: Mapping[str, str]) -> bool:
        """Tell whether a request with these cookies is the administrator's."""
        with self._lock:
            return self._sessions.get(cookies.get(COOKIE, ""), 0.0) > self._clock()

    def allows(self, cookies: Mapping[str, str], authorization: str, address: str) -> bool:
        """Tell whether a request is the administrator's, by its cookie or by HTTP Basic with any name.

        Raises:
            AccessError: the password in the header is wrong, or was wrong too often from this address.
        """
        if self.is_signed_in(cookies):
            return True
        scheme, _, value = authorization.partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            _, parted, password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        if not parted:
            return False
        self._check(password, address)
        return True

    def _check(self, password: str, address: str) -> None:
        right, client = self.password(), client_of(address)
        with self._lock:
            now = self._clock()
            recent = [moment for moment in self._failures.get(client, ()) if now - moment < FAILURE_SECONDS]
            if len(recent) >= MAX_FAILURES:
                raise AccessError("密码错得太多，请过一分钟再试。")
            if hmac.compare_digest(password.encode("utf-8", "replace"), right.encode("utf-8")):
                return
            self._failures.pop(client, None)
            self._failures[client] = [*recent, now]
            if len(self._failures) > MAX_CLIENTS:
                del self._failures[next(iter(self._failures))]
        where = "设置 admin_password 里的那个" if self._given is not None else f"它在数据文件夹的 {PASSWORD_FILE} 里"
        raise AccessError(f"密码不对，请核对后再输入（{where}）。")

    def _read(self) -> str:
        try:
            return self._file.read_text("utf-8").strip()
        except FileNotFoundError:
            return ""

    def _make(self) -> str:
        """Write a new password; of two processes that do so at once, both take the one that came first.

        It takes its place only when it is written: one cut short would let nobody in ever after.
        """
        groups = ("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))
        password = "-".join(groups)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._file.parent, prefix=f".{PASSWORD_FILE}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(password + "\n")
            if other := self._put_in_place(name):
                return other
        finally:
            Path(name).unlink(missing_ok=True)
        logger.warning("管理员密码已生成，存在 %s（只有运行服务的用户能读），管理页面在 /admin。", _shown(self._file))
        return password

    def _put_in_place(self, name: str) -> str:
        """Make a written file the password's; return the password of another process that came first, else ""."""
        try:
            os.link(name, self._file)
        except OSError:  # one is there already, perhaps empty, or the file system has no links
            if other := self._read():
                return other
            os.replace(name, self._file)
        return ""


def client_of(address: str) -> str:
    """Return whom an address is counted for: with IPv6 its /64 network, all of which one client has at hand."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return address
    mapped = parsed.ipv4_mapped  # how an IPv4 client looks to a server that listens on ::
    return str(mapped or ipaddress.ip_network((parsed, 64), strict=False))


def address_of(request: Request) -> str:
    """Return a client's address; behind a reverse proxy on this machine the one that the proxy tells."""
    return request.client.host if request.client is not None else ""


def _shown(path: Path) -> str:
    return str(path.absolute())


def access_of(request: Request) -> Access:
    """Return the app's access."""
    access = request.app.state.access
    assert isinstance(access, Access)
    return access


def administrator(request: Request) -> None:
    """Let only the administrator pass.

    Raises:
        AccessError: the request is not signed in.
    """
    authorization = request.headers.get("authorization", "")
    if not access_of(request).allows(request.cookies, authorization, address_of(request)):
        raise AccessError("请先登录：在浏览器里打开 /admin，或用 HTTP Basic 带上管理员密码。")


Administrator = Depends(administrator)
AccessOf = Annotated[Access, Depends(access_of)]
