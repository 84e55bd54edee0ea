"""`/postmortem list`: those that are open, or closed, narrowed by owner, severity, service and days."""

from __future__ import annotations

from datetime import datetime

from bot.blocks import digest_post, search_list, start_offer
from bot.listeners.actions import search
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import digests, notice_incident

UNRECORDED, OVERDUE = "unrecorded", "overdue"


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The first page; `unrecorded` are the incidents that have none (R-01), `overdue` is what the digest says of what is late."""
    place = call.place
    if call.text.strip().lower() == UNRECORDED:
        sees = notice_incident.seen_by(unit, place.team_id, place.user_id)
        return Answer(start_offer.listing(notice_incident.unrecorded(unit, place.team_id, sees, now), now))
    if call.text.strip().lower() == OVERDUE:
        return Answer(digest_post.overdue(digests.gather(unit, place.team_id, place.user_id, desk.policy, now), now))
    return Answer(search.page(desk, unit, call, search_list.LIST, call.text, 0))


LIST = Subcommand(
    "list",
    "list [closed]",
    "those that are open, `closed`, or `all`, by `owner @x sev1 service NAME`; `overdue`: what is late; `unrecorded`: those without one",
    run,
    reads=True,
)
