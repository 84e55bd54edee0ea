from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import pytest

from bot.domain.harvest import analyse, clock, explain, times
from bot.domain.harvest.clock import Where
from bot.domain.harvest.habits import Habits, Line
from bot.domain.harvest.message import Message
from bot.domain.harvest.person import Person

WRITTEN = datetime(2026, 7, 6, 14, 20, tzinfo=UTC)
BERLIN = clock.zone("Europe/Berlin")  # two hours ahead of UTC then
DENVER = clock.zone("America/Denver")  # six hours behind


def lines(*said: str, who: str = "U1") -> list[Line]:
    return [Line(who, WRITTEN, BERLIN, each) for each in said]


def read(line: str, habits: Habits, who: str = "U1") -> str:
    at = times.mentioned(line, WRITTEN, habits.where(who, BERLIN))
    return f"{at:%H:%M}" if at else "-"


@pytest.mark.parametrize(
    ("before", "at"),
    [
        ([], "10:30"),
        (lines("restarted it 14:12"), "12:30"),
        (lines("restarted it 16:12"), "10:30"),
        (lines("restarted it 14:12", "restarted it 14:15", "rolled back 14:18", who="U2"), "12:30"),
        (lines("restarted it 14:12", who="U2"), "10:30"),
        (lines("next update 14:45"), "12:30"),
        (lines("next update 16:45"), "10:30"),
        (lines("restarted it 14:12", *["we swap the disks at 15:40", "vendor patches it at 16:00"] * 2), "12:30"),
        (lines("all times in UTC please", who="U2"), "12:30"),
        (lines("the import was made 12:30 UTC", who="U2"), "12:30"),
        (lines("restarted it 16:12", "I wrote 2pm", *["went out 16:10"] * 2), "10:30"),
    ],
    ids=[
        "nothing tells",
        "they write UTC",
        "they write their own",
        "the others write UTC",
        "one other wrote one time",
        "what is ahead in UTC",
        "what is ahead in their own",
        "a plan in the present tells nothing",
        "it was agreed",
        "somebody wrote it with a zone",
        "their own again and again",
    ],
)
def test_a_bare_time_is_read_as_its_author_writes_times(before: Sequence[Line], at: str) -> None:
    assert read("the first error was 12:30", Habits(before)) == at


@pytest.mark.parametrize(
    ("line", "own", "at"),
    [
        ("restarted it 14:12", BERLIN, "14:12"),
        ("restarted it 16:12", BERLIN, "14:12"),
        ("restarted it 14:12", DENVER, "14:12"),
        ("restarted it 8:12", DENVER, "14:12"),
        ("restarted it at 4:12pm", BERLIN, "14:12"),
        ("restarted it at 15:50 local", BERLIN, "13:50"),
    ],
    ids=["UTC, east", "own, east", "UTC, west", "own, west", "am and pm are nobody's UTC", "it says so"],
)
def test_by_itself_a_time_is_read_so_that_it_lies_just_before(line: str, own: object, at: str) -> None:
    found = times.mentioned(line, WRITTEN, Where(own))  # type: ignore[arg-type]
    assert found is not None
    assert f"{found:%H:%M}" == at


def test_an_app_writes_utc_and_says_nothing_of_people() -> None:
    app = Line(None, WRITTEN, UTC, "deployed 14:12")
    assert Habits([app]).where("U1", BERLIN).lean == 0


def test_the_channel_tells_which_zone_and_the_explanation_says_it(say: Callable[..., Message]) -> None:
    people = {"UANA": Person("UANA", "ana", tz="America/Bogota"), "UBO": Person("UBO", "bo", tz="America/Bogota")}
    told = [say("14:58 - drained the pool", "UANA", 60), say("we restarted the api", "UBO", 61)]
    found = analyse.whole(told, people)
    assert found.findings.timeline[0].at == datetime(2026, 1, 5, 14, 58, tzinfo=UTC)
    assert [explain.explain(each, found, people).read.bare_times for each in told] == ["UTC", None]
    local = [say("09:58 - drained the pool", "UANA", 60)]
    found = analyse.whole(local, people)
    assert found.findings.timeline[0].at == datetime(2026, 1, 5, 14, 58, tzinfo=UTC)
    assert explain.explain(local[0], found, people).read.bare_times == "America/Bogota"


def test_a_time_just_before_the_message_is_utc_unless_its_author_writes_their_own_again_and_again() -> None:
    others = Habits(lines(*["restarted it 16:12"] * 4, who="U2"))
    assert read("the restart was at 14:09", others) == "14:09"
    assert read("the restart was at 12:50", others) == "10:50"
    assert read("it broke at 14:09", Habits(lines(*["restarted it 16:12"] * 4))) == "12:09"
