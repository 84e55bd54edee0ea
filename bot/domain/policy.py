"""What an organisation decides for itself: zone, calendar, who may designate, how long silence is waited for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta

from bot.domain import document_files
from bot.domain.business_time import Calendar
from bot.domain.capture import Reactions
from bot.domain.deadlines import ACTION_ITEM_DAYS, Roll
from bot.domain.document_files import Files
from bot.domain.examples import PUBLIC, Link
from bot.domain.harvest.dialect import Dialect
from bot.domain.headings import USUAL, Headings
from bot.domain.mail import MailRules
from bot.domain.recipients import MailLists
from bot.domain.reminders import Pace
from bot.domain.tickets import TicketRules
from bot.domain.wiki import WikiRules


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules that configuration may change.

    `ic_group` is a Slack user group (S…) whose members may designate like an IC (R-06); `ic_users` names such people one by one.
    `silence` is working time: how long a proposal or a new owner may stay unanswered (R-06, R-07).
    `support_group`, `support_users` are the support team, the only ones who close while there is an External Message (T6);
    `support_channel` is where the text is handed to them, `review_channel` where reviews are asked for (R-40), `learnings_channel`
    where the results are told beside the incident's channel (R-54).
    `admins` may do what no role of a record may (forget a person). `retention` is how long a Closed record is kept; None is for ever.
    `impact_dimensions` are what the impact is measured in (R-26), `examples` public messages of others to learn from (R-38).
    `headings` are the sections of the document in their order, as they are called. `canvas`: the document is shown as a canvas, too (R-29).
    `headings` are the sections of the document in their order, as they are called; `files` is what of it lies in Slack (R-29).
    `pace` is how often people are reminded. `digest_day` is the day of the week (Monday is 0) of the weekly digest, None for
    none, `digest_at` its local time, `digest_channel` where it is posted beside the ICs' own.
    `incident_channels` are patterns of the names that incidents' channels have (R-01).
    `calendar_name` is the shared calendar's name, `calendar_address` its mailbox, "" where it has none (R-13);
    `shared_calendar` says that the bot writes in it.
    `reactions` are those that mark a message. `action_days` is how long tickets may take: after a SEV-1, and after others (X-1).
    `tickets` says how tickets are made, None where there is no tracker (R-31).
    `wiki` says how the page of a post-mortem is kept, None where there is no wiki (R-29).
    `mail_lists` are those that e-mails go to (R-53).
    `mail` says from whom mail goes, None where there is no mail server (R-13, R-53).
    `dialect` are words of the team's own, which the harvest reads as others.
    `lookback` bounds how far back a channel is read while the incident's times are unknown; None reads all of it.
    """

    calendar: Calendar = field(default_factory=lambda: Calendar("UTC"))
    roll: Roll = Roll.NONE
    ic_group: str | None = None
    ic_users: frozenset[str] = frozenset()
    allow_external_owner: bool = False
    silence: timedelta = timedelta(hours=4)
    lookback: timedelta | None = None
    people_max_age: timedelta = timedelta(hours=24)
    support_group: str | None = None
    support_users: frozenset[str] = frozenset()
    support_channel: str | None = None
    review_channel: str | None = None
    learnings_channel: str | None = None
    admins: frozenset[str] = frozenset()
    allow_waive: bool = False
    retention: timedelta | None = None
    impact_dimensions: tuple[str, ...] = ("Requests failed", "Processing delayed", "Notifications late")
    headings: Headings = USUAL
    canvas: bool = False
    files: Files = document_files.USUAL
    examples: tuple[Link, ...] = PUBLIC
    workday: tuple[time, time] = (time(9), time(17))
    pace: Pace = field(default_factory=Pace)
    digest_day: int | None = 0
    digest_at: time = time(9)
    digest_channel: str | None = None
    incident_channels: tuple[str, ...] = ("inc-*", "incident-*", "sev-*", "sev[0-9]*")
    calendar_name: str = "Incident Post-Mortem Meetings"
    calendar_address: str = ""
    shared_calendar: bool = False
    action_days: tuple[int, int] = ACTION_ITEM_DAYS
    reactions: Reactions = field(default_factory=Reactions)
    tickets: TicketRules | None = None
    wiki: WikiRules | None = None
    mail_lists: MailLists = field(default_factory=MailLists)
    mail: MailRules | None = None
    dialect: Dialect = field(default_factory=Dialect)

    @property
    def has_support(self) -> bool:
        """Whether anybody could ever be in the support team."""
        return bool(self.support_group or self.support_users)
