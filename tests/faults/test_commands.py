"""A command is done or not done, never half, whatever happens around its commit; typing it again gives no second post-mortem."""

from __future__ import annotations

import pytest

from tests.faults import incident, tables
from tests.faults.disk import Disk
from tests.faults.faults import Crash
from tests.faults.job import Job

ASSIGN = f"assign <@{incident.OWNER}|ben>"
TABLES = ("postmortem", "receipt", "outbox", "audit", "harvest")


def _ended(disk: Disk, *, after: bool) -> Job:
    """The bot dies at the commit of the command; the person sees no answer."""
    job = Job(disk.fresh())
    job.spoil_commit(1, after=after)
    with pytest.raises(Crash):
        job.bot.command(ASSIGN)
    job.bot.reopen()
    return job


def test_a_command_whose_commit_never_came_has_left_nothing(disk: Disk) -> None:
    job = _ended(disk, after=False)
    left = {name: tables.count(job.engine, name) for name in TABLES}
    assert left == {**dict.fromkeys(TABLES, 0), "outbox": 2}, (
        "only the new process's own: reading the people, the week's digest"
    )


def test_a_command_whose_answer_was_lost_is_done_whole(disk: Disk) -> None:
    job = _ended(disk, after=True)
    job.bot.settle()
    assert {mark.partition(":")[0] for mark in job.slack.marks()} == {"card", "role_steps", "owner_dm"}
    assert len(job.slack.visible()) == 1


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
def test_typing_the_command_again_gives_one_post_mortem_and_a_true_answer(disk: Disk, after: bool) -> None:
    job = _ended(disk, after=after)
    answer = job.bot.command(ASSIGN)
    assert "already" in answer if after else "is open" in answer, answer
    job.bot.settle()
    assert tables.count(job.engine, "postmortem") == 1
    assert max(job.slack.marks().values()) == 1
