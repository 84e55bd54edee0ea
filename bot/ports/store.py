"""The memory, as use cases and jobs need it: transactions, and one small repository a noun. Rows never leave the store, values do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.harvest.finding import Findings, QueryFinding, RoleClaim, TodoFinding
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person
from bot.domain.harvest_state import HarvestCounts, HarvestState, ThreadRef
from bot.domain.outgoing import Json, Lane, Outgoing, Row
from bot.domain.postmortem import Audit, DocumentFile, Posted, Postmortem, Proposal, SeverityChange
from bot.ports.calendar import CalendarEvents
from bot.ports.canvases import Canvases
from bot.ports.capture import Captures
from bot.ports.erasure import Erasure
from bot.ports.inquiry import LineChecks, Questions, Watchers
from bot.ports.life import Census, Channels, Contents, Holidays, Items, Meetings, Queries, Reviews
from bot.ports.mail_drafts import MailDrafts
from bot.ports.mails import Mails
from bot.ports.meeting import Invitations, Services
from bot.ports.noticed import NoticedIncidents
from bot.ports.publisher import WikiPages
from bot.ports.record_files import RecordFiles
from bot.ports.reminders import Reminders
from bot.ports.report_files import ReportFiles
from bot.ports.rooms import Rooms
from bot.ports.search import Search
from bot.ports.side_rooms import SideRooms
from bot.ports.tickets import Tickets


class Records(Protocol):
    """Post-mortems."""

    def get(self, postmortem_id: str, *, lock: bool = False) -> Postmortem | None:
        """One record; `lock` holds it until the end of the transaction (SELECT ... FOR UPDATE on Postgres)."""
        ...

    def foresee(self, postmortem_id: str) -> None:
        """Everything of this record is going to be asked for: where nothing can be written, what it has nothing of is not asked
        about one by one."""
        ...

    def current(self, team_id: str, channel_id: str, *, lock: bool = False) -> Postmortem | None:
        """The record that commands in this channel speak of, its own or one that it was added to; at most one of each per channel
        (partial unique indexes). One that is open goes before one that is closed."""
        ...

    def following(self, team_id: str, channel_id: str) -> Sequence[Postmortem]:
        """The open records that what is said in this channel may belong to, oldest first; one indexed look-up."""
        ...

    def concerned(self, team_id: str, channel_id: str, thread_ts: str | None) -> bool:
        """Whether anybody follows the channel, or the thread is under a message of ours; one indexed look-up."""
        ...

    def add(self, postmortem: Postmortem) -> None:
        """Insert. Raises `Outdated` when the channel got a current record, or was given to one, or the team got this number, in
        the meantime."""
        ...

    def save(self, postmortem: Postmortem) -> None:
        """Update where the stored version is `postmortem.version - 1`; raises `Outdated` otherwise."""
        ...

    def next_number(self, team_id: str) -> int:
        """The next free PM-number of a workspace, from 1."""
        ...


class OpenRecords(Protocol):
    """Questions over many records."""

    def owned_by(self, team_id: str, user_id: str) -> Sequence[Postmortem]:
        """Records not Closed with this owner, oldest first."""
        ...


class Ledger(Protocol):
    """What was decided and changed: proposals, audit, severity history."""

    def pending(self, postmortem_id: str) -> Proposal | None:
        """The proposal that waits for the IC; at most one per record."""
        ...

    def pending_with(self, team_id: str, user_id: str) -> Sequence[Proposal]:
        """Proposals of the workspace that wait for this person."""
        ...

    def proposal(self, proposal_id: str) -> Proposal | None:
        """One proposal."""
        ...

    def put_proposal(self, proposal: Proposal) -> None:
        """Insert or update by id."""
        ...

    def note(self, *entries: Audit | SeverityChange) -> None:
        """Append to the history."""
        ...

    def history(self, postmortem_id: str) -> Sequence[Audit]:
        """The audit trail in order of writing."""
        ...

    def severities(self, postmortem_id: str) -> Sequence[SeverityChange]:
        """The history of the severity in order of writing (R-62)."""
        ...


class Receipts(Protocol):
    """Payloads that were accepted, and what was answered: an exact replay has no second effect."""

    def find(self, team_id: str, key: str) -> Mapping[str, Json] | None:
        """The first answer to this payload, or None."""
        ...

    def add(self, team_id: str, key: str, answer: Mapping[str, Json], at: datetime) -> None:
        """Keep the answer. Raises `Outdated` when the same payload is being accepted at this very moment."""
        ...

    def purge(self, before: datetime) -> int:
        """Forget receipts older than that; returns how many."""
        ...


class Outbox(Protocol):
    """Rows of things to do. All times of leases and dueness are the database's."""

    def put(self, *rows: Outgoing) -> None:
        """Write rows. A key that stands already: nothing happens, or with `again` it is re-opened (state open, attempts 0, generation + 1,
        new payload; while leased only the generation, payload and due_at change, so that the worker's mark leaves it open).
        A row that is open anyway keeps the earlier of both due times, so that a stream of changes never pushes it away; and one, open
        or dead, that was tried keeps attempts 1 and its first attempt, so that it is looked for before it is tried again."""
        ...

    def claim(self, lane: Lane, *, by: str, limit: int, lease: timedelta) -> Sequence[Row]:
        """Open rows of the lane that are due and not under a running lease, oldest due first.

        They are leased to `by`, attempts + 1, first_attempt_at set.
        FOR UPDATE SKIP LOCKED on Postgres."""
        ...

    def done(self, row: Row, by: str, result: Mapping[str, Json] | None = None) -> bool:
        """Mark done (left open and due at its due_at if the generation rose meanwhile). False when the lease was lost."""
        ...

    def later(self, row: Row, by: str, *, wait: timedelta, error: str | None, keep_attempts: bool) -> bool:
        """Give the lease back, due again after `wait`.

        With `keep_attempts=False` this claim is not counted (a rate limit, or progress): the attempts go back to 0, or to 1 when
        earlier claims were counted, so that whoever looks before a second try (`attempts > 1`) still looks.
        """
        ...

    def give_up(self, row: Row, by: str, error: str, *, dead: bool = True) -> bool:
        """Mark dead (shown to people), or cancelled (obsolete, dead=False); left open if the generation rose meanwhile, as with `done`."""
        ...

    def cancel(self, postmortem_id: str, keys: Iterable[str]) -> int:
        """Cancel open rows by key; returns how many."""
        ...

    def settle(self, postmortem_id: str, keys: Iterable[str]) -> int:
        """What was given up does not matter any more: dead rows are cancelled by key. Returns how many."""
        ...

    def resume(self, postmortem_id: str, keys: Iterable[str], due_at: datetime) -> int:
        """Open again what lapsed (cancelled, or not needed when its time came), due then, for a fresh start. Returns how many."""
        ...

    def release(self, within: timedelta) -> int:
        """Let running leases end within that time at the latest; for the only process, at its start. Returns how many."""
        ...

    def next_due(self, lane: Lane) -> timedelta | None:
        """How long until the next open row of the lane is due or its lease ends (zero when it is now), None when there is none."""
        ...

    def lag(self) -> timedelta:
        """For how long the oldest row that could be claimed now has been due; zero when there is none."""
        ...

    def row(self, row_id: int) -> Row | None:
        """One row by its id, whatever became of it."""
        ...

    def dead(self, postmortem_id: str) -> Sequence[Row]:
        """Rows given up for a record, oldest first."""
        ...


