"""A meeting by real processes, booked and moved in a form, to an event in a real CalDAV server, with a kill -9 at exactly one request: the
request hangs, before or after its effect, and the bot is killed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.blocks import ids
from bot.domain.calendar_event import EventState, KeptEvent
from storage.engine import make_engine
from storage.store import SqlStore
from tests.caldav import local_caldav
from tests.caldav.local_caldav import PASSWORD, PATH, USER, Fault
from tests.faults.real import RealBot, RealSlack, write_workspace

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


class RealCalendar:
    """One run. `at` is the number of the request to die at, None for an undisturbed run."""

    def __init__(self, folder: Path, at: int | None = None, *, after: bool = False) -> None:
        self._folder, self._at, self._after = folder, at, after
        self._killed, self._started, self._typed = False, 0, 0

    def run(self) -> Left:
        """From the form to the event, twice. Raises AssertionError when it never comes."""
        self._folder.mkdir(parents=True, exist_ok=True)
        hang = {self._at: Fault(hang=True, done=self._after)} if self._at else {}
        with local_caldav.running(self._folder / "radicale", at=hang) as self._caldav:
            self._slack = RealSlack(write_workspace(self._folder))
            try:
                self._start()
                assert self._slack.act.command("ana", "#incident", "/postmortem assign @ben").get("ok", True)
                self._until(lambda: self._record() != "", "the record")
                first = datetime.now(UTC).replace(microsecond=0, second=0) + timedelta(days=1)
                sequences = [self._booked(first + hours) for hours in (timedelta(0), timedelta(hours=2))]
                return self._left(sequences, first + timedelta(hours=2))
            finally:
                self._bot.kill()
                self._slack.stop()

    def _start(self) -> None:
        self._started += 1
        caldav = {"CALDAV_URL": f"{self._caldav.url}{PATH}", "CALDAV_USER": USER, "CALDAV_PASSWORD": PASSWORD}
        self._bot = RealBot(self._slack, self._folder, self._started, **caldav, CALDAV_TIMEOUT_S="30")

    def _booked(self, at: datetime) -> int:
        """The SEQUENCE of the event that comes of it."""
        act = self._slack.act
        self._until(self._opened, "the form")
        answer = act.submit("ben", {ids.MEETING_AT: int(at.timestamp()), ids.DURATION: "15"})
        assert not answer.get("errors"), answer
        self._until(lambda: self._there(at), "the event")
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

    def _until(self, found: Callable[[], Any], what: str) -> None:
        end = time.monotonic() + PATIENCE.total_seconds()
        while not found():
            self._kill_if_hanging()
            assert time.monotonic() < end, f"{what} never came: {self._bot.log.read_text()[-2000:]}"
            time.sleep(0.05)

    def _kill_if_hanging(self) -> None:
        if self._at and len(self._caldav.seen) >= self._at and not self._killed:
            self._bot.kill()
            self._killed = True
            self._start()

    @contextmanager
    def _store(self) -> Iterator[SqlStore]:
        engine = make_engine(f"sqlite:///{self._folder}/bot.db")
        try:
            yield SqlStore(engine)
        finally:
            engine.dispose()

    def _record(self) -> str:
        with self._store() as store, store.reading() as unit:
            found = unit.records.current(self._slack.client.team_id, self._slack.see.channel("incident")["id"])
            return found.id if found else ""

    def _kept(self) -> KeptEvent:
        with self._store() as store, store.reading() as unit:
            return unit.calendar.get(self._record()) or KeptEvent("none")

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
