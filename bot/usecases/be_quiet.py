"""Somebody is reminded too often: for a while, or of everything but the deadline. Within limits, and told back in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain import errors
from bot.domain.policy import Policy
from bot.domain.postmortem import Audit, Postmortem
from bot.domain.quiet import SNOOZES, Quiet
from bot.ports.store import Unit
from bot.usecases import remind, standing, visibility

MUTE, OFF = "mute", "off"
HOW = (
    "Type `/postmortem snooze` with `4h`, `1d` or `3d` for peace until then, with `mute` to be reminded of the deadline "
    "alone, or with `off` to be reminded as usual."
)


@dataclass(frozen=True, slots=True)
class BeQuiet:
    """One person's reminders of one record."""

    policy: Policy

    def __call__(self, unit: Unit, team_id: str, record_id: str, wish: str, by: str, now: datetime) -> Quiet:
        """Raises `Refused` for somebody who is reminded of nothing, and beyond the limits; `BadInput` for an unknown wish."""
        record = standing.record_or_refuse(unit, record_id, team_id=team_id)
        if by not in visibility.concerned(record):
            raise errors.refused("no_part", f"You have no part in {record.name}, so nothing reminds you of it.")
        before = unit.reminders.quiet(record.id).get(by) or Quiet(record.id, by)
        after = self._wished(before, wish, now)
        unit.reminders.put_quiet(after)
        unit.ledger.note(Audit(record.id, now, by, "reminders", None, wish, "snooze"))
        unit.outbox.put(remind.look(record, now))
        return after

    @staticmethod
    def _wished(before: Quiet, wish: str, now: datetime) -> Quiet:
        if wish in (MUTE, OFF):
            return before.mute(on=wish == MUTE)
        if wish not in SNOOZES:
            raise errors.bad_input("bad_snooze", HOW)
        return before.snoozed(wish, now)


def said(record: Postmortem, quiet: Quiet, wish: str) -> tuple[str, datetime | None]:
    """What the person is told, and until when it holds."""
    if wish == MUTE:
        return (
            f"You are only reminded of the deadline of {record.name} from now on. `/postmortem snooze off` takes that back.",
            None,
        )
    if wish == OFF:
        return f"You are reminded of {record.name} as usual again.", None
    return f"You are not reminded of {record.name} until then:", quiet.until
