"""What `app.py doctor` asks the mail server: whether it is reached over an encrypted connection, knows us, and takes mail from us. No
mail is sent."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace

from bot.config import Settings
from bot.integrations import smtp_mailer
from bot.integrations.smtp_mailer import SmtpMailer
from bot.integrations.system_clock import SystemClock
from bot.mail_settings import MailSettings, Security
from bot.ports.errors import IntegrationError
from cli.finding import Finding, fine, wrong

HOW = {
    Security.STARTTLS: "encrypted by STARTTLS",
    Security.TLS: "encrypted by TLS",
    Security.NONE: "not encrypted, on this machine",
    Security.OPEN: "NOT encrypted: everybody on the way can read what is sent",
}


def look(settings: Settings, trust: ssl.SSLContext | None = None) -> Iterator[Finding]:
    """All that concerns mail; one line where none is set up. `trust` is for tests."""
    mail, rules = settings.mail, settings.policy.mail
    if mail is None or rules is None:
        yield fine("mail", "not set up (SMTP_HOST): people copy the text of mails.")
        return
    access = replace(smtp_mailer.access(mail), trust=trust)
    try:
        SmtpMailer(access, SystemClock()).check()
    except IntegrationError as error:
        yield wrong("mail", f"{mail.host}:{mail.port}: {error}{_later(error)}")
        return
    login = f"knows us as {mail.user}" if mail.user else "wants no login of us"
    yield fine(
        "mail", f"{mail.host}:{mail.port} {login}, and takes mail from {mail.sender.address}; {HOW[mail.security]}."
    )
    yield _invitations(mail, settings.policy.calendar_address, on=rules.invitations)


def _invitations(mail: MailSettings, calendar: str, *, on: bool) -> Finding:
    if not on:
        return fine("mail invitations", "are off (MAIL_INVITATIONS): the invitation is a file in the channel.")
    shared = (
        f", and to the shared calendar at {calendar}"
        if calendar
        else "; there is no shared calendar (CALENDAR_ADDRESS)"
    )
    return fine(
        "mail invitations", f"go to those whose addresses are known{shared}; answers come to {mail.sender.address}."
    )


def _later(error: IntegrationError) -> str:
    return " Try again in some minutes." if error.name.startswith("smtp_4") else ""
