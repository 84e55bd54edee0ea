"""What became of tickets in the tracker, beside the action items that they are for, and what can be done about each."""

from __future__ import annotations

from bot.blocks import ids, parts, text
from bot.blocks.parts import Block
from bot.domain import phrases, relabelling, ticket_status, tickets, triage
from bot.domain.actions import ActionItem, Decision
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.domain.relabelling import Relabelling
from bot.domain.ticket_bulk import Which
from bot.domain.tickets import KeptTicket, TicketState

_SAID = {
    TicketState.WAITING: ":hourglass_flowing_sand: The ticket is being made.",
    TicketState.SENDING: ":hourglass_flowing_sand: The ticket was asked for, and no answer came: it is looked for.",
}
_STUCK = ":hourglass_flowing_sand: The ticket is not made yet."
_SHOWN, _CONFIRM = 500, 300
_STATUS, _ON_CARD = 60, 10


def block(overview: Overview) -> list[Block]:
    """All of them on the card, each with its status: what is not done comes first."""
    made = [each for each in overview.tickets.values() if each.state is TicketState.MADE]
    if not made:
        return []
    done = sum(each.done for each in made)
    said = [short(each) for each in sorted(made, key=lambda each: each.done)[:_ON_CARD]]
    more = [f"and {len(made) - _ON_CARD} more"] if len(made) > _ON_CARD else []
    head = f":ticket: *{phrases.count(len(made), 'ticket')}*, {done} done in Jira: "
    return [parts.section(head + ", ".join([*said, *more]))]


def short(kept: KeptTicket) -> str:
    """Its key, and how it stands."""
    sign = ":warning: " if kept.gone else ":white_check_mark: " if kept.done else ""
    status = f" ({_status(kept)})" if _status(kept) else ""
    return f"{sign}{text.link(kept.url, kept.key)}{status}"


def _status(kept: KeptTicket) -> str:
    return text.foreign(text.clip(ticket_status.said(kept), _STATUS))


def said(overview: Overview, action: ActionItem) -> list[str]:
    """In a line: being made, made with its status, refused with the reason, or held with the question; and what is looked at."""
    kept = overview.tickets.get(action.id)
    if kept is None:
        return []
    looked = f":mag: {text.escape(kept.linking)} is looked at in Jira, to be linked." if kept.linking else ""
    return [each for each in (_stands(kept), _otherwise(overview, action, kept), looked) if each]


def _otherwise(overview: Overview, action: ActionItem, kept: KeptTicket) -> str:
    """Where the action item was changed after its ticket was made."""
    due = triage.due_day(action, overview.postmortem, overview.action_days)
    found = ticket_status.made_with(kept, action, due)
    return f":left_right_arrow: Made in Jira as {', '.join(found)}: change it there." if found else ""


def _stands(kept: KeptTicket) -> str:
    trouble = text.foreign(text.clip(kept.trouble, _SHOWN))
    if kept.state is TicketState.MADE:
        status = f" ({_status(kept)})" if _status(kept) else ""
        return f":ticket: {text.link(kept.url, kept.key)}{status}{f' _{trouble}_' if trouble else ''}"
    if kept.state in _SAID:
        said = _STUCK if trouble and kept.unsent else _SAID[kept.state]
        return f"{said}{f' _{trouble} It is tried again by itself._' if trouble else ''}"
    return f":warning: {trouble}" if trouble else ""


def buttons(overview: Overview, action: ActionItem) -> list[Block]:
    """Below an action item: the answers to the question of one that is held, the way to one that exists, and the way back."""
    kept, value = overview.tickets.get(action.id), f"{overview.postmortem.id}:{action.id}"
    if not overview.tracker:
        return []
    if kept and not kept.settled:
        return [parts.actions(*_out(overview.postmortem, kept, value))] if kept.stuck and not kept.linking else []
    if kept and kept.state is TicketState.MADE:
        return [parts.actions(_unlink(kept, value))]
    if action.decision is not Decision.TICKET or (kept and kept.linking):
        return []
    if kept and kept.state is TicketState.HELD:
        anew = careful(overview.postmortem, parts.button("There is none: make it", ids.TICKET_ANEW, value))
        return [parts.actions(parts.button("There is one: link it", ids.TICKET_LINK, value), anew)]
    link = parts.button("Link a ticket that exists", ids.TICKET_LINK, value)
    wanting = kept is not None and kept.state is TicketState.REFUSED and bool(kept.wants)
    return [parts.actions(*([fill_in(overview.postmortem)] if wanting else []), link)]


