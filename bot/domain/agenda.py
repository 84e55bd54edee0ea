"""The agenda of the meeting (R-17): the blameless opening, five points with their share of the time, filled from what is
known by now, and who does what (R-18). Raw words of people stand in it: whoever draws it escapes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import meeting, phrases, section_forms, section_values, timeline, typed
from bot.domain.actions import LABELS, ActionItem, Decision
from bot.domain.content import Section
from bot.domain.harvest.finding import TimelineKind
from bot.domain.overview import Overview
from bot.domain.review import NoteState

NOTICE = timedelta(minutes=15)
OPENING = (
    "We look for what in our systems and in our way of working let this happen, not for a person: everybody did what made "
    "sense with what they could see at that moment."
)
_SHARES = (5, 5, 5, 4, 6)
_TITLES = (
    "Recap of the timeline",
    "Important points, and what was unusual",
    "How could it have been caught earlier?",
    "Impact on customers, and what they said",
    "Action items: are they right, and is one missing?",
)
_MOST, _ACTIONS, _WORDS = 8, 40, 150
_KEY = (
    TimelineKind.impact_start, TimelineKind.detection, TimelineKind.page, TimelineKind.mitigation, TimelineKind.resolved,
)  # fmt: skip
_ASKED = {"canary": "Canary", "tests": "Tests", "load_test": "Load test"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line under a point; `url` is where it leads."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One of the five, with the minutes that it may take."""

    title: str
    minutes: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """The whole of it. `roles` are pairs of what somebody does and who: a user id, or None for nobody yet."""

    start: datetime | None
    minutes: int
    points: tuple[Point, ...]
    roles: tuple[tuple[str, str | None], ...]
    opening: str = OPENING


def timebox(minutes: int) -> tuple[int, ...]:
    """The minutes of each point: whole ones, none without any, and together the whole meeting."""
    whole = sum(_SHARES)
    shares = [max(1, minutes * share // whole) for share in _SHARES]
    # What rounding left goes to the points that lost most by it, the action items first.
    order = sorted(range(len(_SHARES)), key=lambda place: (-(minutes * _SHARES[place] % whole), -place))
    for place in range(minutes - sum(shares)):
        shares[order[place % len(order)]] += 1
    return tuple(shares)


def agenda(overview: Overview) -> Agenda:
    """The agenda as things stand; the usual length while no meeting is booked."""
    booking = overview.life.booking
    stands = booking is not None and booking.stands
    length = booking.end - booking.start if booking and stands else meeting.DEFAULT_DURATION
    minutes = length // timedelta(minutes=1)
    filled = (_timeline, _unusual, _caught, _impact, _actions)
    points = tuple(
        Point(title, share, tuple(fill(overview)))
        for title, share, fill in zip(_TITLES, timebox(minutes), filled, strict=True)
    )
    return Agenda(booking.start if booking and stands else None, minutes, points, _roles(overview))


def plain(found: Agenda, name_of: dict[str, str]) -> str:
    """The agenda as plain text, for a calendar; `name_of` has the names of people by id."""
    lines = [found.opening, ""]
    for number, point in enumerate(found.points, 1):
        lines.append(heading(number, point))
        lines += [f"   - {line.text}{f' {line.url}' if line.url else ''}" for line in point.lines]
    lines.append("")
    lines += [f"{what}: {name_of.get(user, user) if user else 'nobody named yet'}" for what, user in found.roles]
    return "\n".join(lines)


def heading(number: int, point: Point) -> str:
    """The line above what belongs to a point."""
    return f"{number}. {point.title} ({point.minutes} min)"


def headings(found: Agenda) -> tuple[str, ...]:
    """Those of `plain`."""
    return tuple(heading(number, point) for number, point in enumerate(found.points, 1))


def _roles(overview: Overview) -> tuple[tuple[str, str | None], ...]:
    record, booking = overview.postmortem, overview.life.booking
    facilitator = booking.facilitator if booking else None
    roles: list[tuple[str, str | None]] = [
        ("Runs the meeting (IC)", record.roles.ic or record.roles.deputy),
        ("Walks through the document (owner)", record.owner),
        ("Takes notes (scribe)", record.roles.scribe),
    ]
    return (*roles, ("Leads the talk (facilitator)", facilitator)) if facilitator else tuple(roles)


def _timeline(overview: Overview) -> Iterator[Line]:
    items, document = overview.life.items, overview.postmortem.page_url or overview.document
    said = f": {overview.life.evidence_said}" if items else ""
    yield Line(f"{phrases.count(len(items), 'line')} in the timeline{said}", document or "")
    for kind in _KEY:
        first = next((item for item in items if item.kind is kind), None)
        if first:
            yield Line(f"{timeline.moment(first)} UTC, {timeline.kind_label(kind)}: {_short(first.text)}")


def _unusual(overview: Overview) -> Iterator[Line]:
    """What nobody can check, what went badly or well by luck, and what readers noted."""
    life, content = overview.life, overview.life.content
    found = [Line(f"We were lucky: {_short(each)}") for each in content.texts(Section.RETROSPECT, "lucky")]
    found += [Line(f"Didn't go so well: {_short(each)}") for each in content.texts(Section.RETROSPECT, "badly")]
    found += [Line(f"No data: {_short(item.text)}") for item in life.items if item.waiver and not item.evidence]
    found += [Line(f"A reader noted: {_short(note.text)}") for note in life.notes if note.state is NoteState.OPEN]
    yield from _cut(found, _MOST, "nothing is marked so far: what surprised you?")


def _caught(overview: Overview) -> Iterator[Line]:
    for name, label in _ASKED.items():
        said = overview.life.content.text(Section.CAUGHT, name)
        yield Line(f"{label}: {_short(said) if said.strip() else 'to be answered here'}")


def _impact(overview: Overview) -> Iterator[Line]:
    form = section_forms.forms(overview.dimensions)[Section.IMPACT]
    shown = section_values.typed(form, overview.postmortem, overview.life.content)
    found = []
    for field in form.fields:
        value = shown.get(field.name)
        if isinstance(value, str) and value.strip() and field.name != "support_links":
            found.append(Line(f"{field.label}: {_short(value)}"))
    links = shown.get("support_links")
    asked = links.split() if isinstance(links, str) else []
    found += [Line("What customers asked", url) for url in asked[:3]]
    yield from _cut(found, _MOST + 4, "no numbers are entered yet")


def _actions(overview: Overview) -> Iterator[Line]:
    """Topics first: the meeting decides them (R-35)."""
    life = overview.life
    order = (Decision.DISCUSS, Decision.TICKET, Decision.DONE)
    found = [_action(each) for decision in order for each in life.actions if each.decision is decision]
    yield from _cut(found, _ACTIONS, "no action item is entered yet")
    if life.waiting_todos:
        yield Line(f"{phrases.count(len(life.waiting_todos), 'TODO')} of the channel still to be decided on")


def _action(each: ActionItem) -> Line:
    return Line(f"{LABELS[each.decision]}: {_short(each.text)}", each.ticket)


def _cut(found: list[Line], most: int, nothing: str) -> Iterator[Line]:
    yield from found[:most]
    if len(found) > most:
        yield Line(f"and {len(found) - most} more in the document")
    if not found:
        yield Line(nothing)


def _short(words: str) -> str:
    return typed.clip(typed.one_line(words), _WORDS)
