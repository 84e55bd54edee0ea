"""Some of the faults on Postgres, where several replicas may run: nobody hurries a lease, so what a dead process held waits for its end."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

from tests.faults.disk import Server
from tests.faults.faults import How
from tests.faults.job import Job, check, kinds

MakeServer = Callable[[], Server]
HOWS = (How.CRASH_BEFORE, How.CRASH_AFTER, How.LOST_AFTER, How.LOST_BEFORE)


def test_a_fault_at_some_calls_changes_nothing_in_the_end_on_postgres(server: MakeServer) -> None:
    clean = Job(server())
    clean.run()
    wanted, tables = kinds(clean), clean.dump()
    for number, how in zip(range(2, clean.chat.number, 3), cycle(HOWS), strict=False):
        job = Job(server())
        job.spoil_call(number, how)
        job.run()
        assert job.chat.fired
        check(job, wanted, tables)


def test_an_end_at_some_commits_changes_nothing_in_the_end_on_postgres(server: MakeServer) -> None:
    clean = Job(server())
    clean.run()
    wanted, tables = kinds(clean), clean.dump()
    for number, after in ((1, False), (1, True), (2, True), (11, False), (30, True), (47, False)):
        job = Job(server())
        job.spoil_commit(number, after=after)
        job.run()
        assert job.commits.fired
        check(job, wanted, tables)
