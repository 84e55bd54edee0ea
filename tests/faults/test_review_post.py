"""The meeting and its review, with a fault at every call: booked with short notice, asked about in two channels, moved,
over, and said to be held. However it goes, each message stands once."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest

from bot.blocks import ids
from bot.domain.booking import Booking, Outcome
from tests.faults import incident
from tests.faults.bot import Travel
from tests.faults.disk import Disk
from tests.faults.faults import How
from tests.faults.job import Job
from tests.faults.slack import FakeSlack

REVIEWERS = "C0REVIEW"
# Tomorrow, and so less than 24 hours ahead: the review is asked for at once.
FIRST = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=20)
SECOND = FIRST + timedelta(hours=1)
World = tuple[FakeSlack, Travel]


class Asked(Job):
    """From a record with its document to the answer that the meeting was held."""

    configured: ClassVar[Mapping[str, Any]] = {"review_channel": REVIEWERS}

    def run(self, begin: int = 0, *, acting: bool = True) -> None:
        acts: tuple[Callable[[], Any], ...] = (
            lambda: self._book(FIRST),
            lambda: self._book(SECOND),
            self._end,
            self._agree,
        )
        for number, act in enumerate(acts):
            self._through(number, True, act)
            self._through(number, False, self.bot.settle)

    def booking(self) -> Booking | None:
        record = self.bot.record()
        assert record
        with self.bot.service.store.reading() as unit:
            return unit.meetings.booking(record.id)

    def _book(self, start: datetime) -> None:
        """Who got no answer looks first whether it was saved."""
        booked = self.booking()
        if booked and booked.start == start:
            return
        self.bot.press(ids.MEETING_OPEN, incident.OWNER)
        picked = {"type": "datetimepicker", "selected_date_time": int(start.timestamp())}
        length = {"type": "static_select", "selected_option": {"value": "30"}}
        answer = self.bot.send_form({ids.MEETING_AT: picked, ids.DURATION: length}, incident.OWNER)
        assert "errors" not in answer, answer

    def _end(self) -> None:
        self.travel.ahead = max(self.travel.ahead, SECOND + timedelta(minutes=31) - datetime.now(UTC))

    def _agree(self) -> None:
        booked, record = self.booking(), self.bot.record()
        assert booked
        assert record
        if booked.outcome is Outcome.NONE:
            self.bot.press(ids.HELD_AGREED, incident.OWNER, f"{record.id}:{booked.sequence}")


def kinds(job: Job) -> Counter[str]:
    """How many messages of each kind stand in each channel."""
    return Counter(f"{post.mark.partition(':')[0]} in {post.channel}" for post in job.slack.posts)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Any) -> tuple[bytes, World]:
    """The record with its document, before anybody booked anything."""
    disk = Disk(tmp_path_factory.mktemp("begun"), _migrated_sqlite)
    job = Asked(disk)
    job.bot.command(f"assign <@{incident.OWNER}|ben>")
    job.bot.settle()
    image = disk.image()
    disk.engine.dispose()
    return image, copy.deepcopy((job.slack, job.travel))


def sweep(disk: Disk, begun: tuple[bytes, World], how: How) -> Iterator[Asked]:
    """One run a call, until one has no call left to spoil."""
    number, job = 0, None
    while job is None or job.chat.fired:
        number += 1
        job = Asked(disk.holding(begun[0]), begun[1])
        job.spoil_call(number, how)
        job.run()
        yield job


def test_undisturbed_each_place_is_asked_once_and_the_meeting_is_held(disk: Disk, begun: tuple[bytes, World]) -> None:
    job = Asked(disk.holding(begun[0]), begun[1])
    job.run()
    found = kinds(job)
    assert (found[f"review_post in {incident.CHANNEL}"], found[f"review_post in {REVIEWERS}"]) == (1, 1)
    assert found[f"held_card in {incident.CHANNEL}"] == 1
    assert str(int(SECOND.timestamp())) in str([post.drawing for post in job.slack.posts if post.channel == REVIEWERS])
    assert job.dead() == []


@pytest.mark.parametrize("how", [how for how in How if how is not How.REFUSED])
def test_a_fault_at_any_call_leaves_each_message_once(disk: Disk, begun: tuple[bytes, World], how: How) -> None:
    clean = Asked(disk.holding(begun[0]), begun[1])
    clean.run()
    wanted = kinds(clean)
    for job in sweep(disk, begun, how):
        where = f"call {job.chat.at} ({job.chat.fired}): {how}"
        assert max(job.slack.marks().values()) == 1, where
        assert kinds(job) == wanted, where
        assert job.dead() == [], where
        booked = job.booking()
        assert booked, where
        assert booked.outcome is Outcome.AGREED, where


def test_a_refusal_for_good_posts_nothing_twice_and_is_told(disk: Disk, begun: tuple[bytes, World]) -> None:
    for job in sweep(disk, begun, How.REFUSED):
        assert max(job.slack.marks().values()) == 1, job.chat.at
        if job.chat.fired == "post":
            told = [post.mark for post in job.slack.posts if "trouble" in post.mark or "review_channel" in post.mark]
            assert told, f"nobody was told of call {job.chat.at}"
