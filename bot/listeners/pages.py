"""Drawing the pages of the content for whoever is in front of them, as they stand in this transaction: when one opens, when
one is turned, and when what lies under a form has changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.blocks import content_menu, query_pages, question_pages, timeline_pages, todo_pages
from bot.blocks import pages as names
from bot.blocks.done import Done
from bot.blocks.pages import Page
from bot.domain import new_todos, proposals, timeline
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem
from bot.listeners import forms, layers
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.screens import Screen, UpdateView
from bot.ports.store import Unit
from bot.usecases import actors, todo_context

NOT_OPENED = "The form did not open. Please press the button again."
View = Mapping[str, Any]


def draw(desk: Desk, unit: Unit, record: Postmortem, page: Page, now: datetime, reader: str = "") -> View:
    """The page as it stands now; `reader` counts where not everybody is offered the same."""
    return _drawn(desk, unit, record, page, desk.overview(unit, record, now), reader)


def _drawn(
    desk: Desk, unit: Unit, record: Postmortem, page: Page, seen: Overview, reader: str, done: Done | None = None
) -> View:
    match page.name:
        case names.TIMELINE:
            return timeline_pages.kept(seen, page, done)
        case names.REMOVED:
            gone = [item for item in unit.items.timeline(record.id) if item.removed]
            return timeline_pages.removed(seen, gone, page, done)
        case names.PROPOSALS:
            waiting = proposals.candidates(seen.findings, seen.life.waiting_items)
            return (
                timeline_pages.proposed(seen, waiting, page, done)
                if waiting
                else timeline_pages.kept(seen, Page(names.TIMELINE), done)
            )
        case names.ACTIONS:
            return todo_pages.listed(seen, page, done)
        case names.TODOS:
            todos = desk.todos.waiting(unit, record)
            if not todos:
                return todo_pages.listed(seen, Page(names.ACTIONS))
            new = new_todos.keys(todos, seen.life.actions, seen.now)
            todos = new_todos.first(todos, new)
            page, shown, _ = names.cut(todos, page)
            return todo_pages.waiting(seen, todos, page, todo_context.around(unit, record, shown), new)
        case names.QUESTIONS:
            return question_pages.listed(seen, page, actors.actor(unit, record, reader, desk.policy))
        case names.QUERIES:
            return query_pages.kept(seen, page)
        case names.QUERIES_REMOVED:
            out = [query for query in unit.queries.all(record.id) if query.removed]
            return query_pages.removed(seen, out, page)
        case names.QUERIES_PROPOSED:
            found = desk.queries.candidates(unit, record)
            return query_pages.proposed(seen, found, page) if found else query_pages.kept(seen, Page(names.QUERIES))
        case _:
            return content_menu.draw(seen, desk.policy.impact_dimensions)


def show(call: Call, view: View) -> Screen:
    """A modal: over the one in which the button was pressed, or by itself."""
    return layers.shown(call, view, NOT_OPENED)


def here(call: Call) -> Page:
    """The page that a modal shows, or that its form was opened from; the menu when it names none."""
    return names.read(str(forms.read(call.metadata).get("page") or ""))


def page_of(unit: Unit, record: Postmortem, item_id: str, otherwise: Page) -> Page:
    """The page of the timeline that shows this line, so that nobody has to look for what they just did."""
    standing = timeline.in_order(unit.items.timeline(record.id))
    at = next((number for number, item in enumerate(standing) if item.id == item_id), None)
    return otherwise if at is None else Page(names.TIMELINE, at // names.SIZE)


def turned(
    desk: Desk, unit: Unit, record: Postmortem, call: Call, page: Page, now: datetime, done: Done | None = None
) -> Answer:
    """The modal in which a button was pressed shows this page, and the menu under it is drawn anew; `done` is what the
    button did."""
    seen = desk.overview(unit, record, now)
    view = _drawn(desk, unit, record, page, seen, call.place.user_id, done)
    if call.modal is None:
        return Answer(screens=(show(call, view),))
    return Answer(screens=(UpdateView(call.modal.id, view), *_menu(desk, seen, call, call.modal.id)))


def saved(
    desk: Desk, unit: Unit, record: Postmortem, call: Call, now: datetime, done: Done | None = None, page: Page | None = None
) -> Answer:  # fmt: skip
    """A form was saved: it closes, and what lies under it is drawn anew, turned to `page`; where nothing does, it gives way
    to that page."""
    under = beneath(desk, unit, record, call, now, done, page)
    if under.screens:
        return under
    return Answer(
        view=_drawn(desk, unit, record, page or here(call), desk.overview(unit, record, now), call.place.user_id, done)
    )


def beneath(
    desk: Desk, unit: Unit, record: Postmortem, call: Call, now: datetime, done: Done | None = None, page: Page | None = None
) -> Answer:  # fmt: skip
    """What lies under a form is drawn anew, and nothing else happens; nothing does where nothing lies there."""
    if call.modal is None or call.modal.previous is None:
        return Answer()
    seen = desk.overview(unit, record, now)
    view = _drawn(desk, unit, record, page or here(call), seen, call.place.user_id, done)
    menu = _menu(desk, seen, call, call.modal.id, call.modal.previous)
    return Answer(screens=(UpdateView(call.modal.previous, view), *menu))


def next_page(
    desk: Desk, unit: Unit, record: Postmortem, call: Call, page: Page, now: datetime, done: Done | None = None
) -> Answer:
    """A page that is a form was saved: it gives way to this one."""
    seen = desk.overview(unit, record, now)
    view = _drawn(desk, unit, record, page, seen, call.place.user_id, done)
    return Answer(view=view, screens=_menu(desk, seen, call, call.modal.id if call.modal else None))


def _menu(desk: Desk, seen: Overview, call: Call, *drawn: str | None) -> tuple[Screen, ...]:
    """The lowest modal is the menu, unless it is one of those that are drawn anyway."""
    root = call.modal.root if call.modal else None
    if root is None or root in drawn:
        return ()
    return (UpdateView(root, content_menu.draw(seen, desk.policy.impact_dimensions)),)