def _out(record: Postmortem, kept: KeptTicket, value: str) -> list[Block]:
    """The ways out for one that waits because of trouble; where a request may have left, only another look."""
    again = careful(record, parts.button("Try again", ids.TICKET_AGAIN, value))
    if not kept.unsent:
        return [again]
    link = parts.button("Link a ticket that exists", ids.TICKET_LINK, value)
    return [again, parts.button("Cancel", ids.TICKET_CANCEL, value), link]


def fill_in(record: Postmortem) -> Block:
    """The button that asks for what Jira wants."""
    which = Which(wanting=True).text()
    return careful(record, parts.button("Fill in what Jira wants", ids.TICKETS_FILL, f"{record.id}:{which}", "primary"))


def careful(record: Postmortem, button: Block) -> Block:
    """A button by which tickets are made: of a restricted post-mortem it asks first, since others read what Jira has (R-63)."""
    return {**button, "confirm": _LEAVES} if record.restricted else button


_LEAVES = {
    "title": parts.plain("This post-mortem is restricted", 100),
    "text": parts.plain(
        "The words of its action items, with links to their messages, go to Jira, where everybody reads them who may see the project. "
        "Its title stays here.", _CONFIRM,
    ),
    "confirm": parts.plain("Create in Jira", 30),
    "deny": parts.plain("Not now", 30),
}  # fmt: skip


def create(overview: Overview) -> list[Block]:
    """The button that has all of them made."""
    wanted = tickets.to_ask(overview.life.actions, overview.tickets) if overview.tracker else ()
    if not wanted:
        return []
    label = f"Create {phrases.count(len(wanted), 'ticket')}"
    button = parts.button(label, ids.TICKETS_CREATE, overview.postmortem.id, "primary")
    return [careful(overview.postmortem, button)]


def relabel(overview: Overview) -> list[Block]:
    """Which tickets have other labels than the incident's, and the button that changes them."""
    record = overview.postmortem
    found = (
        relabelling.wanted(record, overview.tickets.values()) if overview.tracker and record.merged is None else None
    )
    if found is None:
        return []
    keys, new = text.escape(found.keys), text.code(" ".join(found.new))
    what = (
        f"has {text.code(' '.join(found.old))} and not the labels of the incident"
        if found.old
        else "is without the labels of the incident"
    )
    sentence = f":label: {keys} {what if len(found.tickets) == 1 else _plural(what)}; those are {new} now."
    return [{**parts.section(sentence), "accessory": relabel_button(record.id, found)}]


def relabel_button(record_id: str, found: Relabelling) -> Block:
    """With a question before it is done."""
    lost = f" lose {' '.join(found.lost)} and" if found.lost else ""
    asked = {
        "title": parts.plain(f"Relabel {phrases.count(len(found.tickets), 'ticket')}?", 100),
        "text": parts.plain(
            f"{found.keys}:{lost} get {' '.join(found.gained)}. Labels that people added stay as they are.", _CONFIRM
        ),
        "confirm": parts.plain("Relabel", 30),
        "deny": parts.plain("Not now", 30),
    }
    return {**parts.button(found.said, ids.TICKETS_RELABEL, record_id), "confirm": asked}


def _plural(what: str) -> str:
    return what.replace("has ", "have ", 1).replace("is ", "are ", 1)


def _unlink(kept: KeptTicket, value: str) -> Block:
    asked = {
        "title": parts.plain("Unlink the ticket?", 100),
        "text": parts.plain(
            f"{kept.key} stays in Jira without the bot's labels. The action item can get another ticket, or this one again.",
            _CONFIRM,
        ),
        "confirm": parts.plain("Unlink", 30),
        "deny": parts.plain("Keep it", 30),
    }
    return {**parts.button(f"Unlink {kept.key}", ids.TICKET_UNLINK, value), "confirm": asked}
