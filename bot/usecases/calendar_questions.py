"""How a question about the meeting on the shared calendar was settled, kept in the history (R-13, R-61): a message that asked keeps its
answer when there is a newer question."""

from __future__ import annotations

from datetime import datetime

from bot.domain.calendar_event import KeptEvent
from bot.domain.postmortem import Audit, Postmortem
from bot.ports.store import Unit
from bot.usecases import rows

FIELD = "shared calendar"
# Through which doors: a person who pressed a button, or people in the calendar itself, or by moving the meeting in Slack.
BY_PERSON, BY_ITSELF = "button", "calendar"


def answered(unit: Unit, record: Postmortem, said: str, by: str, now: datetime) -> None:
    """Somebody did."""
    unit.ledger.note(Audit(record.id, now, by, FIELD, None, said, BY_PERSON))


def settled_itself(unit: Unit, record: Postmortem, asked: KeptEvent, bot: str, now: datetime) -> None:
    """Nothing is left to ask; the message says so."""
    if asked.asked_of and asked.asked_at:
        unit.ledger.note(Audit(record.id, now, bot, FIELD, None, "settled", BY_ITSELF))
        unit.outbox.put(rows.calendar_ask(record, asked.asked_of, asked.asked_at, now))


def answer_to(unit: Unit, record_id: str, asked: datetime) -> Audit | None:
    """How the question of that moment was settled; None while it is open, also where it was put once more since."""
    later = (each for each in unit.ledger.history(record_id) if each.field == FIELD and each.at >= asked)
    return min((each for each in later if each.via in (BY_PERSON, BY_ITSELF)), key=lambda each: each.at, default=None)
