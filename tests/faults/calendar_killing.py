"""A meeting by real processes, booked and moved in a form, to an event in a real CalDAV server, with a kill -9 at exactly one request: the
request hangs, before or after its effect, and the bot is killed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.blocks import ids
from bot.domain.calendar_event import EventState, KeptEvent
from tests.caldav import local_caldav
from tests.caldav.local_caldav import PASSWORD, PATH, USER, Fault
from tests.faults.real import RealSlack, write_workspace
from tests.faults.real_run import RealRun

PATIENCE = timedelta(seconds=90)


@dataclass(frozen=True)
class Left:
    """What a run left: the requests, how many events there are, the SEQUENCE of each step, the time that stands there and the one that was
    wanted, what the bot keeps, and how often somebody was asked."""

    requests: Sequence[str]
    events: int
    sequences: Sequence[int]
    stands: datetime
    wanted: datetime
    kept: KeptEvent
    asked: int
    killed: bool


class RealCalendar(RealRun):
    """One run. `at` is the number of the request to die at, None for an undisturbed run."""

    def __init__(self, folder: Path, at: int | None = None, *, after: bool = False) -> None:
        super().__init__(folder, at, after=after)
        self._typed = 0

    def run(self) -> Left:
        """From the form to the event, twice. Raises AssertionError when it never comes."""
        self._folder.mkdir(parents=True, exist_ok=True)
        hang = {self._at: Fault(hang=True, done=self._after)} if self._at else {}
        with local_caldav.running(self._folder / "radicale", at=hang) as self._caldav:
            self._slack = RealSlack(write_workspace(self._folder))
            try:
                self._start()
                assert self._slack.act.command("ana", "#incident", "/postmortem assign @ben").get("ok", True)
                self._until(lambda: self._record_id() != "", PATIENCE, "the record")
                first = datetime.now(UTC).replace(microsecond=0, second=0) + timedelta(days=1)
                sequences = [self._booked(first + hours) for hours in (timedelta(0), timedelta(hours=2))]
                return self._left(sequences, first + timedelta(hours=2))
            finally:
                self._end()

    def _settings(self) -> dict[str, str]:
        return {
            "CALDAV_URL": f"{self._caldav.url}{PATH}",
            "CALDAV_USER": USER,
            "CALDAV_PASSWORD": PASSWORD,
            "CALDAV_TIMEOUT_S": "30",
        }

    def _heard(self) -> int:
        return len(self._caldav.seen)

    def _booked(self, at: datetime) -> int:
        """The SEQUENCE of the event that comes of it."""
        act = self._slack.act
        self._until(self._opened, PATIENCE, "the form")
        answer = act.submit("ben", {ids.MEETING_AT: int(at.timestamp()), ids.DURATION: "15"})
        assert not answer.get("errors"), answer
        self._until(lambda: self._there(at), PATIENCE, "the event")
        return int(self._caldav.event()["SEQUENCE"])

    def _opened(self) -> bool:
        """A form that was being opened when the process ended is gone: it is asked for again by each new one."""
        if self._typed != self._started:
            self._typed = self._started
            self._slack.act.command("ben", "#incident", "/postmortem meeting")
        if "Link to the call" not in str(self._slack.see.modals("ben")[-1:]):
            return False
        self._typed = 0
        return True

    def _there(self, at: datetime) -> bool:
        if len(self._caldav.hrefs()) != 1:
            return False
        kept = self._kept()
        return self._caldav.event()["DTSTART"].dt == at and kept.state is EventState.STANDING and kept.start == at

    def _kept(self) -> KeptEvent:
        with self._store.reading() as unit:
            return unit.calendar.get(self._record_id()) or KeptEvent("none")

    def _left(self, sequences: Sequence[int], wanted: datetime) -> Left:
        marks = [str(each["metadata"]["event_payload"]["mark"]) for each in self._slack.posts()]
        return Left(
            tuple(self._caldav.seen), len(self._caldav.hrefs()), tuple(sequences),
            self._caldav.event()["DTSTART"].dt, wanted, self._kept(),
            sum(mark.startswith("calendar_ask") for mark in marks), self._killed,
        )  # fmt: skip


def check(left: Left) -> None:
    """One event, where it is wanted, newer than before; and nobody is asked about what nobody did."""
    assert left.killed
    assert (left.events, left.asked) == (1, 0)
    assert left.stands == left.wanted == left.kept.start
    assert left.kept.state is EventState.STANDING
    assert left.sequences[0] < left.sequences[1], left.sequences
