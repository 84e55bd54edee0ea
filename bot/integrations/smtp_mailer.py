"""Mail by SMTP (RFC 5321): one connection for each mail, encrypted and logged in before anything is said, and the very last step apart
from the others, since what happens after it nobody can look up."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from pydantic import SecretStr

from bot.domain.mail import Delivery, Mail, Mailbox
from bot.integrations import smtp_errors, smtp_message
from bot.mail_settings import MailSettings, Security
from bot.ports.clock import Clock
from bot.ports.errors import IntegrationError

# The server may look through a mail before it takes it: its last answer is waited for this many times as long as others.
PATIENCE = 3
# A server that answers a letter at a time would hold us for ever: a mail has this many times the time of one answer.
LONGEST = 6
_DONE = b".\r\n"


@dataclass(frozen=True, slots=True)
class SmtpAccess:
    """`timeout` is in seconds, for each answer. Without `user` nobody logs in. `trust` are certificates that count beside the
    machine's, for tests."""

    host: str
    port: int
    sender: Mailbox
    security: Security = Security.STARTTLS
    user: str = ""
    password: SecretStr = field(default_factory=lambda: SecretStr(""))
    timeout: float = 20.0
    reply_to: Mailbox | None = None
    trust: ssl.SSLContext | None = None


def access(mail: MailSettings) -> SmtpAccess:
    """As the settings say it."""
    return SmtpAccess(
        mail.host, mail.port, mail.sender, mail.security, mail.user, mail.password, mail.timeout, mail.reply_to
    )


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """bot.ports.mailer.Mailer."""

    access: SmtpAccess
    clock: Clock

    @property
    def configured(self) -> bool:
        """There is a server."""
        return True

    def send(self, mail: Mail, hand_over: Callable[[], None] = lambda: None) -> Delivery:
        """Everything but the end of the mail, then `hand_over`, then its end."""
        if not mail.to:
            raise ValueError("a mail to nobody")
        with smtp_errors.translated() as state, self._session() as smtp:
            taken = _Envelope(self.access, smtp).offer(mail.to)
            content = smtp_message.write(mail, taken.sender, taken.to, self.clock.now(), self.access.reply_to)
            _begin(smtp, content)
            hand_over()
            state.handed_over = True
            self._end(smtp)
        domain = taken.sender.address.rpartition("@")[2]
        return Delivery(
            smtp_message.message_id(mail.identity, domain), taken.refused(later=False), taken.refused(later=True)
        )

    def check(self) -> None:
        """Up to the sender's address, which some servers refuse; then it is taken back."""
        with smtp_errors.translated(), self._session() as smtp:
            _Envelope(self.access, smtp).begin()
            smtp.rset()
            smtp.noop()

    def _end(self, smtp: smtplib.SMTP) -> None:
        if smtp.sock is not None:
            smtp.sock.settimeout(self.access.timeout * PATIENCE)
        smtp.send(_DONE)
        code, answer = smtp.getreply()
        if not 200 <= code < 600 or 300 <= code < 400:
            raise smtplib.SMTPException("an answer that makes no sense")
        if code >= 400:
            raise smtp_errors.answered(smtp_errors.CONTENT, code, answer)

    @contextlib.contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        """Connected, encrypted as is asked for, and logged in."""
        access, smtp = self.access, smtplib.SMTP(timeout=self.access.timeout)
        smtp.sock = socket.create_connection((access.host, access.port), access.timeout)
        watch = threading.Timer(access.timeout * LONGEST, _cut, [smtp])
        watch.daemon = True
        watch.start()
        try:
            self._encrypted(smtp)
            if access.user:
                self._takes_logins(smtp)
                smtp.login(access.user, access.password.get_secret_value())
            yield smtp
            # Nobody waits for its goodbye: until we are back, what it took is not written down.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                smtp.putcmd("QUIT")
        finally:
            watch.cancel()
            smtp.close()

    def _encrypted(self, smtp: smtplib.SMTP) -> None:
        if self.access.security is Security.TLS:
            self._wrap(smtp)
        _said(smtp_errors.GREETING, 220, smtp.getreply())
        _said(smtp_errors.GREETING, 250, smtp.ehlo())
        if self.access.security is not Security.STARTTLS:
            return
        if not smtp.has_extn("starttls"):
            raise IntegrationError(smtp_errors.NO_STARTTLS, name="no_starttls", retryable=False)
        _said(smtp_errors.GREETING, 220, smtp.docmd("STARTTLS"))
        self._wrap(smtp)
        # What was said in the clear counts for nothing.
        smtp.file, smtp.esmtp_features = None, {}
        _said(smtp_errors.GREETING, 250, smtp.ehlo())

    def _takes_logins(self, smtp: smtplib.SMTP) -> None:
        """One that takes none before the connection is encrypted says so by what it offers."""
        clear = self.access.security in (Security.NONE, Security.OPEN)
        if clear and smtp.has_extn("starttls") and not smtp.has_extn("auth"):
            raise IntegrationError(smtp_errors.ONLY_ENCRYPTED, name="no_tls", retryable=False)

    def _wrap(self, smtp: smtplib.SMTP) -> None:
        assert smtp.sock is not None
        smtp.sock = self._context().wrap_socket(smtp.sock, server_hostname=self.access.host)

    def _context(self) -> ssl.SSLContext:
        return self.access.trust or ssl.create_default_context()


