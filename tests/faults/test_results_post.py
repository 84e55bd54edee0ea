"""The results of a post-mortem, with a fault at every call: told in two channels, taken back and told anew. However it goes, each
message stands once, and shows what holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest

from bot.blocks import ids
from bot.domain.actors import Role
from bot.domain.booking import Booking, Outcome
from bot.domain.external_message import ExternalDecision, ExternalMessage
from bot.domain.status import Status
from tests.faults import incident
from tests.faults.disk import Disk
from tests.faults.faults import How, of_long_stories
from tests.faults.job import Job
from tests.faults.sweep import Sweep, heard

LEARNINGS = "C0LEARN"
PATIENCE = timedelta(seconds=5)


class Told(Job):
    """From a record in review to its results, another page, and the way back to review."""

    configured: ClassVar[Mapping[str, Any]] = {"learnings_channel": LEARNINGS}

    def acts(self) -> Sequence[Callable[[], Any]]:
        return (self._prepare, self._review, self._link, self._back)

    def afterwards(self, number: int) -> None:
        """Nobody does anything about a refusal."""

    def _prepare(self) -> None:
        """Straight into the memory: how it is written and agreed on is tried elsewhere."""
        record, now = self.bot.record(), self.travel.now()
        assert record
        if record.status is not Status.DRAFT:
            return
        with self.bot.service.store.transaction(PATIENCE) as unit:
            start, agreed = now - timedelta(hours=1), frozenset({Role.IC})
            unit.meetings.put_booking(
                Booking(
                    record.id,
                    start,
                    start + timedelta(minutes=30),
                    incident.OWNER,
                    start,
                    outcome=Outcome.AGREED,
                    confirmed_by=incident.IC,
                    confirmed_at=now,
                    confirmed_as=agreed,
                )
            )
            unit.meetings.put_external(record.id, ExternalDecision(ExternalMessage.NONE, reason="Nobody saw it."))
            unit.records.save(record.changed(status=Status.IN_REVIEW))

    def _review(self) -> None:
        self._press(ids.MOVE_REVIEWED, Status.IN_REVIEW)

    def _link(self) -> None:
        self.bot.command("page https://wiki.example/pm-1", incident.OWNER)

    def _back(self) -> None:
        record = self.bot.record()
        assert record
        if record.status is not Status.REVIEWED:
            return
        self._press(ids.MOVE_IN_REVIEW, Status.REVIEWED)
        words = {"type": "plain_text_input", "value": "A number is wrong."}
        self.bot.send_form({ids.REASON: words}, incident.OWNER)

    def _press(self, action: str, seen: Status) -> None:
        record = self.bot.record()
        assert record
        if record.status is seen:
            self.bot.press(action, incident.OWNER, f"{record.id}:{seen.value}")


@pytest.fixture(scope="module")
def sweep(tmp_path_factory: pytest.TempPathFactory, _migrated_sqlite: Path) -> Sweep[Told]:
    return Sweep(Told, tmp_path_factory.mktemp("told"), _migrated_sqlite)


def results(job: Job) -> list[tuple[str, str]]:
    found = [post for post in job.slack.posts if post.mark.startswith("results_post:")]
    return sorted((post.channel, post.drawing.text) for post in found)


def test_undisturbed_each_place_is_told_once_and_in_the_end_it_is_taken_back(sweep: Sweep[Told]) -> None:
    job = sweep.clean
    assert [channel for channel, _ in results(job)] == [incident.CHANNEL, LEARNINGS]
    assert all("taken back" in said for _, said in results(job))
    assert [post.edits for post in job.slack.posts if post.channel == LEARNINGS] == [3], (
        "a newer document, a page, taken back"
    )
    assert job.dead() == []
    assert job.slack.pictures() == [], "what was taken back has none"


@pytest.mark.parametrize("how", of_long_stories())
def test_a_fault_at_any_call_leaves_each_message_once_and_taken_back(disk: Disk, sweep: Sweep[Told], how: How) -> None:
    for job in sweep.spoiled(disk, how):
        where = f"call {job.chat.at} ({job.chat.fired}): {how}"
        assert max(job.slack.marks().values()) == 1, where
        assert heard(job) == sweep.heard, where
        assert results(job) == results(sweep.clean), where
        assert job.slack.pictures() == [], where
        assert job.dead() == [], where


def test_a_refusal_for_good_posts_nothing_twice(disk: Disk, sweep: Sweep[Told]) -> None:
    for job in sweep.spoiled(disk, How.REFUSED):
        assert max(job.slack.marks().values()) == 1, job.chat.at
        assert all("taken back" in said for _, said in results(job)) or job.chat.fired == "update", job.chat.at
