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
    """One ticket in each state, and one that is looked at."""
    kept = {item.id: _kept(item.id, state) for item, state in zip(ACTIONS, TicketState, strict=True)}
    looked = replace(ACTIONS[0], id="looked")
    kept["looked"] = replace(_kept("looked", TicketState.NONE), trouble="", linking="OPS-8")
    lived = samples.life(actions=(*ACTIONS, looked))
    return samples.overview(lived=lived, tracker=True, tickets=kept)


def outdated(many: int = 3, failed: int = 0, **changes: str) -> Overview:
    """As many with the labels of before; the first `failed` could not be changed."""
    actions = tuple(replace(ACTIONS[0], id=f"made-{number}") for number in range(many))
    kept = {
        item.id: replace(
            _kept(item.id, TicketState.MADE), key=f"OPS-{number}", tags=("sev2", "sev2_20261123"),
            linked_back=number > failed, trouble=changes.get("trouble", TROUBLE) if number <= failed else "",
        )
        for number, item in enumerate(actions, 1)
    }  # fmt: skip
    return samples.overview(lived=samples.life(actions=actions), tracker=True, tickets=kept)


def _kept(action_id: str, state: TicketState) -> KeptTicket:
    made = state is TicketState.MADE
    return KeptTicket(
        action_id, ID, f"pm-{action_id}", "OPS", "Task", ANA, texts.NOW, state, key="OPS-7" if made else "",
        url="https://jira.example/browse/OPS-7" if made else "", status="In Progress" if made else "",
        trouble=SAID.get(state, ""), linked_back=made, tags=("sev1", "sev1_20261123"),
    )  # fmt: skip
