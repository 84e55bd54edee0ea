"""The buttons of single tickets in the tracker: have one made anew, link one that exists, unlink it, and give them the labels of the
incident as it is recorded now. Jira itself is asked by the outbox, after the answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, pages, replies, text, ticket_form
from bot.blocks.done import Done
from bot.blocks.pages import ACTIONS, Page
from bot.domain import phrases
from bot.domain.actions import ActionItem
from bot.domain.postmortem import Postmortem
from bot.domain.tickets import TicketState
from bot.listeners import pages as rooms
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import standing

NONE_TO_RELABEL = "Every ticket has the labels of the incident, or is getting them."
ASKED_AGAIN = "Jira is asked again, for all tickets that wait."
NONE_WAITS = "No ticket waits because of an error any more."
CANCELLED = "No ticket is asked for any more: the action item stays as it is."
UNLINKED = "{} is unlinked: its labels of ours come off in a moment."


def anew(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The answer to the question of one that is held: there is none."""
    record, action = _named(desk, unit, call)
    kept = unit.tickets.get(action.id)
    wish = desk.ask_for_ticket.wish(action, anew=True, extra=kept.extra if kept else None)
    desk.ask_for_ticket(unit, record, action, wish, call.place.user_id, now)
    return rooms.turned(desk, unit, record, call, back(call), now, Done("The ticket is asked for."))


def again(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Whoever knows that Jira is back need not wait."""
    record, _ = _named(desk, unit, call)
    said = ASKED_AGAIN if desk.ask_for_tickets.again(unit, record, now) else NONE_WAITS
    return rooms.turned(desk, unit, record, call, back(call), now, Done(said))


def cancel(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """No ticket is wanted any more of one that waits."""
    record, action = _named(desk, unit, call)
    desk.cancel_ticket(unit, record, action, call.place.user_id, now)
    return rooms.turned(desk, unit, record, call, back(call), now, Done(CANCELLED))


def link(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form that asks which ticket it is."""
    record, action = _named(desk, unit, call)
    kept = unit.tickets.get(action.id)
    question = kept.trouble if kept and kept.state is TicketState.HELD else ""
    carried = pages.metadata(record.id, back(call), action=action.id)
    return Answer(screens=(rooms.show(call, ticket_form.link(action, question, carried)),))


def unlink(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The ticket is this action item's no more."""
    record, action = _named(desk, unit, call)
    before = unit.tickets.get(action.id)
    desk.link_ticket.off(unit, record, action, call.place.user_id, now)
    said = UNLINKED.format(text.escape(before.key if before else "It"))
    return rooms.turned(desk, unit, record, call, back(call), now, Done(said))


def relabel(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """After the question: the old labels go, the new ones come. Also when it is Closed: nothing that was decided changes."""
    record = standing.record_or_refuse(unit, call.text, team_id=call.place.team_id)
    found = desk.relabel_tickets(unit, record, call.place.user_id, now)
    keys = text.escape(phrases.listing([each.key for each in found], most=10))
    said = f"{keys}: the labels are being changed. You are told what came of it." if found else NONE_TO_RELABEL
    if call.modal is None:
        return Answer(replies.say(said))
    return rooms.turned(desk, unit, record, call, back(call), now, Done(said))


def back(call: Call) -> Page:
    """The page of the list that the button was on."""
    page = rooms.here(call)
    return page if page.name == ACTIONS else Page(ACTIONS)


def _named(desk: Desk, unit: Unit, call: Call) -> tuple[Postmortem, ActionItem]:
    record_id, _, action_id = call.text.partition(":")
    record = desk.todos.record(unit, call.place.team_id, record_id, call.place.user_id)
    return record, desk.todos.action(unit, record, action_id)


BUTTONS: Mapping[str, Press] = {
    ids.TICKETS_RELABEL: relabel,
    ids.TICKET_ANEW: anew,
    ids.TICKET_AGAIN: again,
    ids.TICKET_CANCEL: cancel,
    ids.TICKET_LINK: link,
    ids.TICKET_UNLINK: unlink,
}
