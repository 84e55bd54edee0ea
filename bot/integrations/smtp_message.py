"""A mail as the bytes that go over the wire: its headers, the text, the HTML, and the event that calendars take (RFC 6047)."""

from __future__ import annotations

import email.utils
from collections.abc import Iterable
from datetime import datetime
from email import policy
from email.message import EmailMessage

import idna

from bot.domain import typed
from bot.domain.mail import CalendarPart, Mail, Mailbox
from bot.integrations import mail_headers as headers

# Seven bits travel through every server.
_WIRE = policy.SMTP.clone(cte_type="7bit")
# So that nobody's absence notes answer a machine (RFC 3834, and Exchange's own).
_QUIET = (("Auto-Submitted", "auto-generated"), ("X-Auto-Response-Suppress", "OOF, AutoReply"))


def write(mail: Mail, sender: Mailbox, to: Iterable[Mailbox], at: datetime, reply_to: Mailbox | None = None) -> bytes:
    """`to` are those of its recipients whose addresses the server takes, as they are written on the wire."""
    domain = sender.address.rpartition("@")[2]
    top = [
        ("From", headers.mailbox(sender)),
        ("To", headers.mailboxes(to)),
        *([("Reply-To", headers.mailbox(reply_to))] if reply_to else []),
        ("Subject", headers.words(mail.subject)),
        ("Date", email.utils.format_datetime(at)),
        ("Message-ID", message_id(mail.identity, domain)),
        *([(name, message_id(mail.thread, domain)) for name in ("In-Reply-To", "References")] if mail.thread else []),
        *_QUIET,
        *([("Precedence", "bulk"), ("List-ID", f"<post-mortems.{domain}>")] if mail.bulk else []),
    ]
    return b"".join(headers.line(name, value) for name, value in top) + _body(mail).as_bytes()


def message_id(identity: str, domain: str) -> str:
    """Of the mail with this identity, for ever."""
    return f"<{identity}@{domain}>"


def address(box: Mailbox, *, utf8: bool) -> Mailbox | None:
    """As it is written on the wire, its domain in ASCII; None for what is no address, or none that a server can take that knows only
    ASCII before the @."""
    local, at, domain = box.address.strip().rpartition("@")
    if not at or not local or not (local.isascii() or utf8) or not _simple(local):
        return None
    try:
        return Mailbox(f"{local}@{idna.encode(domain, uts46=True).decode()}", box.name)
    except (idna.IDNAError, UnicodeError):
        return None


def _simple(local: str) -> bool:
    """Without quotation, comments and anything that means something to a server."""
    return local.isprintable() and not set(local) & set(" \"'(),:;<>@[\\]") and typed.clean(local) == local


def _body(mail: Mail) -> EmailMessage:
    message = EmailMessage(policy=_WIRE)
    message.set_content(_lines(mail.text), cte="quoted-printable")
    if mail.html:
        message.add_alternative(_lines(mail.html), subtype="html", cte="quoted-printable")
    if mail.calendar is not None:
        _invite(message, mail.calendar)
    return message


def _invite(message: EmailMessage, part: CalendarPart) -> None:
    """Google reads the part beside the text, Outlook takes either, and others open the file."""
    message.add_alternative(
        part.content.decode("utf-8"), subtype="calendar", cte="base64", params={"method": part.method}
    )
    message.add_attachment(part.content, maintype="application", subtype="ics", filename=part.filename)


def _lines(text: str) -> str:
    """Whoever drew it has cleaned what people wrote, and fenced in what is written from right to left."""
    return typed.verbatim(text.replace("\r\n", "\n").replace("\r", "\n"))
