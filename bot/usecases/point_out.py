"""What anybody who sees a post-mortem points out in its channel, while there are ten seconds for it: a line of the timeline, a
TODO, a query, what shows a line (R-20, R-21, R-25, R-30). Whoever writes the post-mortem works on with it, and the history says
who it came from. The record is held meanwhile, so that two people who point at one message never make two of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import errors, pointed, proposals, writing
from bot.domain.actions import ActionItem
from bot.domain.errors import Stale
from bot.domain.harvest import finding, one
from bot.domain.harvest.finding import TodoFinding
from bot.domain.harvest.message import Message
from bot.domain.pointed import Pointed, Source
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.queries import Query, Written
from bot.domain.status import Status
from bot.domain.timeline import Item
from bot.ports.store import Unit
from bot.usecases import actors, rows, standing, timeline_changes
from bot.usecases.arrange_timeline import ArrangeTimeline
from bot.usecases.keep_queries import KeepQueries
from bot.usecases.keep_timeline import KeepTimeline, Line, LineChanged

BY_MENU, BY_COMMAND = "message menu", "command"
WORKED_ON = "Somebody has worked on this line meanwhile, so it was left as it is."
TODO_THERE = "This message is in the list of TODOs already, so nothing was added."
QUERY_THERE = "A query of this message is kept already, so nothing was added."


@dataclass(frozen=True, slots=True)
class PointOut:
    """Each act raises `Refused` once the text was agreed on; that the person sees the post-mortem was asked at the door."""

    policy: Policy
    timeline: KeepTimeline
    queries: KeepQueries
    arrange: ArrangeTimeline

    def open(self, unit: Unit, team_id: str, channel_id: str) -> Postmortem | None:
        """The post-mortem of a channel, if there is one that is not Closed."""
        record = unit.records.current(team_id, channel_id)
        return record if record and record.status is not Status.CLOSED else None

    def record(self, unit: Unit, team_id: str, postmortem_id: str) -> Postmortem:
        """The record, held, while its text may change."""
        record = standing.record_or_refuse(unit, postmortem_id, team_id=team_id)
        writing.check_changes(record)
        return record

    def read(self, unit: Unit, record: Postmortem, message: Message) -> Pointed:
        """What the message gives."""
        people = unit.people.some(record.team_id, one.mentioned(message))
        return pointed.read(message, people, record.channel_id, self.timeline.workspace_url)

    def writes(self, unit: Unit, record: Postmortem, by: str) -> bool:
        """Whether the person writes this post-mortem."""
        return writing.may_write(actors.actor(unit, record, by, self.policy))

    def line_of(self, unit: Unit, record: Postmortem, source: Source) -> Item | None:
        """The line that the message has already."""
        return pointed.line_of(unit.items.timeline(record.id), source)

    def may_change(self, unit: Unit, record: Postmortem, item: Item, by: str) -> bool:
        """Whoever writes it, and whoever saved the line last: their own, until somebody else works on it."""
        return item.by == by or self.writes(unit, record, by)

    def item(self, unit: Unit, record: Postmortem, item_id: str, by: str) -> Item:
        """A line that this person may change. Raises Refused."""
        item = timeline_changes.item(unit, record, item_id)
        if not self.may_change(unit, record, item, by):
            writing.check_text(record, actors.actor(unit, record, by, self.policy))
        return item

    def add_line(
        self, unit: Unit, record: Postmortem, line: Line, source: Source | None, by: str, now: datetime
    ) -> Item:
        """One line; of a message, one for all of it. Raises LineChanged when it has one by now, BadInput without words."""
        theirs = self.line_of(unit, record, source) if source else None
        if theirs:
            raise LineChanged(theirs)
        return self.timeline.add(unit, record, line, by, now, source, via=BY_MENU if source else BY_COMMAND)

    def change_line(
        self, unit: Unit, record: Postmortem, item_id: str, seen: int, line: Line, by: str, now: datetime
    ) -> Item:
        """Their own line as it was typed anew. Raises Refused, BadInput, LineChanged."""
        item = self.item(unit, record, item_id, by)
        return self.timeline.change(unit, record, item.id, seen, line, by, now)

    def take_line_back(self, unit: Unit, record: Postmortem, item_id: str, seen: int, by: str, now: datetime) -> Item:
        """Undo: the line is taken out, and can be put back like any other. Raises Stale when it is another by now."""
        item = timeline_changes.item(unit, record, item_id)
        if item.removed or item.version != seen or not self.may_change(unit, record, item, by):
            raise Stale(WORKED_ON)
        return self.arrange.remove(unit, record, (item.id, seen), by, now)

    def todo_of(self, unit: Unit, record: Postmortem, source: Source) -> TodoFinding | ActionItem | None:
        """What the list of TODOs has of this message: waiting for a decision, or decided."""
        waiting = unit.items.waiting(record.id, "todo")
        found = proposals.todos(unit.proposals.load(record.id), waiting) if waiting else ()
        every: tuple[TodoFinding | ActionItem, ...] = (*found, *unit.items.actions(record.id))
        return next((each for each in every if each.ts == source.ts), None)

    def add_todo(self, unit: Unit, record: Postmortem, source: Source, words: str, by: str, now: datetime) -> None:
        """It waits in the list of TODOs. Raises BadInput without words, Stale when it is there by now."""
        if not words.strip():
            raise errors.bad_input("text", "Say what is to be done.")
        if self.todo_of(unit, record, source):
            raise Stale(TODO_THERE)
        unit.proposals.point_out(record.id, todos=[pointed.todo(source, words, finding.SHORTCUT)])
        unit.ledger.note(Audit(record.id, now, by, "TODO", None, words.strip(), BY_MENU))
        unit.outbox.put(rows.card(record, now, soon=True), rows.document(record, now))

    def deciding(self, unit: Unit, team_id: str, postmortem_id: str) -> Postmortem:
        """The record, held, while TODOs are decided on: until it is Closed."""
        record = standing.record_or_refuse(unit, postmortem_id, team_id=team_id)
        writing.check_decides(record)
        return record

    def query_of(self, unit: Unit, record: Postmortem, source: Source) -> Query | None:
        """A query of this message that is kept already."""
        every = () if source.channel_id else unit.queries.all(record.id)
        return next((each for each in every if each.ts == source.ts and not each.removed), None)

    def add_query(
        self, unit: Unit, record: Postmortem, written: Written, source: Source, by: str, now: datetime, *, cleared: str
    ) -> Query:
        """To the letter. Raises BadInput, LooksSecret, Stale when it is kept by now."""
        if self.query_of(unit, record, source):
            raise Stale(QUERY_THERE)
        return self.queries.add(unit, record, written, by, now, cleared=cleared, source=source)

    def add_evidence(self, unit: Unit, record: Postmortem, item_id: str, urls: str, by: str, now: datetime) -> Item:
        """These addresses, one a line, show that line from now on. Raises BadInput, Refused."""
        if not item_id:
            raise errors.bad_input("line", "Choose the line that it shows.")
        if not urls.strip():
            raise errors.bad_input("evidence", "Tick at least one address, or enter one below.")
        return self.timeline.add_evidence(unit, record, item_id, urls, by, now)
