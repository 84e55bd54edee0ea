"""The memory of a post-mortem's life after the harvest, one small repository a noun, beside those of `bot.ports.store`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.actions import ActionItem
from bot.domain.booking import Booking
from bot.domain.content import Content, Entry
from bot.domain.external_message import ExternalDecision, ExternalMessage
from bot.domain.looked_at import LookedAt
from bot.domain.place import Channel
from bot.domain.postmortem import DocumentFile, Postmortem
from bot.domain.queries import Query
from bot.domain.review import Approval, Note
from bot.domain.timeline import Item


class Contents(Protocol):
    """What people wrote, section by section."""

    def load(self, postmortem_id: str) -> Content:
        """Every section of a record."""
        ...

    def save(self, postmortem_id: str, entry: Entry) -> None:
        """Write a section whose stored version is `entry.version - 1`; raises `Outdated` otherwise."""
        ...


class Meetings(Protocol):
    """The meeting of a record, its message to customers."""

    def booking(self, postmortem_id: str) -> Booking | None:
        """The meeting as booked, cancelled or held; None before it was ever booked."""
        ...

    def put_booking(self, booking: Booking) -> None:
        """Insert or replace."""
        ...

    def external(self, postmortem_id: str) -> ExternalDecision:
        """Where the External Message stands; undecided before anybody decided."""
        ...

    def put_external(self, postmortem_id: str, decision: ExternalDecision) -> None:
        """Insert or replace."""
        ...


class Items(Protocol):
    """The timeline that people stand behind, and what is to be done."""

    def timeline(self, postmortem_id: str) -> Sequence[Item]:
        """All items, removed ones too, by the time of the event."""
        ...

    def of_message(self, postmortem_id: str, channel_id: str, ts: str) -> Sequence[Item]:
        """The items that come from one message, removed ones too; `channel_id` is "" for the incident's own channel."""
        ...

    def put_item(self, item: Item) -> None:
        """Insert or replace by id."""
        ...

    def put_items(self, items: Sequence[Item]) -> None:
        """The same for several, in one statement."""
        ...

    def propose_again(self, postmortem_id: str, dropped: Sequence[Item]) -> None:
        """These lines, made when proposals were dropped, are gone, and their proposals wait for a word again."""
        ...

    def actions(self, postmortem_id: str) -> Sequence[ActionItem]:
        """All action items and decided TODOs in the order in which they were made; a change leaves each in its place."""
        ...

    def put_action(self, item: ActionItem) -> None:
        """Insert or replace by id."""
        ...

    def take_back(self, item: ActionItem) -> bool:
        """The decision on a TODO of the chat is gone, and the TODO waits for one again. False, and nothing is changed, where
        the chat has no such TODO."""
        ...

    def action_files(self, postmortem_id: str) -> Sequence[DocumentFile]:
        """All uploaded lists of action items, oldest first."""
        ...

    def put_action_file(self, file: DocumentFile) -> None:
        """Insert or update by file id."""
        ...

    def settle(self, postmortem_id: str, kind: str, ts: str, line: int, *, confirmed: bool) -> bool:
        """A person said yes or no to what the harvest proposed (`kind` is timeline, todo or query): it is no proposal any more,
        and no later analysis brings it back. False when there is no such proposal that waits for a word."""
        ...

    def waiting(self, postmortem_id: str, kind: str) -> Sequence[tuple[str, int]]:
        """(ts, line) of the proposals that nobody has decided on, in the order of the analysis."""
        ...


class Queries(Protocol):
    """The commands and queries that people stand behind."""

    def all(self, postmortem_id: str) -> Sequence[Query]:
        """All of them, removed ones too, in the order in which they were saved."""
        ...

    def put(self, query: Query) -> None:
        """Insert or replace by id."""
        ...


class Reviews(Protocol):
    """What readers said, and which findings about wording were looked at."""

    def notes(self, postmortem_id: str) -> Sequence[Note]:
        """All notes, oldest first."""
        ...

    def put_note(self, note: Note) -> None:
        """Insert or replace by id; a reply that stands already under its ts is left as it is."""
        ...

    def approvals(self, postmortem_id: str) -> Sequence[Approval]:
        """Who approved, first come first."""
        ...

    def approve(self, approval: Approval) -> None:
        """Insert or replace."""
        ...

    def forget_approvals(self, postmortem_id: str) -> int:
        """Back in Draft, what was approved is approved no more; returns how many."""
        ...

    def looked_at(self, postmortem_id: str) -> Sequence[LookedAt]:
        """Every finding that somebody looked at."""
        ...

    def look(self, seen: Sequence[LookedAt]) -> None:
        """Insert or replace by field and finding."""
        ...


class Channels(Protocol):
    """Incidents' channels as last read."""

    def get(self, team_id: str, channel_id: str) -> Channel | None:
        """The channel; None when it was never read."""
        ...

    def some(self, team_id: str, channel_ids: Collection[str]) -> Mapping[str, Channel]:
        """Those of them that were ever read, by channel id: for a look at many records."""
        ...

    def put(self, channel: Channel) -> None:
        """Insert or replace, with its members."""
        ...

    def join(self, team_id: str, channel_id: str, user_id: str) -> None:
        """Somebody came into a channel; nothing happens when it is not known."""
        ...

    def leave(self, team_id: str, channel_id: str, user_id: str) -> None:
        """Somebody left."""
        ...


class Holidays(Protocol):
    """The holidays that deadlines were last counted with."""

    def counted(self, team_id: str, *, lock: bool = False) -> tuple[int, frozenset[date]]:
        """How often they were others, and what they are; (0, none) before they were ever kept; `lock` holds them."""
        ...

    def count_with(self, team_id: str, holidays: frozenset[date], version: int, now: datetime) -> None:
        """Keep them."""
        ...


class Census(Protocol):
    """Questions over many records: for the Home tab, lists and reports. Each is one query."""

    def open(self, team_id: str) -> Sequence[Postmortem]:
        """All records that are not Closed, nor merged into one that is, oldest first."""
        ...

    def closed(self, team_id: str, *, limit: int) -> Sequence[Postmortem]:
        """Closed records, the newest first."""
        ...

    def closed_before(self, before: datetime) -> Sequence[str]:
        """Ids of records of any workspace that were closed before that, for retention; those merged into one come before it."""
        ...

    def bookings(self, ids: Sequence[str]) -> Mapping[str, Booking]:
        """The meetings of these records, by record."""
        ...

    def externals(self, ids: Sequence[str]) -> Mapping[str, ExternalMessage]:
        """What was decided about the External Message of these records, where anything was."""
        ...

    def approved_by(self, ids: Sequence[str], user_id: str) -> frozenset[str]:
        """Those of these records that the person has approved."""
        ...

    def actions(self, ids: Sequence[str]) -> Mapping[str, Sequence[ActionItem]]:
        """What was decided of their TODOs, by record; records without any are not among them."""
        ...

    def contents(self, ids: Sequence[str]) -> Mapping[str, Content]:
        """What was written about them, by record; empty where nothing was."""
        ...
