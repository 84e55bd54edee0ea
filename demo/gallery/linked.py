"""Tickets in the tracker for the gallery: one in each state of its making, and some with the labels of a severity that was changed."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.overview import Overview
from bot.domain.tickets import KeptTicket, TicketState
from demo.gallery import samples, texts
from demo.gallery.people import ANA
from demo.gallery.samples import ID

ACTIONS = tuple(replace(samples.actions()[0], id=f"ticket-{number}", ticket="") for number in range(len(TicketState)))
TROUBLE = "Jira has no ticket OPS-1 any more: unlink it, then link another one, or have one made."
HELD = "Is there a ticket? I asked for one, and Jira never answered."
SAID = {
    TicketState.HELD: HELD,
    TicketState.REFUSED: "Jira refused: Team is required.",
    TicketState.NONE: "OPS-404 was not linked: Jira has no such ticket, or the bot's account may not see it.",
}


def each_state() -> Overview:
    """One ticket in each state, one that is looked at, and one that waits because of an error."""
    kept = {item.id: _kept(item.id, state) for item, state in zip(ACTIONS, TicketState, strict=True)}
    looked = replace(ACTIONS[0], id="looked")
    kept["looked"] = replace(_kept("looked", TicketState.NONE), trouble="", linking="OPS-8")
    stuck = replace(ACTIONS[0], id="stuck")
    kept["stuck"] = replace(_kept("stuck", TicketState.WAITING), trouble="Jira is in trouble itself.")
    lived = samples.life(actions=(*ACTIONS, looked, stuck))
    return samples.overview(lived=lived, tracker=True, tickets=kept)


def outdated(many: int = 3, failed: int = 0) -> Overview:
    """As many with the labels of before; the first `failed` could not be changed."""
    return _made(*(_old(number, TROUBLE if number <= failed else "") for number in range(1, many + 1)))


def relabelled(many: int, failed: int) -> Overview:
    """All but the first `failed` have the new labels."""
    old = [_old(number, TROUBLE if number <= failed else "") for number in range(1, many + 1)]
    return _made(*old[:failed], *(replace(each, tags=("sev1", "sev1_20261123")) for each in old[failed:]))


def _made(*tickets: KeptTicket) -> Overview:
    actions = tuple(replace(ACTIONS[0], id=each.action_id, ticket=each.url) for each in tickets)
    kept = {each.action_id: each for each in tickets}
    return samples.overview(lived=samples.life(actions=actions), tracker=True, tickets=kept)


def _old(number: int, trouble: str) -> KeptTicket:
    return replace(
        _kept(f"made-{number - 1}", TicketState.MADE), key=f"OPS-{number}", url=f"https://jira.example/browse/OPS-{number}",
        tags=("sev2", "sev2_20261123"), linked_back=not trouble, trouble=trouble,
    )  # fmt: skip


def _kept(action_id: str, state: TicketState) -> KeptTicket:
    made = state is TicketState.MADE
    return KeptTicket(
        action_id, ID, f"pm-{action_id}", "OPS", "Task", ANA, texts.NOW, state, key="OPS-7" if made else "",
        url="https://jira.example/browse/OPS-7" if made else "", status="In Progress" if made else "",
        trouble=SAID.get(state, ""), linked_back=made, tags=("sev1", "sev1_20261123"),
    )  # fmt: skip
