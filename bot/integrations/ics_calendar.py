"""A calendar for everybody who has none that we could write to: the event as an .ics file in the thread of the card, which any
calendar takes. A newer file takes the place of the one before under the same UID."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot import calendar_file
from bot.domain.invitation import Event
from bot.domain.postmortem import DocumentFile, FileState
from bot.ports.calendar import Trail
from bot.ports.chat import Files
from bot.ports.clock import Clock


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
        content = calendar_file.write(event)
        reservation = self.chat.reserve(event.filename, len(content))
        file = DocumentFile(
            _record(event), reservation.file_id, event.fingerprint, FileState.RESERVED, None, self.clock.now()
        )
        trail.keep(file)
        self.chat.fill(reservation, content)
        titles = {reservation.file_id: _title(event)}
        link = self.chat.share(titles, trail.channel, trail.thread_ts)[reservation.file_id]
        shared = replace(file, state=FileState.SHARED, permalink=link)
        trail.keep(shared)
        return shared


def _title(event: Event) -> str:
    said = "cancelled" if event.cancelled else f"{event.start:%Y-%m-%d %H:%M} UTC"
    return f"{event.summary}, {said}"


def _record(event: Event) -> str:
    return event.uid.removeprefix("pm-").partition("@")[0]
