"""The process ends at every moment of the main job that differs from the one before: after each call, after each commit.

Each time a new process starts on what the disk and the chat hold then. Ending right before a commit is ending after the
commit or call before it, so these moments are all there are."""

from __future__ import annotations

import pytest

from tests.faults.disk import Disk
from tests.faults.job import Recorded, assert_read_once, check, resumed

PARTS = 4


@pytest.mark.parametrize("part", range(PARTS))
def test_whenever_the_process_ends_the_next_one_comes_to_the_same_end(disk: Disk, clean: Recorded, part: int) -> None:
    ends = [moment for moment in clean.moments if not moment.between]
    assert len(ends) > clean.calls > 25
    for moment in ends[part::PARTS]:
        try:
            job = resumed(disk, moment, clean.at_rest)
            if job.same:
                assert_read_once(job)
            else:
                check(job, clean.kinds, clean.dump)
        except AssertionError as error:
            error.add_note(f"the process ended after {moment.what}")
            raise
