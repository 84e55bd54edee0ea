"""The meeting as the text of a calendar (RFC 5545, 5546): one writing of it for whatever carries it, be it a file in Slack, a mail
or a calendar's server."""

from __future__ import annotations

from dataclasses import replace

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as IcsEvent

from bot.domain import typed
from bot.domain.invitation import Attendee, Event
from bot.version import VERSION

PRODUCT = f"-//postmortem-bot//{VERSION}//EN"


def write(event: Event) -> bytes:
    """The file: the library folds its lines and escapes what people wrote."""
    calendar, entry = Calendar(), component(event)
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if event.cancelled else "REQUEST")
    if event.shared:
        entry.add("attendee", _calendar(event), encode=False)
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def uninvite(event: Event) -> bytes:
    """For those alone who are not invited any more (RFC 5546, 3.2.5): they are its attendees, and the meeting itself is not cancelled."""
    calendar = Calendar.from_ical(write(replace(event, cancelled=True)))
    for entry in calendar.walk("VEVENT"):
        del entry["status"]
    return bytes(calendar.to_ical())


def component(event: Event) -> IcsEvent:
    """The event alone, as whatever keeps or carries it has it."""
    entry = IcsEvent()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.stamp)
    entry.add("dtstart", event.start)
    entry.add("dtend", event.end)
    entry.add("summary", clean(event.summary))
    entry.add("description", clean(event.description))
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry["organizer"] = _address(event.organizer)
    for person in event.attendees:
        entry.add("attendee", attendee(person), encode=False)
    if event.url:
        entry.add("location", clean(event.url))
        entry.add("url", clean(event.url))
    return entry


def attendee(person: Attendee) -> vCalAddress:
    """Somebody who is invited and has not answered yet."""
    found = _address(person)
    found.params["CUTYPE"] = vText("INDIVIDUAL")
    found.params["ROLE"] = vText("OPT-PARTICIPANT" if person.optional else "REQ-PARTICIPANT")
    found.params["PARTSTAT"] = vText("NEEDS-ACTION")
    return found


def _calendar(event: Event) -> vCalAddress:
    """The calendar that everybody sees is told of it, and is nobody who takes part."""
    found = _address(Attendee(event.organizer.name, f"mailto:{event.shared}"))
    found.params["CUTYPE"] = vText("GROUP")
    found.params["ROLE"] = vText("NON-PARTICIPANT")
    return found


def _address(person: Attendee) -> vCalAddress:
    found = vCalAddress(person.address)
    found.params["CN"] = vText(clean(person.name).replace('"', "'"))
    return found


def clean(words: str) -> str:
    """As a calendar can hold it."""
    return typed.clean(words)