@dataclass(slots=True)
class _Envelope:
    """From whom and to whom, as the server takes it."""

    access: SmtpAccess
    smtp: smtplib.SMTP
    sender: Mailbox = field(init=False)
    to: list[Mailbox] = field(default_factory=list)
    no: dict[str, tuple[int, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sender = smtp_message.address(self.access.sender, utf8=False) or self.access.sender

    def offer(self, to: tuple[Mailbox, ...]) -> _Envelope:
        """Raises where nobody is left."""
        written = [
            (each, smtp_message.address(each, utf8=self._utf8)) for each in {each.address: each for each in to}.values()
        ]
        self.begin(utf8=any(wire and not wire.address.isascii() for _, wire in written))
        for box, wire in written:
            if wire is None:
                self.no[box.address] = (553, self._unfit(box))
            else:
                self._recipient(box, wire)
        if not self.to:
            raise smtp_errors.nobody(self.no)
        return self

    def begin(self, *, utf8: bool = False) -> None:
        """MAIL FROM."""
        _said(smtp_errors.SENDER, 250, self.smtp.mail(self.sender.address, ["SMTPUTF8"] if utf8 else []))

    def refused(self, *, later: bool) -> tuple[tuple[str, str], ...]:
        """Each address with the reason: those that may be taken later, or those that never are."""
        return tuple((address, why) for address, (code, why) in self.no.items() if (400 <= code < 500) is later)

    def _recipient(self, box: Mailbox, wire: Mailbox) -> None:
        code, answer = self.smtp.rcpt(wire.address)
        if code == 421:
            raise smtp_errors.answered(smtp_errors.GREETING, code, answer)
        if code in (250, 251):
            self.to.append(wire)
        else:
            self.no[box.address] = (code, smtp_errors.reason(code, answer))

    def _unfit(self, box: Mailbox) -> str:
        known = smtp_message.address(box, utf8=True)
        return smtp_errors.ONLY_ASCII if known and not self._utf8 else smtp_errors.NO_ADDRESS

    @property
    def _utf8(self) -> bool:
        return self.smtp.has_extn("smtputf8")


def _said(what: str, wanted: int, told: tuple[int, bytes]) -> None:
    code, answer = told
    if code != wanted:
        raise smtp_errors.answered(what, code, answer)


def _begin(smtp: smtplib.SMTP, content: bytes) -> None:
    """DATA, and all of the mail but its end."""
    _said(smtp_errors.CONTENT, 354, smtp.docmd("DATA"))
    lines = content.replace(b"\r\n.", b"\r\n..")
    smtp.send(lines if lines.endswith(b"\r\n") else lines + b"\r\n")


def _cut(smtp: smtplib.SMTP) -> None:
    """From another thread: whoever waits for an answer hears the end of the connection."""
    with contextlib.suppress(OSError):
        if smtp.sock is not None:
            smtp.sock.shutdown(socket.SHUT_RDWR)
