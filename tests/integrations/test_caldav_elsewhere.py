"""Another calendar is configured: the meeting goes there as people left it, there is one of it under the same UID, and what has to stay
behind is told. A server that has another name only is no other calendar."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.calendar_event import EventState
from bot.integrations.caldav_calendar import CaldavCalendar
from bot.integrations.caldav_client import CaldavAccess, CaldavClient
from bot.ports.calendar import EventGone, EventMoved
from bot.ports.errors import IntegrationError
from tests.caldav import local_caldav
from tests.caldav.local_caldav import Fault, LocalCaldav
from tests.fakes.clock import ManualClock
from tests.integrations.test_caldav_faults import WRONG, Memory, again, steps
from tests.integrations.test_ics_calendar import event

OTHER = "/bot/other/"


@pytest.fixture
def caldav(tmp_path: Path) -> Iterator[LocalCaldav]:
    with local_caldav.running(tmp_path / "radicale") as caldav:
        yield caldav


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[LocalCaldav]:
    """Another server."""
    with local_caldav.running(tmp_path / "elsewhere") as caldav:
        yield caldav


def adapter(caldav: LocalCaldav, access: CaldavAccess | None = None, *, waits: float = 2.0) -> CaldavCalendar:
    """`waits` is how many seconds it waits for an answer."""
    return CaldavCalendar(CaldavClient(access or caldav.access, timeout=(2, waits)), ManualClock())


def written(caldav: LocalCaldav) -> Memory:
    """It stands in the first calendar, and somebody wrote something beside it."""
    trail = Memory()
    adapter(caldav).publish(event(), trail)
    caldav.edit(comment="Bring coffee")
    return trail


def text(caldav: LocalCaldav, path: str = OTHER) -> str:
    (href,) = caldav.hrefs(path)
    return caldav.ask("GET", href)[2].decode()


@pytest.mark.parametrize("refused", [None, Fault(403), Fault(501), Fault(502)], ids=["moved", "403", "501", "502"])
def test_in_another_calendar_of_the_server_it_is_the_same_event_with_what_people_added(
    caldav: LocalCaldav, refused: Fault | None
) -> None:
    trail, new = written(caldav), caldav.another(OTHER)
    caldav.fail("MOVE", *([refused] if refused else []))
    href = adapter(caldav, new).publish(event(), trail)
    assert caldav.hrefs() == []
    said = text(caldav)
    assert "Bring coffee" in said
    assert f"UID:{event().uid}" in said
    assert href.startswith(new.url)
    assert (trail.kept.state, trail.left_at) == (EventState.STANDING, [])
    before = len(caldav.seen)
    adapter(caldav, new).publish(event(), trail)
    assert len(caldav.seen) == before, "it is settled there"


def test_a_fault_at_any_request_of_bringing_it_over_ends_with_one_event(caldav: LocalCaldav) -> None:
    new = caldav.another(OTHER)
    for name, fault in WRONG.items():
        for number in range(1, 8):
            for each in (*caldav.hrefs(), *caldav.hrefs(OTHER)):
                caldav.ask("DELETE", each)
            trail = written(caldav)
            caldav.seen.clear()
            caldav.at = {number: fault}
            wrong = again(lambda trail=trail: adapter(caldav, new, waits=0.25).publish(steps()[1], trail))  # type: ignore[misc]
            caldav.at = {}
            where = f"{name} at request {number} of {caldav.seen}"
            assert not any(isinstance(each, EventMoved | EventGone) for each in wrong), where
            assert (caldav.hrefs(), len(caldav.hrefs(OTHER))) == ([], 1), where
            assert "Bring coffee" in text(caldav), where
            assert trail.left_at == [], where


def test_people_who_moved_it_in_the_calendar_before_are_asked_about_it_all_the_same(caldav: LocalCaldav) -> None:
    trail, new = written(caldav), caldav.another(OTHER)
    caldav.edit(dtstart=steps()[1].start, dtend=steps()[1].end)
    with pytest.raises(EventMoved):
        adapter(caldav, new).publish(event(), trail)
    assert len(caldav.hrefs(OTHER)) == 1


@pytest.mark.parametrize("there", [True, False], ids=["it stands there already", "people took it off before"])
def test_one_of_it_is_left_whatever_stands_where(caldav: LocalCaldav, *, there: bool) -> None:
    trail, new = written(caldav), caldav.another(OTHER)
    if there:
        content = caldav.ask("GET", caldav.hrefs()[0])[2]
        assert caldav.ask("PUT", f"{OTHER}copy.ics", content, content_type="text/calendar")[0] == 201
    else:
        caldav.delete()
    adapter(caldav, new).publish(event(), trail)
    assert (caldav.hrefs(), len(caldav.hrefs(OTHER)), trail.left_at) == ([], 1, [])


def test_what_cannot_be_taken_off_the_calendar_before_is_told(caldav: LocalCaldav) -> None:
    trail, new = written(caldav), caldav.another(OTHER)
    old = trail.kept.href
    caldav.fail("MOVE", Fault(403))
    caldav.fail("DELETE", Fault(403))
    adapter(caldav, new).publish(event(), trail)
    assert (len(caldav.hrefs(OTHER)), trail.left_at) == (1, [old])


def test_what_stood_there_of_somebody_else_is_left_alone(caldav: LocalCaldav) -> None:
    trail, new = written(caldav), caldav.another(OTHER)
    (href,) = caldav.hrefs()
    other = caldav.ask("GET", href)[2].replace(b"pm-record-7@", b"other@")
    caldav.delete()
    assert caldav.ask("PUT", href, other, content_type="text/calendar")[0] == 201
    adapter(caldav, new).publish(event(), trail)
    assert (len(caldav.hrefs()), len(caldav.hrefs(OTHER))) == (1, 1)


@pytest.mark.parametrize("act", ["restricted", "cancelled"])
def test_one_that_is_not_wanted_any_more_goes_from_the_calendar_before_too(caldav: LocalCaldav, act: str) -> None:
    trail, new = written(caldav), caldav.another(OTHER)
    calendar = adapter(caldav, new)
    if act == "restricted":
        calendar.remove(event(), trail)
        assert (caldav.hrefs(), caldav.hrefs(OTHER)) == ([], [])
    else:
        calendar.withdraw(event(), trail)
        assert (caldav.hrefs(), "STATUS:CANCELLED" in text(caldav)) == ([], True)


def moved_server(caldav: LocalCaldav, elsewhere: LocalCaldav) -> CaldavAccess:
    """All that one server has is on the other now."""
    shutil.copytree(caldav.folder / "data", elsewhere.folder / "data", dirs_exist_ok=True)
    return elsewhere.access


def test_a_server_that_has_another_name_has_the_same_event(caldav: LocalCaldav, elsewhere: LocalCaldav) -> None:
    trail = written(caldav)
    new = moved_server(caldav, elsewhere)
    calendar, asked = adapter(elsewhere, new), len(caldav.seen)
    assert not calendar.holds(trail.kept), "it is looked at once"
    assert calendar.publish(steps()[1], trail).startswith(elsewhere.url)
    assert calendar.holds(trail.kept)
    assert (len(elsewhere.hrefs()), elsewhere.event()["DTSTART"].dt) == (1, steps()[1].start)
    assert str(elsewhere.event()["COMMENT"]) == "Bring coffee"
    assert (trail.left_at, len(caldav.seen)) == ([], asked)


def test_taken_off_on_the_server_with_another_name_is_asked_about_once_it_was_read_there(
    caldav: LocalCaldav, elsewhere: LocalCaldav
) -> None:
    trail = written(caldav)
    calendar = adapter(elsewhere, moved_server(caldav, elsewhere))
    calendar.publish(steps()[1], trail)
    elsewhere.delete()
    with pytest.raises(EventGone):
        calendar.look(steps()[1], trail)


@pytest.mark.parametrize("act", ["publish", "remove"])
def test_another_server_gets_its_own_and_the_password_goes_to_no_other(
    caldav: LocalCaldav, elsewhere: LocalCaldav, act: str
) -> None:
    trail = written(caldav)
    old, asked = trail.kept.href, len(caldav.seen)
    calendar = adapter(elsewhere)
    do: dict[str, Callable[[], object]] = {
        "publish": lambda: calendar.publish(steps()[1], trail),
        "remove": lambda: calendar.remove(event(), trail),
    }
    do[act]()
    assert (len(elsewhere.hrefs()), trail.left_at) == (1 if act == "publish" else 0, [old])
    assert len(caldav.seen) == asked


def test_an_address_that_a_server_writes_in_another_way_is_in_this_calendar(caldav: LocalCaldav) -> None:
    client = adapter(caldav, replace(caldav.access, url=f"{caldav.url}/b@t/post%20mortems/")).client
    assert client.own(f"{caldav.url}/b%40t/post mortems/x@y.ics") == f"{client.url}x@y.ics"
    for other in ("", f"{caldav.url}/b%40t/", f"{caldav.url}/b%40t/post%20mortems/deeper/x.ics", "/b@t/x.ics"):
        assert client.own(other) is None


def test_a_calendar_before_that_is_in_trouble_is_tried_again_and_not_left(caldav: LocalCaldav) -> None:
    trail, new = written(caldav), caldav.another(OTHER)
    caldav.fail("MOVE", Fault(503))
    with pytest.raises(IntegrationError) as caught:
        adapter(caldav, new).publish(event(), trail)
    assert caught.value.retryable
    adapter(caldav, new).publish(event(), trail)
    assert (caldav.hrefs(), len(caldav.hrefs(OTHER))) == ([], 1)
