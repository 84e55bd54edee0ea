"""What becomes of a message that people mark: a line of the timeline, a TODO or a query, once; and what becomes of those
when nobody marks it any more, or when it is edited. What a person has changed or decided since is never undone (R-20)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import evidence, side_rooms, writing
from bot.domain.capture import NOT_OURS, PIN, Capture, Mark, Question, Use
from bot.domain.harvest import one
from bot.domain.harvest.message import Message
from bot.domain.outgoing import Outgoing
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.domain.timeline import Item
from bot.ports.store import Unit
from bot.usecases import rows, timeline_changes
from bot.usecases.timeline_changes import Change

BY_REACTION, BY_PIN, BY_EDIT = "reaction", "pin", "edited in Slack"


@dataclass(frozen=True, slots=True)
class SettleCapture:
    """Brings the record to where the marks of one message want it; done twice it changes nothing."""

    policy: Policy
    workspace_url: str
    new_id: Callable[[], str]

    def __call__(self, unit: Unit, record: Postmortem, capture: Capture, now: datetime) -> Capture:
        """`record` and `capture` are held for this transaction. Returns what was stored."""
        if writing.frozen(record):
            return capture
        uses = capture.heard.active(self.policy.reactions)
        marks = uses.get(Use.TIMELINE, ())
        capture = replace(capture, trouble="") if capture.body else capture
        after = self._wanted(unit, record, capture, marks, now) if marks else self._unwanted(unit, record, capture, now)
        self._propose(unit, record, after, Use.TODO in uses, Use.QUERY in uses)
        if capture.question is not after.question and capture.item_id:
            unit.outbox.put(*self._asked(unit, record, after, now))
        if after.marked is not self.wants_answer(after):
            unit.outbox.put(rows.capture_mark(record, after.channel_id, after.ts, now))
        unit.captures.put(after)
        unit.outbox.put(rows.card(record, now, soon=True), rows.document_by_marks(record, now))
        return after

    def wants_answer(self, capture: Capture) -> bool:
        """Whether our own reaction shall stand on it."""
        there = capture.body is not None and capture.heard.deleted_at is None
        return there and bool(capture.heard.active(self.policy.reactions))

    def _wanted(
        self, unit: Unit, record: Postmortem, capture: Capture, marks: Sequence[Mark], now: datetime
    ) -> Capture:
        if capture.body is None:
            return capture
        lines = unit.items.of_message(record.id, place(record, capture), named(unit, record, capture))
        mine = next((item for item in lines if item.id == capture.item_id), None)
        theirs = next((item for item in lines if not item.removed), None)
        if mine is None and theirs:
            # A line that people made: it is followed by nobody but them, and does not come back when they take it out.
            return replace(capture, item_id=theirs.id, item_version=NOT_OURS)
        first = next((mark for mark in marks if mark.user_id), marks[0])
        by, via = first.user_id or "bot", BY_PIN if first.name == PIN else BY_REACTION
        if mine is None:
            # One that somebody dropped as a proposal comes back as it was.
            before = next((item for item in lines if item.merged_into is None), None)
            made = before or self._made(unit, record, capture, capture.body, by, now)
            change = Change(before, replace(made, removed=False))
            saved = self._save(unit, record, change, by, now, via)
            self._settle_proposals(unit, record, named(unit, record, capture))
            shown = capture.body.edited_ts or ""
            return replace(capture, item_id=saved.id, item_version=saved.version, shown_ts=shown, withdrawn=False)
        capture = replace(capture, question=Question.NONE)
        if mine.removed and capture.withdrawn:
            capture, mine = self._brought_back(unit, record, capture, mine, (by, via), now)
        return self._followed(unit, record, replace(capture, withdrawn=capture.withdrawn and mine.removed), mine, now)

    def _brought_back(
        self, unit: Unit, record: Postmortem, capture: Capture, mine: Item, who: tuple[str, str], now: datetime
    ) -> tuple[Capture, Item]:
        """As it was; what a person wrote in it stays that person's, who is asked the next time."""
        by, via = who
        saved = self._save(unit, record, Change(mine, replace(mine, removed=False)), by, now, via)
        if mine.version == capture.item_version:
            return replace(capture, item_version=saved.version), saved
        saved = replace(saved, by=mine.by)
        unit.items.put_item(saved)
        return capture, saved

    def _unwanted(self, unit: Unit, record: Postmortem, capture: Capture, now: datetime) -> Capture:
        if capture.item_id is None or capture.item_version == NOT_OURS or capture.withdrawn:
            return capture
        lines = unit.items.of_message(record.id, place(record, capture), named(unit, record, capture))
        mine = next((item for item in lines if item.id == capture.item_id), None)
        if mine is None or mine.removed:
            return capture
        if mine.version != capture.item_version:
            asked = capture.question is Question.NONE
            capture = replace(capture, question=Question.ASKED) if asked else capture
            return self._followed(unit, record, capture, mine, now)
        last = max(capture.heard.marks, key=lambda mark: mark.at)
        saved = self._save(unit, record, Change(mine, replace(mine, removed=True)), last.user_id, now, BY_REACTION)
        return replace(capture, item_version=saved.version, withdrawn=True)

    def _followed(self, unit: Unit, record: Postmortem, capture: Capture, mine: Item, now: datetime) -> Capture:
        """An edit in Slack changes the line that nobody has touched; the first words are kept with the message."""
        body = capture.body
        shown = (body.edited_ts or "") if body else ""
        if body is None or mine.removed or mine.version != capture.item_version or shown == capture.shown_ts:
            return capture
        after = self._made(unit, record, capture, body, mine.by, now)
        told = replace(mine, text=after.text, at=after.at, kind=after.kind, evidence=after.evidence)
        saved = self._save(unit, record, Change(mine, told), body.user_id or mine.by, now, BY_EDIT)
        return replace(capture, item_version=saved.version, shown_ts=shown)

    def _made(self, unit: Unit, record: Postmortem, capture: Capture, body: Message, by: str, now: datetime) -> Item:
        body = side_rooms.renamed(body, number(unit, record, capture))
        found = one.entry(body, unit.people.some(record.team_id, one.mentioned(body)))
        return Item(
            self.new_id(), record.id, found.at, found.text, found.kind, by, now, found.ts, found.line, found.thread_ts,
            found.user_id, evidence.proposed(found.evidence, self.workspace_url),
            channel_id=place(record, capture),
        )  # fmt: skip

    @staticmethod
    def _save(unit: Unit, record: Postmortem, change: Change, by: str, now: datetime, via: str) -> Item:
        return timeline_changes.save(unit, record, [change], by, now, via=via, quietly=True)[0]

    @staticmethod
    def _settle_proposals(unit: Unit, record: Postmortem, ts: str) -> None:
        """What is in the timeline is not proposed once more."""
        for at, line in unit.items.waiting(record.id, "timeline"):
            if at == ts:
                unit.items.settle(record.id, "timeline", at, line, confirmed=True)

    def _propose(self, unit: Unit, record: Postmortem, capture: Capture, todo: bool, query: bool) -> None:
        """TODOs and queries are decided by people: a mark puts them on their lists."""
        body, ts = capture.body, named(unit, record, capture)
        body = side_rooms.renamed(body, number(unit, record, capture)) if body else None
        if todo and body:
            found = one.todo(body, unit.people.some(record.team_id, one.mentioned(body)))
            unit.proposals.point_out(record.id, todos=[found])
        elif not todo:
            unit.proposals.take_back(record.id, "todos", ts)
        if query and body:
            unit.proposals.point_out(record.id, queries=[one.query(body)])
        elif not query:
            unit.proposals.take_back(record.id, "queries", ts)

    def _asked(self, unit: Unit, record: Postmortem, capture: Capture, now: datetime) -> Sequence[Outgoing]:
        """Whoever changed the line is asked, once for each time that the last mark goes; or the question is taken back."""
        item = next(
            (each for each in unit.items.of_message(record.id, place(record, capture), named(unit, record, capture))
             if each.id == capture.item_id), None,
        )  # fmt: skip
        if item is None:
            return []
        if capture.question is Question.ASKED:
            unit.posts.forget(record.id, asked_name(capture, item.by))
        return [rows.withdrawn_dm(record, capture.channel_id, capture.ts, item.by, now)]


def place(record: Postmortem, capture: Capture) -> str:
    """The channel as a line keeps it: "" for the incident's own."""
    return "" if capture.channel_id == record.channel_id else capture.channel_id


def number(unit: Unit, record: Postmortem, capture: Capture) -> int:
    """The number of the message's channel within the record; 0 is the record's own."""
    if capture.channel_id == record.channel_id:
        return 0
    return next((each.number for each in unit.side_rooms.of(record.id) if each.channel_id == capture.channel_id), 0)


def named(unit: Unit, record: Postmortem, capture: Capture) -> str:
    """How the message is named within the record, where two channels may have one of the same moment."""
    return side_rooms.named(capture.ts, number(unit, record, capture))


def asked_name(capture: Capture, to: str) -> str:
    """How the message with the question is called among those that are edited in place."""
    return f"withdrawn:{capture.channel_id}:{capture.ts}:{to}"
