"""kill -9 of the real `app.py serve` at eight calls of the main job, drawn by a seed, then a new process on what was left."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults import killing
from tests.faults.killing import RealJob, Result

SEED, KILLS = 20261123, 4


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The main job by real processes, with nothing in its way."""
    result = RealJob(tmp_path_factory.mktemp("undisturbed")).run()
    assert result.documents == 1
    return result


@pytest.mark.parametrize("after", [False, True], ids=["before its effect", "after its effect"])
def test_a_process_killed_at_a_call_is_followed_by_one_that_brings_the_same_end(
    tmp_path: Path, undisturbed: Result, after: bool
) -> None:
    numbers = _one_of_each_part(undisturbed.calls, random.Random(SEED + after))

    def run(number: int) -> None:
        killing.check(RealJob(tmp_path / str(number), number, after=after).run(), undisturbed)

    # Most of a run is waiting for leases and pauses.
    with ThreadPoolExecutor(KILLS) as pool:
        for number, done in [(number, pool.submit(run, number)) for number in numbers]:
            _wait(done.result, number)


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
