"""The buttons that lead into the content: the menu, one section, another page in the same modal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.blocks import ids, pages, said_lines, section_form
from bot.blocks.inputs import Block
from bot.blocks.pages import MENU, Page
from bot.domain.content import Section
from bot.domain.errors import Refused
from bot.domain.postmortem import Postmortem
from bot.domain.severity_time import Stretch
from bot.listeners import pages as rooms
from bot.listeners.actions.press import Press
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.desk import Desk
from bot.ports.store import Unit
from bot.usecases import standing
from bot.usecases.save_section import Sheet

OLD = "This button is from an older version of the bot. Type `/postmortem` in the incident channel instead."


def open_menu(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The list of sections, with what is missing."""
    record = desk.timeline.record(unit, call.place.team_id, call.text, call.place.user_id)
    return Answer(screens=(rooms.show(call, rooms.draw(desk, unit, record, Page(MENU), now)),))


def edit_section(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The form of one section."""
    record_id, _, name = call.text.partition(":")
    if name not in set(Section):
        raise Refused(OLD)
    record = standing.record_or_refuse(unit, record_id, team_id=call.place.team_id)
    sheet = desk.save_section.sheet(unit, record, Section(name), call.place.user_id)
    carried = pages.metadata(
        record.id, Page(MENU), section=name, seen=sheet.stamp, parts=section_form.parts_drawn(sheet.form, sheet.shown)
    )
    view = section_form.draw(
        sheet.form, sheet.shown, carried, hints=hints(sheet), said=said(desk, unit, record, sheet, now)
    )
    return Answer(screens=(rooms.show(call, view),))


def turn(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """Another page in the modal that is open."""
    record_id, _, name = call.text.partition(":")
    page = pages.read(name)
    keeper = desk.todos if page.name in (pages.TODOS, pages.ACTIONS) else desk.timeline
    record = keeper.record(unit, call.place.team_id, record_id, call.place.user_id)
    return rooms.turned(desk, unit, record, call, page, now)


def hints(sheet: Sheet) -> dict[str, str]:
    """Where computed minutes and suggestions come from."""
    if not sheet.parts:
        return dict(sheet.hints)
    told = ", ".join(map(_stretch, _told(sheet.parts)[:6]))
    said = f"Computed from the history of the severity (UTC): {told}. Change the minutes where they are wrong."
    return {"time_in_sev1": said}


def said(desk: Desk, unit: Unit, record: Postmortem, sheet: Sheet, now: datetime) -> dict[str, list[Block]]:
    """What the channel tells about the fields, with links to the messages."""
    if not any(sheet.said.values()):
        return {}
    link = desk.incident(unit, record, now).link
    return {name: said_lines.draw(told, link) for name, told in sheet.said.items()}


def _told(parts: tuple[Stretch, ...]) -> list[Stretch]:
    """What is shorter than a minute would read as from a time to the same time."""
    return [part for part in parts if f"{part.start:%d %H:%M}" != f"{part.end:%d %H:%M}"] or list(parts[:1])


def _stretch(part: Stretch) -> str:
    return f"{part.start:%d %b %H:%M} to {part.end:%H:%M} SEV-{part.severity}"


BUTTONS: Mapping[str, Press] = {
    ids.CONTENT_OPEN: open_menu,
    ids.SECTION_EDIT: edit_section,
    ids.CONTENT_PAGE: turn,
    ids.CONTENT_EARLIER: turn,
    ids.CONTENT_GO: turn,
}
