"""Reminders with a fault at every call: nothing was booked, days have passed, and a Monday with its digest. However it goes,
each person has heard each thing once."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest

from tests.faults import incident
from tests.faults.bot import Travel
from tests.faults.disk import Disk
from tests.faults.faults import How
from tests.faults.job import Job
from tests.faults.slack import FakeSlack

World = tuple[FakeSlack, Travel]


class Reminded(Job):
    """The deadline has passed long ago when the bot comes back, and a day later it is reminded of again."""

    configured: ClassVar[Mapping[str, Any]] = {"reminder_most": 30}

    def run(self, begin: int = 0, *, acting: bool = True) -> None:
        for number, days in enumerate((0, 1)):
            self._through(number, False, lambda days=days: self._noon(days))
            self._through(number, False, self.bot.housekeep)
            self._through(number, False, self.bot.settle)

    def _noon(self, days: int) -> None:
        """A Monday at noon at least ten days from now: everybody is at work, and nothing begins or ends."""
        start = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=10)
        monday = start + timedelta(days=-start.weekday() % 7 + days)
        self.travel.ahead = max(self.travel.ahead, monday - datetime.now(UTC))


def heard(job: Job) -> Counter[str]:
    """How many messages of each kind stand in each place."""
    return Counter(f"{post.mark.partition(':')[0]} in {post.channel}" for post in job.slack.posts)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Any) -> tuple[bytes, World]:
    """The record with its document and its owner, and no meeting."""
    disk = Disk(tmp_path_factory.mktemp("reminded"), _migrated_sqlite)
    job = Reminded(disk)
    job.bot.command(f"assign <@{incident.OWNER}|ben>")
    job.bot.settle()
    image = disk.image()
    disk.engine.dispose()
    return image, copy.deepcopy((job.slack, job.travel))


@pytest.mark.parametrize("how", [How.CRASH_BEFORE, How.CRASH_AFTER, How.LOST_AFTER, How.LIMITED])
def test_a_fault_at_any_call_leaves_each_reminder_once(disk: Disk, begun: tuple[bytes, World], how: How) -> None:
    clean = Reminded(disk.holding(begun[0]), begun[1])
    clean.run()
    wanted = heard(clean)
    assert sum(times for place, times in wanted.items() if place.startswith("nudge")) == 6
    number, job = 0, None
    while job is None or job.chat.fired:
        number += 1
        job = Reminded(disk.holding(begun[0]), begun[1])
        job.spoil_call(number, how)
        job.run()
        where = f"call {number} ({job.chat.fired}): {how}"
        assert max(job.slack.marks().values()) == 1, where
        assert heard(job) == wanted, where
        assert job.dead() == [], where
    assert number > 6
