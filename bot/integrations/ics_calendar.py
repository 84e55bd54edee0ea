"""A calendar for everybody who has none that we could write to: the event as an .ics file (RFC 5545, 5546) in the thread of
the card, which any calendar takes. A newer file takes the place of the one before under the same UID."""

from __future__ import annotations

from dataclasses import dataclass, replace

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as IcsEvent

from bot.domain import typed
from bot.domain.invitation import Attendee, Event
from bot.domain.postmortem import DocumentFile, FileState
from bot.ports.calendar import Trail
from bot.ports.chat import Files
from bot.ports.clock import Clock
from bot.version import VERSION


@dataclass(frozen=True, slots=True)
class IcsCalendar:
    """bot.ports.calendar.Calendar by files in Slack."""

    chat: Files
    clock: Clock

    def publish(self, event: Event, trail: Trail) -> str:
        """The newest file is one of this version."""
        newest = self._settled(trail)
        if newest is None or newest.digest != event.fingerprint:
            newest = self._upload(event, trail)
        return newest.file_id

    def withdraw(self, event: Event, trail: Trail) -> str:
        """The same with a file that takes the event out of calendars."""
        return self.publish(replace(event, cancelled=True), trail)

    def _settled(self, trail: Trail) -> DocumentFile | None:
        """What became of uploads whose answer was lost; returns the newest file that people can see."""
        newest = None
        for file in trail.files():
            if file.state is FileState.RESERVED:
                link = self.chat.shared_link(file.file_id)
                file = replace(file, state=FileState.SHARED if link else FileState.REMOVED, permalink=link)
                trail.keep(file)
            if file.state is FileState.SHARED:
                newest = file
        return newest

    def _upload(self, event: Event, trail: Trail) -> DocumentFile:
        content = write(event)
        reservation = self.chat.reserve(event.filename, len(content))
        file = DocumentFile(
            _record(event), reservation.file_id, event.fingerprint, FileState.RESERVED, None, self.clock.now()
        )
        trail.keep(file)
        self.chat.fill(reservation, content)
        link = self.chat.share(reservation.file_id, _title(event), trail.channel, trail.thread_ts)
        shared = replace(file, state=FileState.SHARED, permalink=link)
        trail.keep(shared)
        return shared


def write(event: Event) -> bytes:
    """The file: the library folds its lines and escapes what people wrote."""
    calendar, entry = Calendar(), IcsEvent()
    calendar.add("prodid", f"-//postmortem-bot//{VERSION}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if event.cancelled else "REQUEST")
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.stamp)
    entry.add("dtstart", event.start)
    entry.add("dtend", event.end)
    entry.add("summary", _clean(event.summary))
    entry.add("description", _clean(event.description))
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry["organizer"] = _address(event.organizer)
    for person in event.attendees:
        entry.add("attendee", _attendee(person), encode=False)
    if event.shared:
        entry.add("attendee", _calendar(event.organizer), encode=False)
    if event.url:
        entry.add("location", _clean(event.url))
        entry.add("url", _clean(event.url))
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _attendee(person: Attendee) -> vCalAddress:
    found = _address(person)
    found.params["CUTYPE"] = vText("INDIVIDUAL")
    found.params["ROLE"] = vText("OPT-PARTICIPANT" if person.optional else "REQ-PARTICIPANT")
    found.params["PARTSTAT"] = vText("NEEDS-ACTION")
    return found


def _calendar(organizer: Attendee) -> vCalAddress:
    """The calendar that everybody sees is told of it, and is nobody who takes part."""
    found = _address(organizer)
    found.params["CUTYPE"] = vText("GROUP")
    found.params["ROLE"] = vText("NON-PARTICIPANT")
    return found


def _address(person: Attendee) -> vCalAddress:
    found = vCalAddress(person.address)
    found.params["CN"] = vText(_clean(person.name).replace('"', "'"))
    return found


def _clean(words: str) -> str:
    return typed.clean(words)


def _title(event: Event) -> str:
    said = "cancelled" if event.cancelled else f"{event.start:%Y-%m-%d %H:%M} UTC"
    return f"{event.summary}, {said}"


def _record(event: Event) -> str:
    return event.uid.removeprefix("pm-").partition("@")[0]