class People(Protocol):
    """The cached list of people."""

    def get(self, team_id: str, user_id: str) -> Person | None:
        """One person, or None when never seen."""
        ...

    def some(self, team_id: str, user_ids: Iterable[str]) -> Mapping[str, Person]:
        """Those of them who were ever seen, by user id."""
        ...

    def all(self, team_id: str) -> Mapping[str, Person]:
        """Everybody, by user id."""
        ...

    def put(self, team_id: str, people: Sequence[Person]) -> None:
        """Insert or update, in one statement."""
        ...

    def synced_at(self, team_id: str) -> datetime | None:
        """When the whole list was last read to its end."""
        ...

    def mark_synced(self, team_id: str, at: datetime) -> None:
        """The whole list was read to its end."""
        ...

    def sync_cursor(self, team_id: str) -> str | None:
        """Where the running reading of the whole list goes on; None at its beginning."""
        ...

    def put_sync_cursor(self, team_id: str, cursor: str | None) -> None:
        """Remember where the reading goes on."""
        ...

    def put_group(self, team_id: str, group_id: str, members: Sequence[str]) -> None:
        """Replace the cached members of a user group."""
        ...

    def group(self, team_id: str, group_id: str) -> frozenset[str]:
        """The cached members of a user group; empty when never read."""
        ...


class Harvests(Protocol):
    """Messages read, and how far the reading has got."""

    def state(self, postmortem_id: str, channel_id: str | None = None, *, lock: bool = False) -> HarvestState | None:
        """The checkpoint of a record's harvest: of its own channel, or of another one. Who locks several locks the record's own
        first."""
        ...

    def put_state(self, state: HarvestState) -> None:
        """Insert or replace the checkpoint."""
        ...

    def add_messages(self, state: HarvestState, messages: Sequence[Message]) -> None:
        """Upsert a page in one statement by (record, channel, ts); of a message's versions the later edit stays.

        Its threads are noted: new ones, and those whose latest reply moved, become pending.
        """
        ...

    def hear(self, state: HarvestState, message: Message) -> bool:
        """Store a message that came by itself, joined to what is held of it, so that order and repetition make no difference.

        True when it says anything new. The caller holds the state's lock.
        """
        ...

    def next_thread(self, state: HarvestState) -> ThreadRef | None:
        """The oldest thread still to be read."""
        ...

    def thread_read(self, state: HarvestState, thread: ThreadRef, cursor: str | None) -> None:
        """A page of the thread was stored: go on at `cursor`, or it is read."""
        ...

    def touch_thread(self, team_id: str, channel_id: str, ts: str) -> bool:
        """A reply was posted that was not brought along: its thread is to be read again, also when it had no replies so far.

        False when no open record has stored the message.
        """
        ...

    def counts(self, state: HarvestState) -> HarvestCounts:
        """What is stored so far."""
        ...

    def messages(self, state: HarvestState) -> Iterator[Message]:
        """All stored messages of the channel in order of `ts`, streamed."""
        ...

    def thread(self, postmortem_id: str, channel_id: str, ts: str) -> Sequence[Message]:
        """The stored message of that `ts` and its first replies, in order; one indexed query."""
        ...

    def around(
        self, postmortem_id: str, channel_id: str, ts: str, most: int
    ) -> tuple[Sequence[Message], Sequence[Message]]:
        """At most so many stored messages right before and right after that `ts`, replies too, the nearest first."""
        ...


