"""Tickets that are made in Jira all at once: what Jira wants for them, and what became of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import cycle, islice

from bot.blocks import pages, parts, ticket_fields_form, ticket_progress
from bot.blocks.pages import ACTIONS, Page
from bot.domain import ticket_bulk
from bot.domain.actions import ActionItem
from bot.domain.overview import Overview
from bot.domain.ticket_bulk import Bulk, Which
from bot.domain.ticket_fields import Asked
from bot.domain.tickets import FieldKind, FieldNeed, KeptTicket, TicketState, Value
from demo.gallery import samples, texts, worst
from demo.gallery.entry import Entry, Group, message, modal
from demo.gallery.people import ANA
from demo.gallery.samples import ID

NAME = "pm-7:V1:h1"
SINCE = ticket_bulk.stamp(texts.NOW)
_SAID = {
    TicketState.HELD: "Was a ticket made in OPS? Jira never answered, and no ticket with the label pm-1 was found.",
    TicketState.REFUSED: "Jira does not allow this to the bot's account: a Jira administrator gives it the permission in this project.",
}
_TEAMS = (("7", "Checkout"), ("8", "Payments"), ("9", "Storage"))
_NEEDS = (
    FieldNeed("customfield_1", "Team", FieldKind.CHOICE, True, _TEAMS),
    FieldNeed("customfield_2", "Also concerned", FieldKind.CHOICES, True, _TEAMS),
    FieldNeed("customfield_3", "Story points", FieldKind.NUMBER, True),
    FieldNeed("customfield_4", "Cost centre", FieldKind.TEXT, True),
    FieldNeed("customfield_5", "How to test it", FieldKind.LONG, True),
    FieldNeed("customfield_6", "Keywords", FieldKind.WORDS, True),
    FieldNeed("customfield_7", "Not before", FieldKind.DATE, True),
)
_GIVEN: Mapping[str, Value] = {
    "customfield_1": "8", "customfield_2": ("7", "9"), "customfield_3": "3", "customfield_4": "4711",
    "customfield_5": "Fill the pool by hand.", "customfield_6": ("pool", "database"),
    "customfield_7": date(2026, 12, 1).isoformat(),
}  # fmt: skip
_ODD = Asked(("WEB", "Task"), (FieldNeed("customfield_9", "Approver", FieldKind.OTHER, True),))


def draw() -> Iterator[Entry]:
    carried = pages.metadata(ID, Page(ACTIONS), view=NAME)
    asked = Asked(("OPS", "Task"), _NEEDS)
    yield modal("Create tickets", "while Jira is asked", ticket_progress.loading(ID, NAME))
    down = "Jira did not answer in time or the connection broke."
    record = samples.overview().postmortem
    yield modal("Create tickets", "Jira is down", ticket_progress.stopped(record, NAME, down, Which().text()))
    kept = replace(record, restricted=True)
    yield modal(
        "Create tickets", "the same, of a restricted one", ticket_progress.stopped(kept, NAME, down, Which().text())
    )
    yield modal("Create tickets", "a field of each kind", ticket_fields_form.form([asked], carried))
    yield modal("Create tickets", "filled in before", ticket_fields_form.form([replace(asked, given=_GIVEN)], carried))
    yield modal(
        "Create tickets", "two projects, one cannot be asked for", ticket_fields_form.form([asked, _ODD], carried)
    )
    yield modal("Create tickets", "cannot be asked for at all", ticket_fields_form.form([_ODD], carried))
    every = tuple(TicketState)
    for state, of in (
        ("one in each state", every),
        ("all made", (TicketState.MADE,) * 5),
        ("some failed", (TicketState.MADE, TicketState.REFUSED, TicketState.REFUSED)),
    ):
        seen = overview(of)
        yield modal("Create tickets", state, ticket_progress.view(seen, bulk(seen), NAME))
    wanting = overview((TicketState.REFUSED, TicketState.MADE), wants=("customfield_1",))
    yield modal("Create tickets", "Jira wants more", ticket_progress.view(wanting, bulk(wanting), NAME))


def overview(states: tuple[TicketState, ...], wants: tuple[str, ...] = ()) -> Overview:
    """The sample with tickets in these states."""
    first = samples.actions()[0]
    items = tuple(replace(first, id=f"ticket-{number}", ticket="") for number in range(len(states)))
    kept = {
        item.id: _kept(item, state, number, wants)
        for number, (item, state) in enumerate(zip(items, states, strict=True))
    }
    return samples.overview(lived=samples.life(actions=items), tracker=True, tickets=kept)


def bulk(seen: Overview) -> Bulk:
    """All of them as one asking."""
    return ticket_bulk.bulk(seen.life.actions, seen.tickets, texts.NOW)


def _kept(item: ActionItem, state: TicketState, number: int, wants: tuple[str, ...]) -> KeptTicket:
    refused = state is TicketState.REFUSED
    said = "Jira wants Team for a Task in OPS." if wants and refused else _SAID.get(state, "")
    return KeptTicket(
        item.id, ID, f"pm-{item.id}", "OPS", "Task", ANA, texts.NOW, state, key=f"OPS-{number + 7}",
        url=f"https://jira.example/browse/OPS-{number + 7}", status="To Do", trouble=said,
        wants=wants if refused else (),
    )  # fmt: skip


def longest() -> Iterator[Entry]:
    """Everything that Jira's administrators and people may write, at its longest."""
    carried = pages.metadata(ID, Page(ACTIONS), view=NAME)
    options = tuple((str(number), worst.worst(400)) for number in range(330))
    needs = tuple(replace(need, name=worst.worst(300)) for need in _NEEDS)
    listed = tuple(replace(need, options=options) if need.options else need for need in needs)
    odd = Asked((worst.worst(200), worst.worst(200)), (replace(_ODD.needs[0], name=worst.worst(300)),) * 60)
    yield modal(
        "Create tickets", "the longest names", ticket_fields_form.form([Asked(("OPS", "Task"), listed), odd], carried)
    )
    many = tuple(islice(cycle(TicketState), 200))
    seen = overview(many)
    items = tuple(replace(each, text=worst.TEXT) for each in seen.life.actions)
    kept = {
        name: replace(each, trouble=worst.worst(1000), status=worst.worst(200)) for name, each in seen.tickets.items()
    }
    seen = replace(seen, life=replace(seen.life, actions=items), tickets=kept)
    yield modal("Create tickets", "200 of them", ticket_progress.view(seen, bulk(seen), NAME))
    head, blocks = ticket_progress.told(seen, bulk(seen))
    yield message("What came of them", "200 of them", parts.drawing(head, blocks))
    why = worst.worst(2000)
    yield modal(
        "Create tickets", "the longest reason", ticket_progress.stopped(seen.postmortem, NAME, why, Which().text())
    )


LONGEST = Group("tickets_longest", "Tickets in Jira, at their longest", "The same with 200 of them.", longest)
GROUP = Group("tickets", "Tickets in Jira", "What Jira wants for tickets, and what became of each.", draw)
