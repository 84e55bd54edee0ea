"""Booked, moved and cancelled while answers are lost and processes end, at every single request to the calendar. Whatever happens, there is
one event in the end, as it was wanted last, and nobody is asked about what nobody did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.blocks import ids
from bot.integrations.caldav_calendar import CaldavCalendar
from bot.integrations.caldav_client import CaldavClient
from bot.usecases import rows
from tests.caldav import local_caldav
from tests.caldav.local_caldav import LocalCaldav
from tests.fakes import errors
from tests.fakes.bot import PATIENCE, Bot
from tests.fakes.clock import ManualClock
from tests.fakes.dying import Dying
from tests.faults.disk import Disk
from tests.jobs.test_shared_calendar import ANA, BEN, CHI, IC, OWNER, POLICY, THURSDAY, asked, begun, roles

EARLIER = THURSDAY - timedelta(hours=1)


@dataclass
class Run:
    """A record without a meeting on a disk as new, and a calendar as new."""

    disk: Disk
    image: bytes
    caldav: LocalCaldav
    dying: Dying | None = None
    sequences: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.disk.holding(self.image)
        client = CaldavClient(self.caldav.access, timeout=(1, 0.2))
        if self.dying:
            client._dav.session.adapters.clear()
            client._dav.session.mount(self.caldav.url, self.dying)
        clock = ManualClock()
        self.bot = Bot(self.disk.engine, clock=clock, policy=POLICY, synced=False, shared=CaldavCalendar(client, clock))

    def through(self) -> None:
        """Booked, moved, cancelled; after each an operator tries again what was given up."""
        for number, at in enumerate((THURSDAY, EARLIER)):
            self.bot.command("meeting", OWNER)
            view = self.bot.screens.form()
            assert not self.bot.submit(view, OWNER, f"V{number}", meeting_at=int(at.timestamp())).errors
            self._work()
        self.bot.press(ids.MEETING_CANCEL, f"{self.bot.record().id}:1", OWNER)
        self._work()

    def _work(self) -> None:
        for _ in range(2):
            while True:
                try:
                    self.bot.work(timedelta(minutes=12))
                    break
                except errors.Crash:
                    continue
            with self.bot.store.transaction(PATIENCE) as unit:
                record = unit.records.current("T1", "C1")
                assert record
                unit.outbox.put(rows.calendar_event(record, self.bot.clock.now()))
        self.sequences += [int(self.caldav.event()["SEQUENCE"])] if self.caldav.hrefs() else []

    def check(self, where: str) -> None:
        assert len(self.caldav.hrefs()) == 1, where
        event = self.caldav.event()
        assert (str(event["STATUS"]), event["DTSTART"].dt) == ("CANCELLED", EARLIER), where
        assert roles(event) == {ANA: "REQ", BEN: "REQ", CHI: "REQ"}, where
        assert self.sequences == sorted(set(self.sequences)), (where, self.sequences)
        assert len(self.sequences) == 3, where
        assert asked(self.bot, OWNER) == asked(self.bot, IC) == [], where


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Iterator[Disk]:
    made = Disk(tmp_path_factory.mktemp("calendar"), _migrated_sqlite)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module")
def image(disk: Disk, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    with local_caldav.running(tmp_path_factory.mktemp("first")) as caldav:
        begun(disk.fresh().engine, caldav)
    return disk.image()


@pytest.fixture(scope="module")
def operations(disk: Disk, image: bytes, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is asked of the calendar when nothing goes wrong, in order."""
    with local_caldav.running(tmp_path_factory.mktemp("undisturbed")) as caldav:
        run = Run(disk, image, caldav)
        run.through()
        run.check("undisturbed")
    assert caldav.seen == ["OPTIONS", "GET", "GET", "REPORT", "PUT", "GET", "PUT", "GET", "PUT"]
    return caldav.seen


def test_an_answer_lost_at_any_request_ends_with_one_event(
    disk: Disk, image: bytes, operations: list[str], tmp_path: Path
) -> None:
    """All other faults are in tests/integrations/test_caldav_faults.py, without the rest of the bot."""
    for number, operation in enumerate(operations, 1):
        with local_caldav.running(tmp_path / f"{number}", at={number: local_caldav.LOST}) as caldav:
            run = Run(disk, image, caldav)
            run.through()
            run.check(f"answer lost at request {number} ({operation})")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_process_that_ends_at_any_request_leaves_one_event(
    disk: Disk, image: bytes, operations: list[str], after: bool, tmp_path: Path
) -> None:
    for number, operation in enumerate(operations, 1):
        where = f"killed {'after' if after else 'before'} request {number} ({operation})"
        with local_caldav.running(tmp_path / f"{number}") as caldav:
            run = Run(disk, image, caldav, Dying(number, after=after))
            run.through()
            run.check(where)


def test_what_people_wrote_after_an_answer_that_was_lost_is_kept(disk: Disk, image: bytes, tmp_path: Path) -> None:
    with local_caldav.running(tmp_path / "one", at={7: local_caldav.LOST}) as caldav:
        caldav.faults.append(("GET", local_caldav.BROKEN))
        run = Run(disk, image, caldav)
        seen = caldav.seen

        def quick() -> None:
            if len(seen) >= 8:
                caldav.edit(comment="quick")
            else:
                caldav.before["GET"] = quick

        caldav.before["GET"] = quick
        run.through()
        run.check("edited after a lost answer")
        assert str(caldav.event()["COMMENT"]) == "quick"


def test_while_the_calendar_is_down_the_file_is_handed_out_all_the_same(
    disk: Disk, image: bytes, tmp_path: Path
) -> None:
    with local_caldav.running(tmp_path / "one") as caldav:
        caldav.faults += [("*", local_caldav.BROKEN)] * 100
        run = Run(disk, image, caldav)
        run.bot.command("meeting", OWNER)
        assert not run.bot.submit(run.bot.screens.form(), OWNER, "V0", meeting_at=int(THURSDAY.timestamp())).errors
        run.bot.work(timedelta(hours=3))
        assert [each.name for each in run.bot.chat.visible_files().values() if each.name.endswith(".ics")]
        states = {row["key"]: row["state"] for row in run.bot.rows("calendar_event")}
        assert states[f"calendar_event:{run.bot.record().id}"] == "dead"
        told = [post.drawing.text for post in run.bot.chat.in_room(f"D{OWNER}")]
        assert any("could not be kept on the shared calendar" in each for each in told), told
