"""The agenda as people read it, in the channel before the meeting and whenever somebody asks for it (R-17)."""

from __future__ import annotations

from collections.abc import Iterator

from bot.blocks import lines, parts, text
from bot.blocks.parts import Block
from bot.domain import agenda
from bot.domain.agenda import Agenda, Line, Point
from bot.domain.overview import Overview
from bot.ports.chat import Drawing

_ROOM = 2400


def drawing(overview: Overview, *, soon: bool = False) -> Drawing:
    """The whole agenda; `soon`: it is posted because the meeting is about to begin."""
    found, record = agenda.agenda(overview), overview.postmortem
    when = text.when(found.start) if found.start else "no meeting is booked yet"
    opens = "The meeting of" if soon else "Agenda of the meeting of"
    head = f"{opens} {lines.name(record)}: {when}, {found.minutes} minutes"
    blocks = [parts.section(f":calendar: {head}{_call(overview)}"), parts.section(f"_{text.escape(found.opening)}_")]
    for number, point in enumerate(found.points, 1):
        blocks += _point(number, point)
    return parts.drawing(head, [*blocks, parts.context(_roles(found))])


def _call(overview: Overview) -> str:
    booking = overview.life.booking
    return f", {text.link(booking.link, 'join the call')}" if booking and booking.stands and booking.link else ""


def _point(number: int, point: Point) -> Iterator[Block]:
    """In as many blocks as its lines need."""
    said = f"*{number}. {text.escape(point.title)}* ({point.minutes} min)"
    for line in point.lines:
        more = f"• {_line(line)}"
        if len(said) + len(more) > _ROOM:
            yield parts.whole(said)
            said = more
        else:
            said = f"{said}\n{more}"
    yield parts.whole(said)


def _line(line: Line) -> str:
    return text.link(line.url, line.text) if line.url else text.escape(line.text)


def _roles(found: Agenda) -> str:
    return "\n".join(f"{what}: {text.mention(user, 'nobody named yet')}" for what, user in found.roles)
