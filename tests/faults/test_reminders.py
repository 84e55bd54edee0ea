"""Reminders with a fault at every call: nothing was booked, days have passed, and a Monday with its digest. However it goes,
each person has heard each thing once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.faults.disk import Disk
from tests.faults.faults import How
from tests.faults.job import Job
from tests.faults.sweep import Sweep, heard


class Reminded(Job):
    """The deadline has passed long ago when the bot comes back, and a day later it is reminded of again."""

    configured: ClassVar[Mapping[str, Any]] = {"reminder_most": 30}

    def acts(self) -> Sequence[Callable[[], Any]]:
        return (lambda: self._noon(0), lambda: self._noon(1))

    def afterwards(self, number: int) -> None:
        """Nobody does anything."""

    def _noon(self, days: int) -> None:
        """A Monday at noon at least ten days from now: everybody is at work, and nothing begins or ends."""
        start = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=10)
        monday = start + timedelta(days=-start.weekday() % 7 + days)
        self.travel.ahead = max(self.travel.ahead, monday - datetime.now(UTC))
        self.bot.housekeep()


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Sweep[Reminded]:
    return Sweep(Reminded, tmp_path_factory.mktemp("reminded"), _migrated_sqlite)


@pytest.mark.parametrize("how", [How.CRASH_BEFORE, How.CRASH_AFTER, How.LOST_AFTER, How.LIMITED])
def test_a_fault_at_any_call_leaves_each_reminder_once(disk: Disk, sweep: Sweep[Reminded], how: How) -> None:
    assert sum(times for place, times in sweep.heard.items() if place.startswith("nudge")) == 6
    assert sweep.clean.chat.number > 5
    for job in sweep.spoiled(disk, how):
        where = f"call {job.chat.at} ({job.chat.fired}): {how}"
        assert max(job.slack.marks().values()) == 1, where
        assert heard(job) == sweep.heard, where
        assert job.dead() == [], where
