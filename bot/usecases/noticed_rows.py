"""What follows for an incident that was noticed when a record is begun in its channel, whichever way."""

from __future__ import annotations

from datetime import datetime

from bot.domain.noticed import Noticed, NoticedState
from bot.domain.outgoing import Kind, Outgoing
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit


def offer(noticed: Noticed, now: datetime) -> Outgoing:
    """Ask the channel once, or draw the question anew when it is answered."""
    key = f"{Kind.START_OFFER}:{noticed.id}"
    return Outgoing(Kind.START_OFFER, key, noticed.team_id, now, None, {"noticed": noticed.id}, again=True)


def place(noticed: Noticed, now: datetime) -> Outgoing:
    """Read what kind of channel it is, and who is in a private one: nobody else is told of it."""
    key = f"{Kind.PLACE}:{noticed.team_id}:{noticed.channel_id}"
    return Outgoing(Kind.PLACE, key, noticed.team_id, now, None, {"channel": noticed.channel_id}, again=True)


def settle(unit: Unit, each: Noticed, record: Postmortem, by: str, now: datetime) -> None:
    """It has its record: a question that stands in the channel says so."""
    settled = each.changed(state=NoticedState.RECORDED, settled_at=now, settled_by=by, postmortem_id=record.id)
    unit.noticed.save(settled)
    if each.ended_at is not None:
        unit.outbox.put(offer(settled, now))
