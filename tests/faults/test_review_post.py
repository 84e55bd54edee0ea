"""The meeting and its review, with a fault at every call: booked with short notice, asked about in two channels, moved,
over, and said to be held. However it goes, each message stands once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest

from bot.blocks import ids
from bot.domain.booking import Booking, Outcome
from tests.faults import incident
from tests.faults.disk import Disk
from tests.faults.faults import How, of_long_stories
from tests.faults.job import Job
from tests.faults.sweep import Sweep, heard

REVIEWERS = "C0REVIEW"
# Tomorrow, and so less than 24 hours ahead: the review is asked for at once.
FIRST = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=20)
SECOND = FIRST + timedelta(hours=1)


class Asked(Job):
    """From a record with its document to the answer that the meeting was held."""

    configured: ClassVar[Mapping[str, Any]] = {"review_channel": REVIEWERS}

    def acts(self) -> Sequence[Callable[[], Any]]:
        return (lambda: self._book(FIRST), lambda: self._book(SECOND), self._end, self._agree)

    def afterwards(self, number: int) -> None:
        """Nobody does anything about a refusal."""

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


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Sweep[Asked]:
    return Sweep(Asked, tmp_path_factory.mktemp("asked"), _migrated_sqlite)


def test_undisturbed_each_place_is_asked_once_and_the_meeting_is_held(sweep: Sweep[Asked]) -> None:
    job, found = sweep.clean, sweep.heard
    assert (found[f"review_post in {incident.CHANNEL}"], found[f"review_post in {REVIEWERS}"]) == (1, 1)
    assert found[f"held_card in {incident.CHANNEL}"] == 1
    assert str(int(SECOND.timestamp())) in str([post.drawing for post in job.slack.posts if post.channel == REVIEWERS])
    assert job.dead() == []
    one_of_each(job, "undisturbed")


def one_of_each(job: Job, where: str) -> None:
    """The picture lies once in the thread of each review, and the document is seen once."""
    threads = [(post.channel, post.ts) for post in job.slack.posts if post.mark.startswith("review_post")]
    assert job.slack.pictures() == sorted(threads), where
    assert [file.name for file in job.slack.visible()].count("pm-1.md") == 1, where


@pytest.mark.parametrize("how", of_long_stories())
def test_a_fault_at_any_call_leaves_each_message_once(disk: Disk, sweep: Sweep[Asked], how: How) -> None:
    for job in sweep.spoiled(disk, how):
        where = f"call {job.chat.at} ({job.chat.fired}): {how}"
        assert max(job.slack.marks().values()) == 1, where
        assert heard(job) == sweep.heard, where
        one_of_each(job, where)
        assert job.dead() == [], where
        booked = job.booking()
        assert booked, where
        assert booked.outcome is Outcome.AGREED, where


def test_a_refusal_for_good_posts_nothing_twice_and_is_told(disk: Disk, sweep: Sweep[Asked]) -> None:
    for job in sweep.spoiled(disk, How.REFUSED):
        assert max(job.slack.marks().values()) == 1, job.chat.at
        assert len(set(job.slack.pictures())) == len(job.slack.pictures()), job.chat.at
        if job.chat.fired == "post":
            told = [post.mark for post in job.slack.posts if "trouble" in post.mark or "review_channel" in post.mark]
            assert told, f"nobody was told of call {job.chat.at}"
