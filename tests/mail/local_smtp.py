"""A real mail server (aiosmtpd) on this machine: with TLS by a certificate of its own and a login where the test wants them, and a
fault at any of its answers."""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from pydantic import SecretStr

from bot.domain.mail import Mailbox
from bot.integrations.smtp_mailer import SmtpAccess
from bot.mail_settings import Security

USER, PASSWORD = "bot", "a-password"
# It warns of what it does itself.
logging.getLogger("mail.log").setLevel(logging.ERROR)
# Made once: servers of several threads are trusted alike.
_AUTHORITY = trustme.CA()
SENDER = Mailbox("postmortems@acme.example", "Post-mortems")


class Way(Enum):
    """What becomes of one answer."""

    REFUSED_FOR_NOW = b"451 4.3.0 Come again"
    REFUSED = b"554 5.7.1 Never"
    CLOSING = b"421 4.3.2 Shutting down"
    HANG = b"hang"
    CUT = b"cut"
    NONSENSE = b"?!"
    HANG_BEFORE = b"hang before it is taken"


@dataclass
class LocalSmtp:
    """`at` holds the faults by the number of the answer, the greeting is 1; `answers` are the last lines of those it gave, and `box`
    is what it took. `refuses` are answers to RCPT by address. `watch` is called before each answer leaves. `dripping` ones never
    end."""

    at: dict[int, Way] = field(default_factory=dict)
    refuses: dict[str, str] = field(default_factory=dict)
    security: Security = Security.STARTTLS
    login: bool = True
    utf8: bool = True
    dripping: bool = False
    watch: Callable[[int], None] = lambda number: None
    answers: list[bytes] = field(default_factory=list)
    box: list[Envelope] = field(default_factory=list)
    port: int = 0
    open: list[asyncio.Transport] = field(default_factory=list)

    @property
    def mails(self) -> list[EmailMessage]:
        """What it took, parsed."""
        return [parsed(each.original_content or b"") for each in self.box]

    def authority(self, folder: Path) -> Path:
        """A file with the certificate that makes its own trusted."""
        path = folder / "authority.pem"
        _AUTHORITY.cert_pem.write_to_path(str(path))
        return path

    def access(self, **values: Any) -> SmtpAccess:
        """How a bot reaches it."""
        given: dict[str, Any] = {"security": self.security, "timeout": 2.0, "trust": _trusting()}
        if self.login:
            given |= {"user": USER, "password": SecretStr(PASSWORD)}
        return SmtpAccess(**{"host": "localhost", "port": self.port, "sender": SENDER, **given, **values})

    # What aiosmtpd calls.

    async def handle_RCPT(self, _s: Any, _x: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if said := self.refuses.get(address):
            return said
        way = self.at.get(len(self.answers) + 1)
        if way in (Way.REFUSED, Way.REFUSED_FOR_NOW):
            return way.value.decode()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _s: Any, _x: Session, envelope: Envelope) -> str:
        way = self.at.get(len(self.answers) + 1)
        if way in (Way.REFUSED, Way.REFUSED_FOR_NOW, Way.CLOSING):
            return way.value.decode()
        if way is Way.HANG_BEFORE:
            self.answers.append(b"")
            await asyncio.sleep(3600)
        self.box.append(envelope)
        return "250 OK"


class _Server(SMTP):
    """aiosmtpd's own protocol; each of its answers passes here."""

    def __init__(self, local: LocalSmtp, **given: Any) -> None:
        super().__init__(local, **given)
        self._local = local

    def connection_made(self, transport: Any) -> None:
        """Also once more, when TLS has begun."""
        self._local.open.append(transport)
        super().connection_made(transport)

    async def push(self, status: Any) -> None:
        text = status if isinstance(status, bytes) else status.encode()
        local = self._local
        if text[3:4] == b"-":
            await super().push(status)
            return
        number = len(local.answers) + 1
        local.watch(number)
        local.answers.append(text)
        while local.dripping:
            await super().push("250-and more")
            await asyncio.sleep(0.02)
        match local.at.get(number):
            case None:
                await super().push(status)
            case Way.HANG | Way.HANG_BEFORE:
                await asyncio.sleep(3600)
            case Way.CUT:
                self.transport.close()
            case way:
                await super().push(way.value)
                if way is Way.CLOSING:
                    self.transport.close()


@contextmanager
def running(local: LocalSmtp | None = None) -> Iterator[LocalSmtp]:
    """Until the block ends."""
    local = local or LocalSmtp()
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(_started(local, loop), loop).result(10)
    local.port = server.sockets[0].getsockname()[1]
    try:
        yield local
    finally:
        asyncio.run_coroutine_threadsafe(_stopped(server, local), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _started(local: LocalSmtp, loop: asyncio.AbstractEventLoop) -> asyncio.Server:
    given: dict[str, Any] = {"loop": loop, "hostname": "mail.acme.example", "enable_SMTPUTF8": local.utf8}
    if local.security is Security.STARTTLS:
        given |= {"tls_context": _serving(), "require_starttls": True}
    if local.login:
        # The library warns of a login that is wanted without STARTTLS, also where TLS is there from the beginning.
        starttls = local.security is Security.STARTTLS
        given |= {"authenticator": _right, "auth_required": starttls, "auth_require_tls": starttls}
    tls = _serving() if local.security is Security.TLS else None
    return await loop.create_server(lambda: _Server(local, **given), "127.0.0.1", 0, ssl=tls)


async def _stopped(server: asyncio.Server, local: LocalSmtp) -> None:
    server.close()
    for transport in local.open:
        transport.abort()
    mine = asyncio.current_task()
    others = [each for each in asyncio.all_tasks() if each is not mine]
    for each in others:
        each.cancel()
    await asyncio.wait(others, timeout=1) if others else None
    await asyncio.sleep(0.01)


def _right(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    well = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=well, handled=False)


@cache
def _serving() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    _AUTHORITY.issue_cert("localhost").configure_cert(context)
    return context


@cache
def _trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    _AUTHORITY.configure_trust(context)
    return context


def parsed(content: bytes) -> EmailMessage:
    """By the library, as a mail program would."""
    found = message_from_bytes(content, policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def headers(mail: EmailMessage) -> Mapping[str, str]:
    """Each once, as text."""
    return {name: str(value) for name, value in mail.items()}
