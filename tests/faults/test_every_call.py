"""Every call of the main job goes wrong once, in every way that a call can, while the process lives on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.faults.disk import Disk
from tests.faults.faults import How
from tests.faults.job import Job, Recorded, assert_one_document, assert_read_once, assert_same, check, kinds, spoiled

ERRORS = (How.LOST_BEFORE, How.LOST_AFTER, How.LIMITED)
# What may be refused without anybody being told: see usecases/give_up.py.
QUIET = {"pin", "invite", "remove", "people"}


@pytest.mark.parametrize("how", ERRORS)
def test_a_call_that_fails_once_changes_nothing_in_the_end(disk: Disk, clean: Recorded, how: How) -> None:
    whole = 0
    for job in _sweep(disk, clean, how, clean.same):
        with _named(job):
            if job.same:
                assert_read_once(job)
            else:
                whole += 1
                check(job, clean.kinds, clean.dump)
    assert whole, "the last one has no fault, and goes to the end"


def test_a_call_that_is_refused_for_good_is_given_up_loudly_and_harms_nothing_else(disk: Disk, clean: Recorded) -> None:
    for job in _sweep(disk, clean, How.REFUSED):
        with _named(job):
            assert max(job.slack.marks().values()) == 1
            assert_same(job.dump(), clean.dump)
            assert_one_document(job)
            if job.chat.fired is None:
                assert kinds(job) == clean.kinds
            elif job.chat.fired not in QUIET:
                assert any("trouble" in mark for mark in job.slack.marks()), "nobody was told"


def _sweep(
    disk: Disk, clean: Recorded, how: How, until: Callable[[Job, int], bool] = lambda *_: False
) -> Iterator[Job]:  # fmt: skip
    """One job a call, until one has no call left to spoil. Where `until` says that all is as undisturbed, it goes no further."""
    number, job = 0, None
    while job is None or job.chat.fired:
        number += 1
        job = spoiled(disk, clean.moments, number, how, until=until)
        yield job
    assert number > clean.calls, "the sweep ended before the last call"


class _named:
    """Says in a failure which call was spoiled."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None:
            error.add_note(f"call {self._job.chat.at} ({self._job.chat.fired}): {self._job.chat.how}")
