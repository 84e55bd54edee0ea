"""kill -9 of the real `app.py serve` at two requests to the calendar, then a new process on what was left: one event. `make torture`
does it at every request."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.faults import calendar_killing
from tests.faults.calendar_killing import RealCalendar

# Among the first are those that put it there; the very first ones ask when the calendar is taken.
KILLS = ((5, True), (6, False))


def test_killed_at_a_request_the_next_process_keeps_one_event(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(RealCalendar(tmp_path / f"{at}", at, after=after).run) for at, after in KILLS]
        for run in running:
            calendar_killing.check(run.result())