class Proposals(Protocol):
    """What the harvest proposes to people (responders, timeline, TODOs, recordings, queries, role claims)."""

    def replace(self, postmortem_id: str, findings: Findings) -> None:
        """Write the findings of a finished analysis; what a human confirmed or rejected is never overwritten, and what somebody
        pointed out by hand stays unless the analysis found it too."""
        ...

    def point_out(
        self, postmortem_id: str, *, todos: Sequence[TodoFinding] = (), queries: Sequence[QueryFinding] = ()
    ) -> None:
        """Propose what somebody pointed out by hand (its rule is one of `BY_HAND`). A message that has a proposal of that kind, or a
        decision, stays as it is; one whose proposals were all turned down is proposed again."""
        ...

    def take_back(self, postmortem_id: str, kind: str, ts: str) -> None:
        """Nobody points this message out any more: what nobody decided on is gone."""
        ...

    def load(self, postmortem_id: str) -> Findings | None:
        """The findings as stored; before the first analysis what was pointed out by hand, or None."""
        ...

    def people(self, postmortem_id: str) -> Findings:
        """Who was there and who was named in a role, and nothing else of the findings."""
        ...

    def ic(self, postmortem_id: str) -> RoleClaim | None:
        """Whom the channel's messages name as the IC, and nothing else of the findings: asked before every act."""
        ...


class Posts(Protocol):
    """Messages that are edited in place, and uploaded documents."""

    def get(self, postmortem_id: str, name: str) -> Posted | None:
        """Where the message of this name stands."""
        ...

    def under(self, postmortem_id: str, prefix: str) -> Sequence[Posted]:
        """The record's messages whose names begin so, by name."""
        ...

    def at(self, channel_id: str, ts: str) -> Posted | None:
        """The message of ours that stands there (one indexed look-up); None when it is none that is edited in place."""
        ...

    def put(self, posted: Posted) -> None:
        """Remember (or move) it."""
        ...

    def forget(self, postmortem_id: str, name: str) -> None:
        """It is gone from Slack."""
        ...

    def files(self, postmortem_id: str) -> Sequence[DocumentFile]:
        """All uploaded versions, oldest first."""
        ...

    def put_file(self, file: DocumentFile) -> None:
        """Insert or update by file id."""
        ...


class Unit(Protocol):
    """One transaction's view of the memory."""

    @property
    def records(self) -> Records: ...
    @property
    def open_records(self) -> OpenRecords: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def receipts(self) -> Receipts: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def people(self) -> People: ...
    @property
    def harvests(self) -> Harvests: ...
    @property
    def proposals(self) -> Proposals: ...
    @property
    def posts(self) -> Posts: ...
    @property
    def contents(self) -> Contents: ...
    @property
    def meetings(self) -> Meetings: ...
    @property
    def items(self) -> Items: ...
    @property
    def captures(self) -> Captures: ...
    @property
    def queries(self) -> Queries: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def questions(self) -> Questions: ...
    @property
    def watchers(self) -> Watchers: ...
    @property
    def line_checks(self) -> LineChecks: ...
    @property
    def census(self) -> Census: ...
    @property
    def holidays(self) -> Holidays: ...
    @property
    def channels(self) -> Channels: ...
    @property
    def rooms(self) -> Rooms: ...
    @property
    def side_rooms(self) -> SideRooms: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def search(self) -> Search: ...
    @property
    def services(self) -> Services: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def noticed(self) -> NoticedIncidents: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def calendar(self) -> CalendarEvents: ...
    @property
    def mail_drafts(self) -> MailDrafts: ...
    @property
    def report_files(self) -> ReportFiles: ...
    @property
    def wiki_pages(self) -> WikiPages: ...
    @property
    def canvases(self) -> Canvases: ...
    @property
    def record_files(self) -> RecordFiles: ...
    @property
    def mails(self) -> Mails: ...
    @property
    def erasure(self) -> Erasure: ...


class Store(Protocol):
    """The memory as a whole."""

    def transaction(self, patience: timedelta) -> AbstractContextManager[Unit]:
        """A writing transaction: committed when the block ends, rolled back when it raises.

        Raises `Busy` when a lock is not had within `patience`.
        """
        ...

    def reading(self) -> AbstractContextManager[Unit]:
        """A reading view that never waits for writers."""
        ...
