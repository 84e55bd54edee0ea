"""How mail is sent, as the settings say it: the server, the way to it, and from whom."""

from __future__ import annotations

import re
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, SecretStr

from bot.domain import addresses
from bot.domain.mail import Mailbox

HERE = ("localhost", "127.0.0.1", "::1")
NO_MAILBOX = "Write an e-mail address, with a name before it or not, such as Post-mortems <postmortems@example.com>."
ONE_MAILBOX = "These are several addresses: write one, such as Post-mortems <postmortems@example.com>."
# Before the @ letters of ASCII alone: what the bot sends from must be taken everywhere.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[^\s@<>\"',;:()\[\]\\]+\Z")


class Security(StrEnum):
    """How the connection is encrypted: after a word in the clear, from the beginning, or not at all: on this machine, or plainly
    for everybody on the way to read."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"
    OPEN = "none-over-the-network"


class MailSettings(BaseModel):
    """The mail server, and from whom mail goes; `timeout` is in seconds, for each of its answers."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    host: str
    port: int
    security: Security
    user: str
    password: SecretStr
    timeout: float
    sender: Mailbox
    reply_to: Mailbox | None = None


def mailbox(value: str) -> Mailbox:
    """`Name <address>`, or an address alone. Raises ValueError with a sentence."""
    found = addresses.split(value)
    if len(found) > 1 and all(_ADDRESS.match(each.address) for each in found):
        raise ValueError(ONE_MAILBOX)
    if len(found) != 1 or not _ADDRESS.match(found[0].address) or "\n" in value or "\r" in value:
        raise ValueError(NO_MAILBOX)
    return found[0]


def port(given: int | None, security: Security) -> int:
    """As it is set, else the usual one."""
    return given if given is not None else 465 if security is Security.TLS else 587


def lacking(
    host: str | None, sender: str | None, user: str | None, password: SecretStr | None, security: Security
) -> str | None:
    """Why mail could not be sent by these settings, in a sentence: half of them would fail at the first mail."""
    if host is None:
        given = {"MAIL_FROM": sender, "SMTP_USER": user, "SMTP_PASSWORD": password}
        first = next((name for name, value in given.items() if value is not None), None)
        return f"SMTP_HOST is missing: set it beside {first}, or leave both empty." if first else None
    if sender is None:
        return "MAIL_FROM is missing: set the address that mail comes from, or leave SMTP_HOST empty."
    if (user is None) != (password is None):
        lone, other = ("SMTP_PASSWORD", "SMTP_USER") if password is None else ("SMTP_USER", "SMTP_PASSWORD")
        return f"{lone} is missing: set it beside {other}, or leave both empty."
    return _in_the_clear(host, user, security)


def _in_the_clear(host: str, user: str | None, security: Security) -> str | None:
    if security is Security.NONE and host not in HERE:
        return (
            "SMTP_SECURITY cannot be used: none is for a mail server on this machine. Write starttls or tls, or "
            f"{Security.OPEN} where everybody on the way may read the mails."
        )
    if security is Security.OPEN and user is not None:
        return "SMTP_SECURITY cannot be used: a password is never sent unencrypted. Write starttls or tls, or leave SMTP_USER empty."
    return None
