"""A mail as a value: to whom, about what, in which words. How it is written for the wire is the adapter's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where mail goes: an address, and the name that is shown before it."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class MailRules:
    """How mail is sent where there is a server for it: from whom, and whether meetings are invited to by mail (R-13)."""

    sender: Mailbox
    invitations: bool = True


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An event that travels with a mail (RFC 6047): `method` is REQUEST or CANCEL, `content` the file in UTF-8."""

    method: str
    content: bytes
    filename: str


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail to everybody in `to`. `identity` names it for ever: sent once more it has the same Message-ID, by which mailboxes
    know it again. `thread` is the identity of the mail that it belongs under, "" where it begins one. `text` and `html` say the
    same; `bulk` is for lists, so that nobody's absence notes answer it."""

    identity: str
    to: tuple[Mailbox, ...]
    subject: str
    text: str
    html: str = ""
    thread: str = ""
    calendar: CalendarPart | None = None
    bulk: bool = True


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the mail server said: it took the mail, for all but the `refused`, each with its reason in a few words."""

    message_id: str
    refused: tuple[tuple[str, str], ...] = ()
