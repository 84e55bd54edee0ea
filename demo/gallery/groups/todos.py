"""What is to be done: the TODOs of the channel, what was decided, and one action item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.blocks import pages, text, ticket_form, todo_form, todo_pages
from bot.blocks.pages import ACTIONS, TODOS, Page
from bot.domain import triage
from bot.domain.actions import ActionItem, ActionKind, Choice, Decision, Priority, Terms
from bot.domain.overview import Overview
from bot.domain.triage import Around
from demo.gallery import found, in_jira, linked, samples, stages, texts
from demo.gallery.entry import Entry, Group, modal
from demo.gallery.people import ANA, CHIOMA
from demo.gallery.samples import ID


def draw() -> Iterator[Entry]:
    seen = samples.overview(**found.done())
    for state, number, page in (("one", 1, 0), ("three", 3, 0), ("20, the second page", 20, 1)):
        yield modal("What becomes of it?", state, todo_pages.waiting(seen, found.todos(number), Page(TODOS, page)))
    yield modal("What becomes of it?", "with what was said around it", _with_context(seen))
    yield modal("What becomes of it?", "one that came since somebody decided", _with_new())
    yield modal("Action items", "none yet", todo_pages.listed(samples.overview(), Page(ACTIONS)))
    lived = samples.life(actions=samples.actions(), waiting_todos=samples.keys(found.todos(2)))
    yield modal("Action items", "one of each", todo_pages.listed(samples.overview(lived=lived), Page(ACTIONS)))
    seen = samples.overview(lived=samples.life(actions=_odd()))
    yield modal(
        "Action items",
        "one merged, one of a lower priority, and what a reviewer would ask",
        todo_pages.listed(seen, Page(ACTIONS)),
    )
    yield from _in_the_tracker()
    shut = stages.closed()
    yield modal("Action items", "Closed: they are only read", todo_pages.listed(shut, Page(ACTIONS)))
    many = samples.life(actions=samples.actions() * 5)
    yield modal(
        "Action items", "20, the second page", todo_pages.listed(samples.overview(lived=many), Page(ACTIONS, 1))
    )
    carried = pages.metadata(ID, Page(ACTIONS), parts=1)
    yield modal("Action item", "a new one", todo_form.form("", None, carried))
    merged = Choice(Decision.MERGED, into=_odd()[0].id)
    yield modal(
        "Action item",
        Decision.MERGED.value,
        todo_form.form(_odd()[1].text, merged, carried, todo_form.Frame(targets=_odd()[:1])),
    )
    yield modal("Action item", "a lower priority, a hint, the day by the rule", _framed(carried))
    yield modal("Action item", "until when, as the channel has it", _said_due(carried))
    for decision, said, beside, who in ((each[1], each[0], each[2], each[3]) for each in texts.ACTIONS):
        ticket = decision is Decision.TICKET
        choice = Choice(decision, ticket=beside if ticket else "", reason="" if ticket else beside, assignee=who)
        yield modal("Action item", decision.value, todo_form.form(said, choice, carried))
    said, _, beside, _ = texts.ACTIONS[0]
    warning = f"{text.mention(ANA)} saved this while you had the form open. Yours is still in the fields: save again, and it counts."
    mine = Choice(Decision.DISCUSS, reason="Which team?", assignee=CHIOMA)
    view = todo_form.form("Show the pool's use", mine, carried, warning=warning, theirs=f"Ticket\n{said}\n{beside}")
    yield modal("Action item", "saved by somebody else meanwhile", view)


def _in_the_tracker() -> Iterator[Entry]:
    """Tickets that are to be made, one in each state of its making, and some with labels of before."""
    to_make = samples.overview(lived=samples.life(actions=linked.ACTIONS), tracker=True)
    yield modal("Action items", "tickets to be made in the tracker", todo_pages.listed(to_make, Page(ACTIONS)))
    yield modal(
        "Action items", "one in each state of its making", todo_pages.listed(linked.each_state(), Page(ACTIONS))
    )
    yield modal("Action items", "tickets in Jira", todo_pages.listed(in_jira.overview(), Page(ACTIONS)))
    old = todo_pages.listed(linked.outdated(failed=1), Page(ACTIONS))
    yield modal("Action items", "the severity was changed after they were made", old)
    carried = pages.metadata(ID, Page(ACTIONS), action="action-1")
    yield modal("Link a ticket", "to an action item", ticket_form.link(samples.actions()[0], "", carried))
    yield modal("Link a ticket", "one that is held", ticket_form.link(samples.actions()[0], linked.HELD, carried))
    worth = Terms(ActionKind.PREVENT, roi="Two days, against an hour of every release")
    frame = todo_form.Frame(tracker=True)
    view = todo_form.form(texts.ACTIONS[0][0], Choice(Decision.TICKET, terms=worth), carried, frame)
    yield modal("Action item", "with a tracker, and what it is worth", view)


def _with_context(seen: Overview) -> dict[str, Any]:
    first, *rest = found.todos(3)
    todos = (replace(first, due="before black friday"), *rest)
    said = Around("Chioma: the pool is at 100 % again", "Dana: agreed, that cost us ten minutes")
    return todo_pages.waiting(seen, todos, Page(TODOS), {(each.ts, each.line): said for each in todos})


def _with_new() -> dict[str, Any]:
    *others, last = found.todos(3)
    later = replace(last, ts=texts.ts(samples.actions()[0].at, 60))
    seen = samples.overview(**found.done())
    return todo_pages.waiting(seen, (later, *others), Page(TODOS), new={(later.ts, later.line)})


def _odd() -> tuple[ActionItem, ...]:
    """A low one that only investigates, and one that was merged into it."""
    first, second, *rest = samples.actions()
    low = replace(
        first, kind=ActionKind.INVESTIGATE, priority=Priority.LOWER, ticket="", text="Look into the pool's settings",
        justification="An hour's work, and nobody knows them.", roi="An hour, against a day of every incident like this one.",
    )  # fmt: skip
    return (low, replace(second, decision=Decision.MERGED, merged_into=low.id, was=Decision.DISCUSS), *rest)


def _framed(carried: str) -> dict[str, Any]:
    record, (low, *others) = samples.record(), _odd()
    terms = Terms(low.kind, low.priority, low.justification, triage.by_rule(record).last_day)
    frame = todo_form.Frame(triage.by_rule(record).last_day, triage.working(record), others)
    return todo_form.form(low.text, Choice(Decision.TICKET, assignee=CHIOMA, terms=terms), carried, frame)


def _said_due(carried: str) -> dict[str, Any]:
    record = samples.record()
    frame = todo_form.Frame(triage.by_rule(record).last_day, triage.working(record), said_due="by friday")
    terms = Terms(due=texts.STARTED.date() + timedelta(days=4))
    return todo_form.form("Show the pool's use", Choice(Decision.TICKET, assignee=CHIOMA, terms=terms), carried, frame)


GROUP = Group("todos", "What is to be done", "What becomes of each TODO, and the list of what was decided.", draw)
