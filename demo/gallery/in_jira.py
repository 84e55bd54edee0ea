"""Tickets as they were last read from Jira, one in each way in which they can stand there."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.overview import Overview
from bot.domain.tickets import KeptTicket, TicketState
from demo.gallery import samples
from demo.gallery.people import ANA
from demo.gallery.samples import ID
from demo.gallery.texts import NOW

# Status, done, gone.
STANDS = (("To Do", False, False), ("In Progress", False, False), ("Closed", True, False), ("To Do", False, True))


def kept(number: int, status: str = "To Do", *, done: bool = False, gone: bool = False) -> KeptTicket:
    """OPS-1 and so on."""
    key = f"OPS-{number}"
    return KeptTicket(
        f"ticket-{number}", ID, f"pm-{number}", "OPS", "Task", ANA, NOW, TicketState.MADE, key=key,
        url=f"https://jira.example/browse/{key}", status=status, done=done, gone=gone, read_at=NOW,
    )  # fmt: skip


def each_way(many: int = len(STANDS)) -> tuple[KeptTicket, ...]:
    """As many tickets, in each way in turn."""
    ways = [STANDS[number % len(STANDS)] for number in range(many)]
    return tuple(
        kept(number, status, done=done, gone=gone) for number, (status, done, gone) in enumerate(ways, 1)
    )  # fmt: skip


def overview(many: int = len(STANDS)) -> Overview:
    """A post-mortem that has them."""
    tickets = each_way(many)
    items = tuple(replace(samples.actions()[0], id=each.action_id, ticket=each.url) for each in tickets)
    known = {each.action_id: each for each in tickets}
    return samples.overview(lived=samples.life(actions=items), tracker=True, tickets=known)
