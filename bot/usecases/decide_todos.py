"""What becomes of each TODO of the chat (R-30, R-35): a ticket, a topic for discussion, done already, or not to be done, and
why. A decision can be changed until the post-mortem is closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain import errors, proposals, writing
from bot.domain.actions import LABELS, ActionItem, Choice
from bot.domain.errors import BadInput, Refused
from bot.domain.harvest.finding import TodoFinding
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.proposals import Key
from bot.ports.store import Unit
from bot.usecases import actors, rows, standing

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

    def decide(self, unit: Unit, record: Postmortem, choices: Mapping[Key, Choice], by: str, now: datetime) -> int:
        """Returns how many were decided: what somebody else decided meanwhile stays as they decided."""
        notes = []
        for todo in self.waiting(unit, record):
            choice = choices.get((todo.ts, todo.line))
            if choice and unit.items.settle(record.id, "todo", todo.ts, todo.line, confirmed=True):
                made = self._made(record, todo.whole(), choice, by, now, todo)
                unit.items.put_action(made)
                notes.append(_audit(made, None, by, now))
        unit.ledger.note(*notes)
        self._redraw(unit, record, now)
        return len(notes)

    def add(self, unit: Unit, record: Postmortem, text: str, choice: Choice, by: str, now: datetime) -> ActionItem:
        """An action item that nobody noted in the chat. Raises BadInput for one without words."""
        return self._put(unit, record, None, self._made(record, _words(text), choice, by, now), by, now)

    def change(
        self, unit: Unit, record: Postmortem, action_id: str, seen: int, text: str, choice: Choice, by: str, now: datetime
    ) -> ActionItem:  # fmt: skip
        """Another decision, or other words; `seen` is the version that the form showed. Raises BadInput, Refused, ActionChanged."""
        before = self.action(unit, record, action_id)
        words = _words(text)
        if before.version != seen:
            raise ActionChanged(before)
        after = ActionItem(
            before.id, record.id, words, choice.decision, by, now, choice.reason, choice.ticket, choice.assignee,
            before.ts, before.line, before.version + 1,
        )  # fmt: skip
        return self._put(unit, record, before, after, by, now)

    def _made(
        self, record: Postmortem, text: str, choice: Choice, by: str, now: datetime, todo: TodoFinding | None = None
    ) -> ActionItem:
        return ActionItem(
            self.new_id(), record.id, text, choice.decision, by, now, choice.reason, choice.ticket,
            choice.assignee or (todo.assignee if todo else None), todo.ts if todo else None, todo.line if todo else None,
        )  # fmt: skip

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


def _words(text: str) -> str:
    if not text.strip():
        raise BadInput("Say what is to be done.", reasons=(errors.Reason("text", "Say what is to be done."),))
    return text.strip()


def _audit(after: ActionItem, before: ActionItem | None, by: str, now: datetime) -> Audit:
    old = _said(before) if before else None
    return Audit(after.postmortem_id, now, by, "action item", old, _said(after), "form")


def _said(action: ActionItem) -> str:
    """A decision as the history keeps it."""
    why = action.ticket or action.reason
    return f"{LABELS[action.decision]}{f' ({why})' if why else ''}: {action.text}"
