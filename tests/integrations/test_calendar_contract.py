"""What every calendar keeps to: the file in Slack, a server that speaks CalDAV, and where there is none, the one that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import icalendar
import pytest

from bot.domain.invitation import Event
from bot.domain.postmortem import DocumentFile, FileState
from bot.integrations.caldav_calendar import CaldavCalendar
from bot.integrations.caldav_client import CaldavClient
from bot.integrations.console_calendar import ConsoleCalendar
from bot.integrations.ics_calendar import IcsCalendar
from bot.ports.calendar import Calendar, SharedCalendar
from bot.ports.chat import Drawing
from tests.caldav import local_caldav
from tests.fakes.bot import new_chat
from tests.fakes.clock import ManualClock
from tests.integrations import test_caldav_faults
from tests.integrations.test_ics_calendar import event


@dataclass
class Memory(test_caldav_faults.Memory):
    """bot.ports.calendar.Trail with both halves."""

    channel: str = "C1"
    files_: dict[str, DocumentFile] = field(default_factory=dict)

    def files(self) -> list[DocumentFile]:
        return list(self.files_.values())

    def keep(self, file: DocumentFile) -> None:
        self.files_[file.file_id] = file


@dataclass
class Case:
    """A calendar, what it was told before, and how people read it: the newest version of each event that they see."""

    calendar: Calendar
    trail: Memory
    seen: list[icalendar.Event] | None = None
    server: local_caldav.LocalCaldav | None = None
    chat: object = None

    def events(self) -> list[icalendar.Event]:
        if self.server:
            return [self.server.event()] if self.server.hrefs() else []
        newest = [each for each in self.trail.files() if each.state is FileState.SHARED][-1:]
        files = self.chat.visible_files() if self.chat else {}  # type: ignore[attr-defined]
        found = [icalendar.Calendar.from_ical(files[each.file_id].content) for each in newest]
        return [entry for calendar in found for entry in calendar.walk("VEVENT")]


@pytest.fixture(params=["file", "caldav", "console"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Case]:
    clock, trail = ManualClock(), Memory()
    if request.param == "caldav":
        with local_caldav.running(tmp_path / "radicale") as server:
            calendar = CaldavCalendar(CaldavClient(server.access, timeout=(1, 1)), clock)
            yield Case(calendar, trail, server=server)
    elif request.param == "file":
        chat = new_chat(clock)
        chat.rooms["C1"].members.add("UBOT")
        trail.thread_ts = chat.post("C1", Drawing("card", ()), mark="card")
        yield Case(IcsCalendar(chat, clock), trail, chat=chat)
    else:
        yield Case(ConsoleCalendar(), trail)


def moved(first: Event) -> Event:
    return replace(
        first, sequence=1, start=first.start + timedelta(hours=1), end=first.end + timedelta(hours=1),
        attendees=first.attendees[:1],
    )  # fmt: skip


def test_published_again_nothing_happens(case: Case) -> None:
    name = case.calendar.publish(event(), case.trail)
    assert name
    before = list(case.server.seen) if case.server else []
    assert case.calendar.publish(event(), case.trail) == name
    assert (list(case.server.seen) if case.server else []) == before


def test_moved_and_withdrawn_it_is_the_same_event_with_a_rising_number(case: Case) -> None:
    first = event()
    told: list[icalendar.Event] = []
    for act in (
        lambda: case.calendar.publish(first, case.trail),
        lambda: case.calendar.publish(moved(first), case.trail),
        lambda: case.calendar.withdraw(replace(moved(first), sequence=2), case.trail),
    ):
        assert act()
        told += case.events()
    if isinstance(case.calendar, ConsoleCalendar):
        assert told == []
        return
    assert {str(each["UID"]) for each in told} == {first.uid}
    assert [int(each["SEQUENCE"]) for each in told] == [0, 1, 2]
    assert [str(each["STATUS"]) for each in told] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [each["DTSTART"].dt for each in told] == [first.start, moved(first).start, moved(first).start]
    assert [len(each["ATTENDEE"]) if isinstance(each["ATTENDEE"], list) else 1 for each in told] == [3, 1, 1]


def test_words_of_people_survive_and_break_nothing(case: Case) -> None:
    wanted = event()
    case.calendar.publish(wanted, case.trail)
    for found in case.events():
        assert str(found["SUMMARY"]).startswith("Post-mortem PM-7: Slow; very, slow BEGIN:VALARM \\ 100% مرحبا")
        assert str(found["LOCATION"]) == "https://meet.example/a?b=c,d"
        names = [str(each.params["CN"]) for each in found["ATTENDEE"]]
        assert names[1] == "Ben 'the; pen', a: b"
        assert names[2].startswith("مرحبا 👩‍💻")
        assert "evil" not in str([str(each) for each in found["ATTENDEE"]])
        assert "X-EVIL" not in found


@pytest.mark.parametrize("case", ["caldav", "console"], indirect=True)
def test_a_shared_one_can_be_read_and_emptied(case: Case) -> None:
    calendar = case.calendar
    shared: SharedCalendar = calendar  # type: ignore[assignment]
    assert shared.configured is (case.server is not None)
    shared.publish(event(), case.trail)
    assert shared.look(event(), case.trail)
    busy = shared.busy(event().start - timedelta(days=1), event().end + timedelta(days=1))
    assert (busy is not None) is shared.configured
    shared.remove(event(), case.trail)
    shared.remove(event(), case.trail)
    assert case.events() == []
    sequence = case.trail.kept.sequence
    shared.publish(event(), case.trail)
    assert case.trail.kept.sequence > sequence
