"""A mail as it is kept: who wanted it, to whom it goes, and how far it has got. A mail server cannot be asked afterwards whether
it took a mail, so that it is written down before the last step of handing it over, and one whose answer was lost is never sent
again on a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.mail import Delivery, Mailbox
from bot.domain.outgoing import Json

# The server may think over a mail for minutes before it answers: for so long nobody is asked what became of it.
ANSWERED_WITHIN = timedelta(minutes=3)
LOST = "The mail server's answer was lost: the mail may have been sent, or not."
_IDENTITY = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\Z")


class Purpose(StrEnum):
    """What a mail is for; one function each draws it from the record as it stands when it leaves."""

    INVITATION = "invitation"
    SUMMARY = "summary"
    FIRST = "first"
    SUPPORT = "support"


class MailState(StrEnum):
    """WANTED: to be sent, also after the server refused it for now. HANDING_OVER: its end has left, or is just leaving. UNKNOWN: a
    person says whether it arrived. FAILED: given up. DROPPED: not wanted any more before it was sent."""

    WANTED = "wanted"
    HANDING_OVER = "handing over"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class KeptMail:
    """`identity` names it for ever (see `identity`). `asked_by` is "" where the bot wanted it by itself. `words` is what people wrote
    or decided for it, beside what is drawn from the record. `tries` counts how often it was handed over, last at `tried_at`; `refused`
    are the addresses that the server did not take, each with its reason. `trouble` is a sentence about why it waits or failed, and
    `settled_by` who said what became of it."""

    identity: str
    postmortem_id: str
    purpose: Purpose
    to: tuple[Mailbox, ...]
    asked_by: str
    asked_at: datetime
    words: Mapping[str, Json] = field(default_factory=dict)
    state: MailState = MailState.WANTED
    tries: int = 0
    tried_at: datetime | None = None
    sent_at: datetime | None = None
    message_id: str = ""
    refused: tuple[tuple[str, str], ...] = ()
    trouble: str = ""
    settled_by: str = ""

    def __post_init__(self) -> None:
        if not _IDENTITY.match(self.identity):
            raise ValueError(f"the identity of a mail becomes its Message-ID: {self.identity!r}")

    @property
    def may_have_arrived(self) -> bool:
        """Whether anybody may have it."""
        return self.state in (MailState.HANDING_OVER, MailState.SENT, MailState.UNKNOWN)

    @property
    def reached(self) -> tuple[Mailbox, ...]:
        """Those who have it, or may have it."""
        refused = {address for address, _ in self.refused}
        return tuple(each for each in self.to if each.address not in refused) if self.may_have_arrived else ()

    def answer_due_in(self, now: datetime) -> timedelta | None:
        """How long whoever hands it over may still hear an answer; None when that time is over."""
        over = (self.tried_at or now) + ANSWERED_WITHIN
        return over - now if now < over else None

    def handing_over(self, now: datetime) -> KeptMail:
        """The last step is taken now."""
        return replace(self, state=MailState.HANDING_OVER, tries=self.tries + 1, tried_at=now)

    def taken(self, delivery: Delivery, now: datetime) -> KeptMail:
        """The server has it."""
        return replace(
            self, state=MailState.SENT, message_id=delivery.message_id, refused=delivery.refused, sent_at=now, trouble=""
        )  # fmt: skip

    def not_taken(self, why: str) -> KeptMail:
        """The server does not have it; it is tried again."""
        return replace(self, state=MailState.WANTED, trouble=why)

    def lost(self) -> KeptMail:
        """Nobody knows whether the server has it."""
        return replace(self, state=MailState.UNKNOWN, trouble=LOST)

    def failed(self, why: str) -> KeptMail:
        """Nothing more is tried by itself."""
        return replace(self, state=MailState.FAILED, trouble=why)

    def dropped(self, why: str) -> KeptMail:
        """It is not wanted any more, and was not sent."""
        return replace(self, state=MailState.DROPPED, trouble=why)

    def again(self, by: str) -> KeptMail:
        """Somebody says that it did not arrive, or wants another try."""
        return replace(self, state=MailState.WANTED, trouble="", settled_by=by)

    def arrived(self, by: str) -> KeptMail:
        """Somebody says that it arrived."""
        return replace(self, state=MailState.SENT, sent_at=self.tried_at, trouble="", settled_by=by)


def identity(record_id: str, purpose: Purpose, once: str) -> str:
    """Of a mail of a record; `once` tells this one from others for the same purpose: letters, digits, dots and hyphens."""
    return f"{thread(record_id)}.{purpose}.{once}"


def thread(record_id: str) -> str:
    """Under which all mails of a record stand together."""
    return f"pm-{record_id}"
