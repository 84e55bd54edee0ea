"""`/postmortem incident open [reason]` and `incident resolved [time]`: it goes on, and it is over (again)."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.blocks import lines, replies
from bot.domain import mentions
from bot.domain.errors import Refused
from bot.domain.postmortem import Postmortem
from bot.listeners import typed_times
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit

HOW = (
    "Type `/postmortem incident open` with a reason when the incident goes on, and `/postmortem incident resolved` when it "
    "is over, with the time if that was not now: `incident resolved 14:02 UTC`. `incident undo` takes a mistaken *open* back."
)
# What lies near a window counts as in it, so that this is a little less than a day.
_LAST = timedelta(hours=22)
_OPEN, _RESOLVED = {"open", "reopen", "reopened", "open-again"}, {"resolved", "resolve", "over"}
_UNDO = "undo"


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Let the deadline rest, or count it anew."""
    word, rest = (*call.text.split(None, 1), "", "")[:2]
    if word.lower() not in _OPEN | _RESOLVED | {_UNDO}:
        raise Refused(HOW)
    record, team, by = status.current(unit, call, lock=True), call.place.team_id, call.place.user_id
    if word.lower() in _OPEN:
        saved = desk.incident_again.begins(unit, team, record.id, mentions.words(rest), by, now)
        said = "is open again: its deadline rests. Type `/postmortem incident resolved` when it is over."
        return Answer(replies.say(f"The incident of {lines.name(saved)} {said}"))
    at = _first_end(record) if word.lower() == _UNDO else _when(unit, record, rest.strip(), by, now)
    saved = desk.incident_again.ends(unit, team, record.id, at, by, now)
    return Answer(
        replies.say(f"The incident of {lines.name(saved)} is over; the channel is told what follows from it.")
    )


def _first_end(record: Postmortem) -> datetime:
    """It was not open again after all: the end that it had stands."""
    if record.open_again is None or record.times.resolved_at is None:
        raise Refused(f"There is nothing to take back: the incident of {record.name} is not open again.")
    return record.times.resolved_at


def _when(unit: Unit, record: Postmortem, typed: str, by: str, now: datetime) -> datetime:
    if typed.lower() in ("", "now"):
        return now
    person = unit.people.get(record.team_id, by)
    zone = typed_times.zone_of(person.tz if person else None, record.business_tz)
    # A time without a date is the last one that there was.
    return typed_times.parse(typed, zone=zone, now=now, window=(now - _LAST, now))


INCIDENT = Subcommand(
    "incident",
    "incident open [reason]",
    "the incident goes on: its deadline rests; `incident resolved [time]` ends that, `incident undo` takes it back",
    run,
)
