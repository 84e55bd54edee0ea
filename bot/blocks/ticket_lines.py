"""What became of tickets in the tracker, beside the action items that they are made for."""

from __future__ import annotations

from bot.blocks import ids, parts, text
from bot.blocks.parts import Block
from bot.domain import phrases, tickets
from bot.domain.actions import ActionItem
from bot.domain.overview import Overview
from bot.domain.tickets import TicketState

_SAID = {
    TicketState.WAITING: ":hourglass_flowing_sand: The ticket is being made.",
    TicketState.SENDING: ":hourglass_flowing_sand: The ticket was asked for, and no answer came: it is looked for.",
}
_SHOWN = 400


def said(overview: Overview, action: ActionItem) -> list[str]:
    """In a line: being made, made with its status, refused with the reason, or held with the question."""
    kept = overview.tickets.get(action.id)
    if kept is None:
        return []
    if kept.state is TicketState.MADE:
        status = f" ({text.escape(text.clip(kept.status, 60))})" if kept.status else ""
        left_out = f" _{text.escape(text.clip(kept.trouble, _SHOWN))}_" if kept.trouble else ""
        return [f":ticket: {text.link(kept.url, kept.key)}{status}{left_out}"]
    if kept.state in _SAID:
        return [_SAID[kept.state]]
    return [f":warning: {text.escape(text.clip(kept.trouble, _SHOWN))}"]


def question(overview: Overview, action: ActionItem) -> list[Block]:
    """Below one that nobody knows of whether it was made."""
    kept = overview.tickets.get(action.id)
    if kept is None or kept.state is not TicketState.HELD or not overview.tracker:
        return []
    value = f"{overview.postmortem.id}:{action.id}"
    return [parts.actions(parts.button("There is none: make it", ids.TICKET_ANEW, value))]


def create(overview: Overview) -> list[Block]:
    """The button that has all of them made."""
    wanted = tickets.to_ask(overview.life.actions, overview.tickets) if overview.tracker else ()
    if not wanted:
        return []
    label = f"Create {phrases.count(len(wanted), 'ticket')}"
    return [parts.button(label, ids.TICKETS_CREATE, overview.postmortem.id, "primary")]
