"""The meeting as an event of a calendar (R-13): what is sent to whoever keeps one, the same event however often it moves."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote, urlencode

from bot.domain import agenda, invitees, typed
from bot.domain.booking import Booking
from bot.domain.harvest.person import Person
from bot.domain.invitees import Guests
from bot.domain.overview import Overview
from bot.domain.postmortem import Postmortem

DOMAIN = "postmortem-bot"
_EMAIL = re.compile(r"[^\s@<>\"',;:\\]+@[^\s@<>\"',;:\\]+\Z")
_TITLE, _LOCATION = 150, 300
NEUTRAL = "The agenda is in the incident's channel."


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody on the event. `address` is a URI: their mailbox where it is known, else their page in Slack. `user_id` is no part of
    what others see."""

    name: str
    address: str
    optional: bool = False
    why: str = ""
    user_id: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """`uid` never changes, `sequence` rises with each version of it (see meeting_version), `booking` with each move. `shared` is the
    mailbox of the calendar that everybody sees, "" where there is none. `stamp` is when this version was made."""

    uid: str
    sequence: int
    start: datetime
    end: datetime
    summary: str
    description: str
    organizer: Attendee
    attendees: tuple[Attendee, ...]
    filename: str
    stamp: datetime
    url: str = ""
    shared: str = ""
    cancelled: bool = False
    booking: int = 0

    @property
    def fingerprint(self) -> str:
        """What makes it another version: everything but when it was written, and its description, which follows what people
        write and would hand out a new file with each of their words."""
        told = (
            self.uid, self.sequence, self.start.isoformat(), self.end.isoformat(), self.summary, self.organizer,
            self.attendees, self.url, self.shared, self.cancelled,
        )  # fmt: skip
        return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()


def title(record: Postmortem) -> str:
    """How the event is called; a restricted one is named by its number alone (R-63)."""
    subject = typed.clip(typed.one_line(record.subject), _TITLE)
    return f"Post-mortem {record.name}: {subject}" if subject else f"Post-mortem meeting {record.name}"


def event(overview: Overview, guests: Guests, organizer: str) -> Event | None:
    """The event of the booked or cancelled meeting; None where none was ever booked. `organizer` is the bot's own user."""
    record, booking = overview.postmortem, overview.life.booking
    if booking is None:
        return None
    # What is given up takes its meeting out of people's calendars, and brings it back when that is taken back.
    cancelled = booking.cancelled or record.waiver is not None
    # Where we write in the shared calendar ourselves nothing has to tell it.
    shared = "" if record.restricted or overview.shared_calendar else overview.calendar_address
    answered = _answered(overview)
    host = Attendee(overview.calendar_name, f"mailto:{answered}" if answered else _page(overview, organizer))
    attendees = tuple(
        Attendee(
            _name(overview.people, guest.user_id),
            _address(overview, guest.user_id),
            guest.optional,
            "" if record.restricted else ", ".join(each for each in guest.reasons if each != invitees.BY_HAND),
            guest.user_id,
        )
        for guest in guests.guests
    )
    ending = "-cancelled" if cancelled else ""
    return Event(
        uid=f"pm-{record.id}@{DOMAIN}",
        sequence=booking.sequence,
        start=booking.start,
        end=booking.end,
        summary=title(record),
        description=_description(overview),
        organizer=host,
        attendees=attendees,
        filename=f"meeting-{record.name.lower()}{ending}.ics",
        stamp=overview.now,
        url=booking.link,
        shared=shared,
        cancelled=cancelled,
        booking=booking.sequence,
    )


def _answered(overview: Overview) -> str:
    """Where answers to the invitation go: to whoever sends it, else to the shared calendar. A server that invites by itself wants our own
    address there for whoever organizes it."""
    shared = "" if overview.postmortem.restricted else overview.calendar_address
    if overview.server_invites and overview.scheduling:
        own = overview.scheduling.address
        return own if _EMAIL.match(own) else shared
    return overview.sender.address if overview.sender else shared


def google(record: Postmortem, booking: Booking, calendar: str = "") -> str:
    """The page of Google Calendar with the event filled in; `calendar` is the one that it is added to."""
    times = "/".join(f"{each:%Y%m%dT%H%M%SZ}" for each in (booking.start, booking.end))
    given = {
        "action": "TEMPLATE",
        "text": title(record),
        "dates": times,
        "details": NEUTRAL,
        **_location(booking, "location"),
    }
    src = {"src": calendar} if calendar and not record.restricted else {}
    return f"https://calendar.google.com/calendar/render?{urlencode(given | src, quote_via=quote)}"


def outlook(record: Postmortem, booking: Booking) -> str:
    """The same of Outlook."""
    given = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title(record),
        "startdt": f"{booking.start:%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{booking.end:%Y-%m-%dT%H:%M:%SZ}",
        "body": NEUTRAL,
        **_location(booking, "location"),
    }
    return f"https://outlook.office.com/calendar/0/deeplink/compose?{urlencode(given, quote_via=quote)}"


def _location(booking: Booking, name: str) -> Mapping[str, str]:
    return {name: booking.link} if booking.link and len(booking.link) <= _LOCATION else {}


def _description(overview: Overview) -> str:
    record = overview.postmortem
    if record.restricted:
        return NEUTRAL
    names = {user: typed.one_line(person.full_name) for user, person in overview.people.items()}
    document = record.page_url or overview.document
    said = agenda.plain(agenda.agenda(overview), names)
    return f"{said}\n\nDocument: {document}" if document else said


def _name(people: Mapping[str, Person], user_id: str) -> str:
    person = people.get(user_id)
    return typed.one_line(person.full_name) if person else user_id


def _address(overview: Overview, user_id: str) -> str:
    person = overview.people.get(user_id)
    email = person.email if person else ""
    return f"mailto:{email}" if _EMAIL.match(email) else _page(overview, user_id)


def has_mailbox(person: Person | None) -> bool:
    """Whether mail can reach them."""
    return person is not None and _EMAIL.match(person.email) is not None


def _page(overview: Overview, user_id: str) -> str:
    return f"{overview.workspace_url or 'https://slack.com/'}team/{quote(user_id, safe='')}"
