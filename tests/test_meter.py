"""What is counted, and that the version is the one of the package."""

from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot import version
from bot.meter import Durations, Tally


def test_a_duration_counts_below_every_bound_that_it_does_not_exceed() -> None:
    durations = Durations((0.1, 1.0))
    for seconds in (0.05, 0.1, 0.5, 2.0):
        durations.add(seconds)
    counts, total = durations.read()
    assert counts == [2, 3, 4]
    assert total == pytest.approx(2.65)


def test_what_breaks_off_took_time_too() -> None:
    durations = Durations()
    with pytest.raises(ValueError, match="no"), durations.timed():
        raise ValueError("no")
    assert durations.read()[0][-1] == 1


def test_no_count_is_lost_between_threads() -> None:
    tally, durations = Tally(), Durations()

    def work(_: int) -> None:
        for _ in range(500):
            tally.add("card", "done")
            durations.add(0.01)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert tally.read() == {("card", "done"): 4000}
    assert durations.read()[0][-1] == 4000


def test_the_version_is_that_of_the_package() -> None:
    file = Path(__file__).parents[1] / "pyproject.toml"
    assert tomllib.loads(file.read_text(encoding="utf-8"))["project"]["version"] == version.VERSION
