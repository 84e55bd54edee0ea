"""What becomes of each TODO of the chat (R-30, R-35): a ticket, a topic, part of another one, done already, or not to be done, and
why. A decision can be changed until the post-mortem is closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import actions, errors, proposals, triage, writing
from bot.domain.actions import LABELS, ActionItem, Choice, Decision, Priority
from bot.domain.errors import BadInput, Refused, Stale
from bot.domain.harvest.finding import TodoFinding
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.proposals import Key
from bot.domain.tickets import TicketState
from bot.ports.store import Unit
from bot.usecases import actors, rows, standing
from bot.usecases.link_ticket import LinkTicket

DECIDED = "Somebody decided on this TODO meanwhile. Close the form and open the list again to see what."
APART = "This action item is not merged into another one any more. Open the list again to see what stands."
NO_TICKETS = (
    "No action item waits to become a ticket in a tracker. `/postmortem actions` shows what was decided, and the addresses of "
    "those that are there already."
)
GONE = "This action item is not there any more. Close the form and open the list again."


class ActionChanged(Exception):
    """Somebody else decided otherwise while the form was open; nothing was saved. `theirs` is what stands."""

    def __init__(self, theirs: ActionItem) -> None:
        super().__init__(theirs.id)
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class DecideTodos:
    """Every decision of a person on what is to be done. Each raises `Refused` for somebody who does not write."""

    policy: Policy
    new_id: Callable[[], str]

    def record(self, unit: Unit, team_id: str, postmortem_id: str, by: str) -> Postmortem:
        """The record, held, for somebody who decides."""
        record = standing.record_or_refuse(unit, postmortem_id, team_id=team_id)
        writing.check_actions(record, actors.actor(unit, record, by, self.policy))
        return record

    def waiting(self, unit: Unit, record: Postmortem) -> tuple[TodoFinding, ...]:
        """The TODOs that nobody has decided on."""
        return proposals.todos(unit.proposals.load(record.id), unit.items.waiting(record.id, "todo"))

    def action(self, unit: Unit, record: Postmortem, action_id: str) -> ActionItem:
        """One decided TODO. Raises Refused when there is none."""
        found = next((each for each in unit.items.actions(record.id) if each.id == action_id), None)
        if found is None:
            raise Refused(GONE)
        return found

    def candidate(self, unit: Unit, record: Postmortem, key: Key) -> TodoFinding:
        """One TODO that waits. Raises Refused when it was decided meanwhile, or is gone."""
        found = next((each for each in self.waiting(unit, record) if (each.ts, each.line) == key), None)
        if found is None:
            raise Refused(DECIDED)
        return found

    def decide(
        self, unit: Unit, record: Postmortem, choices: Mapping[Key, Choice], by: str, now: datetime, words: str | None = None
    ) -> int:  # fmt: skip
        """Returns how many were decided: what somebody else decided meanwhile stays as they decided. `words` take the place
        of those in the chat. Raises BadInput for one that is merged into what takes nothing in, or whose ticket cannot be linked."""
        notes = []
        text = None if words is None else _words(words)
        for todo in self.waiting(unit, record):
            choice = choices.get((todo.ts, todo.line))
            if choice and unit.items.settle(record.id, "todo", todo.ts, todo.line, confirmed=True):
                self._check_target(unit, record, choice, None)
                made = self._made(record, text or todo.whole(), choice, by, now, todo)
                unit.items.put_action(made)
                self._link(unit, record, made, choice, by, now, f":{todo.ts}:{todo.line}")
                notes.append(_audit(made, None, by, now))
        unit.ledger.note(*notes)
        self._redraw(unit, record, now)
        return len(notes)

    def add(self, unit: Unit, record: Postmortem, text: str, choice: Choice, by: str, now: datetime) -> ActionItem:
        """An action item that nobody noted in the chat. Raises BadInput for one without words."""
        words = _words(text)
        self._check_target(unit, record, choice, None)
        made = self._put(unit, record, None, self._made(record, words, choice, by, now), by, now)
        self._link(unit, record, made, choice, by, now)
        return made

    def change(
        self, unit: Unit, record: Postmortem, action_id: str, seen: int, text: str, choice: Choice, by: str, now: datetime
    ) -> ActionItem:  # fmt: skip
        """Another decision, or other words; `seen` is the version that the form showed. Raises BadInput, Refused, ActionChanged."""
        before = self.action(unit, record, action_id)
        words = _words(text)
        if before.version != seen:
            raise ActionChanged(before)
        self._check_target(unit, record, choice, before)
        after = replace(before, text=words, by=by, version=before.version + 1, assignee=choice.assignee)
        saved = self._put(unit, record, before, self._with_ticket(unit, before, _chosen(after, choice)), by, now)
        if before.ticket and not saved.ticket and before.decision is saved.decision is Decision.TICKET:
            self._unlink(unit, record, saved, by, now)
        self._link(unit, record, saved, choice, by, now)
        return saved

    def hand_out(self, unit: Unit, record: Postmortem, by: str, now: datetime) -> None:
        """The tickets come as a file. Raises Refused while there is none."""
        if not triage.to_make(unit.items.actions(record.id)):
            raise Refused(NO_TICKETS)
        unit.ledger.note(Audit(record.id, now, by, "action items", None, "asked for as a file", "csv"))
        unit.outbox.put(rows.actions_file(record, now))

    def take_apart(self, unit: Unit, record: Postmortem, action_id: str, by: str, now: datetime) -> ActionItem | None:
        """Undo a merge: what had been decided before stands again. Where nothing had, a TODO of the chat waits for a decision
        once more (None), and what was added by hand is a topic. Raises Stale when it is merged no more."""
        before = self.action(unit, record, action_id)
        if before.decision is not Decision.MERGED:
            raise Stale(APART)
        again = replace(before, merged_into=None, was=None, by=by, version=before.version + 1)
        if before.was is None and unit.items.take_back(before):
            unit.ledger.note(Audit(record.id, now, by, "action item", _said(before), None, "undo"))
            self._redraw(unit, record, now)
            return None
        return self._put(unit, record, before, replace(again, decision=before.was or Decision.DISCUSS), by, now)

    def _made(
        self, record: Postmortem, text: str, choice: Choice, by: str, now: datetime, todo: TodoFinding | None = None
    ) -> ActionItem:
        who = choice.assignee or (todo.assignee if todo else None)
        ts, line = (todo.ts, todo.line) if todo else (None, None)
        made = ActionItem(self.new_id(), record.id, text, choice.decision, by, now, assignee=who, ts=ts, line=line)
        return _chosen(made, choice)

    def _link(
        self, unit: Unit, record: Postmortem, item: ActionItem, choice: Choice, by: str, now: datetime, place: str = ""
    ) -> None:  # fmt: skip
        """`place` says which of several it is, where one cannot be linked."""
        try:
            if choice.link:
                LinkTicket(self.policy)(unit, record, item, choice.link, by, now)
        except BadInput as error:
            raise errors.bad_input(f"{actions.NO_TICKET}{place}", error.message) from error

    def _unlink(self, unit: Unit, record: Postmortem, item: ActionItem, by: str, now: datetime) -> None:
        """Its address was taken out of the form."""
        kept = unit.tickets.get(item.id)
        if kept and kept.state is TicketState.MADE:
            LinkTicket(self.policy).off(unit, record, item, by, now)

    @staticmethod
    def _with_ticket(unit: Unit, before: ActionItem, after: ActionItem) -> ActionItem:
        """One that becomes a ticket again has the one that it had."""
        if after.decision is not Decision.TICKET or after.ticket or before.decision is Decision.TICKET:
            return after
        kept = unit.tickets.get(after.id)
        return replace(after, ticket=kept.url) if kept and kept.state is TicketState.MADE else after

    @staticmethod
    def _check_target(unit: Unit, record: Postmortem, choice: Choice, item: ActionItem | None) -> None:
        if choice.decision is Decision.MERGED:
            triage.target(unit.items.actions(record.id), item, choice.into)

    def _put(
        self, unit: Unit, record: Postmortem, before: ActionItem | None, after: ActionItem, by: str, now: datetime
    ) -> ActionItem:
        unit.items.put_action(after)
        unit.ledger.note(_audit(after, before, by, now))
        self._redraw(unit, record, now)
        return after

    @staticmethod
    def _redraw(unit: Unit, record: Postmortem, now: datetime) -> None:
        unit.outbox.put(rows.card(record, now, soon=True), rows.document(record, now))


def _chosen(item: ActionItem, choice: Choice) -> ActionItem:
    """The item with what was chosen. One that is merged keeps what was decided of it, so that this can be undone."""
    if choice.decision is Decision.MERGED:
        was = item.was if item.decision is Decision.MERGED else item.decision
        return replace(item, decision=Decision.MERGED, merged_into=choice.into, was=was, roi=choice.terms.roi.strip())
    roi = choice.terms.roi.strip()
    terms = choice.terms if choice.decision is Decision.TICKET else actions.Terms(choice.terms.kind, None)
    why = terms.justification.strip() if terms.priority is Priority.LOWER else ""
    return replace(
        item, decision=choice.decision, reason=choice.reason, ticket=choice.ticket, kind=terms.kind,
        priority=terms.priority, justification=why, due=terms.due, merged_into=None, was=None, roi=roi,
    )  # fmt: skip


def _words(text: str) -> str:
    if not text.strip():
        raise BadInput("Say what is to be done.", reasons=(errors.Reason("text", "Say what is to be done."),))
    return text.strip()


def _audit(after: ActionItem, before: ActionItem | None, by: str, now: datetime) -> Audit:
    old = _said(before) if before else None
    return Audit(after.postmortem_id, now, by, "action item", old, _said(after), "form")


def _said(action: ActionItem) -> str:
    """A decision as the history keeps it."""
    terms = (action.priority, action.kind, action.due.isoformat() if action.due else "", action.justification)
    roi = f"ROI: {action.roi}" if action.roi else ""
    why = ", ".join(str(each) for each in (*terms, action.ticket or action.reason, roi) if each)
    return f"{LABELS[action.decision]}{f' ({why})' if why else ''}: {action.text}"
