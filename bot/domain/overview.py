"""Everything that a card, a DM or the document shows of one post-mortem, gathered into one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain import side_rooms
from bot.domain.deadlines import ACTION_ITEM_DAYS, Deadline
from bot.domain.guards import Facts
from bot.domain.harvest.finding import Findings
from bot.domain.harvest.person import Person
from bot.domain.harvest_state import HarvestCounts, HarvestState
from bot.domain.headings import USUAL, Headings
from bot.domain.life import Life
from bot.domain.mail import Mailbox
from bot.domain.place import Channel
from bot.domain.postmortem import Postmortem, Proposal, SeverityChange
from bot.domain.room import Closed
from bot.domain.scheduling import Scheduling
from bot.domain.side_rooms import SideRoom
from bot.domain.tickets import KeptTicket


@dataclass(frozen=True, slots=True)
class Overview:
    """One post-mortem as it stands at `now`.

    `workspace_url` is the workspace's own address with a slash at the end (https://acme.slack.com/): links to messages are made from it.
    `document` is the permalink of the newest document, `canvas` that of the canvas that shows it. `troubles` are plain sentences about
    what the bot could not do.
    `dimensions` are what the impact is measured in (R-26), `action_days` the terms of action items (X-1),
    `headings` the sections of the document in their order.
    `life` is what people have written, booked and decided, and `facts` what the guards make of it; None where nobody asked for them.
    `side_rooms` are its other channels, also those that belong to it no more, and `readings` how far those that do were read.
    `channel` is the incident's channel as last read, and `closed` says why nothing can be written there.
    `tickets` are those that were asked for, by action item, and `tracker` says that there is one. `calendar_name` and
    `calendar_address` are those of the shared calendar, `shared_calendar` says that we write in it, and `scheduling` whether its server
    invites people, None while nobody knows. `sender` is from whom mail goes, where it does, and `mails_invitations` says that those go too.
    `calendar_asked` and `left_off_calendar` tell what people did to the event there: somebody is asked, or said that it stays off.
    `page_failed` says that the page in the wiki could not be kept, `page_lost` that people put it away.
    """

    postmortem: Postmortem
    deadline: Deadline
    now: datetime
    workspace_url: str = ""
    people: Mapping[str, Person] = field(default_factory=dict)
    findings: Findings | None = None
    harvest: HarvestState | None = None
    counts: HarvestCounts | None = None
    proposal: Proposal | None = None
    severities: tuple[SeverityChange, ...] = ()
    document: str | None = None
    canvas: str | None = None
    troubles: tuple[str, ...] = ()
    life: Life = field(default_factory=Life)
    facts: Facts | None = None
    dimensions: tuple[str, ...] = ()
    action_days: tuple[int, int] = ACTION_ITEM_DAYS
    headings: Headings = USUAL
    channel: Channel | None = None
    closed: Closed | None = None
    tickets: Mapping[str, KeptTicket] = field(default_factory=dict)
    tracker: bool = False
    calendar_name: str = ""
    calendar_address: str = ""
    shared_calendar: bool = False
    scheduling: Scheduling | None = None
    sender: Mailbox | None = None
    mails_invitations: bool = False
    calendar_asked: bool = False
    left_off_calendar: bool = False
    page_failed: bool = False
    page_lost: bool = False
    side_rooms: tuple[SideRoom, ...] = ()
    readings: tuple[tuple[HarvestState, HarvestCounts], ...] = ()

    @property
    def server_invites(self) -> bool:
        """Whether the calendar's server invites people to this meeting by itself: to one that stands there, which a restricted one never
        does (R-63)."""
        return self.scheduling is not None and self.scheduling.by_server and not self.postmortem.restricted

    @property
    def kept_on_calendar(self) -> bool:
        """Whether we keep the meeting on the shared calendar, so that nobody has to put it there."""
        return self.shared_calendar and not self.postmortem.restricted

    @property
    def invited_by_itself(self) -> bool:
        """Whether the meeting comes into people's calendars without their doing."""
        return self.kept_on_calendar or (self.mails_invitations and not self.server_invites)

    @property
    def strangers(self) -> bool:
        """Whether people of other organisations read along in the incident's channel."""
        return self.channel is not None and self.channel.shared

    def link(self, ts: str, thread_ts: str | None = None, channel: str = "") -> str | None:
        """The permalink of a message of the record's channels, or of the one that is named; None when the workspace's address
        is not known."""
        if not self.workspace_url:
            return None
        channel = channel or side_rooms.channel_of(ts, self.postmortem.channel_id, self.side_rooms)
        link = f"{self.workspace_url}archives/{channel}/p{side_rooms.place(ts)[0].replace('.', '')}"
        if not thread_ts or thread_ts == ts:
            return link
        return f"{link}?thread_ts={side_rooms.place(thread_ts)[0]}&cid={channel}"
