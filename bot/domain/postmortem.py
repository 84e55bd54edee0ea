"""The record of one post-mortem: what is known of the incident, who is who, and where it stands in the process."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from bot.domain.merged import MergedInto, TookIn
from bot.domain.open_again import OpenAgain
from bot.domain.status import Status
from bot.domain.waiver import Waiver


class OwnerState(StrEnum):
    """R-05, R-07: nobody yet, told but silent, or accepted."""

    NONE = "none"
    TOLD = "told"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Times:
    """When the incident began, was noticed and was over; aware UTC instants, None while unknown."""

    started_at: datetime | None = None
    detected_at: datetime | None = None
    resolved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Roles:
    """R-60: Slack user ids of the people with a role; None while nobody was named.

    `ic_assumed` is true while the IC is only taken to be the one who typed `assign`, and nobody has said so in the form.
    """

    ic: str | None = None
    deputy: str | None = None
    shadow: str | None = None
    scribe: str | None = None
    ic_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Postmortem:
    """One post-mortem (R-01). It has a window of time in a channel, since one channel may serve many incidents.

    `window_from` is exclusive and `window_until` inclusive; None is unbounded. `version` rises by one with each saved change.
    `business_tz` and `weekend` are frozen at creation, so that a changed setting never moves an old deadline.
    `restricted` keeps everything among the people concerned (R-63). `page_url` is the page that people share when it is
    not our document (R-29).
    `reopened` says that the document was opened again after it was closed (T8), `open_again` that the incident goes on.
    `severity_ended_at` is when it left SEV-2. `holidays` are those that hold for it where the settings have others by now.
    `merged` says that it was set aside as a part of another one, `took_in` which others are a part of this one.
    `status_by` and `status_at` tell who moved it last, `sent_back_at` when Reviewed was last taken back (T7).
    """

    id: str
    team_id: str
    channel_id: str
    number: int
    created_at: datetime
    created_by: str
    business_tz: str = "UTC"
    weekend: frozenset[int] = frozenset({5, 6})
    version: int = 1
    status: Status = Status.DRAFT
    title: str = ""
    severity: int | None = None
    times: Times = field(default_factory=Times)
    roles: Roles = field(default_factory=Roles)
    owner: str | None = None
    owner_state: OwnerState = OwnerState.NONE
    owner_since: datetime | None = None
    services: tuple[str, ...] = ()
    recording: str | None = None
    window_from: datetime | None = None
    window_until: datetime | None = None
    current: bool = True
    end_of_call_at: datetime | None = None
    restricted: bool = False
    false_alarm: bool = False
    full_outage: bool = False
    page_url: str | None = None
    waiver: Waiver | None = None
    status_by: str | None = None
    status_at: datetime | None = None
    sent_back_at: datetime | None = None
    reviewed_at: datetime | None = None
    closed_at: datetime | None = None
    reopened: bool = False
    review_posted_at: datetime | None = None
    severity_ended_at: datetime | None = None
    open_again: OpenAgain | None = None
    holidays: frozenset[date] | None = None
    merged: MergedInto | None = None
    took_in: tuple[TookIn, ...] = ()

    @property
    def name(self) -> str:
        """The short name people say: PM-7."""
        return f"PM-{self.number}"

    @property
    def subject(self) -> str:
        """The title as it is shown; none for a restricted one, which is named by its number alone (R-63)."""
        return "" if self.restricted else self.title

    @property
    def set_aside(self) -> bool:
        """Whether nothing is asked of anybody for it: it was waived, or is a part of another one by now."""
        return self.waiver is not None or self.merged is not None

    def changed(self, **values: object) -> Postmortem:
        """A copy with other values and the next version."""
        return replace(self, version=self.version + 1, **values)  # type: ignore[arg-type]


class ProposalState(StrEnum):
    """R-06: a designation by somebody who is not the IC waits for the IC."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    REPLACED = "replaced"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Proposal:
    """R-06: who proposed whom as owner, who is asked to confirm, and what came of it."""

    id: str
    postmortem_id: str
    candidate: str
    proposed_by: str
    asked: str
    created_at: datetime
    state: ProposalState = ProposalState.PENDING
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Audit:
    """R-61: one change: who, when, what, from which value to which, through which door."""

    postmortem_id: str
    at: datetime
    actor: str
    field: str
    old: str | None
    new: str | None
    via: str


@dataclass(frozen=True, slots=True)
class SeverityChange:
    """R-62: the severity as it was set, by whom and when."""

    postmortem_id: str
    at: datetime
    severity: int
    by: str


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of ours that is edited in place: its name (card), channel and `ts`."""

    postmortem_id: str
    name: str
    channel_id: str
    ts: str


class FileState(StrEnum):
    """An upload is reserved (id known, nothing shared), shared, or removed after a newer one took its place."""

    RESERVED = "reserved"
    SHARED = "shared"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class DocumentFile:
    """One uploaded version of the document. `digest` is the SHA-256 of its Markdown, in hex."""

    postmortem_id: str
    file_id: str
    digest: str
    state: FileState
    permalink: str | None
    reserved_at: datetime
