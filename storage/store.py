"""The memory as the rest of the product sees it: an engine, and transactions that hand out the repositories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.engine import Connection, Engine

from storage.calendar import SqlCalendarEvents
from storage.canvases import SqlCanvases
from storage.captures import SqlCaptures
from storage.census import SqlCensus
from storage.channels import SqlChannels
from storage.erasure import SqlErasure
from storage.findings import SqlProposals
from storage.harvests import SqlHarvests
from storage.holidays import SqlHolidays
from storage.items import SqlItems
from storage.ledger import SqlLedger
from storage.life import SqlContents, SqlMeetings
from storage.mail_drafts import SqlMailDrafts
from storage.mails import SqlMails
from storage.noticed import SqlNoticed
from storage.outbox import SqlOutbox
from storage.people import SqlPeople
from storage.posts import SqlPosts
from storage.queries import SqlQueries
from storage.questions import SqlLineChecks, SqlQuestions, SqlWatchers
from storage.receipts import SqlReceipts
from storage.record_files import SqlRecordFiles
from storage.records import SqlOpenRecords, SqlRecords
from storage.reminders import SqlReminders
from storage.report_files import SqlReportFiles
from storage.reviews import SqlReviews
from storage.rooms import SqlRooms
from storage.search import SqlSearch
from storage.services import SqlInvitations, SqlServices
from storage.side_rooms import SqlSideRooms
from storage.statements import Time
from storage.tickets import SqlTickets
from storage.transactions import Transactions
from storage.wiki_pages import SqlWikiPages


@dataclass(frozen=True, slots=True)
class SqlUnit:
    """One transaction's view of the memory."""

    records: SqlRecords
    open_records: SqlOpenRecords
    ledger: SqlLedger
    receipts: SqlReceipts
    outbox: SqlOutbox
    people: SqlPeople
    harvests: SqlHarvests
    proposals: SqlProposals
    posts: SqlPosts
    contents: SqlContents
    meetings: SqlMeetings
    items: SqlItems
    captures: SqlCaptures
    queries: SqlQueries
    reviews: SqlReviews
    questions: SqlQuestions
    watchers: SqlWatchers
    line_checks: SqlLineChecks
    census: SqlCensus
    holidays: SqlHolidays
    channels: SqlChannels
    rooms: SqlRooms
    side_rooms: SqlSideRooms
    reminders: SqlReminders
    search: SqlSearch
    services: SqlServices
    invitations: SqlInvitations
    noticed: SqlNoticed
    tickets: SqlTickets
    calendar: SqlCalendarEvents
    mail_drafts: SqlMailDrafts
    report_files: SqlReportFiles
    wiki_pages: SqlWikiPages
    canvases: SqlCanvases
    record_files: SqlRecordFiles
    mails: SqlMails
    erasure: SqlErasure


class SqlStore:
    """bot.ports.store.Store on SQLite or Postgres. One per process and engine.

    `shift` is added to the database's clock wherever the outbox compares times, or stands in its place: tests travel with it.
    """

    def __init__(self, engine: Engine, *, shift: Callable[[], Time] = lambda: timedelta(0)) -> None:
        self._transactions = Transactions(engine)
        self._shift = shift
        self._wrote: list[Callable[[], None]] = []

    def when_rows_were_written(self, listener: Callable[[], None]) -> None:
        """Call this after every commit that wrote rows to the outbox: workers need not wait for the next tick."""
        self._wrote.append(listener)

    @contextmanager
    def transaction(self, patience: timedelta) -> Iterator[SqlUnit]:
        """A writing transaction: committed when the block ends, rolled back when it raises.

        Raises `Busy` when a lock is not had within `patience`, `Unsure` when the connection is lost while committing.
        """
        with self._transactions.writing(patience) as conn:
            unit = self._unit(conn)
            yield unit
            unit.outbox.flush()
        for listener in self._wrote if unit.outbox.wrote else ():
            listener()

    @contextmanager
    def reading(self) -> Iterator[SqlUnit]:
        """One consistent view that never waits for writers; writing through it is refused."""
        with self._transactions.reading() as conn:
            yield self._unit(conn)

    def _unit(self, conn: Connection) -> SqlUnit:
        return SqlUnit(
            records=SqlRecords(conn),
            open_records=SqlOpenRecords(conn),
            ledger=SqlLedger(conn),
            receipts=SqlReceipts(conn),
            outbox=SqlOutbox(conn, self._shift),
            people=SqlPeople(conn),
            harvests=SqlHarvests(conn),
            proposals=SqlProposals(conn),
            posts=SqlPosts(conn),
            contents=SqlContents(conn),
            meetings=SqlMeetings(conn),
            items=SqlItems(conn),
            captures=SqlCaptures(conn),
            queries=SqlQueries(conn),
            reviews=SqlReviews(conn),
            questions=SqlQuestions(conn),
            watchers=SqlWatchers(conn),
            line_checks=SqlLineChecks(conn),
            census=SqlCensus(conn),
            holidays=SqlHolidays(conn),
            channels=SqlChannels(conn),
            rooms=SqlRooms(conn),
            side_rooms=SqlSideRooms(conn),
            reminders=SqlReminders(conn),
            search=SqlSearch(conn),
            services=SqlServices(conn),
            invitations=SqlInvitations(conn),
            noticed=SqlNoticed(conn),
            tickets=SqlTickets(conn),
            calendar=SqlCalendarEvents(conn),
            mail_drafts=SqlMailDrafts(conn),
            report_files=SqlReportFiles(conn),
            wiki_pages=SqlWikiPages(conn),
            canvases=SqlCanvases(conn),
            record_files=SqlRecordFiles(conn),
            mails=SqlMails(conn),
            erasure=SqlErasure(conn),
        )
