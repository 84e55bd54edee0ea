"""The calendar's adapter with a fault at every single request, in every way that one can go wrong, tried again as the outbox does: one
event, one UID, a rising SEQUENCE, and never a question about what nobody did."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.domain.calendar_event import EventState, KeptEvent
from bot.domain.invitation import Event
from bot.domain.postmortem import DocumentFile
from bot.integrations import caldav_errors
from bot.integrations.caldav_calendar import CaldavCalendar
from bot.integrations.caldav_client import CaldavAccess, CaldavClient
from bot.ports.calendar import EventGone, EventMoved
from bot.ports.errors import IntegrationError, Outdated, RateLimited
from tests import factories
from tests.caldav import local_caldav
from tests.caldav.local_caldav import Fault, LocalCaldav
from tests.fakes.clock import ManualClock
from tests.integrations.test_ics_calendar import event

WRONG = {
    "no answer": local_caldav.REFUSED,
    "answer lost": local_caldav.LOST,
    "slow": local_caldav.SLOW,
    "slow but done": local_caldav.SLOW_BUT_DONE,
    "cut off": local_caldav.TORN,
    "500": local_caldav.BROKEN,
    "502 after its effect": local_caldav.DONE_BUT_502,
    "423": Fault(423),
    "429": local_caldav.WAIT,
    "503 with Retry-After": local_caldav.RESTING,
    "507": Fault(507),
    "a page of a proxy": Fault(200),
}
FOR_GOOD = {
    "401": local_caldav.UNAUTHORIZED,
    "403": local_caldav.FORBIDDEN,
    "a redirect": local_caldav.redirect("https://elsewhere.example/"),
    "415": Fault(415),
}
HOUR = timedelta(hours=1)


@dataclass
class Memory:
    """bot.ports.calendar.Trail in memory, as strict as the real one."""

    channel: str = ""
    thread_ts: str = ""
    kept: KeptEvent = field(default_factory=lambda: KeptEvent("record-7"))
    left_at: list[str] = field(default_factory=list)

    def files(self) -> list[DocumentFile]:
        return []

    def keep(self, file: DocumentFile) -> None:
        raise AssertionError

    def event(self) -> KeptEvent:
        return self.kept

    def keep_event(self, kept: KeptEvent) -> KeptEvent:
        if kept.version != self.kept.version:
            raise Outdated("Somebody else went on with it.")
        self.kept = replace(kept, version=kept.version + 1)
        return self.kept

    def left(self, address: str) -> None:
        self.left_at.append(address)

    def raised(self, event: Event, sequence: int) -> Event:
        return replace(event, sequence=max(event.sequence, sequence))


@pytest.fixture
def caldav(tmp_path: Path) -> Iterator[LocalCaldav]:
    with local_caldav.running(tmp_path / "radicale") as caldav:
        yield caldav


def adapter(caldav: LocalCaldav, access: CaldavAccess | None = None) -> CaldavCalendar:
    return CaldavCalendar(CaldavClient(access or caldav.access, timeout=(1, 0.2)), ManualClock())


def steps() -> list[Event]:
    """Booked, moved with one person less, cancelled."""
    first = event()
    moved = replace(first, sequence=1, start=first.start + HOUR, end=first.end + HOUR, attendees=first.attendees[:2])
    return [first, moved, replace(moved, sequence=2, cancelled=True)]


def again(act: Callable[[], object]) -> list[IntegrationError]:
    """As the outbox: what can be tried again is. Returns what went wrong on the way."""
    wrong: list[IntegrationError] = []
    for _ in range(4):
        try:
            act()
            return wrong
        except IntegrationError as error:
            wrong.append(error)
            if not error.retryable:
                return wrong
    raise AssertionError(f"it never ends: {wrong}")


def through(caldav: LocalCaldav, trail: Memory, where: str) -> None:
    calendar, sequences = adapter(caldav), []
    for step in steps():
        wrong = again(lambda wanted=step: calendar.publish(wanted, trail))  # type: ignore[misc]
        assert not any(isinstance(each, EventMoved | EventGone) for each in wrong), where
        if wrong and not wrong[-1].retryable:
            assert again(lambda wanted=step: calendar.publish(wanted, trail)) == [], where  # type: ignore[misc]
        sequences.append(int(caldav.event()["SEQUENCE"]))
    entry, last = caldav.event(), steps()[-1]
    assert sequences == sorted(set(sequences)), (where, sequences)
    assert (str(entry["UID"]), str(entry["STATUS"]), entry["DTSTART"].dt) == (last.uid, "CANCELLED", last.start), where
    assert len(entry["ATTENDEE"]) == 2, where
    assert trail.kept.state is EventState.CANCELLED, where


def test_a_fault_at_any_request_ends_with_one_event(caldav: LocalCaldav) -> None:
    through(caldav, Memory(), "undisturbed")
    requests = list(caldav.seen)
    assert requests == ["GET", "GET", "REPORT", "PUT", "GET", "PUT", "GET", "PUT"]
    for (name, fault), number in itertools.product((WRONG | FOR_GOOD).items(), range(1, len(requests) + 1)):
        where = f"{name} at request {number} ({requests[number - 1]})"
        caldav.delete()
        caldav.seen.clear()
        caldav.at = {number: fault}
        through(caldav, Memory(), where)


@pytest.mark.parametrize("name", WRONG)
def test_what_went_wrong_is_told_with_whether_it_may_have_been_done(caldav: LocalCaldav, name: str) -> None:
    calendar, trail = adapter(caldav), Memory()
    calendar.client.collection()
    caldav.fail("PUT", WRONG[name])
    with pytest.raises(IntegrationError) as caught:
        calendar.publish(event(), trail)
    assert caught.value.retryable
    assert str(caught.value).endswith(".")
    for word in ("canary", "http", "Slow", "postmortem-bot"):
        assert word not in str(caught.value)
    done = bool(caldav.hrefs())
    assert caught.value.unknown or not done, "what may have been done is looked for"
    if name in ("429", "503 with Retry-After"):
        assert isinstance(caught.value, RateLimited)
        assert caught.value.wait == timedelta(seconds=7)


@pytest.mark.parametrize("name", FOR_GOOD)
def test_what_only_an_administrator_mends_is_not_tried_again(caldav: LocalCaldav, name: str) -> None:
    calendar = adapter(caldav)
    calendar.client.collection()
    caldav.fail("PUT", FOR_GOOD[name])
    with pytest.raises(IntegrationError) as caught:
        calendar.publish(event(), Memory())
    assert not caught.value.retryable
    assert not caught.value.unknown
    assert caldav.seen[-1] == "PUT", "nothing is repeated, and nothing follows a redirect"


def test_a_server_that_is_not_there_was_asked_for_nothing(caldav: LocalCaldav) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/bot/x/"
    access = replace(caldav.access, url=url)
    with pytest.raises(IntegrationError) as caught:
        adapter(caldav, access).publish(event(), Memory())
    assert (str(caught.value), caught.value.unknown) == (caldav_errors.UNREACHABLE, False)


@pytest.mark.parametrize("wrong", ["password", "calendar"])
def test_a_wrong_password_or_address_is_told_in_one_sentence(caldav: LocalCaldav, wrong: str) -> None:
    other = {"password": SecretStr("no")} if wrong == "password" else {"url": f"{caldav.url}/bot/other/"}
    with pytest.raises(IntegrationError) as caught:
        adapter(caldav, replace(caldav.access, **other)).publish(event(), Memory())
    sentence = caldav_errors.REFUSED if wrong == "password" else caldav_errors.MISSING
    assert (str(caught.value), caught.value.retryable) == (sentence, False)


def test_somebody_who_is_always_quicker_ends_in_a_rest(caldav: LocalCaldav) -> None:
    calendar, trail = adapter(caldav), Memory()
    calendar.publish(event(), trail)
    caldav.fail("PUT", *[Fault(412)] * 4)
    with pytest.raises(IntegrationError) as caught:
        calendar.publish(steps()[1], trail)
    assert (caught.value.name, caught.value.retryable) == ("http_412", True)
    calendar.publish(steps()[1], trail)
    assert caldav.event()["DTSTART"].dt == steps()[1].start


def test_put_elsewhere_by_another_program_it_is_found_by_its_uid(caldav: LocalCaldav) -> None:
    calendar, trail = adapter(caldav), Memory()
    calendar.publish(event(), trail)
    (href,) = caldav.hrefs()
    content = caldav.ask("GET", href)[2]
    caldav.delete()
    assert caldav.ask("PUT", f"{local_caldav.PATH}Other name @x%y.ics", content, content_type="text/calendar")[0] == 201
    calendar.publish(steps()[1], trail)
    assert len(caldav.hrefs()) == 1
    assert caldav.event()["DTSTART"].dt == steps()[1].start


def test_after_a_restore_from_a_backup_the_event_that_stands_is_taken_up(caldav: LocalCaldav) -> None:
    calendar = adapter(caldav)
    calendar.publish(event(), Memory())
    trail = Memory()
    calendar.publish(event(), trail)
    assert (len(caldav.hrefs()), trail.kept.state) == (1, EventState.STANDING)
    assert caldav.seen.count("PUT") == 1


def test_what_is_no_event_of_ours_is_left_alone(caldav: LocalCaldav) -> None:
    calendar, trail = adapter(caldav), Memory()
    calendar.publish(event(), trail)
    (href,) = caldav.hrefs()
    other = caldav.ask("GET", href)[2].replace(b"pm-record-7@", b"other@")
    caldav.delete()
    assert caldav.ask("PUT", href, other, content_type="text/calendar")[0] == 201
    with pytest.raises(IntegrationError) as caught:
        calendar.publish(steps()[1], trail)
    assert caught.value.name == "another_event"
    assert str(caldav.event()["UID"]).startswith("other@")


@pytest.mark.parametrize("made", ["a whole day", "no zone", "a duration", "another zone"])
def test_times_are_read_however_a_program_writes_them(caldav: LocalCaldav, made: str) -> None:
    calendar, trail, first = adapter(caldav), Memory(), event()
    calendar.publish(first, trail)
    local = first.start.astimezone(factories.NOW.tzinfo)
    values = {
        "a whole day": {"dtstart": first.start.date(), "dtend": None},
        "no zone": {"dtstart": first.start.replace(tzinfo=None), "dtend": first.end.replace(tzinfo=None)},
        "a duration": {"dtend": None, "duration": first.end - first.start},
        "another zone": {"dtstart": local, "dtend": first.end},
    }[made]
    caldav.edit(**values)
    if made == "a whole day":
        with pytest.raises(EventMoved):
            calendar.look(first, trail)
        return
    calendar.look(first, trail)
    assert trail.kept.state is EventState.STANDING


def test_the_password_is_in_no_representation(caldav: LocalCaldav) -> None:
    calendar = adapter(caldav)
    assert "canary" not in repr(calendar) + repr(caldav.access) + repr(vars(calendar.client).keys())
