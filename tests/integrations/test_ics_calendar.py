"""The invitation as any calendar reads it: one UID, a rising SEQUENCE, roles, and words that break nothing (R-13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest

from bot.calendar_file import write
from bot.domain import invitation
from bot.domain.harvest.person import Person
from bot.domain.invitation import Event
from bot.domain.invitees import Guest, Guests
from bot.domain.life import Life
from bot.domain.postmortem import DocumentFile, FileState
from bot.integrations.ics_calendar import IcsCalendar
from bot.ports.chat import Drawing
from bot.ports.errors import IntegrationError
from tests import factories
from tests.fakes.bot import new_chat
from tests.fakes.clock import ManualClock

PEOPLE = {
    "U1": Person("U1", "Ana", email="ana@acme.example"),
    "U2": Person("U2", 'Ben "the; pen", a: b'),
    "U3": Person("U3", "مرحبا 👩‍💻\x07\r\nATTENDEE:mailto:evil@example.com", email="evil@x\r\nX-EVIL:1"),
}
GUESTS = Guests(
    (Guest("U1", ("IC, runs it", "responder")), Guest("U2", ("owner",)), Guest("U3", ("liaison",), optional=True))
)
TITLE = "Slow; very, slow\nBEGIN:VALARM \\ 100% مرحبا " + "long " * 40


def event(**values: Any) -> Event:
    booking = factories.booking(**{"link": "https://meet.example/a?b=c,d", **values.pop("booking", {})})
    record = factories.postmortem(**{"title": TITLE, **values.pop("record", {})})
    seen = factories.overview(
        record, life=Life(booking=booking), people=PEOPLE, calendar_name="Incident Meetings", **values
    )
    found = invitation.event(seen, GUESTS, "UBOT")
    assert found
    return found


def read(content: bytes) -> Any:
    """The one event of a file, and its method."""
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(content)
    (entry,) = calendar.walk("VEVENT")
    assert [each.name for each in calendar.walk()] == ["VCALENDAR", "VEVENT"]
    return calendar, entry


def test_a_calendar_reads_time_roles_words_and_the_link() -> None:
    calendar, entry = read(write(event(calendar_address="pm@acme.example")))
    booking = factories.booking()
    assert (calendar["METHOD"], calendar["VERSION"]) == ("REQUEST", "2.0")
    assert (entry["UID"], entry["SEQUENCE"]) == ("pm-record-7@postmortem-bot", 0)
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (booking.start, booking.end)
    assert entry["DTSTART"].to_ical().endswith(b"Z")
    assert entry["SUMMARY"].startswith("Post-mortem PM-7: Slow; very, slow BEGIN:VALARM \\ 100% مرحبا")
    assert entry["LOCATION"] == entry["URL"] == "https://meet.example/a?b=c,d"
    assert "5. Action items" in entry["DESCRIPTION"]
    assert "Runs the meeting (IC): Ana" in entry["DESCRIPTION"]
    assert entry["ORGANIZER"] == "mailto:pm@acme.example"
    assert entry["ORGANIZER"].params["CN"] == "Incident Meetings"
    people = {str(each): each.params["ROLE"] for each in entry["ATTENDEE"]}
    assert people == {
        "mailto:ana@acme.example": "REQ-PARTICIPANT",
        "https://acme.slack.com/team/U2": "REQ-PARTICIPANT",
        "https://acme.slack.com/team/U3": "OPT-PARTICIPANT",
        "mailto:pm@acme.example": "NON-PARTICIPANT",
    }


def test_without_a_shared_address_the_bot_itself_asks_and_nobody_has_a_made_up_mailbox() -> None:
    content = write(event())
    _, entry = read(content)
    assert entry["ORGANIZER"] == "https://acme.slack.com/team/UBOT"
    assert content.count(b"mailto:ana@acme.example") == content.count(b"\r\nATTENDEE;CN=Ana")
    assert b"\r\nX-EVIL" not in content


def test_a_restricted_one_is_neutral_and_goes_to_no_shared_calendar() -> None:
    content = write(event(record={"restricted": True}, calendar_address="pm@acme.example"))
    _, entry = read(content)
    assert entry["SUMMARY"] == "Post-mortem meeting PM-7"
    assert entry["DESCRIPTION"] == invitation.NEUTRAL
    for word in (b"Slow", b"pm@acme", b"responder"):
        assert word not in content


def test_a_moved_one_keeps_its_uid_and_a_cancelled_one_says_so() -> None:
    first, booking = event(), factories.booking()
    moved = booking.moved(
        booking.start + timedelta(hours=1), booking.end + timedelta(hours=1), by="U2", now=factories.NOW
    )
    off = moved.called_off(factories.NOW)
    names = ("start", "end", "sequence", "cancelled_at")
    later, gone = (event(booking={name: getattr(each, name) for name in names}) for each in (moved, off))
    found = [read(write(each)) for each in (first, later, gone)]
    assert len({str(entry["UID"]) for _, entry in found}) == 1
    assert [int(entry["SEQUENCE"]) for _, entry in found] == [0, 1, 2]
    assert [str(calendar["METHOD"]) for calendar, _ in found] == ["REQUEST", "REQUEST", "CANCEL"]
    assert found[2][1]["STATUS"] == "CANCELLED"
    assert len({each.fingerprint for each in (first, later, gone)}) == 3


def test_words_alone_make_no_new_version_and_people_do() -> None:
    first = event()
    assert replace(first, description="other", stamp=factories.NOW + timedelta(days=1)).fingerprint == first.fingerprint
    assert replace(first, attendees=first.attendees[:1]).fingerprint != first.fingerprint


@pytest.mark.parametrize("link", ["", "https://meet.example/x", "https://meet.example/" + "x" * 1900])
def test_prefilled_pages_carry_the_same_meeting_and_stay_short(link: str) -> None:
    record, booking = factories.postmortem(title=TITLE), factories.booking(link=link)
    google, outlook = invitation.google(record, booking, "pm@acme.example"), invitation.outlook(record, booking)
    told = parse_qs(urlsplit(google).query)
    assert told["dates"] == [f"{booking.start:%Y%m%dT%H%M%SZ}/{booking.end:%Y%m%dT%H%M%SZ}"]
    assert told["text"][0].startswith("Post-mortem PM-7: Slow; very, slow")
    assert told["src"] == ["pm@acme.example"]
    assert parse_qs(urlsplit(outlook).query)["startdt"] == [f"{booking.start:%Y-%m-%dT%H:%M:%SZ}"]
    assert max(len(google), len(outlook)) < 1500
    assert not set(" <>|") & set(google + outlook)
    assert "Slow" not in invitation.google(replace(record, restricted=True), booking)


@dataclass
class Trail:
    """The thread of a card, and what was handed over."""

    channel: str = "C1"
    thread_ts: str = "1.1"
    kept: dict[str, DocumentFile] = field(default_factory=dict)

    def files(self) -> Sequence[DocumentFile]:
        return list(self.kept.values())

    def keep(self, file: DocumentFile) -> None:
        self.kept[file.file_id] = file


@pytest.mark.parametrize("method", ["reserve", "fill", "share"])
@pytest.mark.parametrize("after", [False, True])
def test_a_lost_answer_makes_no_second_file(method: str, after: bool) -> None:
    clock, trail = ManualClock(), Trail()
    chat = new_chat(clock)
    chat.rooms["C1"].members.add("UBOT")
    trail.thread_ts = chat.post("C1", Drawing("card", ()), mark="card")
    calendar = IcsCalendar(chat, clock)
    chat.fail(method, IntegrationError("lost", name="timeout", retryable=True), after=after)
    with pytest.raises(IntegrationError):
        calendar.publish(event(), trail)
    first = calendar.publish(event(), trail)
    assert calendar.publish(event(), trail) == first
    assert list(chat.visible_files()) == [first]
    assert [file.state for file in trail.files() if file.state is FileState.SHARED] == [FileState.SHARED]
    assert calendar.withdraw(event(), trail) != first
