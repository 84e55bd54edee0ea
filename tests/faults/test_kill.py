"""kill -9 of the real `app.py serve` at eight calls of the main job, drawn by a seed, then a new process on what was left."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.faults import killing
from tests.faults.killing import RealJob, Result

SEED, KILLS = 20261123, 4
# Whether it is killed after the effect -> the number of the call -> what came of it.
Killed = Mapping[bool, dict[int, Future[Result]]]


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The main job by real processes, with nothing in its way."""
    result = RealJob(tmp_path_factory.mktemp("undisturbed")).run()
    assert result.documents == 1
    return result


@pytest.fixture(scope="session")
def killed(tmp_path_factory: pytest.TempPathFactory, undisturbed: Result) -> Iterator[Killed]:
    """All of them at once: most of a run is waiting for leases and pauses."""
    with ThreadPoolExecutor(2 * KILLS) as pool:
        running: Killed = {after: {} for after in (False, True)}
        for after, runs in running.items():
            for number in _one_of_each_part(undisturbed.calls, random.Random(SEED + after)):
                folder = tmp_path_factory.mktemp(f"{number}-{after}")
                runs[number] = pool.submit(RealJob(folder, number, after=after).run)
        yield running


@pytest.mark.parametrize("after", [False, True], ids=["before its effect", "after its effect"])
def test_a_process_killed_at_a_call_is_followed_by_one_that_brings_the_same_end(
    killed: Killed, undisturbed: Result, after: bool
) -> None:
    for number, run in killed[after].items():
        _wait(lambda run=run: killing.check(run.result(), undisturbed), number)  # type: ignore[misc]


def _one_of_each_part(calls: int, dice: random.Random) -> list[int]:
    """One number in each quarter of the calls, so that the whole job is hit."""
    size = calls // KILLS
    return [dice.randint(part * size + 1, (part + 1) * size) for part in range(KILLS)]


def _wait(done: Callable[[], None], number: int) -> None:
    try:
        done()
    except AssertionError as error:
        error.add_note(f"killed at call {number}")
        raise
