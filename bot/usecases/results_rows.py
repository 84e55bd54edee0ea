"""The outgoing rows of the results (R-54): told once in each place when a post-mortem is reviewed, and kept there as it is."""

from __future__ import annotations

from datetime import datetime

from bot.domain import internal_results
from bot.domain.outgoing import Kind, Outgoing
from bot.domain.policy import Policy
from bot.domain.postmortem import Postmortem
from bot.ports.store import Unit

# In the incident's channel, and in the channel that the settings name for what there is to learn.
INCIDENT, LEARNINGS = "incident", "learnings"
_STEM = "results:"


def tell(unit: Unit, record: Postmortem, policy: Policy, now: datetime) -> None:
    """It is reviewed: tell what came out of it, wherever that is told."""
    unit.outbox.put(*(post(record, place, now) for place in places(unit, record, policy)))


def follow(unit: Unit, record: Postmortem, now: datetime) -> None:
    """Draw anew what stands, as the post-mortem is now. What was not told stays untold."""
    unit.outbox.put(*(post(record, place, now) for place in told(unit, record)))


def told(unit: Unit, record: Postmortem) -> list[str]:
    """The places where they stand."""
    return [each.name.removeprefix(_STEM) for each in unit.posts.under(record.id, _STEM)]


def places(unit: Unit, record: Postmortem, policy: Policy) -> tuple[str, ...]:
    """Where they are told: not in a channel that is closed (R-02). Those of a private channel stay there, and in doubt nothing
    leaves the channel."""
    if not internal_results.stand(record):
        return ()
    here = () if unit.rooms.closed(record.team_id, record.channel_id) else (INCIDENT,)
    if policy.learnings_channel in (None, record.channel_id):
        return here
    channel = unit.channels.get(record.team_id, record.channel_id)
    return here if channel is None or channel.private else (*here, LEARNINGS)


def post(record: Postmortem, place: str, now: datetime) -> Outgoing:
    """Tell them at one place, or draw that anew; one row and one message, however often it is reviewed."""
    key = f"{Kind.RESULTS_POST}:{record.id}:{place}"
    return Outgoing(Kind.RESULTS_POST, key, record.team_id, now, record.id, {"place": place}, again=True)


def name(place: str) -> str:
    """Under which name the message is remembered."""
    return f"{_STEM}{place}"
