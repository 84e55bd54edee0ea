"""`/postmortem timeline` opens the timeline; `timeline add 14:02 UTC text` writes a line of it, back-dated, as whoever saw it
happen types it (R-20). The answer says how the time was understood, with Change and Undo."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.blocks import pointed_notes
from bot.blocks.pages import PROPOSALS, Page
from bot.domain import evidence, phrases
from bot.domain.errors import Refused
from bot.domain.harvest import note
from bot.domain.harvest import text as texts
from bot.domain.harvest.finding import TimelineKind
from bot.domain.harvest.person import Directory
from bot.domain.postmortem import Postmortem
from bot.listeners import pages as rooms
from bot.listeners import typed_lines, typed_times
from bot.listeners.answer import Answer
from bot.listeners.call import Call
from bot.listeners.commands import status
from bot.listeners.commands.subcommand import Subcommand
from bot.listeners.desk import Desk
from bot.listeners.typed_lines import TypedLine
from bot.ports.store import Unit
from bot.usecases.keep_timeline import Line

HOW = "Type `/postmortem timeline` to open it, or `/postmortem timeline add 14:02 UTC checkout answers again` to add a line."
_MENTIONED = re.compile(r"<@([UW]\w+)")


def run(desk: Desk, unit: Unit, call: Call, now: datetime) -> Answer:
    """The page for those who write it; a line from anybody who sees the post-mortem."""
    word, rest = (*call.text.split(None, 1), "", "")[:2]
    record, by = status.current(unit, call, lock=True), call.place.user_id
    if not word:
        desk.timeline.record(unit, call.place.team_id, record.id, by)
        return Answer(screens=(rooms.show(call, rooms.draw(desk, unit, record, Page(PROPOSALS), now)),))
    if word.lower() != "add":
        raise Refused(HOW)
    return add(desk, unit, call, record, rest, now)


def add(desk: Desk, unit: Unit, call: Call, record: Postmortem, rest: str, now: datetime) -> Answer:
    """The line, and how its time was read. Raises BadInput."""
    by = call.place.user_id
    record = desk.point_out.record(unit, call.place.team_id, record.id)
    typed = typed_lines.split(rest)
    person = unit.people.get(record.team_id, by)
    zone = typed_times.zone_of(person.tz if person else None, record.business_tz)
    at = typed_lines.at(typed, record.times, record.created_at, zone, now)
    words = _words(unit, record, typed.text)
    shown = evidence.proposed((url for url in texts.urls(words) if note.is_evidence(url)), desk.workspace_url)
    line = Line(at, words, TimelineKind.other, shown, approximate=typed.approximate)
    item = desk.point_out.add_line(unit, record, line, None, by, now)
    return Answer(
        pointed_notes.added(record, item, understood(typed, at, zone, own=bool(person and person.tz == zone)))
    )


def understood(typed: TypedLine, at: datetime, zone: str, *, own: bool) -> str:
    """`“23:58” was read in your time zone, Europe/Berlin, as 23:58:00 on Monday 23 November: ...`"""
    here = at if typed.zoned else at.astimezone(ZoneInfo(zone))
    whose = "your time zone" if own else "the organisation's time zone"
    named = " as" if typed.zoned else f" in {whose}, {zone}, as"
    as_utc = " UTC" if typed.zoned else ""
    why = "" if typed.dated else ", the last such time that is near the incident"
    return f"“{typed.time}” was read{named} {here:%H:%M:%S}{as_utc} on {phrases.day(here.date())}{why}."


def _words(unit: Unit, record: Postmortem, typed: str) -> str:
    """Names for people, addresses for links, the three entities decoded; lines and marks stay as they were typed."""
    people = unit.people.some(record.team_id, _MENTIONED.findall(typed))
    return texts.decode(typed, Directory(people).name)


TIMELINE = Subcommand(
    "timeline",
    "timeline [add 14:02 UTC TEXT]",
    "open the timeline, or add a line to it, also of yesterday or back then",
    run,
)
