"""Slack's news about a person: kept, and followed where somebody waits for one who has no account any more (R-06, R-08, R-09)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.harvest.person import Person
from bot.domain.status import Status
from bot.domain.topics import Topic
from bot.ports.store import Unit
from bot.usecases import question_rows, remind, rows, standing, visibility


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """Deactivated: whoever waits for them is told. Back again: reminders come as before. Another name: documents say it."""

    def __call__(self, unit: Unit, team_id: str, person: Person, now: datetime) -> None:
        """Idempotent: the same news twice is told once."""
        known = unit.people.get(team_id, person.user_id)
        if known == person:
            return
        unit.people.put(team_id, [person])
        was_gone = known is not None and known.deleted
        if person.deleted and not was_gone:
            self._left(unit, team_id, person.user_id, now)
        if known is not None and (was_gone != person.deleted or known.name != person.name):
            self._redraw(unit, team_id, person, named=known.name != person.name, now=now)

    @staticmethod
    def _left(unit: Unit, team_id: str, user: str, now: datetime) -> None:
        for record in unit.open_records.owned_by(team_id, user):
            if record.merged is not None:
                continue
            to = standing.chief(unit, record)
            # Who came back and left once more is news again.
            unit.outbox.put(replace(rows.owner_gone(record, to, now), again=True))
        for proposal in unit.ledger.pending_with(team_id, user):
            of = unit.records.get(proposal.postmortem_id)
            if of is not None:
                # The next one is asked now, and not only after a silence that means nothing.
                unit.outbox.put(replace(rows.escalate(of, proposal, now), again=True))
        for question in unit.questions.waiting_for(team_id, user):
            of = unit.records.get(question.postmortem_id)
            if of is not None and of.status is not Status.CLOSED:
                numbers = (question_rows.REMIND, question_rows.TELL)
                unit.outbox.cancel(of.id, [question_rows.silent_key(question, number) for number in numbers])
                question_rows.tell(unit, of, question, Topic.QUESTION_UNTOLD, now)

    @staticmethod
    def _redraw(unit: Unit, team_id: str, person: Person, *, named: bool, now: datetime) -> None:
        """Cards mention people, and Slack writes their names; the document has them in words. Both only of those with a role."""
        for record in unit.census.open(team_id):
            if person.user_id in visibility.concerned(record):
                unit.outbox.put(remind.look(record, now), *([rows.document(record, now)] if named else []))
