"""Watching a post-mortem (R-08): whoever does is told of what the channel hears, several changes in one message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import watching
from bot.domain.errors import Refused
from bot.domain.outgoing import Kind, Outgoing
from bot.domain.postmortem import Postmortem
from bot.domain.status import Status
from bot.domain.watching import Watcher
from bot.ports.store import Unit

# Changes come in bunches: what follows within this time is told in the same message.
PAUSE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Watch:
    """Begin or end watching. Who may is asked at the door."""

    def __call__(self, unit: Unit, record: Postmortem, by: str, on: bool, now: datetime) -> bool:
        """Whether the person watches from now on. Raises `Refused` once it is Closed."""
        watches = any(each.user_id == by for each in unit.watchers.all(record.id))
        if not on:
            unit.watchers.remove(record.id, by)
            unit.outbox.cancel(record.id, [row(record, by, now).key])
        elif not watches:
            if record.status is Status.CLOSED:
                raise Refused(f"{record.name} is Closed: nothing changes in it any more.")
            unit.watchers.put(Watcher(record.id, by, now))
        return on


def follow(unit: Unit, record: Postmortem, now: datetime) -> None:
    """Something may have changed: tell those who watch, in a while. Asked whenever the card is drawn, which follows every
    change that the channel hears of; a record that nobody watches costs one look."""
    watchers = unit.watchers.all(record.id)
    history = unit.ledger.history(record.id) if watchers else ()
    closed = record.status is Status.CLOSED
    due = (each for each in watchers if closed or watching.untold(each, history))
    unit.outbox.put(*(row(record, each.user_id, now + PAUSE) for each in due))


def row(record: Postmortem, user: str, due: datetime) -> Outgoing:
    """The message to one watcher; what is still to be sent keeps its time."""
    key = f"{Kind.WATCH_DM}:{record.id}:{user}"
    return Outgoing(Kind.WATCH_DM, key, record.team_id, due, record.id, {"user": user}, again=True)
